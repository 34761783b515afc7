import type { Source } from "../../ast/source.ts";
import type { AwaitDecision, FailureDecision, KeptError, Stretch } from "../decide/decision.ts";
import { valuesAfterError } from "../decide/values-after-error.ts";
import { valuePattern, type WrittenNames } from "./outcome-names.ts";
import type { Part } from "./text.ts";

/** Ways of writing an await in several statements, each a line. */

/** What the lines of a decision are made of. */
export interface LineParts {
  readonly source: Source;
  readonly decision: AwaitDecision;
  readonly names: WrittenNames;
  /** What ends a statement, and one level of indentation. */
  readonly end: string;
  readonly unit: string;
  /** The lines of some code, one level deeper. */
  readonly inside: (code: readonly Stretch[]) => Part[][];
}

/**
 * Error and value as variables, of which the await gives one.
 *
 * @param assigning the lines that give the value to something
 */
export function keptLines(
  { decision, end, names, source, unit }: LineParts,
  { none }: KeptError,
  assigning: (target: string | null) => readonly Part[][],
): Part[][] {
  const { kept } = names;
  const value = valuePattern(source, decision, names);
  const thrown = names.outcome(["error", "reason", "thrown"]);
  return [
    [`let ${kept!}${none === "null" ? " = null" : ""}${end}`],
    ...(value === null ? [] : [[`let ${value}${end}`]]),
    ["try {"],
    ...assigning(value).map((line) => [unit, ...line]),
    [`} catch (${thrown}) {`],
    [`${unit}${kept!} = ${thrown}${end}`],
    ["}"],
  ];
}

/** No `return` may stand here: the outcome of a promise is asked for what it is. */
export function settledLines(
  { decision, end, inside, names, source, unit }: LineParts,
  failure: FailureDecision & { readonly kind: "handled" },
  call: readonly Part[],
): Part[][] {
  const { success, values } = decision;
  const outcome = names.outcome(["outcome", "result"]);
  const pattern = valuePattern(source, decision, names);
  const keyword = values.some(({ isAssigned }) => isAssigned) ? "let" : "const";
  const { error } = names;
  const onFailure: Part[][] = [
    ...(error === null ? [] : [[`${unit}const ${error} = ${outcome}.reason${end}`]]),
    ...inside(failure.code),
  ];
  return [
    [`const [${outcome}] = await Promise.allSettled([`, ...call, `])${end}`],
    ...(onFailure.length === 0
      ? [[`if (${outcome}.status === "fulfilled") {`]]
      : [[`if (${outcome}.status === "rejected") {`], ...onFailure, ["} else {"]]),
    ...(pattern === null ? [] : [[`${unit}${keyword} ${pattern} = ${outcome}.value${end}`]]),
    ...inside(success),
    ["}"],
  ];
}

/** `.catch(…)` for an error that nobody looked at: the code went on, with what there is after an error. */
export function silence({ operation, values }: AwaitDecision): string {
  return `.catch(${values.length === 0 ? "() => {}" : (valuesAfterError(operation.form) ?? "() => {}")})`;
}
