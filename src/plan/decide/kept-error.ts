import type { FunctionNode, Source } from "../../ast/source.ts";
import type { DescribedOperation, OutcomeRead } from "../../recognize/operations/operation.ts";
import { isTypeScript } from "../call-text.ts";
import type { KeptError, ValueBinding } from "./decision.ts";
import { variablesOf } from "./values.ts";

/**
 * What a callback does with an error that it does not ask for first may follow the await as it stands, where error and values are variables
 * there: one of them is given, as before.
 *
 * @param reads all reads of the outcome in the function
 * @returns `null` where the code would find something else in them, or a compiler would not know what they are
 */
export function keptError(
  source: Source,
  operation: DescribedOperation,
  values: readonly ValueBinding[],
  reads: readonly OutcomeRead[],
): KeptError | null {
  const errors = reads.filter(({ role }) => role === "error");
  const declared = errors[0]?.declared ?? null;
  if (declared?.type !== "Identifier" || !errors.every((read) => read.declared === declared)) return null;
  if (isTypeScript(source.filePath) || reads.some(({ role }) => role !== "error" && role !== "value")) return null;
  // A `var` of the same name cannot stand beside the variable.
  if (variablesOf(source, declared.parent as FunctionNode, declared).some(({ defs }) => defs.length > 1)) return null;
  if (values.length > 0 && !mayBeMissing(source, operation, values)) return null;
  const none = absentError(operation);
  if (none === "either") return null;
  return { name: declared.name, none, reads: errors.map(({ node }) => node) };
}

/** Whether a value may be read after an error, when it is a variable that is not assigned: no other is given with an error, and no compiler asks. */
export function mayBeMissing(
  { filePath }: Source,
  { form }: DescribedOperation,
  [value, ...others]: readonly ValueBinding[],
): boolean {
  return (
    !isTypeScript(filePath) &&
    form.valuesAfterError === "undefined" &&
    form.awaited.gives === "value" &&
    others.length === 0 &&
    value?.declared?.type === "Identifier"
  );
}

/** What a read of the error gives after a success. */
export function absentError({ form }: DescribedOperation): "null" | "undefined" | "either" {
  const part = form.outcome.find(({ role }) => role === "error");
  return (part?.role === "error" ? part.none : undefined) ?? "null";
}
