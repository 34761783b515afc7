import { indentAt, lineBreakOf } from "../../ast/lines.ts";
import { unwrap } from "../../ast/names.ts";
import { textOf, type Source, type TSESTree } from "../../ast/source.ts";
import type { AwaitDecision, RepeatedAgain, Repeating } from "../decide/decision.ts";
import { indentUnitOf, leadingComments, semicolon } from "../layout.ts";
import { argumentRange } from "./members.ts";
import { declarationOf } from "./declaration-of.ts";
import type { Part } from "./text.ts";

/** The loop in the place of the first call of a function that calls itself; `null` where a name of it means something there. */
export function loopText(
  source: Source,
  { operation, place }: AwaitDecision,
  { fn, params }: Repeating,
  take: (name: string) => boolean,
): Part[] | null {
  const newline = lineBreakOf(source.text);
  const indent = indentAt(source.text, place.range[0]);
  const inner = indent + indentUnitOf(source.text);
  const end = semicolon(source);
  // What is said about the function is said about the loop.
  const lines: Part[][] = leadingComments(source, declarationOf(fn)).map(({ range }) => [source.text.slice(...range)]);
  for (const { changes, first, name } of params) {
    const given = unwrap(first);
    // What is handed in under its own name stays what it is.
    if (!changes && given.type === "Identifier" && given.name === name.name) continue;
    if (!take(name.name)) return null;
    const value: Part = { range: argumentRange(source, operation.call, first), inside: operation.call, indent };
    lines.push([`${changes ? "let" : "const"} ${textOf(source, name)} = `, value, end]);
  }
  const { body } = fn;
  const code: Part = { range: [body.range[0] + 1, body.range[1] - 1], inside: body, indent: inner };
  lines.push([`while (true) {${newline}${inner}`, code, `${newline}${indent}}`]);
  return lines.flatMap((line, index) => (index === 0 ? line : [newline + indent, ...line]));
}

/**
 * What begins a loop again in the place of a call.
 *
 * @param timer what waits for a time, as a promise
 * @param isLast whether nothing of the loop stands behind it
 */
export function againText(
  source: Source,
  { operation, place }: AwaitDecision,
  { delay, given }: RepeatedAgain,
  timer: readonly Part[],
  isLast: boolean,
): Part[][] {
  const end = semicolon(source);
  const indent = indentAt(source.text, place.range[0]);
  const moved = (value: TSESTree.Expression): Part => ({
    range: argumentRange(source, value.parent as TSESTree.CallExpression, value),
    inside: operation.call,
    indent,
  });
  return [
    ...(delay === null ? [] : [["await ", ...timer, "(", moved(delay), `)${end}`]]),
    ...given.map(({ name, value }) => (isNext(name, value) ? [`${name}++${end}`] : [`${name} = `, moved(value), end])),
    ...(isLast ? [] : [[`continue${end}`]]),
  ];
}

/** `i + 1` for `i` */
function isNext(name: string, value: TSESTree.Expression): boolean {
  const sum = unwrap(value);
  return (
    sum.type === "BinaryExpression" &&
    sum.operator === "+" &&
    unwrap(sum.left).type === "Identifier" &&
    (unwrap(sum.left) as TSESTree.Identifier).name === name &&
    sum.right.type === "Literal" &&
    sum.right.value === 1
  );
}
