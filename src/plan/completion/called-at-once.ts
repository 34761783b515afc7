import { enclosingOf, isFunction } from "../../ast/functions.ts";
import { wrapped } from "../../ast/names.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import type { CompletionSite } from "../../recognize/completion/completion-sites.ts";
import type { DescribedOperation } from "../../recognize/operations/operation.ts";
import type { Reach } from "../async/reach.ts";
import { isResultIgnored } from "../async/receivers.ts";
import { mayThrow } from "../async/thrown-errors.ts";
import { lastPlaceOf } from "../decide/completion-places.ts";
import { obstacle, type Obstacle } from "../decide/decision.ts";
import type { ComposedOperation } from "./compositions.ts";
import type { FileDecisions } from "./file-decisions.ts";

/**
 * A function of the project may call its callback before it returns; what is awaited comes later, behind all that its callers still do. The
 * operations of families never call back before they return.
 */

interface Candidate {
  readonly site: CompletionSite;
  readonly calls: readonly DescribedOperation[];
  readonly file: FileDecisions;
}

/**
 * The functions that may call their callback before they return.
 *
 * @param composed the calls of libraries, which call back at once if what they call does
 */
export function callsAtOnce(
  all: readonly Candidate[],
  composed: readonly ComposedOperation[],
): ReadonlySet<CompletionSite> {
  const composedOf = new Map(composed.map((each) => [each.operation, each] as const));
  const ownerOf = new Map(all.flatMap(({ calls, site }) => calls.map((call) => [call, site] as const)));
  const found = new Set<CompletionSite>();
  const isAtOnce = (operation: DescribedOperation): boolean => {
    const owner = ownerOf.get(operation);
    if (owner !== undefined) return found.has(owner);
    const called = composedOf.get(operation);
    return called?.isEmpty === true || called?.tasks.some((task) => found.has(task)) === true;
  };
  /** Whether a node may be reached before the function of a site returns. */
  const isReached = ({ file: { byCallback, standIns }, site }: Candidate, node: TSESTree.Node): boolean => {
    for (let unit = enclosingOf(node); unit !== site.fn;) {
      const operation = isFunction(unit) ? byCallback.get(unit) : undefined;
      if (operation === undefined || !(standIns.wholes.includes(operation) || isAtOnce(operation))) return false;
      unit = enclosingOf(operation.call);
    }
    return true;
  };
  const tellsAtOnce = (candidate: Candidate): boolean => {
    const decision = candidate.file.completions.of(candidate.site);
    if (decision.kind === "obstacle") return false;
    if (decision.calls.some(({ call, isDeferred }) => !isDeferred && isReached(candidate, call))) return true;
    return decision.passedOn.some((operation) => isAtOnce(operation) && isReached(candidate, operation.call));
  };
  for (let size = -1; size < found.size;) {
    size = found.size;
    for (const candidate of all) if (!found.has(candidate.site) && tellsAtOnce(candidate)) found.add(candidate.site);
  }
  return found;
}

/** Where somebody can see that what a call calls back runs later than it did; `null` where nobody can. */
export function seenAtOnce(
  reach: Reach,
  { completions, hosts, standIns }: FileDecisions,
  operation: DescribedOperation,
): Obstacle | null {
  const { call, callbacks, nameNode } = operation;
  const thrower = callbacks.find((each) => each.kind === "function" && mayThrow(reach, each.fn));
  if (thrower !== undefined) return obstacle("throws-at-once", thrower.argument);
  const host = hosts.of(call);
  // What is started beside it came behind its callback.
  const isCounted = standIns.joins.some(({ members }) => members.has(operation));
  // Who calls a function with a completion parameter is looked at for itself; behind a file there is nothing.
  if (isCounted) return completionAtOnce(nameNode);
  if (host === null || !isFunction(host) || completions.has(host)) return null;
  return isSeen(reach, host, new Set()) ? completionAtOnce(nameNode) : null;
}

function completionAtOnce(place: TSESTree.Node): Obstacle {
  return obstacle("completion-at-once", place);
}

/** Whether something may run behind a call of a function, in its caller or in one of that. */
function isSeen(reach: Reach, fn: FunctionNode, asked: Set<FunctionNode>): boolean {
  if (asked.has(fn)) return false;
  asked.add(fn);
  return reach.usagesOf(fn).some((usage) => {
    if (usage.kind === "value") return !isResultIgnored(usage.node);
    if (usage.kind !== "call") return true;
    const { call } = usage;
    if (wrapped(call) !== call || lastPlaceOf(call, false) === null) return true;
    const around = enclosingOf(call);
    return isFunction(around) ? isSeen(reach, around, asked) : around.type !== "Program";
  });
}

/** Whether something may run behind a call of a function, in its caller or in one of that. */
export function isSeenBehind(reach: Reach, fn: FunctionNode): boolean {
  return isSeen(reach, fn, new Set());
}
