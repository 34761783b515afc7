import { statementList } from "../ast/flow.ts";
import { isFunction } from "../ast/functions.ts";
import type { Source, TSESTree } from "../ast/source.ts";
import { isConstant, isPure } from "./purity.ts";
import { text, type Text } from "./write/text.ts";

/**
 * Whether `node` is the first thing with an effect that running `root` evaluates, so that an evaluation moved from just before
 * `root` to `node` changes no order. Statements in `ignored` are about to go; `isHarmless` may excuse more of them.
 */
export function isEvaluatedFirst(
  source: Source,
  node: TSESTree.Node,
  root: TSESTree.Node,
  ignored: ReadonlySet<TSESTree.Node>,
  isHarmless: (statement: TSESTree.Statement) => boolean = () => false,
): boolean {
  const isSteady = (expression: TSESTree.Node | null | undefined) =>
    expression == null ||
    isConstant(source, expression) ||
    (isPure(expression) && expression.type !== "MemberExpression" && expression.type !== "Identifier");
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
    switch (current.type) {
      case "CallExpression":
      case "NewExpression": {
        if (child === current.callee) break;
        // Reading `console.log` before or after makes no difference; computing the function by a call would.
        const earlier = current.arguments.slice(0, current.arguments.indexOf(child as TSESTree.Expression));
        if (!isPure(current.callee) || !earlier.every(isSteady)) return false;
        break;
      }
      case "VariableDeclaration":
        if (current.declarations[0] !== child) return false;
        break;
      case "AssignmentExpression":
        // A compound assignment reads its target before the right side.
        if (child === current.right && (current.operator !== "=" || !isSteadyTarget(source, current.left)))
          return false;
        break;
      case "BinaryExpression":
        if (child === current.right && !isSteady(current.left)) return false;
        break;
      case "LogicalExpression":
        if (child === current.right) return false;
        break;
      case "ConditionalExpression":
      case "IfStatement":
        if (child !== current.test) return false;
        break;
      case "SwitchStatement":
        if (child !== current.discriminant) return false;
        break;
      case "TemplateLiteral":
        if (!current.expressions.slice(0, current.expressions.indexOf(child as TSESTree.Expression)).every(isSteady))
          return false;
        break;
      case "ArrayExpression":
        if (!current.elements.slice(0, current.elements.indexOf(child as TSESTree.Expression)).every(isSteady))
          return false;
        break;
      case "SequenceExpression":
        if (current.expressions[0] !== child) return false;
        break;
      case "TryStatement":
        if (child !== current.block) return false;
        break;
      case "VariableDeclarator":
      case "ExpressionStatement":
      case "ReturnStatement":
      case "ThrowStatement":
      case "AwaitExpression":
      case "UnaryExpression":
      case "MemberExpression":
      case "ChainExpression":
      case "TSAsExpression":
      case "TSTypeAssertion":
      case "TSNonNullExpression":
      case "TSSatisfiesExpression":
      case "ExportNamedDeclaration":
        break;
      default:
        return isFunction(current) && child === current.body;
    }
  }
  return true;
}

// `this.x = value` and `state.x = value` read nothing that the moved evaluation could change when the object is steady.
function isSteadyTarget(source: Source, target: TSESTree.Node): boolean {
  if (target.type === "Identifier") return true;
  return (
    target.type === "MemberExpression" &&
    isConstant(source, target.object) &&
    (!target.computed || isConstant(source, target.property))
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
