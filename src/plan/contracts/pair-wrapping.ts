import { isFunction } from "../../ast/functions.ts";
import { afterBlankLine, lineEnd, lineStart } from "../../ast/lines.ts";
import { calleeOf, memberName, unwrap, wrapped } from "../../ast/names.ts";
import { variableOf } from "../../ast/scopes.ts";
import { textOf, type TSESTree } from "../../ast/source.ts";
import { findAll } from "../../ast/walk.ts";
import { BEGIN_NAME, STATE_MEMBERS } from "../../dialects/apm.ts";
import type { Context } from "../../recognize/context.ts";
import type { DeclaredPair } from "../../recognize/contracts/contract-pairs.ts";
import { callsWhatItIsGiven } from "../../recognize/contracts/handle-classes.ts";
import { isTypeScript } from "../call-text.ts";
import { renderRange } from "../edits.ts";
import { indentUnitOf, reindent, removalRange } from "../layout.ts";
import { handleWaitsIn } from "./pair-waits.ts";
import { outEdits } from "./pair-outs.ts";
import type { TextEdit } from "../types.ts";
import { newPromise, promiseLayout } from "../write/new-promise.ts";
import { plain } from "../write/text.ts";
import { endLines, freshName, type BodyLayout, type PairBody } from "./pair-layout.ts";

/**
 * The body for a pair with a handle of its own: a promise that the callback settles with the handle, as the pattern promises that it is
 * called once in any case, and then what the End does with the handle. Refused where it cannot be seen that the callback is called.
 */
export function wrappedBody(context: Context, pair: DeclaredPair, layout: BodyLayout): PairBody {
  const { source } = context;
  const { indent, inner, newline, end } = layout;
  const refused: PairBody = { refusal: "pair-unsupported", node: pair.begin.nameNode };
  const begin = pair.begin.fn!;
  const outs = outEdits(context, pair, null);
  if (
    !context.host.functionsAreDelegates ||
    begin.body.type !== "BlockStatement" ||
    outs === null ||
    !isSteady(context, pair)
  )
    return refused;
  const resolve = freshName(context, pair, ["resolve", "settle"]);
  const callbacks = replaced(context, pair.callback, resolve, (node) => isCalled(context, node));
  const states = replaced(context, pair.state, "null", isHandedOn);
  const returns = returnEdits(context, begin.body);
  if (callbacks === null || callbacks.length === 0 || states === null || returns === null) return refused;

  const unit = indentUnitOf(source.text);
  const edits = [...outs.edits, ...callbacks, ...states, ...returns];
  const inside = [begin.body.range[0] + 1, begin.body.range[1] - 1] as const;
  const text = renderRange(source.text, inside, [
    ...edits,
    ...reindent(source, begin.body, inside, edits, inner, inner + unit),
  ]);
  const statements = text
    .slice(afterBlankLine(text, 0))
    .replace(/^(?=\S)/, inner + unit)
    .trimEnd();
  const annotation = pair.handle.typeAnnotation?.typeAnnotation;
  const type = !isTypeScript(source.filePath)
    ? ""
    : `<${annotation === undefined ? "any" : textOf(source, annotation)}>`;
  const lines = [
    ...outs.declared.map((line) => `${inner}${line}${end}`),
    `${inner}const ${pair.handle.name} = await ${plain(newPromise(promiseLayout(source, inner), type, [resolve], [statements]))}${end}`,
    ...endLines(
      context,
      pair,
      [
        ...outs.edits,
        ...handleWaitsIn(context, pair).map((statement) => ({ range: removalRange(source, statement), text: "" })),
      ],
      outs,
      layout,
    ),
  ];
  return {
    text: `{${newline}${lines.join(newline)}${newline}${indent}}`,
    notes: ["pair-wrapped"],
    needsImport: null,
    unneeded: [],
  };
}

/** Whether a use of the state only hands it on: no caller has one any more, so nothing may depend on it. */
function isHandedOn(node: TSESTree.Node): boolean {
  const { parent } = wrapped(node);
  return (
    parent?.type === "NewExpression" ||
    parent?.type === "CallExpression" ||
    parent?.type === "Property" ||
    parent?.type === "VariableDeclarator" ||
    (parent?.type === "AssignmentExpression" && parent.right === wrapped(node))
  );
}

/** Nothing that depends on which function it stands in, and no End that asks for the state. */
function isSteady({ source }: Context, pair: DeclaredPair): boolean {
  const depends = (node: TSESTree.Node): node is TSESTree.Node =>
    (node.type === "Identifier" && node.name === "arguments") || node.type === "YieldExpression";
  const asks = (node: TSESTree.Node): node is TSESTree.MemberExpression =>
    node.type === "MemberExpression" && STATE_MEMBERS.has(memberName(node) ?? "");
  return (
    findAll(pair.begin.fn!.body, source.visitorKeys, depends).length === 0 &&
    findAll(pair.end.fn!.body, source.visitorKeys, asks).length === 0
  );
}

/** The edits that put something else in the place of a parameter; `null` where one of its uses is not allowed. */
function replaced(
  { source }: Context,
  parameter: TSESTree.Identifier,
  text: string,
  isAllowed: (node: TSESTree.Node) => boolean,
): TextEdit[] | null {
  const variable = variableOf(source, parameter);
  const edits: TextEdit[] = [];
  for (const reference of variable?.references ?? []) {
    const node = reference.identifier as TSESTree.Node;
    if (reference.init === true && reference.isWrite()) continue;
    if (!reference.isRead() || reference.isWrite() || !isAllowed(node)) return null;
    const isShorthand = node.parent?.type === "Property" && node.parent.shorthand;
    edits.push({ range: node.range, text: isShorthand ? `${parameter.name}: ${text}` : text });
  }
  return edits;
}

/** Whether a use of the callback calls it sooner or later, or asks whether there is one. */
function isCalled(context: Context, node: TSESTree.Node): boolean {
  const place = wrapped(node);
  const { parent } = place;
  switch (parent?.type) {
    case "CallExpression":
      // Called, or the callback of another operation.
      return (
        unwrap(parent.callee) === unwrap(place) ||
        (BEGIN_NAME.test(calleeOf(parent)?.name ?? "") && parent.arguments.at(-2) === place)
      );
    case "NewExpression":
      return callsWhatItIsGiven(context, parent, parent.arguments.indexOf(place as TSESTree.Expression));
    case "BinaryExpression":
      return /^[!=]==?$/.test(parent.operator);
    case "LogicalExpression":
      return parent.operator === "&&" && parent.left === place;
    case "IfStatement":
    case "ConditionalExpression":
      return parent.test === place;
    case "UnaryExpression":
      return parent.operator === "!";
    default:
      return false;
  }
}

/** What the Begin returned goes; what it called to get it is still called. */
function returnEdits({ source }: Context, body: TSESTree.BlockStatement): TextEdit[] | null {
  const isReturn = (node: TSESTree.Node): node is TSESTree.ReturnStatement => node.type === "ReturnStatement";
  const edits: TextEdit[] = [];
  for (const statement of findAll(body, source.visitorKeys, isReturn, { intoFunctions: false })) {
    const { argument } = statement;
    const value = argument === null ? null : unwrap(argument);
    if (value === null || isFunction(value)) return null;
    const isLast = statement === body.body.at(-1);
    if (value.type === "Identifier" || value.type === "ThisExpression") {
      // An early `return` still leaves.
      edits.push(
        isLast
          ? { range: withLineBreak(source.text, statement.range), text: "" }
          : { range: [statement.range[0] + "return".length, argument!.range[1]], text: "" },
      );
    } else if (isLast && (value.type === "CallExpression" || value.type === "NewExpression")) {
      edits.push({ range: [statement.range[0], argument!.range[0]], text: "" });
    } else return null;
  }
  return edits;
}

function withLineBreak(text: string, [start, end]: readonly [number, number]): readonly [number, number] {
  const line = lineStart(text, start);
  const before = text.slice(line, start).trimEnd();
  return [before === "" && line > 0 ? lineEnd(text, lineStart(text, line - 1)) : line + before.length, end];
}
