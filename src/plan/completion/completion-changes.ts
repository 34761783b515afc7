import { isFunction } from "../../ast/functions.ts";
import type { CallbackSite, CompletionSite } from "../../recognize/completion/completion-sites.ts";
import type { HostedFunction } from "../../recognize/completion/hosted-functions.ts";
import { textOf, type FunctionNode } from "../../ast/source.ts";
import type { AsyncFunctions } from "../async/async-functions.ts";
import type { Reach } from "../async/reach.ts";
import { mayThrow } from "../async/thrown-errors.ts";
import { uncertainError, type CompletionDecision } from "../decide/completion.ts";
import type { AwaitDecision } from "../decide/decision.ts";
import type { Draft } from "../draft.ts";
import type { InFile } from "../draft-edits.ts";
import type { Refusal } from "../types.ts";
import { completionEdits, uselessReturns } from "../write/completion-writer.ts";
import { absentCallbackOf } from "./absent-callbacks.ts";
import { isKeeper, type FileDecisions } from "./file-decisions.ts";
import { alwaysTells, tellingIn } from "./telling-paths.ts";
import { noteLeftRunning } from "./left-running.ts";
import type { OwnFunction, Round } from "./own-functions.ts";

/** The functions with a completion parameter as units of a draft: each changes with what is awaited in it, those of the project with their calls. */
export class CompletionChanges {
  readonly #reach: Reach;
  readonly #draft: Draft<CallbackSite>;
  readonly #functions: AsyncFunctions;
  readonly #round: Round;
  readonly #own: ReadonlyMap<CompletionSite, OwnFunction>;

  constructor(reach: Reach, draft: Draft<CallbackSite>, functions: AsyncFunctions, round: Round) {
    this.#reach = reach;
    this.#draft = draft;
    this.#functions = functions;
    this.#round = round;
    this.#own = new Map(round.own.map((each) => [each.site, each]));
  }

  /** Refuses what stays: for itself, or because of what turned out when it was to be written. */
  stay(left: ReadonlyMap<CompletionSite, Refusal & InFile>): void {
    for (const [site, stop] of this.#round.stopped) {
      this.#viewOf(site).operation(site, site);
      this.#draft.trying("returned-outcome", site);
      if (isKeeper(stop)) this.#draft.link(site, stop);
      else this.#draft.refuse(site, stop.code, stop.place, stop.name ?? site.name);
    }
    for (const [site, refusal] of left) {
      this.#viewOf(site).operation(site, site);
      this.#draft.trying("returned-outcome", site);
      this.#draft.refuseAs(site, refusal);
    }
  }

  /** Says which functions change, before it is known what else becomes async. */
  begin(): void {
    for (const { site } of this.#own.values()) this.#functions.claim(site.fn);
    for (const file of this.#round.files) for (const site of file.sites) this.#begin(file, site);
  }

  #begin({ completions, decisions, hosts }: FileDecisions, site: CompletionSite): void {
    const { fn } = site;
    this.#viewOf(site).operation(site, site);
    this.#draft.trying("returned-outcome", site);
    const decision = completions.of(site);
    if (decision.kind === "obstacle") this.#draft.refuse(site, decision.code, decision.place, site.name);
    const own = this.#own.get(site);
    if (site.host !== null) this.#functions.hosted.set(fn, site.host);
    const inside = own?.needed ?? [...decisions.keys()].filter(({ call }) => hosts.of(call) === fn);
    this.#draft.link(fn, site, ...inside, ...(own?.calls ?? []));
    if (own === undefined) return this.#functions.makeAsync(fn, "starts");
    this.#functions.header(fn, own.signature);
    for (const { range, text } of own.signature.edits) this.#draft.replace(fn, range, text);
    this.#giveDefault(own);
    for (const usage of this.#reach.usagesOf(fn))
      if (usage.kind === "export") this.#draft.note(fn, "export-now-async", usage.node, site.name);
  }

  /** Where calls gave the callback in the place of the parameter before it, that has a value without. */
  #giveDefault({ calls, site: { fn, index }, site }: OwnFunction): void {
    const { source } = this.#reach.contextOf(fn);
    const { shifted } = absentCallbackOf(source, site);
    if (shifted == null || calls.every(({ call }) => call.arguments.length > index)) return;
    this.#draft.insert(fn, fn.params[index - 1]!.range[1], ` = ${textOf(source, shifted)}`);
  }

  /**
   * Changes them, when all awaits are decided.
   *
   * @param inlined the functions whose code becomes that of a loop
   */
  write(inlined: ReadonlySet<FunctionNode>): void {
    for (const file of this.#round.files) {
      const awaited = [...file.decisions.values()].flatMap(({ decision }) =>
        decision.kind === "await" ? [decision] : [],
      );
      for (const site of file.sites) {
        const decision = file.completions.of(site);
        if (decision.kind === "completion") this.#write(file, site, decision, awaited, inlined);
      }
    }
  }

  #write(
    { completions, context, decisions, hosts }: FileDecisions,
    site: CompletionSite,
    decision: CompletionDecision,
    awaited: readonly AwaitDecision[],
    inlined: ReadonlySet<FunctionNode>,
  ): void {
    const { fn, host } = site;
    const unclear = uncertainError(decision, awaited);
    if (unclear !== undefined) this.#draft.refuse(site, "completion-unclear", unclear, site.name);
    const isUntold = host !== null && isNeeded(host) && !alwaysTells(tellingIn(completions, awaited), fn.body);
    if (isUntold) this.#draft.refuse(site, "completion-not-told", site.nameNode, site.name);
    const own = awaited.filter(({ operation }) => hosts.of(operation.call) === fn);
    for (const { range, text } of [
      ...completionEdits(context.source, decision, awaited, inlined.has(fn) ? "continue" : "return"),
      ...uselessReturns(context.source, own),
    ])
      this.#draft.replace(fn, range, text);
    if (host === null) this.#noteThrown(site, own);
    else if (isLeftRunning(decision))
      noteLeftRunning(context, this.#draft, fn, hosts, [...decisions.keys()], decision.calls);
  }

  /** Errors that the function's own callbacks threw reached nobody; now its callers are told. */
  #noteThrown({ fn, name }: CompletionSite, awaited: readonly AwaitDecision[]): void {
    const thrower = awaited.flatMap(({ fns }) => fns).find((each) => isFunction(each) && mayThrow(this.#reach, each));
    if (thrower !== undefined) this.#draft.note(fn, "throw-now-told", thrower, name);
  }

  #viewOf({ fn }: CompletionSite): Draft<CallbackSite> {
    return this.#draft.inFile(this.#reach.contextOf(fn).source);
  }
}

/** Whether each way through a function has to tell its host that it is done: the host waits for that, or the function's type asks for an answer. */
function isNeeded({ signals, type }: HostedFunction): boolean {
  return signals.isAwaited || type?.mayBeEmpty === false;
}

/** Whether the host waited for all that was running: it was told so by none but the callback, and not that it need not. */
function isLeftRunning({ host, waits }: CompletionDecision): boolean {
  return host?.waits != null && waits.length === 0 && host.parameter !== null;
}
