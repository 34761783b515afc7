import { contains, isInScopeAt, tryAround } from "../../ast/flow.ts";
import { enclosingOf } from "../../ast/functions.ts";
import { terminator } from "../layout.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import type { Operation } from "../../recognize/begin-end/operation.ts";
import { callbackShape } from "./callback.ts";
import { completionShape } from "../events/completion-shape.ts";
import { completionWait, type CompletionWait } from "../events/completion-waits.ts";
import { planContinuation, type StartedContinuation } from "./continuation.ts";
import type { Hoisting } from "./inline-handler.ts";
import { placeCounted } from "../countdowns/countdown-writer.ts";
import { isInCircle } from "../async/circles.ts";
import { inPlaceSite, isContained } from "./in-place-site.ts";
import { planInPlace } from "./in-place.ts";
import { beginName, refuse, statementOfCall } from "../planner-base.ts";
import { removeStatement } from "../remove-statement.ts";
import type { Planner } from "../planner.ts";
import { sleepAfter } from "./sleepers.ts";
import { isStartErrorLost } from "./start-errors.ts";
import { pendingName, replaceBegin } from "./started-continuations.ts";
import { isCallback } from "./silent-starters.ts";
import { displayName } from "../usages.ts";
import type { CallbackShape } from "./callback-shape.ts";
import { text } from "../write/text.ts";
import { unsubscribe } from "./unsubscribe.ts";
import { onlyTry } from "./callback-body.ts";
import { continuesQuietly, isSpunOn } from "./quiet-continuations.ts";

/** A call that only starts an operation, for which its caller waits later. */
export interface CallerWait {
  readonly call: TSESTree.CallExpression;
  readonly statement: TSESTree.Statement;
  readonly isAdjacent: boolean;
}

/** Plans the operations that share one callback: in place where that reads like hand-written code, else as a continuation. */
export function planCallback(
  planner: Planner,
  fn: FunctionNode,
  operations: readonly Operation[],
  callerWaits: CallerWait[],
): void {
  const hoisting: Hoisting = { hoisted: null };
  placeCallback(planner, fn, operations, callerWaits, hoisting);
  unsubscribe(planner, fn, operations, hoisting);
}

function placeCallback(
  planner: Planner,
  fn: FunctionNode,
  operations: readonly Operation[],
  callerWaits: CallerWait[],
  hoisting: Hoisting,
): void {
  const { draft, functions } = planner;
  draft.link(fn, ...operations, ...operations.map((operation) => enclosingOf(operation.begin)));
  if (isInCircle(planner, fn))
    return refuse(planner, operations[0]!, "callback-begins-again", operations[0]!.callbackArgument, displayName(fn));
  if (operations.some(({ event }) => event !== null && event.obstacle !== null)) return;
  const shape =
    operations[0]!.event === null ? callbackShape(planner, fn, operations) : completionShape(planner, fn, operations);
  if (shape === null) return;
  if (isSpunOn(planner, fn)) return refuse(planner, operations[0]!, "sleep-unresolved");
  const waits = new Map<Operation, CompletionWait>();
  for (const operation of shape.operations) {
    const wait = completionWait(planner, shape, operation);
    if (wait === null) return;
    waits.set(operation, wait);
    if (wait.kind !== "none") draft.link(operation, enclosingOf(wait.statement));
  }
  const [operation] = shape.operations as [Operation];
  const wait = waits.get(operation)!;
  // Where nothing ended the operation its errors were lost; that they surface now is noted.
  if (wait.kind !== "none" && shape.outcome.isTaken && !isContained(planner, shape)) functions.leak(operation.begin);
  if (wait.kind === "chain") return planLink(planner, shape, operation, wait);
  // An event that an earlier link sets as well has to be the event of this whole chain.
  const links = planner.links.from(fn);
  const stray = shape.events.flatMap((event) => event.sets).find((set) => !links.has(enclosingOf(set)));
  if (stray !== undefined) return refuse(planner, operation, "event-set-too-early", stray, shape.events[0]?.name);
  for (const event of shape.events) {
    for (const reset of event.resets) removeStatement(planner, fn, statementOfCall(reset)!);
    // Nothing sets it or waits for it any more; a variable goes when the file is swept.
    if (event.field !== null) removeStatement(planner, fn, event.field);
  }

  const countdown = planner.facts.countdowns.get(operation);
  if (countdown !== undefined) {
    draft.trying("joined-count", ...shape.operations);
    const continuation = planContinuation(planner, shape, hoisting, () => countdown.finish.wait !== null);
    for (const each of shape.operations)
      placeCounted(planner, shape, countdown, each, continuation.call(each)?.call ?? null);
    return;
  }
  const adjacent = wait.kind === "here" && wait.isAdjacent ? wait.statement : null;
  draft.trying(shape.repeats.length > 0 ? "loop" : "in-place", ...shape.operations);
  const mayContinue = wait.kind !== "here" || wait.isAdjacent;
  const site =
    mayContinue && continuesQuietly(planner, shape, wait) ? inPlaceSite(planner, shape, operation, adjacent) : null;
  if (site !== null) {
    planInPlace(planner, shape, operation, site, adjacent);
    const isLink = wait.kind === "none" && isCallback(planner, enclosingOf(operation.begin));
    functions.allowAwait(operation.begin, beginName(operation), adjacent === null && !isLink ? "starts" : "completes");
    if (wait.kind === "none" && !isLink && operation.event === null && onlyTry(shape)?.handler == null)
      draft.note(operation, "callback-not-awaited", operation.begin, beginName(operation));
    if (wait.kind === "caller") callerWaits.push(wait);
    return;
  }
  if (shape.repeats.length > 0 && mayCallItself(planner, shape, wait)) {
    const calling = callbackShape(planner, fn, operations, false);
    if (calling === null) return;
    draft.trying("continuation", ...operations);
    const continuation = planContinuation(planner, calling, hoisting, () => false);
    for (const each of operations) placeContinuation(planner, calling, each, continuation.call(each), { kind: "none" });
    return;
  }
  if (shape.repeats.length > 0)
    return refuse(planner, operation, "callback-begins-again", operation.callbackArgument, displayName(fn));
  if (wait.kind === "caller")
    return refuse(planner, operation, "wait-needs-place", wait.statement, shape.events[0]?.name);
  draft.trying("continuation", ...shape.operations);
  const isAwaited = (each: Operation): boolean => waits.get(each)!.kind !== "none";
  const continuation = planContinuation(planner, shape, hoisting, isAwaited);
  for (const each of shape.operations)
    placeContinuation(planner, shape, each, continuation.call(each), waits.get(each)!);
}

/** Whether a callback that begins again may call itself with what it begins: nobody waits for the rounds, and it has a name. */
function mayCallItself(planner: Planner, shape: CallbackShape, wait: CompletionWait): boolean {
  const { fn, operations, repeats, events, outcome } = shape;
  return (
    wait.kind === "none" &&
    events.length === 0 &&
    outcome.isTaken &&
    [...operations, ...repeats].every(
      (each) =>
        each.event === null &&
        !contains(each.callbackArgument, fn) &&
        sleepAfter(planner, each) === null &&
        (each.destination.kind === "discarded" || each.destination.kind === "variable"),
    )
  );
}

/** Plans a later link of a chain that somebody waits for: its callback continues in the callback that begins it. */
function planLink(
  planner: Planner,
  shape: CallbackShape,
  operation: Operation,
  { starter, statement }: Extract<CompletionWait, { kind: "chain" }>,
): void {
  planner.draft.trying(shape.repeats.length > 0 ? "loop" : "in-place", operation);
  const site = inPlaceSite(planner, shape, operation, null);
  if (site === null) return refuse(planner, operation, "wait-needs-place", statement, shape.events[0]?.name);
  planner.links.continueIn(starter, shape.fn);
  planInPlace(planner, shape, operation, site, null);
  planner.functions.allowAwait(operation.begin, beginName(operation));
}

/** Puts the call of a continuation where the Begin was, and its await where the wait was. */
function placeContinuation(
  planner: Planner,
  shape: CallbackShape,
  operation: Operation,
  started: StartedContinuation | null,
  wait: CompletionWait,
): void {
  if (started === null) return;
  const { before, call } = started;
  const { draft, functions, names } = planner;
  const statement =
    operation.destination.kind === "discarded"
      ? operation.destination.statement
      : operation.destination.kind === "variable"
        ? operation.destination.write
        : null;
  if (statement === null) return refuse(planner, operation, "handle-escapes");
  if (wait.kind === "none" && isStartErrorLost(planner, shape, operation)) return;
  if (wait.kind === "here") {
    if (!isContained(planner, shape) && tryAround(wait.statement) !== null)
      return refuse(planner, operation, "try-boundary");
    if (wait.isAdjacent) {
      replaceBegin(planner, operation, text`${before}await ${call}`);
      removeStatement(planner, operation, wait.statement);
      return functions.allowAwait(operation.begin, beginName(operation));
    }
    if (!isInScopeAt(operation.begin, wait.statement))
      return refuse(planner, operation, "wait-out-of-scope", wait.statement, shape.events[0]?.name);
    const name = names.unique(operation.begin, pendingName(operation));
    replaceBegin(planner, operation, text`${before}const ${name} = ${call}`);
    draft.replace(
      operation,
      wait.statement.range,
      `await ${name}${terminator(planner.context.source, wait.statement)}`,
    );
    return functions.allowAwait(wait.statement, beginName(operation));
  }
  const sleep = sleepAfter(planner, operation);
  if (sleep === "unresolved") return refuse(planner, operation, "sleep-unresolved");
  if (sleep === null) {
    replaceBegin(planner, operation, text`${before}void ${call}`);
    draft.note(operation, "callback-not-awaited", operation.begin, beginName(operation));
    return;
  }
  if (!isContained(planner, shape) && tryAround(sleep) !== null) return refuse(planner, operation, "try-boundary");
  const name = names.unique(operation.begin, pendingName(operation));
  replaceBegin(planner, operation, text`${before}const ${name} = ${call}`);
  if (shape.outcome.isTaken && !isContained(planner, shape)) functions.leak(sleep);
  planner.joins.add({ kind: "sleep", place: sleep }, { operation, name });
  draft.link(operation, sleep);
}
