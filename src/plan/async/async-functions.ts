import { asyncObstacle } from "./async-obstacle.ts";
import { enclosingOf, isFunction, type Enclosing } from "../../ast/functions.ts";
import { wrapped } from "../../ast/names.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import { contains, tryAround } from "../../ast/flow.ts";
import { AsyncHeaders, type Promised } from "./async-headers.ts";
import { awaitBefore, failureText, givesAwaitable, isOutOfOrder, isReturned, isScriptStart } from "./async-places.ts";
import type { Draft } from "../draft.ts";
import { bindsTighter, isCutShort } from "../evaluation.ts";
import { iterationOf } from "./iterations.ts";
import { dependsOnRounds } from "./passed-functions.ts";
import { noteHandler, type PassedHandler } from "./handlers.ts";
import type { Reach } from "./reach.ts";
import { noteReordered } from "./reordered.ts";
import { noteUpdates } from "./updates.ts";
import { isAdopted, isGathered, isResultIgnored, isTestBody, passedOn, thrownExpectation } from "./receivers.ts";
import { isCalledByHost, type HostedFunction } from "../../recognize/completion/hosted-functions.ts";
import { displayName } from "../usages.ts";

/**
 * What a function's callers got from it so far. `completes`: it had waited, so they went on after completion and must await it now.
 * `starts`: it had not, so they go on at once and keep the promise until they wait themselves.
 */
export type AsyncMode = "completes" | "starts";

/** Replaces one call of a function that now only starts; returns the unit that has to become async, if any. */
export type StartedCall = (call: TSESTree.CallExpression, fn: FunctionNode) => void;

/** Makes functions async, with their annotations and their callers, all the way up; what stands in the way is refused. */
export class AsyncFunctions {
  readonly #reach: Reach;
  readonly #draft: Draft<object>;
  readonly #headers: AsyncHeaders;
  readonly #modes = new Map<Enclosing, AsyncMode>();
  readonly #claimed = new Set<FunctionNode>();
  readonly #startedCall: StartedCall;
  readonly #pending: FunctionNode[] = [];
  readonly #awaits: TSESTree.Node[] = [];
  readonly #awaitedCalls = new Set<TSESTree.CallExpression>();
  readonly #handlers: PassedHandler[] = [];
  readonly #leaks = new Set<Enclosing>();
  /** The functions whose hosts call them, and wait for the promises that they come to give. */
  readonly hosted = new Map<FunctionNode, HostedFunction>();
  readonly #awaited: { readonly fn: FunctionNode; readonly place: TSESTree.Node }[] = [];

  constructor(reach: Reach, draft: Draft<object>, startedCall: StartedCall) {
    this.#reach = reach;
    this.#draft = draft;
    this.#headers = new AsyncHeaders(reach, draft);
    this.#startedCall = startedCall;
  }

  /** Whether a function is async, or is going to be. */
  isAsync(fn: FunctionNode): boolean {
    return fn.async || this.#modes.has(fn);
  }

  /** The places at which the migration lets an `await` stand. */
  get awaits(): readonly TSESTree.Node[] {
    return this.#awaits;
  }

  /** Lets an `await` stand at `place`: the code around it becomes async, and its callers follow. The code around it changes only with it. */
  allowAwait(place: TSESTree.Node, name: string, mode: AsyncMode = "completes"): void {
    this.#draft.link(enclosingOf(place), place);
    this.#await(place, name, mode);
  }

  #await(place: TSESTree.Node, name: string, mode: AsyncMode): void {
    const unit = enclosingOf(place);
    this.#awaits.push(place);
    this.#draft.need(place, unit);
    const refuse = () => this.#draft.refuse(place, "await-not-allowed", place, name);
    if (isOutOfOrder(place, unit)) return refuse();
    if (unit.type === "Program") {
      if (!this.#reach.mayAwaitAtTop(this.#reach.contextOf(unit))) refuse();
      return;
    }
    if (!isFunction(unit) || unit.params.some((parameter) => contains(parameter, place))) return refuse();
    this.makeAsync(unit, mode);
  }

  /** Makes a function async. A function asked for twice with different modes must complete. */
  makeAsync(fn: FunctionNode, mode: AsyncMode): void {
    if (this.#claimed.has(fn)) return;
    const known = this.#modes.get(fn);
    if (known !== undefined) {
      if (known !== mode) this.#draft.refuse(fn, "callers-unknown", fn, displayName(fn));
      return;
    }
    this.#modes.set(fn, mode);
    if (fn.async) return;
    const iteration = mode === "completes" ? iterationOf(this.#reach.contextOf(fn), fn) : null;
    if (iteration !== null) {
      // The loop that takes its place awaits in the function around it.
      this.#draft.link(fn, iteration.call);
      for (const edit of iteration.edits) this.#draft.replace(fn, edit.range, edit.text);
      this.#draft.note(fn, "for-each-now-loop", iteration.call, displayName(fn));
      this.awaitedAt(fn, iteration.call);
      return this.allowAwait(iteration.call, displayName(fn));
    }
    const obstacle = asyncObstacle(this.#reach, fn, this.hosted.get(fn)?.type != null);
    if (obstacle !== null) return this.#draft.refuse(fn, obstacle, fn, displayName(fn));
    this.header(fn);
    this.#pending.push(fn);
    this.#makeKinAsync(fn, mode);
  }

  /** What a function overrides or implements gives a promise as well, and so does all that does so with it. */
  #makeKinAsync(fn: FunctionNode, mode: AsyncMode): void {
    const { functions, signatures } = this.#reach.kinOf(fn);
    // What is called in the same places may give its result, or throw, before anybody can let a promise go.
    if (mode === "starts" && functions.length > 0) return this.#draft.refuse(fn, "may-override", fn, displayName(fn));
    for (const other of functions) {
      this.#draft.link(fn, other);
      this.makeAsync(other, mode);
    }
    for (const signature of signatures) {
      this.#draft.link(fn, signature);
      this.#headers.ofSignature(signature);
    }
  }

  /**
   * Says that a function is rewritten as a whole by somebody else: awaits in it need nothing more.
   *
   * @returns whether nobody has said so before
   */
  claim(fn: FunctionNode): boolean {
    const isFirst = !this.#claimed.has(fn);
    this.#modes.set(fn, "completes");
    this.#claimed.add(fn);
    return isFirst;
  }

  /**
   * Says that errors come out of the function around a place which came out of nobody's call before: a callback threw them. No handler
   * of a caller may catch them now.
   */
  leak(place: TSESTree.Node): void {
    this.#leaks.add(enclosingOf(place));
  }

  /** Says that something else awaits what a call gives, at once. */
  awaitsAnyway(call: TSESTree.CallExpression): void {
    this.#awaitedCalls.add(call);
  }

  /** Says that the outcome of a function is awaited at a place. */
  awaitedAt(fn: FunctionNode, place: TSESTree.Node): void {
    this.#awaited.push({ fn, place });
  }

  /** Lets the callers of every function that became async follow, all the way up. Called once, when all sites are decided. */
  convertCallers(): void {
    for (let fn = this.#pending.shift(); fn !== undefined; fn = this.#pending.shift())
      this.#convertCallers(fn, this.#modes.get(fn)!);
    for (const handler of this.#handlers) noteHandler(this.#reach, this.#draft, this.#awaits, handler);
    noteUpdates(this.#reach, this.#draft, this.#awaits);
    noteReordered(this.#reach, this.#draft, this.#awaits);
    // A set is gone through with what is added meanwhile.
    for (const unit of this.#leaks) {
      for (const { fn, place } of this.#awaited) {
        if (fn !== unit) continue;
        if (tryAround(place) !== null) this.#draft.refuse(fn, "try-boundary", place, displayName(fn));
        else this.#leaks.add(enclosingOf(place));
      }
    }
  }

  /** Writes `async` and the promise type into the head of a function, with what the annotations do not say of that. */
  header(fn: FunctionNode, promised?: Promised): void {
    this.#headers.ofFunction(fn, promised);
  }

  #convertCallers(fn: FunctionNode, mode: AsyncMode): void {
    for (const usage of this.#reach.usagesOf(fn)) {
      switch (usage.kind) {
        case "call":
          this.#draft.need(fn, usage.call);
          if (mode === "starts") this.#startedCall(usage.call, fn);
          else {
            this.#awaitCall(usage.call, fn);
            this.awaitedAt(fn, usage.call);
          }
          break;
        case "export":
          if (isCalledByHost(this.#reach.contextOf(fn), fn)) break;
          this.#draft.note(fn, "export-now-async", usage.node, displayName(fn));
          break;
        case "value":
          if (this.hosted.get(fn)?.given.has(usage.node) === true) break;
          this.#passOn(passedOn(usage.node), fn, mode);
          break;
        case "unknown":
          this.#draft.refuse(fn, usage.code ?? "callers-unknown", usage.node, displayName(fn));
      }
    }
  }

  /** A function that is passed on: to a test, to Promise.all, to an expectation, to an event. */
  #passOn(node: TSESTree.Node, fn: FunctionNode, mode: AsyncMode): void {
    const context = this.#reach.contextOf(node);
    // Who takes the promise would wait for what nobody waited for.
    if (mode === "starts" && !isResultIgnored(node))
      return this.#draft.refuse(fn, "function-used-as-value", node, displayName(fn));
    if (isTestBody(context, node, fn) || isAdopted(node)) return;
    if (isGathered(node) && !dependsOnRounds(this.#reach.contextOf(fn), fn))
      return this.#draft.note(fn, "rounds-now-overlap", node, displayName(fn));
    const expectation = thrownExpectation(context, node);
    if (expectation !== null) this.#expectRejection(expectation, fn);
    else if (isResultIgnored(node)) this.#handlers.push({ fn, node });
    else this.#draft.refuse(fn, "function-used-as-value", node, displayName(fn));
  }

  /** A test that expects a function to throw expects its promise to be rejected. */
  #expectRejection(expectation: TSESTree.CallExpression, fn: FunctionNode): void {
    this.#draft.need(fn, expectation);
    if (this.#awaitedCalls.has(expectation)) return;
    this.#awaitedCalls.add(expectation);
    for (const [index, text] of ["await ", ".rejects"].entries())
      this.#draft.insert(expectation, expectation.range[index]!, text);
    this.#await(expectation, displayName(fn), "completes");
  }

  /** Puts `await` before a call of a function, unless it is awaited already. A `void` before it was no more than a way to drop the value. */
  #awaitCall(call: TSESTree.CallExpression, fn: FunctionNode): void {
    const [place, name] = [wrapped(call), displayName(fn)];
    // Functions that override one another are called in the same places.
    if (place.parent?.type === "AwaitExpression" || this.#awaitedCalls.has(call)) return;
    this.#awaitedCalls.add(call);
    const context = this.#reach.contextOf(call);
    // A promise that was kept was not yet complete when the caller went on; an await at the call would wait for it as well.
    if (!isReturned(place) && givesAwaitable(context, call, fn))
      return this.#draft.refuse(call, "promise-kept", call, name);
    if (enclosingOf(call).type === "Program" && !this.#reach.mayAwaitAtTop(context) && isScriptStart(context, call))
      return this.#draft.insert(call, call.range[1], failureText(context));
    // The chain wrapper only: a cast binds less tightly than the await before it.
    const operand = call.parent.type === "ChainExpression" ? call.parent : call;
    if (isCutShort(call)) return this.#draft.refuse(call, "optional-call", call, name);
    const ifLost = { code: "nested-operations", place: call, name } as const;
    if (bindsTighter(context.source, operand)) {
      this.#draft.insert(call, operand.range[0], "(await ", ifLost);
      this.#draft.insert(call, operand.range[1], ")", ifLost);
    } else {
      this.#draft.insert(call, operand.range[0], awaitBefore(call, fn), ifLost);
    }
    this.#await(call, name, "completes");
  }
}
