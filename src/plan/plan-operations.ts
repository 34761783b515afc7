import { isWithinSome, withAncestors } from "../ast/walk.ts";
import { isOptionalChain } from "./operands.ts";
import { operationsByCallback } from "./callbacks/operations-by-callback.ts";
import { isInScopeAt } from "../ast/flow.ts";
import { enclosingOf } from "../ast/functions.ts";
import type { FunctionNode, TSESTree } from "../ast/source.ts";
import type { Context } from "../recognize/context.ts";
import type { Operation } from "../recognize/begin-end/operation.ts";
import { AsyncFunctions } from "./async/async-functions.ts";
import { planCallback, type CallerWait } from "./callbacks/callbacks.ts";
import { isOfferedPair, planFacade } from "./facade/facade.ts";
import { isObstructed } from "./events/completion-shape.ts";
import { guardStarted } from "./callbacks/guards.ts";
import { EditConflict } from "./edit-conflict.ts";
import { Draft, type Component, type SitePlanner } from "./draft.ts";
import type { LossRefusal } from "./draft-edits.ts";
import { gerundOf } from "./gerund.ts";
import { isEndCallback, planEndCallback } from "./callbacks/end-as-callback.ts";
import { planInline } from "./callbacks/inline.ts";
import { terminator } from "./layout.ts";
import { lowerFirst, NameSource, wordsOf } from "./naming.ts";
import { refuse, type PlanKnowledge, type PlannerBase } from "./planner-base.ts";
import { removeStatement } from "./remove-statement.ts";
import type { Planner, Unguarded } from "./planner.ts";
import type { Reach } from "./async/reach.ts";
import { Joins } from "./joins.ts";
import { Links } from "./callbacks/links.ts";
import { factsOf } from "./facts.ts";
import { writeJoins } from "./write-joins.ts";
import type { PlanChoices } from "./types.ts";
import { displayName } from "./usages.ts";

/** Plans operations with a Begin or a completed event: those in one function, with one callback, or joined through an event or callers together. */
export class OperationsPlanner implements SitePlanner<Operation> {
  readonly #reach: Reach;
  readonly #choices: Required<Omit<PlanChoices, "onlyFamilies"> & PlanKnowledge>;
  readonly #draft = Draft.empty();
  readonly #functions: AsyncFunctions;
  readonly #files = new Map<TSESTree.Program, PlannerBase>();
  readonly #callerWaits: CallerWait[] = [];

  constructor(
    reach: Reach,
    { target = "auto", yieldInPolls = false, facade = false, eventTwin = () => null }: PlanChoices & PlanKnowledge,
  ) {
    this.#reach = reach;
    this.#choices = { target, yieldInPolls, facade, eventTwin };
    this.#functions = new AsyncFunctions(reach, this.#draft, (call, fn) => this.#placeStartedCall(call, fn));
  }

  add(context: Context, operations: readonly Operation[]): void {
    const { ast } = context.source;
    const shared = {
      ...this.#choices,
      reach: this.#reach,
      functions: this.#functions,
      files: this.#files,
      draft: this.#draft.inFile(context.source),
    };
    this.#files.set(ast, {
      ...shared,
      context,
      operations,
      names: new NameSource(context.source),
    });
  }

  finish(isWanted?: (operation: Operation) => boolean): Component[] {
    const planners = [...this.#files.values()];
    for (const { draft, operations } of planners) {
      for (const operation of operations) draft.operation(operation, operation);
      linkNeighbours(draft, operations);
      for (const { callback } of operations) if (callback.kind === "function") this.#functions.claim(callback.fn);
    }
    const started = planners.map((planner) => ({ planner, unguarded: planFile(planner, this.#callerWaits) }));
    this.#draft.during("callers", null, () => this.#functions.convertCallers());
    for (const { planner, unguarded } of started)
      planner.draft.during("guards", null, () => guardStarted(planner, unguarded));
    return this.#draft.components(isWanted);
  }

  /** A caller of a function that only starts an operation keeps the promise until it waits, or waves it through. */
  #placeStartedCall(call: TSESTree.CallExpression, fn: FunctionNode): void {
    const draft = this.#draft;
    const place = call.parent.type === "ChainExpression" ? call.parent : call;
    if (place.parent.type !== "ExpressionStatement")
      return draft.refuse(call, "function-used-as-value", call, displayName(fn));
    const wait = this.#callerWaits.find((candidate) => candidate.call === call);
    if (wait === undefined) draft.insert(call, place.range[0], "void ", nestedIn(call, fn));
    else placeAwaitedCall(this.#files.get(this.#reach.contextOf(call).source.ast)!, wait, place, fn);
  }
}

/** Why a call stays as it is if it stands in text that goes. */
function nestedIn(call: TSESTree.CallExpression, fn: FunctionNode): LossRefusal {
  return { code: "nested-operations", place: call, name: displayName(fn) };
}

/**
 * Plans the operations of one file; what they make async is known then, and not yet who calls it.
 *
 * @returns the promises that need a guard if another await comes to stand before their own
 */
function planFile(base: PlannerBase, callerWaits: CallerWait[]): Unguarded[] {
  const { draft, operations } = base;
  const unguarded: Unguarded[] = [];
  try {
    const byCallback = new Map(operationsByCallback(operations));
    const planner: Planner = { ...base, facts: factsOf(base), links: new Links(), joins: new Joins(), unguarded };
    const movedParts = movedPartsOf(operations);
    for (const operation of innerFirst(operations)) {
      if (isOfferedPair(operation)) draft.during("facade", operation, () => planOffered(planner, operation));
      else if (isOptionalChain(operation.begin)) refuse(planner, operation, "optional-call");
      else if (isWithinSome(operation.begin, movedParts)) refuse(planner, operation, "nested-operations");
      else draft.during("operation", operation, () => planOperation(planner, operation, byCallback, callerWaits));
    }
    draft.during("joins", null, () => writeJoins(planner));
  } catch (error) {
    // A defect of the planner; the file's operations stay as they are.
    if (!(error instanceof EditConflict)) throw error;
    draft.refuseFile(error);
  }
  return unguarded;
}

/** A function is migrated whole or not at all: its operations hang together. */
function linkNeighbours(draft: Draft, operations: readonly Operation[]): void {
  for (const operation of operations) {
    draft.link(enclosingOf(operation.begin), operation);
    if (operation.callback.kind === "function") draft.link(operation.callback.fn, operation);
    // Handlers of one event hear of one another's calls.
    if (operation.event !== null) draft.link(operation.event.operation, operation);
  }
}

/**
 * Operations begun inside a callback come before it: what a chain waits for shows at its last link.
 */
function innerFirst(operations: readonly Operation[]): Set<Operation> {
  const order = new Set<Operation>();
  const seen = new Set<Operation>();
  const places = new Map(operations.map((operation, index) => [operation, index]));
  const startsIn = new Map<TSESTree.Node, Operation[]>();
  for (const { begin, callback } of operations)
    for (const place of callback.kind === "function" ? [begin, callback.fn] : [begin]) startsIn.set(place, []);
  for (const inner of operations) for (const place of withAncestors(inner.begin)) startsIn.get(place)?.push(inner);
  const visit = (operation: Operation): void => {
    if (seen.has(operation)) return;
    seen.add(operation);
    const { begin, callback } = operation;
    const inner = new Set([
      ...startsIn.get(begin)!,
      ...(callback.kind === "function" ? startsIn.get(callback.fn)! : []),
    ]);
    [...inner].sort((a, b) => places.get(b)! - places.get(a)!).forEach(visit);
    order.add(operation);
  };
  operations.forEach(visit);
  return order;
}

function planOperation(
  planner: Planner,
  operation: Operation,
  byCallback: Map<FunctionNode, readonly Operation[]>,
  callerWaits: CallerWait[],
): void {
  const { callback } = operation;
  if (isObstructed(planner, operation)) return;
  if (callback.kind === "none") return planInline(planner, operation);
  if (callback.kind !== "function" && isEndCallback(planner, operation)) return planEndCallback(planner, operation);
  if (callback.kind !== "function") return refuse(planner, operation, "callback-unknown", operation.callbackArgument);
  const sharing = byCallback.get(callback.fn);
  if (sharing === undefined) return;
  byCallback.delete(callback.fn);
  planCallback(planner, callback.fn, sharing, callerWaits);
}

function planOffered(planner: Planner, operation: Operation): void {
  planner.draft.trying("facade", operation);
  if (planner.facade) planFacade(planner, operation);
  else refuse(planner, operation, "exported-pair");
}

/** The parts of the calls that start operations whose text is written again with the start. */
function movedPartsOf(operations: readonly Operation[]): ReadonlySet<TSESTree.Node> {
  return new Set(
    operations.flatMap(({ inputs, receiver, state }) => [...inputs, state, ...(receiver === null ? [] : [receiver])]),
  );
}

/** Awaits the call of a function that only starts an operation where its caller waits, and nothing there any more. */
function placeAwaitedCall(planner: PlannerBase, wait: CallerWait, place: TSESTree.Node, fn: FunctionNode): void {
  const { draft, functions, names } = planner;
  const { call, statement } = wait;
  const unit = enclosingOf(call);
  draft.link(unit, call);
  if (wait.isAdjacent) {
    draft.insert(unit, place.range[0], "await ");
    removeStatement(planner, unit, statement);
    functions.allowAwait(call, displayName(fn));
    functions.awaitedAt(fn, call);
  } else {
    if (!isInScopeAt(call, statement)) return draft.refuse(fn, "wait-out-of-scope", statement, displayName(fn));
    const [verb = "operation"] = wordsOf(displayName(fn));
    const going = gerundOf(verb);
    const name = names.unique(call, [...(going === null ? [] : [going]), `${lowerFirst(displayName(fn))}Promise`]);
    draft.insert(unit, place.range[0], `const ${name} = `);
    draft.replace(unit, statement.range, `await ${name}${terminator(planner.context.source, statement)}`);
    functions.allowAwait(statement, displayName(fn));
    functions.awaitedAt(fn, statement);
  }
}
