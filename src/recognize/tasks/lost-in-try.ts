import { contains } from "../../ast/flow.ts";
import { enclosingFunction, enclosingOf } from "../../ast/functions.ts";
import { globalPathOf } from "../../ast/globals.ts";
import { calleeOf, unwrap, wrapped } from "../../ast/names.ts";
import { nodesOf } from "../../ast/node-index.ts";
import type { Source, TSESTree } from "../../ast/source.ts";
import { findAll } from "../../ast/walk.ts";
import type { Context } from "../context.ts";
import { displayName } from "../display.ts";
import { declaredResults } from "../signatures.ts";
import { calledFunction } from "./called-function.ts";
import { handlesItsFailures } from "./handled-failures.ts";
import { natureOf } from "./tasks.ts";
import { mayAwaitAt } from "./unawaited.ts";
import { fateOf, handlesFailure } from "./value-fate.ts";

/** A promise that leaves a `try` before it has settled, so that the `catch` or `finally` there comes too early for it. */
export interface LostInTry {
  /** Whether the value is gone when the statement ends, or is what the function gives. */
  readonly kind: "dropped" | "returned";
  /** What is passed by: the `catch`, which hears of no failure; or the `finally`, which runs before the work is done. */
  readonly passedBy: "catch" | "finally";
  readonly call: TSESTree.CallExpression;
  /** The narrow place to report. */
  readonly nameNode: TSESTree.Node;
  readonly name: string;
  /** Where `await ` could be written; `null` where the function around is not async. */
  readonly awaitAt: number | null;
}

const found = new WeakMap<Context, readonly LostInTry[]>();

/** The calls of async functions in a file whose promise no `try` around them waits for, though it stands there for it; in source order. */
export function promisesLostInTry(context: Context): readonly LostInTry[] {
  let known = found.get(context);
  if (known === undefined) {
    const calls = nodesOf(context.source).of("CallExpression");
    found.set(context, (known = calls.flatMap((call) => lostAt(context, call))));
  }
  return known;
}

function lostAt(context: Context, call: TSESTree.CallExpression): LostInTry[] {
  const fate = fateOf(call);
  const isDropped = fate.kind === "discarded" && fate.array === null;
  if (!isDropped && !isReturned(call)) return [];
  const guard = guardOf(context, call);
  if (guard === null || handlesFailure(call) || !isSurelyAsync(context, call)) return [];
  if (!isDropped && !waitsForReturned(context, guard.block, call)) return [];
  return [
    {
      kind: isDropped ? "dropped" : "returned",
      passedBy: guard.by,
      call,
      nameNode: calleeOf(call)?.nameNode ?? call.callee,
      name: displayName(call) ?? "call",
      awaitAt: mayAwaitAt(context, call) ? call.range[0] : null,
    },
  ];
}

/**
 * Whether a `try` is there for a promise that is returned in it: in an async function, or as nothing else in it can fail. What an async
 * generator returns is awaited anyway.
 */
function waitsForReturned({ source }: Context, block: TSESTree.Node, call: TSESTree.CallExpression): boolean {
  const fn = enclosingFunction(call);
  if (fn?.async === true) return !fn.generator;
  const mayFail = (node: TSESTree.Node): node is TSESTree.Node =>
    /^(?:(?:Call|New|TaggedTemplate)Expression|ThrowStatement)$/.test(node.type);
  return findAll(block, source.visitorKeys, mayFail, { intoFunctions: false }).every(
    (node) => node === call || contains(call.callee, node),
  );
}

/** Whether what a call gives is what its function returns. */
function isReturned(call: TSESTree.Node): boolean {
  const outer = wrapped(call);
  const { parent } = outer;
  switch (parent?.type) {
    case "ReturnStatement":
      return true;
    case "ConditionalExpression":
      return parent.test !== outer && isReturned(parent);
    case "LogicalExpression":
      return parent.right === outer && isReturned(parent);
    case "SequenceExpression":
      return parent.expressions.at(-1) === outer && isReturned(parent);
    default:
      return false;
  }
}

interface Guard {
  readonly by: LostInTry["passedBy"];
  readonly block: TSESTree.BlockStatement;
}

/** The innermost `try` of the same function around a call that does something after a failure there. */
function guardOf({ source }: Context, call: TSESTree.Node): Guard | null {
  const unit = enclosingOf(call);
  for (let current = call; current !== unit && current.parent; current = current.parent) {
    const { parent } = current;
    if (parent.type !== "TryStatement" || parent.block !== current) continue;
    const { block, finalizer, handler } = parent;
    if (handler !== null && !isHandedOn(source, handler)) return { by: "catch", block };
    if (finalizer != null && finalizer.body.length > 0) return { by: "finally", block };
  }
  return null;
}

/** Whether a handler does nothing but fail with what it has caught, as a promise does by itself: `throw e`, `return Promise.reject(e)`. */
function isHandedOn(source: Source, { body, param }: TSESTree.CatchClause): boolean {
  const [statement] = body.body;
  const thrown =
    statement?.type === "ThrowStatement"
      ? statement.argument
      : statement?.type === "ReturnStatement" &&
          statement.argument?.type === "CallExpression" &&
          globalPathOf(source, statement.argument.callee) === "Promise.reject"
        ? statement.argument.arguments[0]
        : undefined;
  if (thrown === undefined || param?.type !== "Identifier") return false;
  const value = unwrap(thrown);
  return value.type === "Identifier" && value.name === param.name;
}

/** Whether a call surely gives the promise of an async function, which may fail: the file declares it, or types tell. */
function isSurelyAsync(context: Context, call: TSESTree.CallExpression): boolean {
  const nature = natureOf(context, call);
  if (nature.kind !== "promise" || nature.isComplete) return false;
  const fn = calledFunction(context, call) ?? nature.fn;
  // A function that calls itself fails as it does itself.
  if (fn !== null && (fn.generator || handlesItsFailures(context, fn) || enclosingOf(call) === fn)) return false;
  if (fn?.async === true || nature.fn?.async === true || declaredResults(context, call).length > 0) return true;
  return context.types?.isThenable(call) === "yes";
}
