import { calleeOf, dottedName, entityName, isNothing, lastSegment, unwrap } from "../../ast/names.ts";
import { nodesOf } from "../../ast/node-index.ts";
import { implementedBy } from "../../ast/optional-parts.ts";
import type { TSESTree } from "../../ast/source.ts";
import { HANDLE_TYPE } from "../../dialects/apm.ts";
import { EVENT_TYPES, TASK_TYPES } from "../../dialects/tap.ts";
import { INFINITE_TIMEOUTS, THREAD_TYPE, ZERO_TIMEOUTS } from "../../dialects/waits.ts";
import { completedBy, type Completion } from "../tasks/awaited.ts";
import { proofOfCompletion } from "../tasks/completed.ts";
import type { Context } from "../context.ts";
import { eventDeadlock, taskDeadlock, type Deadlock } from "./deadlocks.ts";
import { entryPointAround } from "./entry-points.ts";
import { handleWait, pendingEnds } from "./handle-waits.ts";
import { isGivenToEnd } from "../tasks/library-side.ts";
import { pendingBefore } from "./pending.ts";
import { resultReads, taskWait } from "./task-waits.ts";
import { isAwaitable } from "../tasks/task-nature.ts";
import { natureOf } from "../tasks/tasks.ts";
import { xhrWait } from "./request-waits.ts";
import { edgeWait, packageWait, threadWait } from "./thread-waits.ts";
import type { Wait, WaitSite } from "./wait.ts";

const waits = new WeakMap<Context, readonly Wait[]>();

/** The places of a file where the thread blocks, in source order; waits for what is complete already are none. */
export function waitsOf(context: Context): readonly Wait[] {
  let known = waits.get(context);
  if (known === undefined) {
    const sites = waitSites(context).sort((a, b) => a.nameNode.range[0] - b.nameNode.range[0]);
    known = blocking(context, sites).map((site) => ({
      ...site,
      entryPoint: entryPointAround(context, site.node),
      deadlock: deadlockOf(context, site),
      pending: site.kind === "sleep" ? pendingBefore(context, site.node) : [],
    }));
    waits.set(context, known);
  }
  return known;
}

function waitSites(context: Context): WaitSite[] {
  const sites = [...resultReads(context), ...pendingEnds(context)];
  for (const call of nodesOf(context.source).of("CallExpression")) {
    const callee = calleeOf(call);
    const site =
      (callee === null
        ? null
        : (taskWait(context, call, callee) ??
          handleWait(context, call, callee) ??
          threadWait(context, call, callee))) ??
      (callee?.name === "open" ? xhrWait(context, call, callee) : null) ??
      edgeWait(context, call) ??
      packageWait(context, call);
    if (site !== null) sites.push(site);
  }
  return sites;
}

/** The sites that can really block: not polls, not inside the class that implements the wait, not for what is known to be complete. */
function blocking(context: Context, sites: readonly WaitSite[]): WaitSite[] {
  const candidates = sites.filter(
    (site) =>
      !isPoll(site.timeout) &&
      !isInsideLibrary(site.node) &&
      !givesPromise(context, site.node) &&
      !isContract(context, site),
  );
  const completions = candidates
    .filter((site) => endsInCompletion(site))
    .map((site): Completion => ({
      node: site.node,
      subjects: site.subjects.flatMap((subject) => completedBy(context, subject)),
    }));
  return candidates.filter((site) => !isComplete(context, site, completions));
}

/** Whether a call that is named like a wait is declared to give a promise: what ports of these classes have in its place. */
function givesPromise(context: Context, node: TSESTree.Node): boolean {
  return node.type === "CallExpression" && isAwaitable(natureOf(context, node));
}

/** Whether an End waits for the operation that it is given. */
function isContract(context: Context, { subjects }: WaitSite): boolean {
  return subjects.length === 1 && isGivenToEnd(context, subjects[0]!);
}

/** Whether nothing can be pending once a wait has let go. */
function endsInCompletion({ kind, timeout }: WaitSite): boolean {
  return (kind === "task" || kind === "allTasks" || kind === "waitHandle") && (timeout === null || isInfinite(timeout));
}

function isComplete(context: Context, site: WaitSite, completions: readonly Completion[]): boolean {
  switch (site.kind) {
    case "task":
    case "allTasks":
    case "getResults":
      return (
        site.subjects.length > 0 &&
        site.subjects.every(
          (subject) =>
            natureOf(context, subject).isComplete ||
            proofOfCompletion(context, subject, site.node, completions) !== null,
        )
      );
    case "waitHandle":
      return proofOfCompletion(context, site.subjects[0]!, site.node, completions) !== null;
    default:
      return false;
  }
}

function deadlockOf(context: Context, { kind, subjects, timeout }: WaitSite): Deadlock | null {
  if (timeout !== null && !isInfinite(timeout)) return null;
  const [subject] = subjects;
  if (subject === undefined) return null;
  if (kind === "event") return eventDeadlock(context, subject);
  return kind === "task" ? taskDeadlock(context, natureOf(context, subject)) : null;
}

/** A time-out of nothing: the wait only asks. */
function isPoll(timeout: TSESTree.Node | null): boolean {
  if (timeout === null) return false;
  const node = unwrap(timeout);
  return (node.type === "Literal" && node.value === 0) || ZERO_TIMEOUTS.has(lastSegments(node));
}

function isInfinite(timeout: TSESTree.Node): boolean {
  const node = unwrap(timeout);
  return (
    isNothing(node) ||
    (node.type === "UnaryExpression" && node.operator === "-") ||
    INFINITE_TIMEOUTS.has(lastSegments(node))
  );
}

/** The last two parts of a dotted name: `TimeSpan.Zero` of `System.TimeSpan.Zero`. */
function lastSegments(node: TSESTree.Node): string {
  const path = dottedName(node);
  if (path === null) return "";
  return path.split(".").slice(-2).join(".");
}

/** Whether a node lies in a class that implements tasks, handles or events: there the wait is at home. */
function isInsideLibrary(node: TSESTree.Node): boolean {
  for (let current: TSESTree.Node | null | undefined = node.parent; current; current = current.parent) {
    if (current.type !== "ClassDeclaration" && current.type !== "ClassExpression") continue;
    const names = [
      current.id?.name,
      ...implementedBy(current).map(({ expression }) => entityName(expression)),
      current.superClass === null ? null : dottedName(current.superClass),
    ];
    if (
      names.some(
        (name) =>
          name != null &&
          (TASK_TYPES.has(lastSegment(name)) ||
            EVENT_TYPES.has(lastSegment(name)) ||
            [HANDLE_TYPE, THREAD_TYPE].includes(lastSegment(name))),
      )
    )
      return true;
  }
  return false;
}
