import { enclosingFunction } from "../../ast/functions.ts";
import { calleeOf, lastSegment, dottedName, unwrap, wrapped } from "../../ast/names.ts";
import { readsOf, variableOf } from "../../ast/scopes.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import { findAll } from "../../ast/walk.ts";
import { TASK_HANDLES } from "../../dialects/contracts.ts";
import { operationsOf } from "../../recognize/begin-end/begin-end.ts";
import type { Context } from "../../recognize/context.ts";
import type { DeclaredPair } from "../../recognize/contracts/contract-pairs.ts";
import { endCandidates } from "../../recognize/begin-end/end-calls.ts";
import type { Operation } from "../../recognize/begin-end/operation.ts";
import type { Range } from "../types.ts";

/** How a pair passes its call on: what its Begin starts last of all, and where its End takes the outcome. */
export interface Forwarding {
  /** Another Begin, or the task that a handle is made of. */
  readonly started:
    | { readonly kind: "operation"; readonly operation: Operation }
    | { readonly kind: "task"; readonly task: TSESTree.Expression };
  /** The statements of the Begin before that. */
  readonly before: readonly TSESTree.Statement[];
  /** The call in the End that gives the outcome. */
  readonly taken: TSESTree.CallExpression;
  /** Places in the End where something that was known at the Begin stands instead. */
  readonly edits?: readonly { readonly range: Range; readonly from: TSESTree.Node }[];
  /** Statements of the End that go. */
  readonly gone?: readonly TSESTree.Statement[];
  /** The names of declarations that may have nothing left to do. */
  readonly unneeded?: readonly string[];
}

/** Reads a pair that only passes its call on to another pair, or to a task; `null` where it does more. */
export function forwardingOf(context: Context, pair: DeclaredPair): Forwarding | null {
  const [begin, end] = [pair.begin.fn, pair.end.fn];
  const statements = begin?.body.type === "BlockStatement" ? begin.body.body : [];
  const last = statements.at(-1);
  if (begin == null || end === null || last?.type !== "ReturnStatement" || last.argument === null) return null;
  const value = unwrap(last.argument);
  if (value.type !== "CallExpression" || !isReadOnce(context, pair.callback) || !isReadOnce(context, pair.state))
    return null;
  const before = statements.slice(0, -1);
  if (before.some((statement) => returns(context, statement))) return null;
  const task = taskOfHandle(context, value, pair);
  if (task !== null) {
    const taken = handleTaken(context, end, pair);
    return taken === null ? null : { started: { kind: "task", task }, before, taken };
  }
  const operation = operationsOf(context).find((each) => each.begin === value);
  if (
    operation === undefined ||
    !isParameter(context, operation.callbackArgument, pair.callback) ||
    !isParameter(context, operation.state, pair.state)
  )
    return null;
  const ended = endCandidates(context).find(
    ({ call, stem }) =>
      stem === operation.stem &&
      enclosingFunction(call) === end &&
      call.arguments.some((argument) => isParameter(context, argument, pair.handle)),
  );
  return ended === undefined || !isReadOnce(context, pair.handle)
    ? null
    : { started: { kind: "operation", operation }, before, taken: ended.call };
}

/** `TaskToApm.Begin(task, callback, state)`: the task. */
function taskOfHandle(
  context: Context,
  call: TSESTree.CallExpression,
  { callback, state }: DeclaredPair,
): TSESTree.Expression | null {
  const [task, second, third, more] = call.arguments;
  if (
    task === undefined ||
    task.type === "SpreadElement" ||
    second === undefined ||
    third === undefined ||
    more !== undefined
  )
    return null;
  return isTaskHandle(call, "begin") && isParameter(context, second, callback) && isParameter(context, third, state)
    ? task
    : null;
}

function isTaskHandle(call: TSESTree.CallExpression, side: "begin" | "end"): boolean {
  const callee = calleeOf(call);
  const owner = callee?.receiver == null ? null : dottedName(callee.receiver);
  return owner !== null && TASK_HANDLES.get(lastSegment(owner))?.[side].has(callee!.name) === true;
}

/** The call in an End that takes the outcome of a handle made of a task. */
function handleTaken(context: Context, end: FunctionNode, { handle }: DeclaredPair): TSESTree.CallExpression | null {
  if (!isReadOnce(context, handle)) return null;
  const call = wrapped(readOf(context, handle)!).parent;
  return call?.type === "CallExpression" &&
    call.arguments.length === 1 &&
    isTaskHandle(call, "end") &&
    enclosingFunction(call) === end
    ? call
    : null;
}

function returns({ source }: Context, statement: TSESTree.Statement): boolean {
  return (
    findAll(
      statement,
      source.visitorKeys,
      (node): node is TSESTree.ReturnStatement => node.type === "ReturnStatement",
      { intoFunctions: false },
    ).length > 0
  );
}

/** Whether an argument is a parameter as it was handed over. */
export function isParameter({ source }: Context, argument: TSESTree.Node, parameter: TSESTree.Identifier): boolean {
  return variableOf(source, unwrap(argument))?.identifiers.includes(parameter) === true;
}

function isReadOnce(context: Context, parameter: TSESTree.Identifier): boolean {
  const variable = variableOf(context.source, parameter);
  return (
    variable !== null &&
    readsOf(variable).length === 1 &&
    variable.references.every((reference) => reference.isRead() || reference.init === true)
  );
}

function readOf(context: Context, parameter: TSESTree.Identifier): TSESTree.Node | undefined {
  const variable = variableOf(context.source, parameter);
  return variable === null ? undefined : readsOf(variable)[0]?.identifier;
}
