import type { OperationForm, ResultShape } from "../../dialects/dialect.ts";

/** What gives no value: for one value, for several as members of an object, and as elements of an array. */
const NOTHING: Readonly<Record<ResultShape, string>> = {
  value: "() => {}",
  members: "() => ({})",
  elements: "() => []",
};

/**
 * The text of a function for `catch` that gives, in the shape of the awaited form, what a callback was given for the values after an error.
 *
 * @returns `null` where an await cannot give that, or it is not known
 */
export function valuesAfterError({ awaited, outcome, valuesAfterError: given }: OperationForm): string | null {
  const { gives } = awaited;
  switch (given) {
    case "undefined":
      return NOTHING[gives];
    case "null":
      return gives === "value" ? "() => null" : null;
    case "membersOfError":
      return gives === "members" && outcome.some(({ role }) => role === "value") ? "(error) => error" : null;
    case "given":
    case undefined:
      return null;
  }
}
