import { plainNameOf } from "../../dialects/apm-names.ts";
import { hasLineBreak, indentAt, lineBreakOf } from "../../ast/lines.ts";
import { textOf, type TSESTree } from "../../ast/source.ts";
import { ASYNC_PATTERN } from "../../dialects/contracts.ts";
import { keyName, unwrap } from "../../ast/names.ts";
import { decoratorsOf } from "../../ast/optional-parts.ts";
import type { Context } from "../../recognize/context.ts";
import { isNothingType, targetOf } from "../../recognize/contracts/contract-members.ts";
import type { DeclaredPair } from "../../recognize/contracts/contract-pairs.ts";
import { isTypeScript } from "../call-text.ts";

/** `BeginRead` → `ReadAsync`, `beginRead` → `readAsync`; beside a starter of that name, `ReadTaskAsync`. */
export function asyncNamesOf({ begin }: DeclaredPair): readonly [string, string] {
  const stem = plainNameOf(begin.name);
  return [`${stem}Async`, `${stem}TaskAsync`];
}

/** The member by which an awaited operation gives what its End returned, where it gives more. */
export const RESULT = "result";

/** Whether an operation gives nothing but its outs. */
export function givesNothing(pair: DeclaredPair): boolean {
  return (
    pair.begin.mark?.isOneWay === true || (pair.end.returnType !== undefined && isNothingType(pair.end.returnType))
  );
}

/** What stands between the name of the awaitable operation and its body: `(data: string): Promise<number>`. */
export function parametersText(context: Context, pair: DeclaredPair): string {
  const { source } = context;
  const isTyped = isTypeScript(source.filePath);
  const inputs = pair.inputs.map(({ parameter, name, held }) =>
    held === undefined || !isTyped
      ? textOf(source, held === undefined ? parameter : targetOf(parameter))
      : `${name!}: ${heldText(context, held)}`,
  );
  const typeParameters =
    pair.begin.fn?.typeParameters ?? ("typeParameters" in pair.begin.node ? pair.begin.node.typeParameters : undefined);
  return `${typeParameters == null ? "" : textOf(source, typeParameters)}(${inputs.join(", ")})${isTyped ? promiseText(context, pair) : ""}`;
}

function heldText({ source }: Context, held: TSESTree.TypeNode | "unknown"): string {
  return held === "unknown" ? "any" : textOf(source, held);
}

/** The declared result. A method without an annotation goes on without one; a signature has to say something. */
function promiseText(context: Context, pair: DeclaredPair): string {
  const { source } = context;
  const { returnType } = pair.end;
  if (pair.outs.length === 0) {
    if (returnType === undefined) return pair.begin.fn === null ? ": Promise<any>" : "";
    return `: Promise<${textOf(source, returnType)}>`;
  }
  const outs = pair.outs.map(({ name, held }) => `${name}: ${heldText(context, held)}`);
  const result = givesNothing(pair)
    ? []
    : [`${RESULT}: ${returnType === undefined ? "any" : textOf(source, returnType)}`];
  return `: Promise<{ ${[...result, ...outs].join("; ")} }>`;
}

/** What stands before the name: the decorators of both methods, without the pattern, and the modifiers of the Begin. */
export function headText(context: Context, { begin, end }: DeclaredPair): string {
  const { source } = context;
  const { node } = begin;
  if (node.type === "TSMethodSignature") return "";
  const lineBreak = lineBreakOf(source.text);
  const indent = indentAt(source.text, node.range[0]);
  const decorators = [...decoratorsOf(node), ...(end.node.type === "TSMethodSignature" ? [] : decoratorsOf(end.node))];
  const lines = decorators.map((decorator) => {
    const text = decorator === begin.mark?.node ? withoutPattern(context, decorator) : textOf(source, decorator);
    const isOnLine = hasLineBreak(source.text.slice(decorator.range[1], nextToken(context, decorator.range[1])));
    return `${text}${isOnLine ? lineBreak + indent : " "}`;
  });
  const isAbstract = node.type === "TSAbstractMethodDefinition";
  const words = [
    node.accessibility,
    node.static ? "static" : undefined,
    isAbstract ? "abstract" : undefined,
    node.override ? "override" : undefined,
    begin.fn === null ? undefined : "async",
  ];
  return lines.join("") + words.flatMap((word) => (word == null ? [] : `${word} `)).join("");
}

function nextToken({ source }: Context, offset: number): number {
  return offset + /^\s*/.exec(source.text.slice(offset))![0].length;
}

/** `@OperationContract({ AsyncPattern: true, Name: "X" })` → `@OperationContract({ Name: "X" })`. */
function withoutPattern({ source }: Context, decorator: TSESTree.Decorator): string {
  const call = unwrap(decorator.expression);
  const options = call.type === "CallExpression" ? call.arguments[0] : undefined;
  const text = textOf(source, decorator);
  if (options?.type !== "ObjectExpression") return text;
  const index = options.properties.findIndex(
    (property) => property.type === "Property" && ASYNC_PATTERN.test(keyName(property) ?? ""),
  );
  const property = options.properties[index];
  if (property === undefined) return text;
  const at = decorator.range[0];
  if (options.properties.length === 1) return text.slice(0, options.range[0] - at) + text.slice(options.range[1] - at);
  const next = options.properties[index + 1];
  const previous = options.properties[index - 1];
  const [from, to] = next === undefined ? [previous!.range[1], property.range[1]] : [property.range[0], next.range[0]];
  return text.slice(0, from - at) + text.slice(to - at);
}
