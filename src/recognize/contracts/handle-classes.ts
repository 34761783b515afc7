import { isFunction } from "../../ast/functions.ts";
import { keyName, memberName, unwrap, wrapped } from "../../ast/names.ts";
import { readsOf, variableOf } from "../../ast/scopes.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import { findAll } from "../../ast/walk.ts";
import { SET_MEMBERS } from "../../dialects/tap.ts";
import { constructedName } from "../annotations.ts";
import { classNamed, type ClassNode } from "../classes.ts";
import type { Context } from "../context.ts";
import { repeatsName } from "./contract-members.ts";

/**
 * Whether a callback that is handed to the constructor of a class of the file is called by it: the constructor keeps it in a field, or hands
 * it on to the base class's, and a method calls what is in that field.
 */
export function callsWhatItIsGiven(
  context: Context,
  creation: TSESTree.NewExpression,
  index: number,
  depth = 0,
): boolean {
  const made = classNamed(context, constructedName(creation));
  return made !== null && depth < 4 && callsParameter(context, made, index, depth);
}

function callsParameter(context: Context, made: ClassNode, index: number, depth: number): boolean {
  const constructor = constructorOf(made);
  const base =
    made.superClass === null
      ? null
      : classNamed(context, made.superClass.type === "Identifier" ? made.superClass.name : null);
  if (constructor === null) return base !== null && callsParameter(context, base, index, depth + 1);
  const parameter = constructor.params[index];
  if (parameter === undefined || repeatsName(constructor)) return false;
  if (parameter.type === "TSParameterProperty")
    return isFieldCalled(context, made, parameter.parameter.type === "Identifier" ? parameter.parameter.name : "");
  const target = parameter.type === "AssignmentPattern" ? parameter.left : parameter;
  const variable = target.type === "Identifier" ? variableOf(context.source, target) : null;
  return readsOf(variable ?? ({ references: [] } as never)).some(({ identifier }) => {
    const place = wrapped(identifier);
    const { parent } = place;
    if (parent?.type === "AssignmentExpression" && parent.right === place)
      return (
        parent.left.type === "MemberExpression" &&
        parent.left.object.type === "ThisExpression" &&
        isFieldCalled(context, made, memberName(parent.left) ?? "")
      );
    if (parent?.type === "CallExpression" && parent.callee.type === "Super")
      return (
        base !== null &&
        callsParameter(context, base, parent.arguments.indexOf(place as TSESTree.Expression), depth + 1)
      );
    return parent?.type === "CallExpression" && unwrap(parent.callee) === unwrap(place);
  });
}

/** The function of a class's constructor. */
export function constructorOf(made: ClassNode): FunctionNode | null {
  const found = made.body.body.find((member) => member.type === "MethodDefinition" && member.kind === "constructor");
  return found?.type === "MethodDefinition" && isFunction(found.value) ? found.value : null;
}

/** Whether a class calls what one of its fields holds, there or where it has taken it out of it. */
function isFieldCalled({ source }: Context, made: ClassNode, name: string): boolean {
  const isField = (node: TSESTree.Node): node is TSESTree.MemberExpression =>
    node.type === "MemberExpression" && node.object.type === "ThisExpression" && memberName(node) === name;
  return findAll(made.body, source.visitorKeys, isField).some((member) => {
    const place = wrapped(member);
    const { parent } = place;
    if (parent?.type === "CallExpression")
      return unwrap(parent.callee) === member || parent.arguments.includes(place as TSESTree.Expression);
    if (parent?.type === "MemberExpression" && parent.object === place)
      return /^[iI]nvoke$/.test(memberName(parent) ?? "");
    return parent?.type === "VariableDeclarator" && parent.init === place;
  });
}

/** The members of a class by name. */
export function memberNamed(made: ClassNode, name: string): TSESTree.ClassElement | undefined {
  return made.body.body.find((member) => "key" in member && keyName(member) === name);
}

/**
 * Whether a handle class does nothing but what the pattern needs: it sets its own fields, makes and sets its wait handle, and calls what is in
 * a field of its own with itself. Then nothing is missed when there is no such handle.
 */
export function doesNothingElse(made: ClassNode): boolean {
  return (
    made.superClass === null &&
    made.body.body.every((member) => {
      if (member.type === "PropertyDefinition")
        return !member.static && (member.value === null || isOwnValue(member.value));
      return (
        member.type === "MethodDefinition" &&
        member.kind !== "get" &&
        member.kind !== "set" &&
        member.value.type === "FunctionExpression" &&
        member.value.body.body.every((statement) => isOwnStatement(statement))
      );
    })
  );
}

function isOwnStatement(statement: TSESTree.Statement): boolean {
  switch (statement.type) {
    case "BlockStatement":
      return statement.body.every(isOwnStatement);
    case "IfStatement":
      return (
        isOwnValue(statement.test) &&
        isOwnStatement(statement.consequent) &&
        (statement.alternate === null || isOwnStatement(statement.alternate))
      );
    case "ExpressionStatement": {
      const expression = unwrap(statement.expression);
      if (expression.type === "AssignmentExpression")
        return isOwnField(expression.left) && isOwnValue(expression.right);
      if (expression.type !== "CallExpression") return false;
      const callee = unwrap(expression.callee);
      const isHandleSet =
        callee.type === "MemberExpression" &&
        isOwnField(unwrap(callee.object)) &&
        SET_MEMBERS.has(memberName(callee) ?? "") &&
        expression.arguments.length === 0;
      return (
        isHandleSet ||
        (isOwnField(callee) && expression.arguments.length === 1 && expression.arguments[0]!.type === "ThisExpression")
      );
    }
    default:
      return false;
  }
}

function isOwnField(node: TSESTree.Node): boolean {
  return node.type === "MemberExpression" && !node.computed && node.object.type === "ThisExpression";
}

/** A value that it costs nothing not to make: no call, and nothing made but a wait handle. */
function isOwnValue(node: TSESTree.Node): boolean {
  const value = unwrap(node);
  switch (value.type) {
    case "Identifier":
    case "Literal":
    case "ThisExpression":
      return true;
    case "MemberExpression":
      return isOwnField(value);
    case "BinaryExpression":
    case "LogicalExpression":
      return isOwnValue(value.left) && isOwnValue(value.right);
    case "UnaryExpression":
      return isOwnValue(value.argument);
    case "NewExpression":
      return (
        /Event(?:Slim)?$/.test(constructedName(value) ?? "") &&
        value.arguments.every((argument) => isOwnValue(argument))
      );
    default:
      return false;
  }
}
