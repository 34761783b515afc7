import { lineBreakOf } from "../../ast/lines.ts";
import type { Source } from "../../ast/source.ts";
import { indentUnitOf, semicolon } from "../layout.ts";
import { lowerFirst } from "../naming.ts";
import { joined, type Text } from "./text.ts";

/** How a promise is laid out that begins on a line of some indentation. */
export interface PromiseLayout {
  readonly indent: string;
  /** The indentation of the statements in it, and of what stands in those. */
  readonly inner: string;
  readonly deeper: string;
  readonly newline: string;
  /** What ends a statement. */
  readonly end: ";" | "";
}

/** The names of what settles a promise. */
export interface Settlers {
  readonly resolve: string;
  readonly reject: string;
}

/** The layout of a promise. @param indent the indentation of its first line */
export function promiseLayout(source: Source, indent: string): PromiseLayout {
  const unit = indentUnitOf(source.text);
  return {
    indent,
    inner: indent + unit,
    deeper: indent + unit + unit,
    newline: lineBreakOf(source.text),
    end: semicolon(source),
  };
}

/**
 * A promise that statements settle.
 *
 * @param type its type argument, with the brackets
 * @param settlers the parameters of the function that it runs
 * @param lines the statements, with their indentation
 */
export function newPromise(
  { indent, newline }: PromiseLayout,
  type: string,
  settlers: readonly string[],
  lines: readonly Text[],
): Text {
  return joined([`new Promise${type}((${settlers.join(", ")}) => {`, ...lines, `${indent}})`], newline);
}

/** A case in which a promise is rejected. */
export interface FailureCase {
  readonly test: string;
  readonly reason: string;
}

/** The statements that reject a promise in the first of some cases that applies, and else resolve it. */
export function settling(
  { end }: PromiseLayout,
  { resolve, reject }: Settlers,
  failures: readonly FailureCase[],
  value: string,
): string[] {
  // Before `else` the brackets of the call are no end of the statement.
  const cases = failures.map(({ test, reason }) => `if (${test}) ${reject}(${reason})${end || ";"}`);
  return [...cases, `${resolve}(${value})${end}`].map((line, index) => (index === 0 ? line : `else ${line}`));
}

/** What several members of an object are as the value of a promise: nothing, the one that there is, or all of them in an object. */
export function membersText(names: readonly string[], object: string): string {
  if (names.length < 2) return names.map((name) => `${object}.${name}`).join("");
  return `{ ${names.map((name) => `${lowerFirst(name)}: ${object}.${name}`).join(", ")} }`;
}

/** The name of the error with which a promise over an event rejects after a cancellation. */
export const ABORT_ERROR = "AbortError";

/** The error with which it does. @param operation the name of what was cancelled */
export function abortError(operation: string): string {
  return `Object.assign(new Error("${operation} was cancelled."), { name: "${ABORT_ERROR}" })`;
}
