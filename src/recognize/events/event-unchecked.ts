import { contains, listedStatement } from "../../ast/flow.ts";
import { enclosingOf, isFunction } from "../../ast/functions.ts";
import { unwrap, wrapped } from "../../ast/names.ts";
import { waysOut, type Step } from "../../ast/paths.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import type { Context } from "../context.ts";
import { placeWithin } from "../begin-end/endings.ts";
import { completionHandler, type CompletionHandler } from "./event-handlers.ts";
import { eventOperationsOf, handlerOf } from "./event-operations.ts";
import { isHarmless, mayTellOutcome, outcomeTests, type Knowing, type OutcomeTests } from "./event-outcomes.ts";
import type { CompletionRead } from "./event-reads.ts";
import type { Subscription } from "./event-subscriptions.ts";
import type { EventOperation } from "./event-operation.ts";

/** A read of an operation's result where there may be none. */
export interface UncheckedRead {
  readonly read: CompletionRead;
  readonly subscription: Subscription;
  readonly cause:
    /** Nothing has asked for the error. */
    | "errorUnasked"
    /** A path leads here on which there is an error. */
    | "errorPresent"
    /** Nothing has asked for a cancellation, and the operation can be cancelled. */
    | "cancelUnasked"
    /** A path leads here on which it was cancelled. */
    | "cancelPresent";
  /** The member to ask first, spelled as the read is. */
  readonly member: string;
}

const found = new WeakMap<Context, readonly UncheckedRead[]>();

/** The results of a file that are read unchecked, in source order; of each handler the first one for each cause. */
export function uncheckedReadsOf(context: Context): readonly UncheckedRead[] {
  let known = found.get(context);
  if (known === undefined) {
    const byNode = new Map<TSESTree.Node, UncheckedRead>();
    for (const operation of eventOperationsOf(context)) {
      for (const subscription of operation.subscriptions) {
        for (const unchecked of uncheckedReads(context, operation, subscription))
          if (!byNode.has(unchecked.read.node)) byNode.set(unchecked.read.node, unchecked);
      }
    }
    known = [...byNode.values()].sort((a, b) => a.read.node.range[0] - b.read.node.range[0]);
    found.set(context, known);
  }
  return known;
}

function uncheckedReads(context: Context, operation: EventOperation, subscription: Subscription): UncheckedRead[] {
  const handler = handlerOf(context, subscription);
  if (handler === null || handler.args === null || handler.fn.generator) return [];
  const walker = new HandlerWalker(context, handler);
  walker.run(handler.fn, "unasked unasked");
  const reported = new Set<string>();
  return handler.reads.flatMap((read): UncheckedRead[] => {
    const cause = causeOf(walker.arrivals(read), operation.isCancellable);
    if (cause === null || reported.has(cause)) return [];
    reported.add(cause);
    return [{ read, subscription, cause, member: memberFor(handler, cause, read.name) }];
  });
}

function causeOf(states: readonly State[], isCancellable: boolean): UncheckedRead["cause"] | null {
  const errors = new Set(states.map((state) => errorOf(state)));
  const cancels = new Set(states.map((state) => cancelOf(state)));
  if (errors.has("unasked")) return "errorUnasked";
  if (errors.has("present")) return "errorPresent";
  if (cancels.has("present")) return "cancelPresent";
  return isCancellable && cancels.has("unasked") ? "cancelUnasked" : null;
}

/** The spelling of the member that the handler, or else the read, makes likely. */
function memberFor({ reads }: CompletionHandler, cause: UncheckedRead["cause"], name: string): string {
  const role = cause.startsWith("error") ? "error" : "cancelled";
  const used = reads.find((read) => read.role === role);
  return (
    used?.name ??
    (/^[A-Z]/.test(name) ? { error: "Error", cancelled: "Cancelled" } : { error: "error", cancelled: "cancelled" })[
      role
    ]
  );
}

/** What is known of the error, and of a cancellation. */
type State = `${Knowing} ${Knowing}`;

function errorOf(state: State): Knowing {
  return state.split(" ")[0] as Knowing;
}

function cancelOf(state: State): Knowing {
  return state.split(" ")[1] as Knowing;
}

/** Walks the paths through a handler, and through the functions made in it with what is known where they are made. */
class HandlerWalker {
  readonly #context: Context;
  readonly #reads: readonly CompletionRead[];
  readonly #error: OutcomeTests;
  readonly #cancel: OutcomeTests;
  readonly #arrivals = new Map<TSESTree.Node, Set<State>>();

  constructor(context: Context, { reads }: CompletionHandler) {
    this.#context = context;
    this.#reads = reads;
    this.#error = outcomeTests(context, reads, "error");
    this.#cancel = outcomeTests(context, reads, "cancelled");
  }

  /** The states in which paths reach the read of a result; none for other reads, and for those that something else looks after. */
  arrivals({ node, role }: CompletionRead): readonly State[] {
    return role !== "value" || this.#isCaught(node) || this.#isHandedOnWithError(node)
      ? []
      : [...(this.#arrivals.get(node) ?? [])];
  }

  run(unit: FunctionNode, initial: State): void {
    const inner = new Set<TSESTree.Node>();
    const events = new Set<TSESTree.Node>();
    for (const { node } of this.#reads) {
      const place = placeWithin(unit, node);
      if (place === null) continue;
      events.add(place);
      if (place !== node) inner.add(place);
    }
    const states = new Map<TSESTree.Node, Set<State>>([...inner].map((fn) => [fn, new Set<State>()]));
    const step = (event: TSESTree.Node, state: State): Step<State> => {
      states.get(event)?.add(state);
      const next = inner.has(event) ? state : this.#read(event, state);
      return { next, thrown: next };
    };
    const refine = (test: TSESTree.Expression, isTrue: boolean, state: State): State =>
      this.#refine(test, isTrue, state);
    waysOut<State>(this.#context.source, unit, { initial, events, step, refine, doubt: "inFavour" });
    for (const [fn, starts] of states)
      if (isFunction(fn) && !fn.generator) for (const start of starts) this.run(fn, start);
  }

  #read(node: TSESTree.Node, state: State): State {
    const read = this.#reads.find((each) => each.node === node)!;
    let arrived = this.#arrivals.get(node);
    if (arrived === undefined) this.#arrivals.set(node, (arrived = new Set()));
    arrived.add(state);
    if (read.role === "whole") return this.#isOnlyShown(node) ? state : asked(state, true, true);
    const tests = read.role === "error" ? this.#error : read.role === "cancelled" ? this.#cancel : null;
    if (tests === null || tests.isTested(node) || this.#isOnlyShown(node)) return state;
    return asked(state, read.role === "error", read.role === "cancelled");
  }

  #refine(test: TSESTree.Expression, isTrue: boolean, state: State): State {
    // e.Error && log(e.Error)
    const call = unwrap(test);
    if (call.type === "CallExpression" && isHarmless(this.#context, call)) return state;
    const error = this.#error.after(test, isTrue);
    const cancel = this.#cancel.after(test, isTrue);
    if (error === null && cancel === null) {
      const isTelling = mayTellOutcome(this.#context, test);
      // What a path has learned may decide the next test as well: not each outcome of both is a path.
      return asked(state, isTelling || errorOf(state) === "present", isTelling || cancelOf(state) === "present");
    }
    // Code that asks for a cancellation alone has not asked for the error; an error excludes nothing of a cancellation.
    return `${learned(errorOf(state), error)} ${learned(cancelOf(state), cancel)}`;
  }

  /** Whether a node only goes where nothing can come of it: into a log, to the `reject` of a promise. */
  #isOnlyShown(node: TSESTree.Node): boolean {
    for (let current = node.parent; current && !isFunction(current); current = current.parent) {
      if (current.type === "CallExpression") return isHarmless(this.#context, current);
      if (/Statement$|Declarat/.test(current.type)) return false;
    }
    return false;
  }

  /** Whether a `try` around a read has a handler: it gets what the read throws. */
  #isCaught(node: TSESTree.Node): boolean {
    for (let child = node, current = node.parent; current; child = current, current = current.parent) {
      if (current.type === "TryStatement" && current.handler !== null && current.block === child) return true;
      if (isFunction(current) && completionHandler(this.#context, current)?.args != null) return false;
    }
    return false;
  }

  /** Whether the error goes where the result goes: `done(e.Error, e.Result)`. Whoever gets both can tell. */
  #isHandedOnWithError(node: TSESTree.Node): boolean {
    const statement = listedStatement(node);
    for (
      let current = wrapped(node).parent;
      current && current !== statement && !isFunction(current);
      current = current.parent
    ) {
      if (
        /^(?:Array|Call|New|Object)Expression$/.test(current.type) &&
        contains(enclosingOf(node), current) &&
        this.#error.asksIn(current)
      )
        return true;
    }
    return false;
  }
}

/** The state after something has asked in a way that does not show what came of it. */
function asked(state: State, error: boolean, cancel: boolean): State {
  const unclear = (known: Knowing, isAsked: boolean): Knowing => (isAsked && known !== "absent" ? "unclear" : known);
  return `${unclear(errorOf(state), error)} ${unclear(cancelOf(state), cancel)}`;
}

function learned(known: Knowing, answer: Knowing | null): Knowing {
  if (answer === null || (answer === "unclear" && known === "absent")) return known;
  return answer;
}
