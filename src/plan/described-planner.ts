import { enclosingOf, isFunction } from "../ast/functions.ts";
import { tryAround } from "../ast/flow.ts";
import type { FunctionNode, TSESTree } from "../ast/source.ts";
import type { CallbackSite, CompletionSite } from "../recognize/completion/completion-sites.ts";
import type { Context } from "../recognize/context.ts";
import type { DescribedOperation } from "../recognize/operations/operation.ts";
import { AsyncFunctions } from "./async/async-functions.ts";
import type { Reach } from "./async/reach.ts";
import { isResultIgnored } from "./async/receivers.ts";
import { CompletionChanges } from "./completion/completion-changes.ts";
import type { FileDecisions } from "./completion/file-decisions.ts";
import { decideFiles } from "./completion/own-functions.ts";
import type { AwaitDecision } from "./decide/decision.ts";
import { Draft, type Component, type SitePlanner } from "./draft.ts";
import type { InFile } from "./draft-edits.ts";
import { isPure } from "./purity.ts";
import type { Refusal } from "./types.ts";
import { displayName } from "./usages.ts";
import { DecisionWriter } from "./write/decision-writer.ts";

/** Plans operations that dialects describe, and functions that are called with a completion parameter: all are decided before a text is written. */
export class DescribedPlanner implements SitePlanner<CallbackSite> {
  readonly #reach: Reach;
  readonly #sites = new Map<Context, readonly CallbackSite[]>();

  constructor(reach: Reach) {
    this.#reach = reach;
  }

  add(context: Context, sites: readonly CallbackSite[]): void {
    this.#sites.set(context, sites);
  }

  finish(isWanted?: (site: CallbackSite) => boolean): Component<CallbackSite>[] {
    const left = new Map<CompletionSite, Refusal & InFile>();
    for (;;) {
      const plan = new DescribedPlan(this.#reach, this.#sites, left);
      const refused = plan.refusedLate();
      if (refused.size === 0) return plan.components(isWanted);
      // What is in them may change without them.
      for (const [site, refusal] of refused) left.set(site, refusal);
    }
  }
}

/** One plan, in which some functions stay as they are. */
class DescribedPlan {
  readonly #draft = Draft.empty<CallbackSite>();
  readonly #functions: AsyncFunctions;
  readonly #own: readonly CompletionSite[];

  constructor(
    reach: Reach,
    sites: ReadonlyMap<Context, readonly CallbackSite[]>,
    left: ReadonlyMap<CompletionSite, Refusal & InFile>,
  ) {
    this.#functions = new AsyncFunctions(reach, this.#draft, (call, fn) => this.#letGo(call, fn));
    const round = decideFiles(reach, sites, new Set(left.keys()));
    this.#own = round.own.map(({ site }) => site);
    const changes = new CompletionChanges(reach, this.#draft, this.#functions, round);
    changes.stay(left);
    changes.begin();
    for (const file of round.files) this.#decide(file);
    changes.write();
    this.#draft.during("callers", null, () => this.#functions.convertCallers());
    for (const file of round.files) {
      const draft = this.#draft.inFile(file.context.source);
      const decisions = awaitsOf(file);
      draft.during("text", null, () =>
        new DecisionWriter(file.context, draft, decisions, file.completions.calls).write(),
      );
    }
  }

  components(isWanted?: (site: CallbackSite) => boolean): Component<CallbackSite>[] {
    return this.#draft.components(isWanted);
  }

  /** The functions of the project that turn out to have to stay when all is written, and why. */
  refusedLate(): Map<CompletionSite, Refusal & InFile> {
    if (this.#own.length === 0) return new Map();
    const components = this.#draft.components();
    return new Map(
      this.#own.flatMap((site) => {
        const refusals = components.find(({ operations }) => operations.includes(site))?.refusals ?? [];
        const [refusal] = refusals;
        return refusal === undefined ? [] : [[site, refusal] as const];
      }),
    );
  }

  #decide({ byCallback, context, decisions }: FileDecisions): void {
    const draft = this.#draft.inFile(context.source);
    for (const [operation, { decision, stop }] of decisions) {
      draft.operation(operation, operation);
      draft.trying("awaited-callback", operation);
      if (stop !== null) draft.refuse(operation, stop.code, stop.place, operation.name);
      if (decision.kind === "obstacle") continue;
      for (const fn of decision.fns) this.#functions.claim(fn);
      // In a callback whose code moves as well, the await is one of the function to which that goes.
      const unit = enclosingOf(operation.call);
      const around = isFunction(unit) ? byCallback.get(unit) : undefined;
      if (around !== undefined) draft.need(operation, around);
      else this.#allowAwait(draft, decision);
    }
  }

  #allowAwait(draft: Draft<CallbackSite>, { operation, place, failure }: AwaitDecision): void {
    draft.link(operation, place);
    // The call has come into a `try`, or before a `catch`, with all of its arguments.
    if ((failure.kind === "handled" || failure.kind === "ignored") && mayThrowAtOnce(operation))
      draft.note(operation, "begin-errors-now-caught", operation.nameNode, operation.name);
    this.#functions.allowAwait(place, operation.name, "starts");
    if (enclosingOf(place).type === "Program")
      draft.note(operation, "module-now-waits", operation.nameNode, operation.name);
    else if (failure.kind === "thrown" && !failure.isTold)
      draft.note(operation, "throw-now-rejects", operation.nameNode, operation.name);
  }

  /** A caller of a function that started something and went on does so still, with a promise that nobody waits for. */
  #letGo(call: TSESTree.CallExpression, fn: FunctionNode): void {
    const place = call.parent.type === "ChainExpression" ? call.parent : call;
    if (tryAround(place) !== null) return this.#draft.refuse(call, "try-boundary", call, displayName(fn));
    const { parent } = place;
    // What a timer or an event calls may give a promise as well as nothing.
    if (parent.type === "ArrowFunctionExpression" && parent.body === place && isResultIgnored(parent)) return;
    if (parent.type !== "ExpressionStatement")
      return this.#draft.refuse(call, "function-used-as-value", call, displayName(fn));
    this.#draft.insert(call, place.range[0], "void ");
  }
}

/** The operations of a file that may be awaited, unless something around them is refused. */
function awaitsOf({ decisions }: FileDecisions): AwaitDecision[] {
  return [...decisions.values()].flatMap(({ decision }) => (decision.kind === "await" ? [decision] : []));
}

/** Whether a call may throw before it has started anything: by itself, or for what its arguments do. */
function mayThrowAtOnce({ form, inputs }: DescribedOperation): boolean {
  return form.throwsAtOnce === true || !inputs.every((input) => isPure(input));
}
