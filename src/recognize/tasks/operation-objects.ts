import { globalPathOf } from "../../ast/globals.ts";
import { moduleBindingOf } from "../../ast/modules.ts";
import { calleeOf, dottedName, keyName, lastSegment, memberName, unwrap, wrapped } from "../../ast/names.ts";
import { nodesOf } from "../../ast/node-index.ts";
import { onlyValueOf, readsOf, variableOf } from "../../ast/scopes.ts";
import type { TSESTree } from "../../ast/source.ts";
import { ENGINE_NAMESPACE, ENGINE_OPERATIONS } from "../../dialects/callback-apis.ts";
import { DOTNET_MODULE, OPERATION_OBJECT_MEMBERS } from "../../dialects/tap.ts";
import { typeNameOf } from "../annotations.ts";
import type { Context } from "../context.ts";

/** How far a value is followed from one name to the next. */
const LONGEST_CHAIN = 8;

/**
 * Whether the file uses what an expression gives as no task can be used: it reads a member such as `IsDone` or `onsuccess` of it, directly,
 * or through the variables and fields that it is stored in.
 */
export function isOperationObject(context: Context, expression: TSESTree.Node): boolean {
  return isEngineOperation(context, expression) || isUsedAsObject(context, expression, 0);
}

/** Whether an expression is an operation of Unity, by the class whose method gives it, also where a constant holds it. */
export function isEngineOperation(context: Context, expression: TSESTree.Node): boolean {
  const node = unwrap(expression);
  const variable = variableOf(context.source, node);
  const call = variable === null ? node : unwrap(onlyValueOf(variable) ?? node);
  const callee = call.type === "CallExpression" ? calleeOf(call) : null;
  if (callee === null || callee.receiver === null) return false;
  return [
    globalPathOf(context.source, callee.receiver),
    pathInModule(context, callee.receiver),
    typeNameOf(context, callee.receiver),
  ].some(
    (name) =>
      name !== null &&
      ENGINE_NAMESPACE.test(name) &&
      ENGINE_OPERATIONS.get(lastSegment(name))?.test(callee.name) === true,
  );
}

/** A path that starts at an import of .NET's namespaces: `UnityEngine.Resources` of `import { UnityEngine } from "csharp"`. */
function pathInModule(context: Context, object: TSESTree.Node): string | null {
  let root = unwrap(object);
  while (root.type === "MemberExpression") root = unwrap(root.object);
  const module = moduleBindingOf(context.source, root)?.module;
  return module !== undefined && DOTNET_MODULE.test(module) ? dottedName(object) : null;
}

function isUsedAsObject(context: Context, expression: TSESTree.Node, depth: number): boolean {
  const outer = wrapped(expression);
  const { parent } = outer;
  switch (parent?.type) {
    case "MemberExpression":
      return parent.object === outer && OPERATION_OBJECT_MEMBERS.has(memberName(parent) ?? "");
    case "VariableDeclarator":
      return parent.init === outer && isTargetOfOne(context, parent.id, depth);
    case "AssignmentExpression":
      return parent.right === outer && isTargetOfOne(context, parent.left, depth);
    case "PropertyDefinition":
      return parent.value === outer && isMemberOfOne(context, keyName(parent));
    case "ConditionalExpression":
    case "LogicalExpression":
      return isUsedAsObject(context, parent, depth);
    default:
      return false;
  }
}

/** Whether such a member is read of what a variable, a field or a pattern gets. */
function isTargetOfOne(context: Context, target: TSESTree.Node, depth: number): boolean {
  if (depth > LONGEST_CHAIN) return false;
  if (target.type === "ObjectPattern")
    return target.properties.some(
      (property) => property.type === "Property" && OPERATION_OBJECT_MEMBERS.has(keyName(property) ?? ""),
    );
  if (target.type === "MemberExpression") return isMemberOfOne(context, memberName(target));
  const variable = variableOf(context.source, target);
  return (
    variable !== null && readsOf(variable).some(({ identifier }) => isUsedAsObject(context, identifier, depth + 1))
  );
}

const members = new WeakMap<Context, ReadonlySet<string>>();

/** Whether such a member is read of a field of this name, of whatever object: `this.loading.IsDone`. */
function isMemberOfOne(context: Context, name: string | null): boolean {
  let known = members.get(context);
  if (known === undefined) {
    const names = nodesOf(context.source)
      .of("MemberExpression")
      .filter((member) => OPERATION_OBJECT_MEMBERS.has(memberName(member) ?? ""))
      .map(({ object }) => unwrap(object))
      .map((object) => (object.type === "MemberExpression" ? memberName(object) : null));
    members.set(context, (known = new Set(names.filter((each) => each !== null))));
  }
  return name !== null && known.has(name);
}
