import { enclosingOf } from "../../ast/functions.ts";
import { calleeOf } from "../../ast/names.ts";
import { nodesOf } from "../../ast/node-index.ts";
import { waysOut, type Step } from "../../ast/paths.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import { resolveCallable } from "../callables.ts";
import type { Context } from "../context.ts";
import { completionHandler, resolveHandler } from "./event-handlers.ts";
import { isHarmless, outcomeTests } from "./event-outcomes.ts";
import type { Subscription } from "./event-subscriptions.ts";
import type { EventOperation } from "./event-operation.ts";

/** A handler that removes itself on some paths only. */
export interface KeptHandler {
  readonly kind: "kept";
  readonly subscription: Subscription;
  readonly removal: Subscription;
  /** The `return` that leaves before the removal; `null` at the end of the handler. */
  readonly exit: TSESTree.Node | null;
}

type State = "there" | "removed" | "unclear";

/**
 * The ways out of a handler on which it stays subscribed, if the removal is its own. Only what the operation's error and cancellation
 * decide is followed: a handler that is there for one of several operations ignores the others', and one that tries again stays.
 */
export function keptHandlerOf(
  context: Context,
  operation: EventOperation,
  subscription: Subscription,
  removal: Subscription,
): KeptHandler[] {
  const callable = resolveHandler(context, subscription.handler!);
  if (callable.kind !== "function" || enclosingOf(removal.node) !== callable.fn || callable.fn.generator) return [];
  const handler = completionHandler(context, callable.fn);
  if (handler === null || handler.fn !== callable.fn) return [];
  const tests = (["error", "cancelled"] as const).map((role) => outcomeTests(context, handler.reads, role));
  const doubts = doubtfulCalls(context, operation, callable.fn, removal);
  const step = (event: TSESTree.Node, state: State): Step<State> => {
    const next = event === removal.node ? "removed" : state === "there" ? "unclear" : state;
    return { next, thrown: next };
  };
  const refine = (test: TSESTree.Expression, isTrue: boolean, state: State): State => {
    const isOutcome = tests.some((each) => each.after(test, isTrue) !== null);
    return state === "there" && !isOutcome ? "unclear" : state;
  };
  const exits = waysOut<State>(context.source, callable.fn, {
    initial: "there",
    events: new Set([removal.node, ...doubts]),
    step,
    refine,
    doubt: "inFavour",
  });
  return exits.flatMap(({ kind, node, state }): KeptHandler[] =>
    kind === "throw" || state !== "there" ? [] : [{ kind: "kept", subscription, removal, exit: node }],
  );
}

/** The calls in a handler that may start the operation again, or do with the handler what is not seen. */
function doubtfulCalls(
  context: Context,
  { starters }: EventOperation,
  fn: FunctionNode,
  removal: Subscription,
): readonly TSESTree.Node[] {
  const calls = nodesOf(context.source)
    .of("CallExpression")
    .filter((call) => call !== removal.node && enclosingOf(call) === fn);
  return calls.filter((call) => {
    if (starters.some((starter) => starter.call === call)) return true;
    const callable = resolveCallable(context, call.callee);
    if (callable.kind === "function") return !isHarmless(context, call);
    return /again|begin|dispose|load|next|off|remove|reset|restart|retry|start|unsubscribe/i.test(
      calleeOf(call)?.name ?? "again",
    );
  });
}
