import { calleeOf, memberName, unwrap, wrapped, isPascalCase } from "../../ast/names.ts";
import { globalPathOf } from "../../ast/globals.ts";
import { nodesOf } from "../../ast/node-index.ts";
import type { TSESTree } from "../../ast/source.ts";
import { PROMISE_FACTORIES } from "../../dialects/promise-apis.ts";
import { RESULT_MEMBERS } from "../../dialects/tap.ts";
import { declaredType } from "../annotations.ts";
import { operationsOf } from "../begin-end/begin-end.ts";
import { callbackKind, isArray, type CallbackKind } from "./callback-calls.ts";
import type { Context } from "../context.ts";
import { hasRawTasks, isRawTask, isTaskByItsResult } from "./host-tasks.ts";
import type { Operation } from "../begin-end/operation.ts";
import { declaredResults } from "../signatures.ts";
import { isRequest } from "./event-requests.ts";
import { isEngineOperation } from "./operation-objects.ts";
import { isAwaitable } from "./task-nature.ts";
import { natureOf } from "./tasks.ts";
import { yieldsPromises } from "./unawaited.ts";

/** An `await` that goes on at once. */
export interface IneffectiveAwait {
  readonly kind:
    | CallbackKind
    /** A task on a host whose tasks are not promises. */
    | "task"
    /** `(await task).Result` on such a host: reading `Result` is what waits, and it blocks. */
    | "taskResult"
    /** An operation of the game engine on such a host. */
    | "engineOperation"
    /** `(await task).Result` where the task gives a primitive value or an array, which has no `Result`. */
    | "valueResult"
    /** The handle that a Begin gives. */
    | "handle"
    /** An array of promises. */
    | "array";
  /** What is awaited. */
  readonly operand: TSESTree.Expression;
  /** The narrow place to report. */
  readonly nameNode: TSESTree.Node;
  /** The read of `Result` around the await, where there is one. */
  readonly result: TSESTree.MemberExpression | null;
  /** The operation whose handle is awaited. */
  readonly operation: Operation | null;
}

const found = new WeakMap<Context, readonly IneffectiveAwait[]>();

/** The awaits of a file that do not wait for what they seem to, in source order. */
export function ineffectiveAwaitsOf(context: Context): readonly IneffectiveAwait[] {
  let known = found.get(context);
  if (known === undefined) {
    const awaits = nodesOf(context.source)
      .of("AwaitExpression")
      .flatMap((node) => recognize(context, node));
    known = awaits.sort((a, b) => a.operand.range[0] - b.operand.range[0]);
    found.set(context, known);
  }
  return known;
}

function recognize(context: Context, node: TSESTree.AwaitExpression): IneffectiveAwait[] {
  const operand = node.argument;
  const inner = unwrap(operand);
  const result = resultAround(node);
  const site = { operand, nameNode: nameNodeOf(inner), result, operation: null };
  if (isRawTask(context, operand))
    return [{ ...site, kind: result !== null && isDotNetResult(result) ? "taskResult" : "task" }];
  if (result !== null && isDotNetResult(result) && isTaskByItsResult(context, operand))
    return [{ ...site, kind: "taskResult" }];
  if (hasRawTasks(context) && isEngineOperation(context, operand)) return [{ ...site, kind: "engineOperation" }];
  // Elsewhere it is the task that is awaited, or may be.
  if (result !== null && context.host.taskToPromise.kind === "none" && givesValue(context, operand))
    return [{ ...site, kind: "valueResult", nameNode: result.property }];
  const operation = operationAwaited(context, inner);
  if (operation !== null) return [{ ...site, kind: "handle", operation }];
  if (isArrayOfPromises(context, inner))
    return [{ ...site, nameNode: inner.type === "ArrayExpression" ? inner : site.nameNode, kind: "array" }];
  if (inner.type !== "CallExpression") return isRequest(context, inner) ? [{ ...site, kind: "request" }] : [];
  const elements = listedTasks(context, inner);
  if (elements.length > 0)
    return elements.map((element) => ({
      kind: "task",
      operand: element,
      nameNode: nameNodeOf(unwrap(element)),
      result: null,
      operation: null,
    }));
  const gathered = gatheredBy(context, inner);
  const list = gathered === undefined ? null : unwrap(gathered);
  if (list?.type === "CallExpression" && callbackKind(context, list) === "forEach")
    return [{ ...site, operand: gathered as TSESTree.Expression, nameNode: nameNodeOf(list), kind: "forEach" }];
  if (isAwaitable(natureOf(context, inner))) return [];
  const kind = callbackKind(context, inner);
  return kind === null ? [] : [{ ...site, kind }];
}

function nameNodeOf(node: TSESTree.Node): TSESTree.Node {
  if (node.type === "CallExpression") return calleeOf(node)?.nameNode ?? node;
  return node.type === "MemberExpression" ? node.property : node;
}

/** The read of `Result` of what an await gives. */
function resultAround(node: TSESTree.AwaitExpression): TSESTree.MemberExpression | null {
  const outer = wrapped(node);
  const { parent } = outer;
  if (parent?.type !== "MemberExpression" || parent.object !== outer || !RESULT_MEMBERS.has(memberName(parent) ?? ""))
    return null;
  // A method of that name is no task's.
  return parent.parent.type === "CallExpression" && parent.parent.callee === parent ? null : parent;
}

function isDotNetResult(result: TSESTree.MemberExpression): boolean {
  return isPascalCase(memberName(result) ?? "");
}

/** Whether the file declares that a task or promise gives a primitive value or an array. */
function givesValue(context: Context, operand: TSESTree.Expression): boolean {
  const node = unwrap(operand);
  const declared = declaredType(context, operand);
  const types =
    declared === undefined ? (node.type === "CallExpression" ? declaredResults(context, node) : []) : [declared];
  if (types.length === 0 || !isAwaitable(natureOf(context, operand))) return false;
  return types.every((type) => {
    const value = type.type === "TSTypeReference" ? type.typeArguments?.params[0] : undefined;
    return (
      value !== undefined &&
      /^TS(?:Array|BigIntKeyword|BooleanKeyword|NumberKeyword|StringKeyword|VoidKeyword)(?:Type)?$/.test(value.type)
    );
  });
}

/** The operation whose handle an expression surely is: the Begin itself, or a variable that holds nothing else. */
function operationAwaited(context: Context, node: TSESTree.Node): Operation | null {
  if (node.type !== "CallExpression" && node.type !== "Identifier") return null;
  const operation = operationsOf(context).find(
    ({ begin, handleUses, isHandleAmbiguous }) =>
      begin === node || (!isHandleAmbiguous && handleUses.some((use) => use.kind === "other" && use.node === node)),
  );
  if (
    operation === undefined ||
    isAwaitable(natureOf(context, operation.begin)) ||
    context.types?.isThenable(operation.begin) === "yes"
  )
    return null;
  // In camel case a Begin that takes a callback may give a promise besides; only what is done with the handle tells.
  const isCertain =
    isPascalCase(calleeOf(operation.begin)!.name) ||
    ["type-name", "handle-member", "known-type"].some((witness) => operation.witnesses.has(witness as "type-name"));
  return isCertain ? operation : null;
}

/** Whether an expression is an array with a promise in it that somebody should wait for. */
function isArrayOfPromises(context: Context, node: TSESTree.Node): boolean {
  if (node.type === "ArrayExpression")
    return node.elements.some(
      (element) => element !== null && element.type !== "SpreadElement" && isPending(context, element),
    );
  if (node.type !== "CallExpression" || !yieldsPromises(context, node)) return false;
  // Other things have a `map` as well, and some of them give a promise.
  const { receiver } = calleeOf(node)!;
  return context.types?.isThenable(node) === "no" || (context.types === null && isArray(context, receiver!));
}

function isPending(context: Context, element: TSESTree.Expression): boolean {
  const nature = natureOf(context, element);
  return isAwaitable(nature) && !nature.isComplete;
}

/** What `Promise.all(…)` and its like are given; `undefined` for other calls. */
function gatheredBy(context: Context, call: TSESTree.CallExpression): TSESTree.Node | undefined {
  const callee = calleeOf(call);
  const isGathering =
    callee !== null &&
    callee.receiver !== null &&
    PROMISE_FACTORIES.has(callee.name) &&
    globalPathOf(context.source, callee.receiver) === "Promise";
  return isGathering ? call.arguments[0] : undefined;
}

/** The raw tasks in `Promise.all([a, b])` and its like. */
function listedTasks(context: Context, call: TSESTree.CallExpression): TSESTree.Expression[] {
  const gathered = gatheredBy(context, call);
  const list = gathered === undefined ? null : unwrap(gathered);
  const candidates =
    calleeOf(call)?.name === "resolve" ? [gathered ?? null] : list?.type === "ArrayExpression" ? list.elements : [];
  return candidates.filter(
    (element): element is TSESTree.Expression =>
      element !== null && element.type !== "SpreadElement" && isRawTask(context, element),
  );
}
