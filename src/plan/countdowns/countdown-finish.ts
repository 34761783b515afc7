import { contains, loopAround, statementsBetween } from "../../ast/flow.ts";
import { enclosingOf } from "../../ast/functions.ts";
import { scopeOf, type Scope } from "../../ast/scopes.ts";
import { textOf, type FunctionNode, type TSESTree } from "../../ast/source.ts";
import { walk } from "../../ast/walk.ts";
import { callsReached } from "../../recognize/busy-waits/event-loop-calls.ts";
import { functionRun } from "../../recognize/busy-waits/loop-values.ts";
import { thisOwner } from "../../recognize/field-uses.ts";
import type { ResetEvent } from "../../recognize/waits/reset-events.ts";
import { isRunThrough } from "./countdown-amounts.ts";
import { isThisOfStart } from "./countdown-objects.ts";
import { isSeenInFunction, resolvesAlike } from "../naming.ts";
import { statementOfCall } from "../planner-base.ts";
import type { PlannerBase } from "../planner-base.ts";
import { resetEventsIn } from "../callbacks/state-events.ts";
import type { CountdownStarts, CountdownFinish, CountdownSetup, CountingHelper } from "./countdown.ts";
import type { Count } from "./count-steps.ts";
import type { Counter } from "./counter.ts";

/** Reads what follows the last operation; `null` where it could not stand behind an await of them all. */
export function finishOf(
  planner: PlannerBase,
  counter: Counter,
  starts: CountdownStarts,
  counts: ReadonlyMap<FunctionNode, readonly Count[]>,
  counting: CountingHelper,
  setup: CountdownSetup,
): CountdownFinish | null {
  const { context } = planner;
  const places = [...counts].flatMap(([fn, found]) => found.map((count) => ({ fn, count })));
  const texts = new Set(
    places.map(({ count }) =>
      count.finish.map((statement) => textOf(context.source, statement).replace(/\s+/g, " ")).join(" "),
    ),
  );
  const [place] = places;
  if (place === undefined) return null;
  // Behind a signal to an event nothing follows but its wait.
  const isMoved =
    counter.event !== null ||
    (texts.size === 1 && places.every(({ fn, count }) => isMovable(planner, starts, counting, fn, count)));
  if (!isMoved) return null;
  const sets = places.map(({ count }) => count.finish.at(-1)!);
  // Who waits for one of the operations alone waits for its callback there.
  const isOther = (set: TSESTree.CallExpression): boolean =>
    starts.operations.some(
      ({ callback }) => contains(callback.node, set) || (callback.kind === "function" && contains(callback.fn, set)),
    ) && !sets.includes(statementOfCall(set)!);
  if (resetEventsIn(planner).some((each) => each.sets.some(isOther))) return null;
  const event =
    counter.event ??
    resetEventsIn(planner).find((each) => each.sets.some((set) => sets.includes(statementOfCall(set)!))) ??
    null;
  if (event === null) return setup.isOwn ? { count: place.count, wait: null } : null;
  const wait = waitFor(planner, starts, event, [...sets, ...setup.signals]);
  return wait === null || !(setup.isOwn || setup.isRestored)
    ? null
    : { count: place.count, wait: { event, statement: wait } };
}

/** Whether the code that follows means the same after the starts: it uses nothing of the callback's own, and does not leave. */
function isMovable(
  planner: PlannerBase,
  starts: CountdownStarts,
  counting: CountingHelper,
  fn: FunctionNode,
  { finish }: Count,
): boolean {
  const { last } = starts;
  const { source } = planner.context;
  const isInFinish = (node: { readonly range: readonly [number, number] }): boolean =>
    finish.some(({ range }) => range[0] <= node.range[0] && node.range[1] <= range[1]);
  // What it begins, or calls to begin, is rewritten in its own place.
  if (!isRunThrough(planner.context, finish) || beginsMore(planner, finish)) return false;
  const selves: TSESTree.Node[] = [];
  let usesCaller = false;
  let leaves = false;
  for (const statement of finish) {
    walk(statement, source.visitorKeys, (node) => {
      if (/^(?:ThisExpression|Super)$/.test(node.type)) selves.push(node);
      if (node.type === "MetaProperty" || (node.type === "Identifier" && node.name === "arguments")) usesCaller = true;
      if (/^(?:Break|Continue)Statement$/.test(node.type) && (node as TSESTree.BreakStatement).label !== null)
        leaves = true;
      return node.type !== "FunctionExpression" && node.type !== "FunctionDeclaration";
    });
  }
  if (
    leaves ||
    (usesCaller && thisOwner(fn.body) !== thisOwner(last)) ||
    !selves.every((self) => isThisOfStart(planner.context, self, starts, counting))
  )
    return false;
  const scope = scopeOf(source, fn.body);
  const declared = finish.flatMap((statement) => source.scopeManager.getDeclaredVariables(statement));
  // What it declares comes to stand among what the unit declares.
  if (declared.some(({ name }) => isSeenInFunction(source, enclosingOf(last), name, fn))) return false;
  return referencesIn(scope).every(({ identifier, resolved }) => {
    if (!isInFinish(identifier)) return true;
    const isOwn = resolved?.identifiers.some((name) => contains(fn, name)) === true;
    return isOwn
      ? resolved.identifiers.every(isInFinish)
      : resolvesAlike(source, (identifier as TSESTree.Identifier).name, fn, last.parent);
  });
}

/** Whether running code begins operations, by way of functions of the file or itself. */
function beginsMore({ context, operations }: PlannerBase, roots: readonly TSESTree.Node[]): boolean {
  const isReached = (node: TSESTree.Node): boolean =>
    [...roots, ...callsReached(context, roots).flatMap((call) => functionRun(context, call) ?? [])].some((root) =>
      contains(root, node),
    );
  return operations.some(({ begin }) => isReached(begin));
}

function referencesIn(scope: Scope): Scope["references"] {
  return [...scope.references, ...scope.childScopes.flatMap(referencesIn)];
}

/** The one wait for an event that is set by the last operation only; `null` where it is not all that there is to the event. */
function waitFor(
  { context }: PlannerBase,
  { first, last, unit }: CountdownStarts,
  event: ResetEvent,
  sets: readonly TSESTree.Statement[],
): TSESTree.ExpressionStatement | null {
  const isPlain = (call: TSESTree.CallExpression): boolean =>
    (call.arguments.length === 0 || event.resets.includes(call)) && statementOfCall(call) !== null;
  const isClosed =
    event.others.length === 0 &&
    (event.startsUnset || event.isCounting) &&
    event.waits.length === 1 &&
    [...event.waits, ...event.resets, ...event.sets].every(isPlain) &&
    event.sets.every((set) => sets.includes(statementOfCall(set)!));
  const wait = isClosed ? statementOfCall(event.waits[0]!) : null;
  const between = wait === null || enclosingOf(wait) !== unit ? null : statementsBetween(last, wait);
  if (wait === null || between === null || !isRunThrough(context, between)) return null;
  const isReset = event.resets.every(
    (call) => enclosingOf(call) === unit && statementOfCall(call)!.range[1] <= first.range[0],
  );
  // An event that stays set lets every later round through at once.
  return isReset && (loopAround(wait) === null || event.isAutoReset) ? wait : null;
}
