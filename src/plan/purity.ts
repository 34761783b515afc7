import { unwrap } from "../ast/names.ts";
import { loopAround } from "../ast/flow.ts";
import { type Reference, type Variable, variableOf, writesOf } from "../ast/scopes.ts";
import type { Source, TSESTree } from "../ast/source.ts";

/** Whether evaluating an expression has no effect and calls nothing: names, literals, member reads, and literals made of such. */
export function isPure(expression: TSESTree.Node): boolean {
  const node = unwrap(expression);
  switch (node.type) {
    case "Identifier":
    case "ThisExpression":
    case "Super":
    case "Literal":
    case "FunctionExpression":
    case "ArrowFunctionExpression":
    case "TemplateElement":
      return true;
    case "MemberExpression":
      return isPure(node.object) && (!node.computed || isPure(node.property));
    case "TemplateLiteral":
      return node.expressions.every(isPure);
    case "UnaryExpression":
      return node.operator !== "delete" && isPure(node.argument);
    case "BinaryExpression":
    case "LogicalExpression":
      return isPure(node.left) && isPure(node.right);
    case "ConditionalExpression":
      return isPure(node.test) && isPure(node.consequent) && isPure(node.alternate);
    case "ArrayExpression":
      return node.elements.every(
        (element) => element === null || (element.type !== "SpreadElement" && isPure(element)),
      );
    case "ObjectExpression":
      return node.properties.every(
        (property) =>
          property.type === "Property" && (!property.computed || isPure(property.key)) && isPure(property.value),
      );
    default:
      return false;
  }
}

/**
 * Whether an expression gives the same value at any later time in its scope: literals, `this`, and variables that are written
 * once at most, before they are read here (a parameter: never), but no members, which somebody may assign in between.
 */
export function isConstant(source: Source, expression: TSESTree.Node): boolean {
  const node = unwrap(expression);
  if (node.type === "ThisExpression" || node.type === "Literal") return true;
  if (node.type !== "Identifier") return false;
  if (node.name === "undefined") return true;
  const variable = variableOf(source, node);
  if (variable === null) return false;
  const writes = writesOf(variable);
  const [write] = writes;
  if (write === undefined) return true;
  const isGiven = variable.defs.some(
    ({ node: { type }, type: kind }) => String(kind) === "Parameter" || type === "FunctionDeclaration",
  );
  return !isGiven && writes.length === 1 && (write.init === true || isWrittenBefore(write, variable, node));
}

/** Whether the one write of a variable is done where it is declared, and stands above a place. */
function isWrittenBefore({ from, identifier }: Reference, { scope }: Variable, place: TSESTree.Node): boolean {
  return (
    from.variableScope === scope.variableScope &&
    identifier.range[1] <= place.range[0] &&
    loopAround(identifier, scope.block) === null
  );
}

/** Whether an expression, evaluated here, makes an object that nobody else can have in hand, out of parts without effects. */
export function isFresh(expression: TSESTree.Node): boolean {
  const node = unwrap(expression);
  const isPart = (part: TSESTree.Node) => isPure(part) || isFresh(part);
  if (node.type === "ObjectExpression")
    return node.properties.every(
      (property) =>
        property.type === "Property" && (!property.computed || isPure(property.key)) && isPart(property.value),
    );
  if (node.type === "ArrayExpression")
    return node.elements.every((element) => element === null || (element.type !== "SpreadElement" && isPart(element)));
  return (
    node.type === "NewExpression" &&
    isPure(node.callee) &&
    node.arguments.every((argument) => argument.type !== "SpreadElement" && isPart(argument))
  );
}
