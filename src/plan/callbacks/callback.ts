import { enclosingFunction, enclosingOf } from "../../ast/functions.ts";
import { wrapped } from "../../ast/names.ts";
import { readsOf, variableOf, writesOf } from "../../ast/scopes.ts";
import { textOf, type FunctionNode, type TSESTree } from "../../ast/source.ts";
import { walk } from "../../ast/walk.ts";
import { contains, loopAround } from "../../ast/flow.ts";
import { IS_COMPLETED_MEMBERS, STATE_MEMBERS } from "../../dialects/apm.ts";
import type { EndCall, HandleUse, HelperUse, Operation } from "../../recognize/begin-end/operation.ts";
import type { RefusalCode } from "../codes.ts";
import { aliasDeclarations } from "../waits/handle-completion.ts";
import { destructuredState, stateUse } from "./callback-state.ts";
import { areEndsPlain } from "./ends.ts";
import { endsOutcome } from "./ends-outcome.ts";
import { endsOf, takesPromise } from "./helpers.ts";
import { outcomePlace } from "../outcome-place.ts";
import { beginName, refuse, statementOfCall } from "../planner-base.ts";
import type { Planner } from "../planner.ts";
import { isPure } from "../purity.ts";
import { repeatsAlike } from "./round-starts.ts";
import { synchronousBranch, synchronousGuard } from "../async/synchronous.ts";
import { displayName } from "../usages.ts";
import type { CallbackShape } from "./callback-shape.ts";
import { usesCaller, isUsedAsCallbackOnly } from "./callback-uses.ts";
import { eventsSetBy, setsIn } from "./callback-events.ts";
import { removeCounts } from "../countdowns/countdown-removals.ts";

/**
 * Reads the callback that a set of operations share; refuses them and gives `null` when it cannot be rewritten.
 *
 * @param isLoop whether what the callback itself begins is to become further rounds of a loop
 */
export function callbackShape(
  planner: Planner,
  fn: FunctionNode,
  sharing: readonly Operation[],
  isLoop = true,
): CallbackShape | null {
  const repeats = sharing.filter((each) => isLoop && contains(fn, each.begin));
  const operations = sharing.filter((each) => !repeats.includes(each));
  const [operation = sharing[0]!] = operations;
  const name = displayName(fn);
  const refuseAll = (
    code: Parameters<typeof refuse>[2],
    place: TSESTree.Node = operation.callbackArgument,
    refused = name,
  ): null => {
    refuse(planner, operation, code, place, refused);
    return null;
  };
  if (fn.generator || fn.async || fn.params.length > 1 || sharing.some((each) => usesCaller(planner, fn, each)))
    return refuseAll("callback-unsupported");
  if (fn.params.length === 1 && operation.callbackParameter === null) return refuseAll("callback-unsupported");
  if (operation.isHandleAmbiguous) return refuseAll("handle-ambiguous", undefined, beginName(operation));
  if (!isUsedAsCallbackOnly(planner, fn, sharing)) return refuseAll("callback-used-elsewhere");
  if (repeats.length > 0 && operations.length !== 1) return refuseAll("callback-begins-again");

  const refuseUse = (use: HandleUse): null => {
    const code = unsupportedUse(use);
    const declarator = wrapped(use.node).parent;
    const read =
      use.kind === "member"
        ? use.name
        : declarator?.type === "VariableDeclarator"
          ? textOf(planner.context.source, declarator.id)
          : beginName(operation);
    return refuseAll(code, use.node, code === "handle-member-read" ? read : beginName(operation));
  };
  const ends: EndCall[] = [];
  const completedReads: TSESTree.MemberExpression[] = [];
  const guards: TSESTree.Statement[] = [];
  const helpers: HelperUse[] = [];
  // Who ends the operation then if it is complete at once?
  const isSynchronousElsewhere = sharing.every(
    (each) =>
      synchronousBranch(
        each,
        each.handleUses.filter((use) => !contains(fn, use.node)),
      ) !== null,
  );
  const stateReads: TSESTree.Node[] = [];
  for (const use of usesInCallback(fn, operation)) {
    const guard = isSynchronousElsewhere ? synchronousGuard(use, fn) : null;
    if (use.kind === "end" && use.end.stem !== operation.stem)
      return refuseAll("end-mismatch", use.node, beginName(operation));
    if (enclosingFunction(use.node) !== fn) return refuseAll("end-elsewhere", use.node, beginName(operation));
    if (guard !== null) guards.push(guard);
    else if (use.kind === "end") ends.push(use.end);
    else if (use.kind === "member" && IS_COMPLETED_MEMBERS.has(use.name)) completedReads.push(use.member);
    else if (use.kind === "member" && STATE_MEMBERS.has(use.name)) stateReads.push(use.member);
    else if (use.kind === "other" && destructuredState(use.node) !== null) stateReads.push(use.node);
    else if (use.kind === "other" && use.helper !== undefined && takesPromise(planner, use.helper, operation))
      helpers.push(use.helper);
    else return refuseUse(use);
  }
  if (sharing.some((other) => other.stem !== operation.stem))
    return refuseAll("end-mismatch", undefined, beginName(operation));
  // What is wrong with an End has been said of it.
  if (!sharing.every((other) => areEndsPlain(planner, other))) return null;
  const [helper] = helpers;
  if (
    helper !== undefined &&
    (helpers.length + ends.length > 1 || repeats.length > 0 || loopAround(helper.call, fn) !== null)
  )
    return refuseAll("end-elsewhere", helper.call, beginName(operation));
  if (ends.some((end) => loopAround(end.call, fn) !== null))
    return refuseAll("end-elsewhere", ends[0]!.call, beginName(operation));
  const takes = [...ends, ...helpers, ...helpers.flatMap(endsOf)].map(({ call }) => call);
  const mixed = takes.find((call) => outcomePlace(planner.context.source, call) === null);
  if (mixed !== undefined) return refuseAll("operands-may-change", mixed, beginName(operation));

  if (repeats.length > 0 && !repeatsAlike(planner.context, operation, repeats))
    return refuseAll("callback-begins-again");
  const events = eventsSetBy(planner, fn, operation);
  if (events === null) return null;
  const dead = deadDeclarations(planner, fn, [
    ...ends.flatMap((end) => (end.receiver === null ? [] : [end.receiver])),
    ...repeats.map((repeat) => repeat.begin),
    ...setsIn(planner, fn, operation, events),
  ]);
  const state = stateUse(planner, sharing, dead, stateReads);
  const removed = new Set<TSESTree.Statement>(
    dead.filter((node): node is TSESTree.VariableDeclaration => node.type === "VariableDeclaration"),
  );
  if (state.declaration !== null) removed.add(state.declaration);
  for (const each of sharing) for (const holder of planner.facts.outputs.get(each) ?? []) removed.add(holder);
  for (const guard of guards) removed.add(guard);
  for (const alias of aliasDeclarations(planner.context, usesInCallback(fn, operation)))
    if (contains(fn, alias)) removed.add(alias);
  for (const event of events)
    for (const set of event.sets) if (enclosingOf(set) === fn) removed.add(statementOfCall(set)!);
  removeCounts(planner, fn, operation, removed);
  return {
    fn,
    operations,
    repeats,
    ends,
    helpers,
    outcome: endsOutcome(ends, helpers),
    completedReads,
    state,
    events,
    removed,
  };
}

/** What a callback does with the handle: with its parameter, or with the variable around it that the Begin's value went to. */
function usesInCallback(fn: FunctionNode, operation: Operation): HandleUse[] {
  return [...operation.callbackUses, ...operation.handleUses.filter((use) => contains(fn, use.node))];
}

function unsupportedUse(use: HandleUse): RefusalCode {
  if (use.kind !== "member")
    return wrapped(use.node).parent?.type === "VariableDeclarator" ? "handle-member-read" : "handle-escapes";
  return /^completedSynchronously$/i.test(use.name) ? "completed-synchronously" : "handle-member-read";
}

/**
 * What the migration leaves unread: the objects on which the Ends were called, the next round's Begin, and the pure declarations in the callback that only
 * served to reach them.
 */
export function deadDeclarations(
  planner: Planner,
  fn: FunctionNode,
  unread: readonly TSESTree.Node[],
): TSESTree.Node[] {
  const { source } = planner.context;
  const dead = [...unread];
  for (let index = 0; index < dead.length; index++) {
    walk(dead[index]!, source.visitorKeys, (node) => {
      const variable = node.type === "Identifier" ? variableOf(source, node) : null;
      const declarator = variable?.defs[0]?.node;
      if (
        variable == null ||
        declarator?.type !== "VariableDeclarator" ||
        !contains(fn, declarator) ||
        dead.includes(declarator.parent)
      )
        return;
      const isOnlyLink =
        declarator.parent.declarations.length === 1 &&
        writesOf(variable).length === 1 &&
        declarator.init !== null &&
        isPure(declarator.init);
      const isRead = readsOf(variable).some(
        (reference) => !dead.some((place) => contains(place, reference.identifier)),
      );
      if (isOnlyLink && !isRead) dead.push(declarator.parent);
    });
  }
  return dead;
}
