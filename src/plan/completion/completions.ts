import { isFunction, type Enclosing } from "../../ast/functions.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import type { CompletionSite } from "../../recognize/completion/completion-sites.ts";
import type { HostedFunction } from "../../recognize/completion/hosted-functions.ts";
import type { DescribedOperation } from "../../recognize/operations/operation.ts";
import type { Reach } from "../async/reach.ts";
import type { Completing } from "../decide/await-callback.ts";
import type { CallbackHosts } from "../decide/callback-hosts.ts";
import { absentCallbackOf } from "./absent-callbacks.ts";
import type { CompletionCalls } from "../decide/completion-calls.ts";
import { decideCompletion, type CompletionDecision } from "../decide/completion.ts";
import type { Obstacle } from "../decide/decision.ts";

/** The functions of a file that are called with a completion parameter, and what becomes of them if all in them can be awaited. */
export class Completions implements Completing {
  readonly #decided: ReadonlyMap<FunctionNode, CompletionDecision | Obstacle>;
  readonly calls: CompletionCalls;
  readonly starts: ReadonlySet<TSESTree.Node>;
  readonly passedOn: Completing["passedOn"];
  /** The statements that see to callbacks which are not given. */
  readonly gone: ReadonlySet<TSESTree.Node>;

  constructor(
    reach: Reach,
    sites: readonly CompletionSite[],
    operations: readonly DescribedOperation[],
    hosts: CallbackHosts,
  ) {
    this.starts = new Set(operations.map(({ call }) => call));
    this.#decided = new Map(sites.map((site) => [site.fn, decideCompletion(reach, site, hosts, operations)]));
    this.gone = new Set(sites.flatMap((site) => absentCallbackOf(reach.contextOf(site.fn).source, site).gone));
    const decided = [...this.#decided.values()].flatMap((each) => (each.kind === "completion" ? [each] : []));
    this.calls = new Map(decided.flatMap(({ calls }) => calls.map((call) => [call.place, call] as const)));
    this.passedOn = new Map(
      decided.flatMap(({ passedOn, signals }) =>
        passedOn.map((each) => [each, { takesValue: signals.takesAnswer }] as const),
      ),
    );
  }

  /** Whether a function is one of them. */
  has(fn: FunctionNode): boolean {
    return this.#decided.has(fn);
  }

  /** Whether a function is one of them, and can do without its completion parameter. */
  mayChange(fn: FunctionNode): boolean {
    return this.#decided.get(fn)?.kind === "completion";
  }

  isReturnIgnored(fn: FunctionNode): boolean {
    return this.#hostOf(fn) !== null && !fn.async;
  }

  /** Whether the host of an async function waits for what is awaited in it: it is the only one who calls it, and is told nothing by a callback. */
  isAwaited(fn: FunctionNode): boolean {
    return this.#hostOf(fn)?.calledBy === "host";
  }

  /** Whether the host of a function takes an error that is thrown in it at any time, and one with which it rejects, for the same. */
  takesThrown(fn: Enclosing | null): boolean {
    return isFunction(fn) && this.#hostOf(fn)?.signals.takesThrown === true;
  }

  #hostOf(fn: FunctionNode): HostedFunction | null {
    const decision = this.#decided.get(fn);
    return decision?.kind === "completion" ? decision.host : null;
  }

  /** What becomes of one of them. */
  of({ fn }: CompletionSite): CompletionDecision | Obstacle {
    return this.#decided.get(fn)!;
  }

  /** The places where one of them tells its outcome. */
  placesOf(site: CompletionSite): readonly TSESTree.Node[] {
    const decision = this.of(site);
    if (decision.kind === "obstacle") return [];
    return [...decision.calls.map(({ call }) => call), ...decision.passedOn.map(({ call }) => call)];
  }
}
