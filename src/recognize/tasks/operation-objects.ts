import { keyName, memberName, unwrap, wrapped } from "../../ast/names.ts";
import { nodesOf } from "../../ast/node-index.ts";
import { readsOf, variableOf } from "../../ast/scopes.ts";
import type { TSESTree } from "../../ast/source.ts";
import { OPERATION_OBJECT_MEMBERS } from "../../dialects/tap.ts";
import type { Context } from "../context.ts";

/** How far a value is followed from one name to the next. */
const LONGEST_CHAIN = 8;

/**
 * Whether the file uses what an expression gives as no task can be used: it reads a member such as `IsDone` or `onsuccess` of it, directly,
 * or through the variables and fields that it is stored in.
 */
export function isOperationObject(context: Context, expression: TSESTree.Node, depth = 0): boolean {
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
      return isOperationObject(context, parent, depth);
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
    variable !== null &&
    readsOf(variable).some(({ identifier }) => isOperationObject(context, identifier, depth + 1))
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
