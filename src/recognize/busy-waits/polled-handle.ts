import { contains } from "../../ast/flow.ts";
import { calleeOf, dottedName, memberName, typeReferenceName, unwrap, wrapped, isPascalCase } from "../../ast/names.ts";
import { nodesOf } from "../../ast/node-index.ts";
import { isSameReference, readsOf, variableOf, type Variable } from "../../ast/scopes.ts";
import type { TSESTree } from "../../ast/source.ts";
import { HANDLE_TYPE } from "../../dialects/apm.ts";
import {
  EVENT_TYPES,
  GET_AWAITER_MEMBERS,
  RESULT_MEMBERS,
  WAIT_MEMBERS,
  WAIT_ONE_MEMBERS,
} from "../../dialects/tap.ts";
import { isNamed, typeNameOf } from "../annotations.ts";
import { operationsOf } from "../begin-end/begin-end.ts";
import type { CompletionRead } from "./completion-reads.ts";
import type { Context } from "../context.ts";
import { fieldOf } from "../fields.ts";
import { isAdvancedByLoop } from "./flags.ts";
import { usesOfVariable } from "../begin-end/handle-uses.ts";
import { isRunByLoop, type WaitNode } from "./loop-values.ts";
import type { Operation } from "../begin-end/operation.ts";
import { collectionOf, elementSources } from "../tasks/task-collections.ts";
import { natureOf } from "../tasks/tasks.ts";

/** What a loop asks whether it has completed. */
export interface PolledHandle {
  /** The expression it is held by, in the loop's own words. */
  readonly receiver: TSESTree.Node;
  /** The variable that holds it, where it is one. */
  readonly variable: Variable | null;
  /** The operation whose handle it is, where the file shows that. */
  readonly operation: Operation | null;
  /** Whether anything but the member's name says that it is a handle, a task, or something else that completes by itself. */
  readonly isEvident: boolean;
}

/**
 * What is known of the object a loop polls; `null` where the loop itself moves it on: gives the variable another object, or calls
 * methods of an object that is not known to complete by itself.
 */
export function polledHandle(
  context: Context,
  loop: WaitNode,
  read: CompletionRead,
  receiver: TSESTree.Node,
): PolledHandle | null {
  if (isAdvancedByLoop(context, loop, receiver)) return null;
  const variable = variableOf(context.source, unwrap(receiver));
  const operation = operationHeldBy(context, receiver);
  if (operation === null && isDriven(context, loop, receiver)) return null;
  return { receiver, variable, operation, isEvident: operation !== null || isEvidentHandle(context, read, receiver) };
}

/** The operation whose handle an expression holds: a variable that its Begin is written to, a callback's parameter, a field. */
export function operationHeldBy(context: Context, receiver: TSESTree.Node): Operation | null {
  const node = unwrap(receiver);
  const operations = operationsOf(context);
  if (node.type === "Identifier") {
    const read = operations.find((operation) =>
      [...operation.handleUses, ...operation.callbackUses].some((use) => use.node === node),
    );
    if (read !== undefined) return read;
  }
  const held = operations.filter(({ begin }) => {
    const { parent } = wrapped(begin);
    return (
      parent?.type === "AssignmentExpression" &&
      parent.right === wrapped(begin) &&
      isSameReference(context.source, parent.left, node)
    );
  });
  if (held.length === 1) return held[0]!;
  if (node.type !== "MemberExpression") return null;
  const values = fieldOf(context, node)?.values ?? [];
  return values.length === 1 ? (operations.find(({ begin }) => unwrap(values[0]!) === begin) ?? null) : null;
}

function isEvidentHandle(context: Context, read: CompletionRead, receiver: TSESTree.Node): boolean {
  const node = unwrap(receiver);
  const { state, name } = read;
  if (node.type === "CallExpression" && GET_AWAITER_MEMBERS.has(calleeOf(node)?.name ?? "")) return true;
  if (state === null) return name === "Status" && isTask(context, receiver, name);
  if (state.types.has(HANDLE_TYPE) && (isTask(context, receiver, name) || isUsedAsHandle(context, receiver)))
    return true;
  return (
    isNamed(typeNameOf(context, receiver) ?? elementTypeName(context, receiver), state.types) ||
    isStarted(context, receiver, state.starters)
  );
}

/** Programs call many things a task; .NET's is spelled as .NET spells it. */
function isTask(context: Context, receiver: TSESTree.Node, member: string): boolean {
  const nature = natureOf(context, receiver);
  return (nature.kind === "task" && (nature.isCertain || isPascalCase(member))) || nature.kind === "named";
}

/** The type of what a collection holds, for `handle` in `handles.every((handle) => handle.IsCompleted)`. */
function elementTypeName(context: Context, receiver: TSESTree.Node): string | null {
  const collection = collectionOf(context, receiver);
  return collection === null ? null : typeReferenceName(elementSources(context, collection).elementType);
}

/** Whether the variable is also given to an End, or read for what else only a handle or a task has. */
function isUsedAsHandle(context: Context, receiver: TSESTree.Node): boolean {
  const variable = variableOf(context.source, unwrap(receiver));
  if (variable === null) return false;
  return (
    usesOfVariable(context, variable).some(
      (use) => use.kind === "end" || (use.kind === "member" && !/^[iI]sCompleted$/.test(use.name)),
    ) ||
    readsOf(variable).some(({ identifier }) => {
      const { parent } = wrapped(identifier);
      const name =
        parent?.type === "MemberExpression" && parent.object === wrapped(identifier) ? memberName(parent) : null;
      return (
        name !== null &&
        isPascalCase(name) &&
        [RESULT_MEMBERS, WAIT_MEMBERS, GET_AWAITER_MEMBERS].some((members) => members.has(name))
      );
    })
  );
}

/** Whether the object was made by a call that starts something, or such a method of it is called. */
function isStarted(context: Context, receiver: TSESTree.Node, starters: RegExp | null): boolean {
  if (starters === null) return false;
  const origin = natureOf(context, receiver).origin;
  if (origin !== null && starters.test(calleeOf(origin)?.name ?? "")) return true;
  return methodCallsOn(context, receiver).some(({ name }) => starters.test(name));
}

/** Whether the loop calls a method of the object other than one that waits for it. */
function isDriven(context: Context, loop: WaitNode, receiver: TSESTree.Node): boolean {
  return methodCallsOn(context, receiver).some(
    ({ call, name }) =>
      contains(loop, call) &&
      isRunByLoop(loop, call) &&
      !WAIT_MEMBERS.has(name) &&
      !WAIT_ONE_MEMBERS.has(name) &&
      !GET_AWAITER_MEMBERS.has(name) &&
      !/^get_?[A-Z]/.test(name),
  );
}

function methodCallsOn(context: Context, receiver: TSESTree.Node): { call: TSESTree.CallExpression; name: string }[] {
  return nodesOf(context.source)
    .of("CallExpression")
    .flatMap((call) => {
      const callee = calleeOf(call);
      return callee !== null && callee.receiver !== null && isSameReference(context.source, callee.receiver, receiver)
        ? [{ call, name: callee.name }]
        : [];
    });
}

/** Whether something is a task or an event, so that `Wait(0)` on it asks whether it has completed. */
export function isWaitable(context: Context, receiver: TSESTree.Node): boolean {
  const nature = natureOf(context, receiver);
  return (
    (nature.kind === "task" && nature.isCertain) ||
    nature.kind === "named" ||
    isNamed(typeNameOf(context, receiver), EVENT_TYPES) ||
    /\.(?:AsyncWaitHandle|asyncWaitHandle)$/.test(dottedName(receiver) ?? "")
  );
}
