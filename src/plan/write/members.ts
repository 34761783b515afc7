import { unwrap } from "../../ast/names.ts";
import { tokensWithin } from "../../ast/ordered.ts";
import type { Source, TSESTree } from "../../ast/source.ts";
import type { DescribedOperation } from "../../recognize/operations/operation.ts";
import type { Range } from "../types.ts";
import type { OwnedEdit, Part } from "./text.ts";

/** The arguments of an operation without what is called back: text, and what changes in it. */
export function withoutMembers(
  source: Source,
  operation: DescribedOperation,
  indent: string,
): { readonly given: readonly Part[]; readonly edits: readonly OwnedEdit[] } {
  const { call, inputs, members } = operation;
  const ranges = inputs.map((input) => argumentRange(source, call, input));
  const [first] = ranges;
  const last = ranges.at(-1);
  if (first === undefined || last === undefined) return { given: [], edits: [] };
  const isTogether = call.arguments.indexOf(inputs.at(-1)!) - call.arguments.indexOf(inputs[0]!) === inputs.length - 1;
  const moved = (range: Range): Part => ({ range, inside: call, indent });
  const given = isTogether
    ? [moved([first[0], last[1]])]
    : ranges.flatMap((range, index) => (index === 0 ? [moved(range)] : [", ", moved(range)]));
  return { given, edits: goneRanges(members).map((range) => ({ owner: operation, range, parts: [] })) };
}

/** The range of an argument with the parentheses that may stand around it. */
export function argumentRange(source: Source, call: TSESTree.CallExpression, argument: TSESTree.Node): Range {
  const index = call.arguments.indexOf(argument as TSESTree.CallExpressionArgument);
  const before = index === 0 ? (call.typeArguments ?? call.callee) : call.arguments[index - 1]!;
  const opening = tokensWithin(source.ast, [before.range[1], argument.range[0]]).filter(({ value }) => value === "(");
  // The first of them before the first argument is the one of the call.
  const start = opening[index === 0 ? 1 : 0]?.range[0] ?? argument.range[0];
  let [, end] = argument.range;
  for (const { value, range } of tokensWithin(source.ast, [end, call.range[1] - 1])) {
    if (value !== ")") break;
    end = range[1];
  }
  return [start, end];
}

/** The ranges of properties that go from an object literal, with the commas between them and what stays. */
function goneRanges(members: readonly TSESTree.Property[]): readonly Range[] {
  const [member] = members;
  const object = member?.parent;
  if (object?.type !== "ObjectExpression") return [];
  const isGone = (property: TSESTree.Node | undefined): boolean => members.some((each) => each === property);
  const kept = object.properties.filter((property) => !isGone(property));
  const [start, end] = object.range;
  if (kept.length === 0) return [[start + 1, end - 1]];
  const [firstKept] = kept;
  const leading = object.properties.indexOf(firstKept!);
  return object.properties.flatMap((property, index): Range[] => {
    if (!isGone(property)) return [];
    if (index > leading) return [[object.properties[index - 1]!.range[1], property.range[1]]];
    return index === 0 ? [[property.range[0], firstKept!.range[0]]] : [];
  });
}

/** The object literal among the arguments that holds what is called back. */
export function optionsOf({ call }: DescribedOperation): TSESTree.ObjectExpression | null {
  const last = call.arguments.at(-1);
  const options = last === undefined ? null : unwrap(last);
  return options?.type === "ObjectExpression" ? options : null;
}

/** The callee of a call, with the types that it is given. */
export function calleePart(call: TSESTree.CallExpression, indent: string): Part {
  return { range: [call.callee.range[0], (call.typeArguments ?? call.callee).range[1]], inside: call, indent };
}

const BINDS_TIGHTLY = new Set(["CallExpression", "Identifier", "MemberExpression", "ThisExpression"]);

/** The object whose method a call calls, with the parentheses that it may need. */
export function receiverPart(source: Source, call: TSESTree.CallExpression, indent: string): Part {
  const { object, property, range } = unwrap(call.callee) as TSESTree.MemberExpression;
  if (BINDS_TIGHTLY.has(object.type)) return { range: object.range, inside: call, indent };
  const closing = tokensWithin(source.ast, [object.range[1], property.range[0]]).filter(({ value }) => value === ")");
  return { range: [range[0], closing.at(-1)?.range[1] ?? object.range[1]], inside: call, indent };
}
