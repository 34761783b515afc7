import { textOf, type Source, type TSESTree } from "../../ast/source.ts";
import { isTypeScript } from "../call-text.ts";
import type { AwaitDecision, ValueBinding } from "../decide/decision.ts";
import { outcomePattern } from "./outcome-pattern.ts";

/** The names that a decision writes. */
export interface WrittenNames {
  /** The names of values that are no patterns. */
  readonly values: ReadonlyMap<ValueBinding, string>;
  /** The name of the error in the code that follows a failure; `null` where that does not read it. */
  readonly error: string | null;
  /** The name of an error that becomes a variable; `null` where there is none. */
  readonly kept: string | null;
  /** What the promise is called in a function of its own. */
  readonly promise: () => string;
  /** What the list of promises is called that this is one of, or that is awaited; `null` where there is none. */
  readonly list: string | null;
  /** What holds the outcome where it cannot be taken apart at once. */
  readonly outcome: (candidates: readonly string[]) => string;
}

/** A pattern or name for the values that a decision uses; `null` for none. */
export function valuePattern(source: Source, { operation, values }: AwaitDecision, names: WrittenNames): string | null {
  const [value] = values;
  if (value === undefined) return null;
  if (operation.form.awaited.gives === "value") return target(source, value, names);
  return outcomePattern(operation.form, new Map(values.map((each) => [each.name, target(source, each, names)])));
}

/** The type that the first value of a decision is declared with, as text behind its name. */
export function annotationOf(source: Source, { values: [value] }: AwaitDecision): string {
  const annotation = value?.declared?.typeAnnotation;
  return annotation == null ? "" : textOf(source, annotation);
}

function target({ text }: Source, value: ValueBinding, names: WrittenNames): string {
  const name = names.values.get(value);
  const { declared } = value;
  if (name !== undefined || declared === null) return name ?? value.name;
  const { typeAnnotation } = declared;
  const end = typeAnnotation == null ? declared.range[1] : typeAnnotation.range[0];
  return text.slice(declared.range[0], end);
}

/** The parameter of a `catch`, with the space before it; nothing where the error is not read. */
export function errorParameter({ filePath }: Source, { failure }: AwaitDecision, { error }: WrittenNames): string {
  if (failure.kind !== "handled" || error === null) return "";
  const isTyped = isTypeScript(filePath) && !failure.error.reads.every(isLogged);
  return ` (${error}${isTyped ? ": any" : ""})`;
}

/** Whether all that is done with an error is to log it, which takes whatever it is. */
function isLogged({ parent }: TSESTree.Node): boolean {
  return (
    parent?.type === "CallExpression" &&
    parent.callee.type === "MemberExpression" &&
    parent.callee.object.type === "Identifier" &&
    parent.callee.object.name === "console"
  );
}
