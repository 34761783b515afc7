import { statementList } from "../ast/flow.ts";
import { isFunction } from "../ast/functions.ts";
import type { Source, TSESTree } from "../ast/source.ts";
import { operandsBefore } from "./operands.ts";
import { isSteady, isSteadyCallee, isSteadyObject } from "./steadiness.ts";
import { text, type Text } from "./write/text.ts";

/**
 * Whether `node` is the first thing with an effect that running `root` evaluates, so that an evaluation moved from just before
 * `root` to `node` changes no order, and what is evaluated before may as well be evaluated then. Statements in `ignored` are about to go;
 * `isHarmless` may excuse more of them, and `isFree` what is read before.
 */
export function isEvaluatedFirst(
  source: Source,
  node: TSESTree.Node,
  root: TSESTree.Node,
  ignored: ReadonlySet<TSESTree.Node>,
  isHarmless: (statement: TSESTree.Statement) => boolean = () => false,
  isFree: (operand: TSESTree.Node, isCallee: boolean) => boolean = () => false,
): boolean {
  for (let child = node, current = node.parent; child !== root; child = current!, current = current.parent) {
    if (!current || (isFunction(current) && current !== root)) return false;
    const list = statementList(current);
    if (list !== null) {
      const before = list.slice(0, list.indexOf(child as TSESTree.Statement));
      if (
        !before.every(
          (statement) =>
            ignored.has(statement) ||
            statement.type === "EmptyStatement" ||
            statement.type === "FunctionDeclaration" ||
            statement.type.startsWith("TS") ||
            isHarmless(statement),
        )
      )
        return false;
      continue;
    }
    if (current.type === "TryStatement" ? child === current.block : isFunction(current) && child === current.body)
      continue;
    const operands = operandsBefore(child, current);
    if (operands === null || !operands.isSure || operands.passed.length > 0) return false;
    const isKept = (operand: TSESTree.Node): boolean =>
      isKeptSteady(source, current, operand) || isFree(operand, isCalleeOf(current, operand));
    if (!operands.kept.every(isKept)) return false;
  }
  return true;
}

/** Whether an operand of a node may be evaluated before or behind an await that follows it in the node. */
export function isKeptSteady(source: Source, node: TSESTree.Node, operand: TSESTree.Node): boolean {
  if (isCalleeOf(node, operand)) return isSteadyCallee(source, operand);
  const isObject =
    node.type === "MemberExpression" ||
    (node.type === "AssignmentExpression" &&
      node.operator === "=" &&
      operand !== (node.left as TSESTree.MemberExpression).property);
  return isObject ? isSteadyObject(source, operand) : isSteady(source, operand);
}

function isCalleeOf(node: TSESTree.Node, operand: TSESTree.Node): boolean {
  return (
    ((node.type === "CallExpression" || node.type === "NewExpression") && node.callee === operand) ||
    (node.type === "TaggedTemplateExpression" && node.tag === operand)
  );
}

/** The text of an `await` in the place of an expression, in parentheses where the place binds more tightly. */
export function awaitText(source: Source, place: TSESTree.Node, operand: string): string;
export function awaitText(source: Source, place: TSESTree.Node, operand: Text): Text;
export function awaitText(source: Source, place: TSESTree.Node, operand: Text): Text {
  return bindsTighter(source, place) ? text`(await ${operand})` : text`await ${operand}`;
}

/** Whether a place binds more tightly than an await, and has no parentheses around it. */
export function bindsTighter(source: Source, place: TSESTree.Node): boolean {
  return needsParentheses(place) && !isParenthesized(source, place);
}

/** Whether a node is part of an optional chain that goes on behind it: there an await would be evaluated even where the chain ends early. */
export function isCutShort(node: TSESTree.Node): boolean {
  if (node.parent?.type === "ChainExpression") return false;
  for (
    let part: TSESTree.Node = node;
    part.type === "CallExpression" || part.type === "MemberExpression" || part.type === "TSNonNullExpression";
    part =
      part.type === "CallExpression" ? part.callee : part.type === "MemberExpression" ? part.object : part.expression
  ) {
    if (part.type !== "TSNonNullExpression" && part.optional) return true;
  }
  return false;
}

/** Whether parentheses stand right around a place that is no argument: they will hold the await as well. */
function isParenthesized(source: Source, place: TSESTree.Node): boolean {
  return (
    source.text[place.range[0] - 1] === "(" &&
    source.text[place.range[1]] === ")" &&
    (place.parent?.type === "MemberExpression" ||
      (place.parent?.type === "NewExpression" && place.parent.callee === place))
  );
}

function needsParentheses(place: TSESTree.Node): boolean {
  const { parent } = place;
  switch (parent?.type) {
    case "MemberExpression":
      return parent.object === place;
    case "CallExpression":
    case "NewExpression":
      return parent.callee === place;
    case "TaggedTemplateExpression":
    case "TSNonNullExpression":
    case "TSTypeAssertion":
      return true;
    case "ChainExpression":
      return needsParentheses(parent);
    case "BinaryExpression":
      return parent.operator === "**" && parent.left === place;
    case "ClassDeclaration":
    case "ClassExpression":
      return parent.superClass === place;
    default:
      return false;
  }
}
