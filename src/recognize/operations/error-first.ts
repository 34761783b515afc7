import type { OperationForm } from "../../dialects/dialect.ts";

/** Whether an operation calls its callback with an error and at most one value that an await of it gives as well. */
export function isErrorFirst({ awaited, delivery, outcome }: OperationForm): boolean {
  if (delivery.kind !== "callback" || awaited.gives !== "value" || awaited.kind === "adapter") return false;
  const isAt = (part: OperationForm["outcome"][number], index: number): boolean =>
    part.at.every((place) => place.in === "parameter" && place.index === index && place.member === undefined);
  const [error, ...values] = outcome;
  return error?.role === "error" && isAt(error, 0) && values.every((each) => each.role === "value");
}
