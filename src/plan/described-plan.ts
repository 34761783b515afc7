import { enclosingOf, isFunction } from "../ast/functions.ts";
import { contains, tryAround } from "../ast/flow.ts";
import type { FunctionNode, TSESTree } from "../ast/source.ts";
import type { CallbackSite, CompletionSite } from "../recognize/completion/completion-sites.ts";
import type { Context } from "../recognize/context.ts";
import type { DescribedOperation } from "../recognize/operations/operation.ts";
import { isModuleGone } from "../recognize/operations/dropped-callbacks.ts";
import { mayReplaceMembers, replacedMembersOf } from "../recognize/operations/replaced-members.ts";
import { takenModule } from "../recognize/operations/taken-modules.ts";
import { AsyncFunctions } from "./async/async-functions.ts";
import type { Reach } from "./async/reach.ts";
import { isResultIgnored } from "./async/receivers.ts";
import { CompletionChanges } from "./completion/completion-changes.ts";
import { isKeeper, type FileDecisions } from "./completion/file-decisions.ts";
import { mayBeSeenAtOnce } from "./completion/composition-stops.ts";
import type { ComposedOperation } from "./completion/compositions.ts";
import type { CountedJoin } from "./counted/counted-joins.ts";
import type { Repeat } from "./repeats/repeats.ts";
import { composingIn } from "./completion/composing.ts";
import { inlinedTasks } from "./completion/inlined-tasks.ts";
import { isStaying, takesOneOfSeveral } from "./completion/task-answers.ts";
import { decideFiles, type Round } from "./completion/own-functions.ts";
import { withoutLastCalls } from "./decide/completion-ends.ts";
import type { AwaitDecision, Obstacle } from "./decide/decision.ts";
import { Draft, type Component } from "./draft.ts";
import type { InFile } from "./draft-edits.ts";
import { isPure } from "./purity.ts";
import type { Refusal } from "./types.ts";
import { displayName } from "./usages.ts";
import { DecisionWriter } from "./write/decision-writer.ts";

/** A plan for described operations and functions with a completion parameter: all are decided first, then who becomes async is, and the text is written last. */
export class DescribedPlan {
  readonly #reach: Reach;
  readonly #draft = Draft.empty<CallbackSite>();
  readonly #functions: AsyncFunctions;
  readonly #round: Round;
  #replacedMembers: ReadonlySet<string> | null = null;

  /**
   * @param left the functions that stay as they are, and why
   * @param held the starts that nothing can be awaited at
   */
  constructor(
    reach: Reach,
    sites: ReadonlyMap<Context, readonly CallbackSite[]>,
    left: ReadonlyMap<CompletionSite, Refusal & InFile>,
    held: ReadonlySet<TSESTree.CallExpression>,
  ) {
    this.#reach = reach;
    this.#functions = new AsyncFunctions(reach, this.#draft, (call, fn) => this.#letGo(call, fn));
    this.#round = decideFiles(reach, sites, new Set(left.keys()), held);
    const changes = new CompletionChanges(reach, this.#draft, this.#functions, this.#round);
    changes.stay(left);
    changes.begin();
    for (const file of this.#round.files) this.#decide(file);
    const inlined = new Map(
      this.#round.files.map((file) => [file, inlinedTasks(file, this.#round.compositions)] as const),
    );
    changes.write(new Set([...inlined.values()].flatMap((each) => [...each])));
    this.#draft.during("callers", null, () => this.#functions.convertCallers());
    for (const file of this.#round.files) {
      const draft = this.#draft.inFile(file.context.source);
      const composing = composingIn(file, this.#round.compositions, inlined.get(file)!);
      draft.during("text", null, () =>
        new DecisionWriter(
          file.context,
          draft,
          writtenIn(file).map((each) => composing.asWritten(each)),
          file.completions.calls,
          composing,
        ).write(),
      );
    }
  }

  components(isWanted?: (site: CallbackSite) => boolean): Component<CallbackSite>[] {
    return this.#draft.components(isWanted);
  }

  /** The functions of the project that turn out to have to stay when all is written, and why. */
  refusedLate(): Map<CompletionSite, Refusal & InFile> {
    const { own } = this.#round;
    if (own.length === 0) return new Map();
    const components = this.#draft.components();
    return new Map(
      own.flatMap(({ site }) => {
        const refusals = components.find(({ operations }) => operations.includes(site))?.refusals ?? [];
        const [refusal] = refusals;
        return refusal === undefined ? [] : [[site, refusal] as const];
      }),
    );
  }

  /** The starts that could be awaited, but for the function or callback around them: what they call back may follow apart. */
  heldByHosts(): TSESTree.CallExpression[] {
    return this.#round.files.flatMap((file) => {
      const moved = new Set<TSESTree.Node>(awaitsOf(file).flatMap(({ fns }) => fns));
      return [...file.decisions]
        .filter(([, { decision, isApart, isFree }]) => decision.kind === "await" && isFree && !isApart)
        .filter(([operation]) => !moved.has(enclosingOf(operation.call)) && this.#draft.isRefused(operation))
        .map(([{ call }]) => call);
    });
  }

  #decide({ byCallback, context, decisions, standIns }: FileDecisions): void {
    const draft = this.#draft.inFile(context.source);
    for (const join of standIns.joins) this.#join(draft, join, decisions.get(join.operation)!.decision);
    for (const repeat of standIns.repeats) draft.link(...linkedBy(repeat, [...decisions.keys()]));
    const none = new Set(standIns.operations);
    for (const [operation, { decision, isApart, stop }] of decisions) {
      if (!none.has(operation)) draft.operation(operation, operation);
      // The declaration changes for all that call the module, or for none.
      const taken = isModuleGone(context, operation) ? takenModule(context, operation) : null;
      if (taken !== null) draft.link(operation, taken.variable);
      draft.trying(isApart ? "continuation" : "awaited-callback", operation);
      if (stop !== null && isKeeper(stop)) draft.link(operation, stop);
      else if (stop !== null) draft.refuse(operation, stop.code, stop.place, stop.name ?? operation.name);
      const composed = this.#round.compositions.of(operation);
      if (composed !== null) this.#compose(draft, composed);
      if (decision.kind === "obstacle" || (stop !== null && isKeeper(stop) && this.#round.stopped.has(stop))) continue;
      const { module, name, nameNode } = operation;
      if (this.#replaced().has(`${module} ${name}`)) draft.note(operation, "mocked-elsewhere", nameNode, name);
      for (const fn of decision.fns) this.#functions.claim(fn);
      // In a callback whose code moves as well, the await is one of the function to which that goes.
      const unit = enclosingOf(operation.call);
      const around = isFunction(unit) ? byCallback.get(unit) : undefined;
      const join = standIns.joins.find(({ members }) => decision.joined !== undefined && members.has(operation));
      if (decision.again !== undefined) continue;
      if (join !== undefined) draft.need(operation, join.operation);
      else if (isApart) this.#continueApart(draft, decision);
      else if (around !== undefined) draft.need(operation, around);
      else this.#allowAwait(draft, decision);
    }
  }

  /** What is awaited together changes together. */
  #join(
    draft: Draft<CallbackSite>,
    { members, operation, round }: CountedJoin,
    decision: AwaitDecision | Obstacle,
  ): void {
    draft.link(operation, ...members);
    if (round !== null) {
      draft.link(operation, round);
      this.#functions.claim(round);
    }
    if (decision.kind === "obstacle" || decision.join === undefined) return;
    const { name, nameNode } = operation;
    if (decision.join.mayBeNone) draft.note(operation, "waits-for-none", nameNode, name);
    if (decision.join.isToldEach) draft.note(operation, "later-errors-dropped", nameNode, name);
  }

  /** What tests in sight replace by functions of their own. */
  #replaced(): ReadonlySet<string> {
    return (this.#replacedMembers ??= new Set(
      this.#reach.contextsWith(mayReplaceMembers).flatMap((context) => replacedMembersOf(context)),
    ));
  }

  /** What a library calls changes with its call. */
  #compose(draft: Draft<CallbackSite>, composed: ComposedOperation): void {
    const { composition, context, operation } = composed;
    draft.link(
      operation,
      ...composition.tasks.flatMap(({ fn, parameter }) => (fn === null || parameter === null ? [] : [fn])),
    );
    const file = this.#round.files.find((each) => each.context === context)!;
    const { name, nameNode } = operation;
    const isKept = composition.tasks.some(isStaying);
    const isBefore =
      composition.form.order === "together" && composed.tasks.some((task) => this.#round.atOnce.has(task));
    if (isBefore) draft.note(operation, "callbacks-now-later", nameNode, name);
    else if (mayBeSeenAtOnce(this.#reach, file, this.#round.compositions, composed))
      draft.note(operation, isKept ? "callbacks-now-later" : "empty-now-later", nameNode, name);
    const decision = file.decisions.get(operation)?.decision;
    const isRead = decision?.kind === "await" && (decision.values.length > 0 || decision.told === "all");
    if (isRead && takesOneOfSeveral(file, composition)) draft.note(operation, "answers-taken-as-one", nameNode, name);
    const isObject = composition.form.order === "together" && composition.tasks.some(({ key }) => key !== null);
    if (isObject) draft.note(operation, "members-now-ordered", nameNode, name);
  }

  #allowAwait(draft: Draft<CallbackSite>, { operation, place, failure }: AwaitDecision): void {
    draft.link(operation, place);
    // The call has come into a `try`, or before a `catch`, with all of its arguments.
    if (/^(?:handled|ignored|kept)$/.test(failure.kind) && mayThrowAtOnce(operation))
      draft.note(operation, "begin-errors-now-caught", operation.nameNode, operation.name);
    this.#functions.allowAwait(place, operation.name, "starts");
    const unit = enclosingOf(place);
    const takesThrown = isFunction(unit) && this.#functions.hosted.get(unit)?.signals.takesThrown === true;
    if (unit.type === "Program") draft.note(operation, "module-now-waits", operation.nameNode, operation.name);
    else if (failure.kind === "thrown" && !failure.isTold && !takesThrown)
      draft.note(operation, "throw-now-rejects", operation.nameNode, operation.name);
  }

  /** Lets the code that is called back follow in a function of its own. The function around goes on as it did. */
  #continueApart(draft: Draft<CallbackSite>, { operation, failure }: AwaitDecision): void {
    const { name, nameNode } = operation;
    const host = enclosingOf(operation.call);
    const caller = isFunction(host) ? this.#callInTry(host) : undefined;
    if (caller !== undefined) draft.refuse(operation, "try-boundary", caller, name);
    if (operation.form.throwsAtOnce === true && failure.kind !== "thrown")
      draft.note(operation, "begin-errors-now-caught", nameNode, name);
    if (failure.kind === "thrown") draft.note(operation, "throw-now-rejects", nameNode, name);
  }

  /** A call of a function in a `try`, which catches what the function throws at once, and nothing with which a promise rejects. */
  #callInTry(fn: FunctionNode): TSESTree.CallExpression | undefined {
    return this.#reach
      .usagesOf(fn)
      .flatMap((usage) => (usage.kind === "call" ? [usage.call] : []))
      .find((call) => tryAround(call) !== null);
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

/** What changes with a function whose code becomes that of a loop: all that it starts. */
function linkedBy({ fn, operation }: Repeat, all: readonly DescribedOperation[]): [object, ...object[]] {
  return [operation, fn, ...all.filter(({ call }) => contains(fn, call))];
}

/** The operations of a file that may be awaited, unless something around them is refused. */
function awaitsOf({ decisions }: FileDecisions): AwaitDecision[] {
  return [...decisions.values()].flatMap(({ decision }) => (decision.kind === "await" ? [decision] : []));
}

/** The same without what only says, behind a success, that a function is done. */
function writtenIn(file: FileDecisions): AwaitDecision[] {
  return awaitsOf(file).map((each) => withoutLastCalls(each, file.completions.calls));
}

/** Whether a call may throw before it has started anything: by itself, or for what its arguments do. */
function mayThrowAtOnce({ form, inputs }: DescribedOperation): boolean {
  return form.throwsAtOnce === true || !inputs.every((input) => isPure(input));
}
