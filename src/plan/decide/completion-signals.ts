import { enclosingFunction } from "../../ast/functions.ts";
import { contains } from "../../ast/flow.ts";
import { presenceTestOf } from "../../ast/presence.ts";
import { memberName, unwrap, wrapped } from "../../ast/names.ts";
import { parameterVariable, readsOf } from "../../ast/scopes.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import { OWN_SIGNALS } from "../../dialects/completion-parameters.ts";
import type { CompletionSite } from "../../recognize/completion/completion-sites.ts";
import { parameterName } from "../../recognize/completion/parameters.ts";
import type { Context } from "../../recognize/context.ts";
import { displayName } from "../../recognize/display.ts";
import { isErrorFirst } from "../../recognize/operations/error-first.ts";
import type { DescribedOperation } from "../../recognize/operations/operation.ts";
import { absentCallbackOf, isAbsent } from "../completion/absent-callbacks.ts";
import { commentsIn, removalRange } from "../layout.ts";
import type { TextEdit } from "../types.ts";
import { chainedUses } from "./chained-calls.ts";
import { outcomeOf, type CompletionCall, type Telling } from "./completion-calls.ts";
import { lastPlaceOf } from "./completion-places.ts";
import { obstacle, type Obstacle } from "./decision.ts";
import { deferredCallOf } from "./deferred-calls.ts";
import { chainAround } from "./promise-chains.ts";

/** How a function tells those who call it that it is done. */
export interface CompletionUses {
  readonly calls: readonly CompletionCall[];
  /** The operations that call back whoever called the function. */
  readonly passedOn: readonly DescribedOperation[];
  /** The names of the completion parameter in all that. */
  readonly names: ReadonlySet<TSESTree.Node>;
  /** What takes it out of chains of promises. */
  readonly edits: readonly TextEdit[];
}

/**
 * Finds how a function tells those who call it that it is done. Nothing else may be done with its completion parameter.
 *
 * @param isIn whether a node is one of the function itself, or of callbacks whose code comes to stand in it
 */
export function completionUses(
  context: Context,
  site: CompletionSite,
  operations: readonly DescribedOperation[],
  isIn: (node: TSESTree.Node) => boolean,
): CompletionUses | Obstacle {
  const calls: CompletionCall[] = [];
  const passedOn: DescribedOperation[] = [];
  const names = new Set<TSESTree.Node>();
  const chains = new Map<TSESTree.CallExpression, { given: TSESTree.Node[]; told: CompletionCall[] }>();
  const absent = absentCallbackOf(context.source, site);
  const guards = new Set<TSESTree.Node>();
  for (const { named, at } of signalsOf(context, site)) {
    names.add(named);
    if (isAbsent(absent, named)) continue;
    const place = wrapped(named);
    const asked = at === null ? askedAt(named) : null;
    if (asked !== null) {
      guards.add(named);
      continue;
    }
    const passing = operations.find(({ callbacks }) =>
      callbacks.some(({ argument, kind }) => kind === "parameter" && unwrap(argument) === named),
    );
    if (passing !== undefined && mayForward(passing, site) && isIn(passing.call)) {
      passedOn.push(passing);
      continue;
    }
    const chain = at !== null && isIn(at.call) ? null : chainAround(at?.call ?? place);
    if (chain !== null ? !isIn(chain) : at === null || !isIn(at.call)) return obstacle("completion-passed-on", place);
    const found = at === null ? null : callAt(context, site, at, chain === null ? null : enclosingFunction(at.call));
    if (found !== null && "code" in found) return found;
    if (chain === null) calls.push(found!);
    else {
      const uses = chains.get(chain) ?? { given: [], told: [] };
      if (found === null) uses.given.push(named);
      else uses.told.push(found);
      chains.set(chain, uses);
    }
  }
  const edits: TextEdit[] = [];
  for (const [chain, { given, told }] of chains) {
    const found = chainedUses(context, site, chain, given, told);
    if ("code" in found) return found;
    calls.push(...found.calls);
    edits.push(...found.edits);
  }
  // What asks for the callback goes with the calls behind it; elsewhere it tells one way from another.
  const left = [...guards].find((named) => !calls.some(({ call, place }) => contains(place, named) && call !== place));
  if (left !== undefined) return obstacle("completion-optional", left);
  edits.push(...absent.gone.map((statement) => ({ range: removalRange(context.source, statement), text: "" })));
  return { calls, passedOn, names, edits };
}

/** The condition that asks for a callback, where a name is all of that. */
function askedAt(named: TSESTree.Node): TSESTree.Node | null {
  const asked = presenceTestOf(named);
  const parent = asked === null ? undefined : wrapped(asked.test).parent;
  if (asked === null || parent === undefined) return null;
  const isAsked =
    wrapped(asked.test) !== wrapped(named) ||
    (/^(?:If|While)Statement$/u.test(parent.type) && (parent as TSESTree.IfStatement).test === wrapped(asked.test)) ||
    (parent.type === "ConditionalExpression" && parent.test === wrapped(asked.test)) ||
    parent.type === "LogicalExpression";
  return isAsked ? asked.test : null;
}

/** A use of what tells a function's outcome. */
export interface Signal {
  /** The name of the parameter. */
  readonly named: TSESTree.Node;
  /** The call that tells it; `null` where something else is done with the name. */
  readonly at: TellingCall | null;
  /** Whether it is the completion parameter; else members of another parameter tell the same. */
  readonly isOwn: boolean;
}

interface TellingCall {
  readonly call: TSESTree.CallExpression;
  readonly given: readonly TSESTree.CallExpressionArgument[];
  readonly telling: Telling;
  readonly isDeferred: boolean;
}

/** Every use of the completion parameter where that is a name, and the members of another parameter that stand for it; in source order. */
export function signalsOf({ source }: Context, { fn, host, parameter }: CompletionSite): Signal[] {
  const signals = host?.signals ?? OWN_SIGNALS;
  const own = parameter === null ? null : parameterVariable(source, fn, fn.params.indexOf(parameter));
  const direct = (own === null ? [] : readsOf(own)).map(({ identifier }): Signal => {
    const named = identifier as TSESTree.Node;
    const deferred = deferredCallOf(source, wrapped(named));
    if (deferred !== null) return { named, at: { ...deferred, telling: "both", isDeferred: true }, isOwn: true };
    const call = calledAt(wrapped(named));
    if (call !== null) return { named, at: telling(call, "both"), isOwn: true };
    return {
      named,
      at: telling(
        memberCall(named, (name) => signals.failMembers.has(name)),
        "error",
      ),
      isOwn: true,
    };
  });
  const { object } = signals;
  const other = object === null ? null : parameterVariable(source, fn, object.index);
  if (object === null || other === null) return direct;
  const byMember = readsOf(other).flatMap(({ identifier }): Signal[] => {
    const named = identifier as TSESTree.Node;
    const member = wrapped(named).parent;
    const told = member?.type === "MemberExpression" ? object.members.get(memberName(member) ?? "") : undefined;
    if (told === undefined || (member as TSESTree.MemberExpression).object !== wrapped(named)) return [];
    return [{ named, at: telling(calledAt(wrapped(member!)), told), isOwn: false }];
  });
  return [...direct, ...byMember].toSorted((one, two) => one.named.range[0] - two.named.range[0]);
}

/** What tells the outcome at a use, as code calls it: the parameter, or a member of one. */
export function tellerOf({ named }: Signal): string {
  const place = wrapped(named);
  const isMember = place.parent?.type === "MemberExpression" && place.parent.object === place;
  return displayName(isMember ? place.parent : named) ?? "";
}

/** What a function can do without when it returns its outcome: its completion parameter, and members of another one. */
export function tellersOf(context: Context, site: CompletionSite): string[] {
  const { fn, parameter } = site;
  const name = parameter === null ? null : parameterName(fn, fn.params.indexOf(parameter));
  const members = signalsOf(context, site).flatMap((signal) => (signal.isOwn ? [] : [tellerOf(signal)]));
  return [...(name === null ? [] : [name]), ...new Set(members)];
}

function telling(call: TSESTree.CallExpression | null, what: Telling): TellingCall | null {
  return call === null ? null : { call, given: call.arguments, telling: what, isDeferred: false };
}

function calledAt(node: TSESTree.Node): TSESTree.CallExpression | null {
  const { parent } = node;
  if (parent?.type !== "CallExpression" || parent.callee !== node) return null;
  // `callback?.()` is a call where a callback is given; a member may be missing.
  return parent.optional && node.type !== "Identifier" ? null : parent;
}

function memberCall(named: TSESTree.Node, isMember: (name: string) => boolean): TSESTree.CallExpression | null {
  const { parent } = wrapped(named);
  if (parent?.type !== "MemberExpression" || parent.object !== wrapped(named) || parent.optional) return null;
  return isMember(memberName(parent) ?? "") ? calledAt(wrapped(parent)) : null;
}

/** Whether an operation calls its callback with what a completion parameter takes, and an await of it gives the same. */
function mayForward({ callbacks, form }: DescribedOperation, { host }: CompletionSite): boolean {
  if (host === null) return isErrorFirst(form);
  const [error] = form.outcome;
  const isError =
    error?.role === "error" &&
    error.at.every((each) => each.in === "parameter" && each.index === 0 && each.member === undefined);
  // A list of answers has all that it calls back with, and an await gives one value.
  if (host.signals.takesSeveral === true && !isErrorFirst(form)) return false;
  return isError && host.signals.isStrict !== true && form.awaited.kind !== "adapter" && callbacks.length === 1;
}

/** What a call tells, and where it stands. */
function callAt(
  context: Context,
  { host }: CompletionSite,
  { call, given, isDeferred, telling: what }: TellingCall,
  unit: FunctionNode | null,
): CompletionCall | Obstacle {
  const outcome = outcomeOf(context, given, what, host?.signals ?? OWN_SIGNALS);
  if (outcome === null) return obstacle("completion-unclear", call);
  // What a function of the project calls may throw into a `catch` around the call.
  const last = lastPlaceOf(call, (host === null && unit === null) || outcome.kind === "error");
  if (last === null) return obstacle("completion-not-last", call);
  const { place } = last;
  const told = outcome.kind === "error" ? outcome.error : outcome.value;
  const kept = told === null ? 0 : commentsIn(context.source, told.range).length;
  // A comment beside what is told would go with the call.
  if (commentsIn(context.source, place.range).length > kept) return obstacle("completion-unclear", call);
  // In parentheses no statement may stand.
  if (!place.type.endsWith("Statement") && /\(\s*$/u.test(context.source.text.slice(0, place.range[0])))
    return obstacle("completion-unclear", call);
  return { call, outcome, isDeferred, unit, ...last };
}
