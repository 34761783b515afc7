import { contains } from "../../ast/flow.ts";
import { unwrap } from "../../ast/names.ts";
import { enclosingOf, isFunction, type Enclosing } from "../../ast/functions.ts";
import type { TSESTree } from "../../ast/source.ts";
import type { Context } from "../../recognize/context.ts";
import { displayName } from "../../recognize/display.ts";
import type { Wait } from "../../recognize/waits/wait.ts";
import { THREAD_TYPE } from "../../dialects/waits.ts";
import { waitsOf } from "../../recognize/waits/waits.ts";
import { adaptExpectation, adaptHandler, isWrapping, mayEscape } from "./aggregate-errors.ts";
import { AsyncFunctions } from "../async/async-functions.ts";
import { expectedErrorEdits } from "./expected-errors.ts";
import { guardCrossed } from "./crossed-starts.ts";
import { Draft, type Component, type SitePlanner } from "../draft.ts";
import type { Reach } from "../async/reach.ts";
import { hasTimer, sleepEdits, waitEdits } from "./wait-text.ts";

/** A wait that blocks the thread and can be an await. */
export type BlockingWait = Wait;

/** How messages call a wait: `task.Result`. */
export function waitName({ node, nameNode }: BlockingWait): string {
  return displayName(node) ?? displayName(nameNode) ?? "wait";
}

/** The waits on tasks of a file, and the sleeps in its async functions. */
export function blockingWaitsOf(context: Context): BlockingWait[] {
  return waitsOf(context).filter(
    (wait) => isTaskWait(wait) || (wait.kind === "sleep" && isInAsync(wait.node, (fn) => fn.async)),
  );
}

function isTaskWait({ kind }: Wait): boolean {
  return kind === "task" || kind === "allTasks" || kind === "anyTask";
}

function isInAsync(
  node: TSESTree.Node,
  isAsync: (fn: Extract<ReturnType<typeof enclosingOf>, { async: boolean }>) => boolean,
): boolean {
  const unit = enclosingOf(node);
  return isFunction(unit) && isAsync(unit);
}

/** Turns waits into awaits, and what is around them into async functions, as far as `reach` goes. */
export class BlockingPlanner implements SitePlanner<BlockingWait> {
  readonly #reach: Reach;
  readonly #draft = Draft.empty<BlockingWait>();
  readonly #functions: AsyncFunctions;
  readonly #awaited: { readonly context: Context; readonly wait: BlockingWait }[] = [];

  constructor(reach: Reach) {
    this.#reach = reach;
    this.#functions = new AsyncFunctions(reach, this.#draft, () => undefined);
  }

  /** Takes up waits of a file. */
  add(context: Context, waits: readonly BlockingWait[]): void {
    for (const wait of waits) {
      this.#draft.operation(wait.node, wait);
      this.#draft.trying(wait.kind === "sleep" ? "awaited-timer" : "awaited-wait", wait);
      if (wait.kind === "sleep") this.#sleep(context, wait);
      else this.#await(context, wait);
    }
  }

  #await(context: Context, wait: BlockingWait): void {
    const { node } = wait;
    this.#draft.link(node, enclosingOf(node));
    const edits = waitEdits(context, wait);
    if ("refusal" in edits) return this.#draft.refuse(node, edits.refusal, node, waitName(wait));
    for (const { range, text } of edits.edits) this.#draft.replace(node, range, text);
    for (const { range, text } of expectedErrorEdits(context, wait)) this.#draft.replace(node, range, text);
    for (const code of edits.notes) this.#draft.note(node, code, node, waitName(wait));
    if (isWrapping(wait)) adaptHandler(context, this.#draft, node, waitName(wait));
    this.#functions.allowAwait(node, waitName(wait));
    const [subject] = wait.subjects;
    const awaited = subject === undefined ? null : unwrap(subject);
    if (wait.kind === "task" && awaited?.type === "CallExpression" && !hasTimer(context, wait))
      this.#functions.awaitsAnyway(awaited);
    this.#awaited.push({ context, wait });
  }

  #sleep(context: Context, wait: BlockingWait): void {
    const edits = sleepEdits(context, wait);
    // A sleep that stays keeps nothing else from changing.
    if ("refusal" in edits) return this.#draft.refuse(wait.node, edits.refusal, wait.node, waitName(wait));
    for (const { range, text } of edits.edits) this.#draft.replace(wait.node, range, text);
    this.#draft.link(wait.node, enclosingOf(wait.node));
    this.#functions.allowAwait(wait.node, waitName(wait));
  }

  /** Lets the callers follow, all the way up, and gives what was decided. */
  finish(isWanted?: (wait: BlockingWait) => boolean): Component<BlockingWait>[] {
    this.#draft.during("callers", null, () => this.#functions.convertCallers());
    // A function that waits anyhow need not sleep on the thread either.
    const seen = new Set<Context>();
    const awaited = new Map<Enclosing, TSESTree.Node>();
    for (const place of this.#functions.awaits)
      if (!this.#draft.isRefused(place)) awaited.set(enclosingOf(place), place);
    for (const place of [...awaited.values()]) {
      const context = this.#reach.contextOf(place);
      if (seen.has(context)) continue;
      seen.add(context);
      // Most of these files have none, and recognising all waits takes more than planning them.
      if (!context.source.text.includes(THREAD_TYPE)) continue;
      for (const wait of waitsOf(context)) {
        const other = awaited.get(enclosingOf(wait.node));
        if (
          wait.kind !== "sleep" ||
          other === undefined ||
          !isInAsync(wait.node, (fn) => !fn.async && this.#functions.isAsync(fn))
        )
          continue;
        if ("refusal" in sleepEdits(context, wait)) continue;
        this.#sleep(context, wait);
        this.#draft.need(wait.node, other);
      }
    }
    const placesOf = this.#places();
    this.#refuseNested(placesOf);
    this.#adaptCallers();
    for (const [unit, places] of placesOf) {
      for (const { range, text } of guardCrossed(this.#reach.contextOf(unit), unit, places))
        this.#draft.replace(unit, range, text);
    }
    return this.#draft.components(isWanted);
  }

  /** The awaits of each unit, in source order. */
  #places(): Map<Enclosing, TSESTree.Node[]> {
    const places = new Map<Enclosing, TSESTree.Node[]>();
    for (const place of this.#functions.awaits) {
      if (this.#draft.isRefused(place)) continue;
      const unit = enclosingOf(place);
      places.set(unit, [...(places.get(unit) ?? []), place]);
    }
    for (const each of places.values()) each.sort((a, b) => a.range[0] - b.range[0]);
    return places;
  }

  /** The timer of a wait with a time-out runs in a function of its own, in which no other await can stand. */
  #refuseNested(placesOf: ReadonlyMap<Enclosing, readonly TSESTree.Node[]>): void {
    for (const { context, wait } of this.#awaited) {
      if (!hasTimer(context, wait)) continue;
      const inner = placesOf
        .get(enclosingOf(wait.node))
        ?.find((place) => place !== wait.node && contains(wait.node, place));
      if (inner !== undefined) this.#draft.refuse(wait.node, "nested-operations", inner, waitName(wait));
    }
  }

  /** Where the error of a wait leaves its function, the handlers around the calls of that function get it. */
  #adaptCallers(): void {
    const pending = this.#awaited
      .filter(({ context, wait }) => isWrapping(wait) && mayEscape(context, wait.node))
      .map(({ wait }) => ({ place: wait.node, name: waitName(wait) }));
    const seen = new Set<Enclosing>();
    for (let next = pending.shift(); next !== undefined; next = pending.shift()) {
      const unit = enclosingOf(next.place);
      if (seen.has(unit) || !isFunction(unit)) continue;
      seen.add(unit);
      for (const usage of this.#reach.usagesOf(unit)) {
        if (usage.kind === "value")
          adaptExpectation(this.#reach.contextOf(usage.node), this.#draft, usage.node, unit, next.name);
        if (usage.kind !== "call") continue;
        const context = this.#reach.contextOf(usage.call);
        this.#draft.link(unit, usage.call);
        adaptHandler(context, this.#draft, usage.call, next.name);
        if (mayEscape(context, usage.call)) pending.push({ place: usage.call, name: next.name });
      }
    }
  }
}
