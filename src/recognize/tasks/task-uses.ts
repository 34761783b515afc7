import { classOf, isFunction } from "../../ast/functions.ts";
import { calleeOf, dottedName, keyName, lastSegment, memberName, unwrap, wrapped } from "../../ast/names.ts";
import { onlyValueOf, readsOf, variableOf } from "../../ast/scopes.ts";
import type { TSESTree } from "../../ast/source.ts";
import { WHEN_ALL_MEMBERS } from "../../dialects/tap.ts";
import type { Context } from "../context.ts";
import { isStaticContext } from "../callables.ts";
import { usesOfField } from "../field-uses.ts";
import { fieldOf } from "../fields.ts";
import { unwrappedTask } from "./task-calls.ts";

/** A place that stands for the task of a call. */
export interface TaskUse {
  readonly task: TSESTree.Node;
  /** The narrow place to report. */
  readonly nameNode: TSESTree.Node;
}

/**
 * Where the task of a call is: the call itself, the reads of the constant or field that alone holds it, and what waits for all tasks of an
 * array that it is put into.
 */
export function usesOfTask(context: Context, call: TSESTree.CallExpression): readonly TaskUse[] {
  const direct = { task: call, nameNode: calleeOf(call)?.nameNode ?? call };
  return [direct, ...readsOfHolder(context, call)].flatMap((use) => {
    const all = gatheredIn(context, use.task);
    return all.length === 0 ? [use] : [use, ...all];
  });
}

/** The expression that stands for a task: with the host's helper, `ConfigureAwait` and casts around it. */
export function carrierOf(context: Context, call: TSESTree.Node): TSESTree.Node {
  const outer = wrapped(call);
  const { parent } = outer;
  const isMember =
    parent?.type === "MemberExpression" &&
    parent.object === outer &&
    parent.parent.type === "CallExpression" &&
    parent.parent.callee === parent;
  const around = isMember
    ? (parent.parent as TSESTree.CallExpression)
    : parent?.type === "CallExpression" && parent.callee !== outer
      ? parent
      : null;
  if (around === null) return outer;
  const isSame = isMember && /^[cC]onfigureAwait$/.test(memberName(parent) ?? "");
  const inner = unwrappedTask(context, around);
  return isSame || (inner !== null && unwrap(inner) === unwrap(outer)) ? carrierOf(context, around) : outer;
}

/** The reads of the variable or field that holds what an expression gives, and nothing else ever. */
function readsOfHolder(context: Context, expression: TSESTree.Node): TaskUse[] {
  const held = carrierOf(context, expression);
  const { parent } = held;
  if (parent?.type === "VariableDeclarator" && parent.init === held) {
    const variable = variableOf(context.source, parent.id);
    if (variable === null || onlyValueOf(variable) !== parent.init) return [];
    return readsOf(variable).map(({ identifier }) => ({ task: identifier, nameNode: identifier }));
  }
  const owner = parent === undefined || parent === null ? null : classOf(held);
  const target =
    parent?.type === "PropertyDefinition" && parent.value === held
      ? { name: keyName(parent), isStatic: parent.static }
      : parent?.type === "AssignmentExpression" && parent.operator === "=" && parent.right === held
        ? fieldTarget(parent.left)
        : null;
  if (owner === null || target === null || target.name === null) return [];
  return usesOfField(context, owner, target.name, target.isStatic)
    .own.filter((member) => fieldOf(context, member)?.values.length === 1 && !isTarget(member))
    .map((member) => ({ task: member, nameNode: member.property }));
}

function fieldTarget(left: TSESTree.Node): { name: string | null; isStatic: boolean } | null {
  if (left.type !== "MemberExpression") return null;
  const object = unwrap(left.object);
  return object.type === "ThisExpression" ? { name: memberName(left), isStatic: isStaticContext(object) } : null;
}

function isTarget(member: TSESTree.MemberExpression): boolean {
  const { parent } = member;
  return parent.type === "AssignmentExpression" && parent.left === member;
}

/** The calls that wait for all elements of an array which a task is one of: of a literal, or of what a `map` makes. */
function gatheredIn(context: Context, task: TSESTree.Node): TaskUse[] {
  const element = carrierOf(context, task);
  const { parent } = element;
  const array =
    parent?.type === "ArrayExpression"
      ? parent
      : isFunction(parent) && parent.body === element && !parent.async && parent.parent.type === "CallExpression"
        ? parent.parent
        : null;
  if (array === null || (array.type === "CallExpression" && calleeOf(array)?.name !== "map")) return [];
  const direct = { task: array, nameNode: array.type === "CallExpression" ? calleeOf(array)!.nameNode : array };
  return [direct, ...readsOfHolder(context, array)].flatMap(({ task: list, nameNode }) => {
    const around = wrapped(list).parent;
    return around?.type === "CallExpression" && isGathering(around) && unwrap(around.arguments[0]!) === unwrap(list)
      ? [{ task: around, nameNode }]
      : [];
  });
}

/** `Promise.all(…)`, `Task.WhenAll(…)`. */
function isGathering(call: TSESTree.CallExpression): boolean {
  const callee = calleeOf(call);
  const owner = callee === null || callee.receiver === null ? null : dottedName(callee.receiver);
  return owner !== null && WHEN_ALL_MEMBERS.has(callee!.name) && /^(?:Promise|Task)$/.test(lastSegment(owner));
}
