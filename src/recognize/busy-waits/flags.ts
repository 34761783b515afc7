import { contains } from "../../ast/flow.ts";
import { enclosingFunction, enclosingOf, isFunction } from "../../ast/functions.ts";
import { calleeOf, dottedName, wrapped } from "../../ast/names.ts";
import { readsOf, variableOf } from "../../ast/scopes.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import { findAll, walk } from "../../ast/walk.ts";
import { DEFERRING_CALLS, PURE_CALLS } from "../../dialects/busy-wait.ts";
import { operationsOf } from "../begin-end/begin-end.ts";
import { changesOf } from "../changes.ts";
import type { Context } from "../context.ts";
import { isRunByLoop, type WaitNode } from "./loop-values.ts";
import type { Operation } from "../begin-end/operation.ts";

/** Something that a loop asks and does not change itself. */
export interface Flag {
  readonly node: TSESTree.Node;
  /** Whether all that changes it runs later for sure: in a callback of a Begin, a timer, a promise, or after an `await`. */
  readonly isDeferred: boolean;
  /** The operation whose callback changes it, where one alone does. */
  readonly operation: Operation | null;
}

/**
 * The variable or member in an atom of a loop's condition that only other functions change; `null` where there is none, where the
 * loop changes something that the atom reads, or where the atom calls something.
 */
export function flagIn(context: Context, loop: WaitNode, atom: TSESTree.Node): Flag | null {
  const reads = readsIn(context, atom);
  if (reads === null || reads.some(isPartOfElement)) return null;
  const flags: { node: TSESTree.Node; changes: TSESTree.Node[] }[] = [];
  for (const read of reads) {
    const changes = changesOf(context, read);
    if (changes.some((change) => isRunByLoop(loop, change))) return null;
    // What the functions around the loop change, they change before it or after it.
    const concurrent = changes.filter((change) => !isAround(change, loop));
    if (concurrent.length > 0) flags.push({ node: read, changes: concurrent });
  }
  const [flag] = flags;
  if (flag === undefined) return null;
  const changes = flags.flatMap((each) => each.changes);
  return {
    node: flag.node,
    isDeferred: changes.every((change) => isDeferred(context, change, loop)),
    operation: operationBehind(context, changes),
  };
}

function operationBehind(context: Context, changes: readonly TSESTree.Node[]): Operation | null {
  const [operation, ...others] = operationsOf(context).filter(
    ({ callback }) => callback.kind === "function" && changes.every((change) => contains(callback.fn, change)),
  );
  return operation !== undefined && others.length === 0 ? operation : null;
}

/** Whether something is read only to find an element, `buffer` and `i` in `buffer[i]`: who changes the element cannot be told. */
function isPartOfElement(read: TSESTree.Node): boolean {
  const { parent } = wrapped(read);
  return parent?.type === "MemberExpression" && dottedName(parent) === null;
}

/** Whether the loop itself changes something that an atom of its condition reads, and so gets on. */
export function isAdvancedByLoop(context: Context, loop: WaitNode, atom: TSESTree.Node): boolean {
  return (readsIn(context, atom) ?? []).some((read) =>
    changesOf(context, read).some((change) => isRunByLoop(loop, change)),
  );
}

/** The variables and longest member chains that an expression reads; `null` when it also does something. */
function readsIn(context: Context, expression: TSESTree.Node): TSESTree.Node[] | null {
  const reads: TSESTree.Node[] = [];
  let acts = false;
  walk(expression, context.source.visitorKeys, (node) => {
    if (
      isFunction(node) ||
      node.type === "NewExpression" ||
      node.type === "AssignmentExpression" ||
      node.type === "UpdateExpression"
    )
      acts = true;
    if (node.type === "CallExpression" && !PURE_CALLS.test(dottedName(node.callee) ?? "")) acts = true;
    if (acts) return false;
    // Of `buffer[i].size`, the parts: which element it is changes with them.
    const isNamed = dottedName(node) !== null;
    if (isNamed) reads.push(node);
    return !isNamed;
  });
  return acts ? null : reads;
}

function isAround(node: TSESTree.Node, loop: WaitNode): boolean {
  const enclosing = enclosingOf(node);
  return contains(enclosing, loop);
}

const MAX_DEPTH = 4;

/** Whether something that stands in another function than the loop surely runs in a later turn of the event loop. */
function isDeferred(context: Context, node: TSESTree.Node, loop: WaitNode, depth = 0): boolean {
  for (let fn = enclosingFunction(node); fn !== null && !contains(fn, loop); fn = enclosingFunction(fn)) {
    if (isAfterAwait(context, node, fn) || isCalledLater(context, fn, loop, depth)) return true;
  }
  return false;
}

function isAfterAwait(context: Context, change: TSESTree.Node, fn: FunctionNode): boolean {
  if (!fn.async) return false;
  // In `x = await …` the write comes last.
  const { parent } = change;
  const end = parent?.type === "AssignmentExpression" ? parent.range[1] : change.range[1];
  const isAwait = (node: TSESTree.Node): node is TSESTree.AwaitExpression => node.type === "AwaitExpression";
  return findAll(fn, context.source.visitorKeys, isAwait).some(
    (node) => enclosingFunction(node) === fn && node.range[0] < end,
  );
}

/** Whether every use of a function gives it to something that calls it later, or is itself in such a function. */
function isCalledLater(context: Context, fn: FunctionNode, loop: WaitNode, depth: number): boolean {
  const uses = usesOf(context, fn);
  return (
    uses.length > 0 &&
    uses.every(
      (use) => isDeferringPosition(context, use) || (depth < MAX_DEPTH && isDeferred(context, use, loop, depth + 1)),
    )
  );
}

function usesOf(context: Context, fn: FunctionNode): readonly TSESTree.Node[] {
  if (fn.type === "FunctionDeclaration") return fn.id === null ? [] : usesOfName(context, fn.id);
  const outer = wrapped(fn);
  const { parent } = outer;
  if (parent?.type === "VariableDeclarator" && parent.parent.kind === "const" && parent.id.type === "Identifier")
    return usesOfName(context, parent.id);
  return [outer];
}

function usesOfName(context: Context, name: TSESTree.Identifier): readonly TSESTree.Node[] {
  const variable = variableOf(context.source, name);
  return variable === null ? [] : readsOf(variable).map(({ identifier }) => wrapped(identifier as TSESTree.Node));
}

function isDeferringPosition(context: Context, use: TSESTree.Node): boolean {
  if (operationsOf(context).some(({ callbackArgument }) => contains(callbackArgument, use))) return true;
  const { parent } = use;
  if (parent?.type !== "CallExpression" || parent.callee === use) return false;
  const path = dottedName(parent.callee) ?? `.${calleeOf(parent)?.name ?? ""}`;
  return DEFERRING_CALLS.test(path);
}
