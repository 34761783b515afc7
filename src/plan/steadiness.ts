import { classOf, enclosingFunction } from "../ast/functions.ts";
import { keyName, memberName, unwrap } from "../ast/names.ts";
import { nodesOf } from "../ast/node-index.ts";
import { onlyValueOf, scopeOf, variableOf } from "../ast/scopes.ts";
import type { Source, TSESTree } from "../ast/source.ts";
import { STATE_MEMBERS } from "../dialects/apm.ts";
import { isWritten } from "../recognize/field-uses.ts";
import { isConstant } from "./purity.ts";

/** Whether expressions give the same before an await and behind it. */

/** Whether an expression has no effect, and nothing that other code does in the meantime changes its value. */
export function isSteady(source: Source, expression: TSESTree.Node): boolean {
  const node = unwrap(expression);
  const isPart = (part: TSESTree.Node): boolean => isSteady(source, part);
  const isValue = (part: TSESTree.Node): boolean => isPart(part) && !holdsObject(source, part);
  switch (node.type) {
    case "FunctionExpression":
    case "ArrowFunctionExpression":
    case "TemplateElement":
      return true;
    case "UnaryExpression":
      return /^(?:!|typeof|void)$/.test(node.operator)
        ? isPart(node.argument)
        : node.operator !== "delete" && isValue(node.argument);
    case "BinaryExpression":
      return isValue(node.left) && isValue(node.right);
    case "LogicalExpression":
      return isPart(node.left) && isPart(node.right);
    case "ConditionalExpression":
      return isPart(node.test) && isPart(node.consequent) && isPart(node.alternate);
    case "TemplateLiteral":
      return node.expressions.every(isValue);
    case "ArrayExpression":
      return node.elements.every((element) => element === null || isPart(element));
    case "ObjectExpression":
      return node.properties.every(
        (property) =>
          property.type === "Property" && (!property.computed || isPart(property.key)) && isPart(property.value),
      );
    case "MemberExpression":
      return isSteadyField(source, node) || isEnumMember(source, node) || isState(source, node);
    default:
      return isConstant(source, node) || isOwnVariable(source, node);
  }
}

/** Whether a variable belongs to the function that reads it here, and no other function knows it. */
function isOwnVariable(source: Source, node: TSESTree.Node): boolean {
  const variable = variableOf(source, node);
  const scope = variable?.scope.variableScope;
  return (
    variable !== null &&
    scope === scopeOf(source, node).variableScope &&
    variable.references.every(({ from }) => from.variableScope === scope)
  );
}

/** Whether an expression is the state that a handle was given: it has no other. */
function isState(source: Source, node: TSESTree.MemberExpression): boolean {
  return STATE_MEMBERS.has(memberName(node) ?? "") && isConstant(source, node.object);
}

/** Whether a name surely holds an object of the file, whose text or number may change although it stays the same object. */
function holdsObject(source: Source, expression: TSESTree.Node): boolean {
  const variable = variableOf(source, unwrap(expression));
  const value = variable === null ? null : onlyValueOf(variable);
  return value !== null && /^(?:Array|Object|New)Expression$/.test(unwrap(value).type);
}

/** Whether the object on which a member is called or assigned is the same one later. */
export function isSteadyObject(source: Source, expression: TSESTree.Node): boolean {
  const node = unwrap(expression);
  if (node.type === "Super" || node.type === "TemplateLiteral") return true;
  return isSteady(source, node) || (node.type === "Identifier" && variableOf(source, node) === null);
}

/** Whether what is called is the same function of the same object later: nothing in the file puts another one in its place. */
export function isSteadyCallee(source: Source, expression: TSESTree.Node): boolean {
  const node = unwrap(expression);
  if (node.type !== "MemberExpression") return isSteadyObject(source, node);
  const name = memberName(node);
  return name !== null && isSteadyObject(source, node.object) && !changesOf(source).has(name);
}

/** Whether an expression reads a field that nothing but the constructor of its class gives a value. */
function isSteadyField(source: Source, node: TSESTree.MemberExpression): boolean {
  const name = memberName(node);
  if (name === null || unwrap(node.object).type !== "ThisExpression" || changesOf(source).has(name)) return false;
  return (classOf(node)?.body.body ?? []).some((member) => isOwnField(member, name));
}

/** Whether a member of a class is a field of that name which code out of sight cannot assign. */
function isOwnField(member: TSESTree.ClassElement, name: string): boolean {
  if (member.type === "PropertyDefinition")
    return keyName(member) === name && (name.startsWith("#") || member.readonly || member.accessibility === "private");
  if (member.type !== "MethodDefinition" || member.kind !== "constructor") return false;
  return member.value.params.some((parameter) => {
    if (parameter.type !== "TSParameterProperty") return false;
    const target = parameter.parameter.type === "AssignmentPattern" ? parameter.parameter.left : parameter.parameter;
    return (
      target.type === "Identifier" &&
      target.name === name &&
      (parameter.readonly || parameter.accessibility === "private")
    );
  });
}

function isEnumMember(source: Source, { object }: TSESTree.MemberExpression): boolean {
  return variableOf(source, unwrap(object))?.defs[0]?.node.type === "TSEnumDeclaration";
}

const changes = new WeakMap<TSESTree.Program, ReadonlySet<string>>();

/** The names of members that the file assigns anew, or that accessors compute. */
function changesOf(source: Source): ReadonlySet<string> {
  let known = changes.get(source.ast);
  if (known === undefined) changes.set(source.ast, (known = findChanges(source)));
  return known;
}

function findChanges(source: Source): ReadonlySet<string> {
  const index = nodesOf(source);
  const found = new Set<string>();
  for (const member of index.of("MemberExpression")) {
    const name = memberName(member);
    if (name !== null && isWritten(member) && !isFirstValue(member)) found.add(name);
  }
  for (const type of ["ClassDeclaration", "ClassExpression"] as const)
    for (const { body } of index.of(type))
      for (const member of body.body) {
        const name = "key" in member ? keyName(member) : null;
        if (name !== null && member.type !== "PropertyDefinition" && "kind" in member && member.kind === "get")
          found.add(name);
      }
  return found;
}

/** Whether a field of `this` is assigned by the constructor of its class itself. */
function isFirstValue(member: TSESTree.MemberExpression): boolean {
  const fn = enclosingFunction(member);
  const method = fn?.parent;
  return (
    unwrap(member.object).type === "ThisExpression" &&
    method?.type === "MethodDefinition" &&
    method.kind === "constructor"
  );
}
