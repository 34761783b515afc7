import { contains } from "../../ast/flow.ts";
import { enclosingOf, type Enclosing } from "../../ast/functions.ts";
import { calleeOf, memberName, unwrap, wrapped } from "../../ast/names.ts";
import { readsOf, type Variable } from "../../ast/scopes.ts";
import type { TSESTree } from "../../ast/source.ts";
import { findAll } from "../../ast/walk.ts";
import { IS_COMPLETED_MEMBERS } from "../../dialects/apm.ts";
import {
  GET_RESULT_MEMBERS,
  RESULT_MEMBERS,
  WAIT_ALL_MEMBERS,
  WAIT_ANY_MEMBERS,
  WAIT_MEMBERS,
  WAIT_ONE_MEMBERS,
} from "../../dialects/tap.ts";
import { busyWaitsOf } from "../busy-waits/busy-wait.ts";
import { resolveCallable } from "../callables.ts";
import type { Context } from "../context.ts";
import { endCandidates } from "./end-calls.ts";
import { placeWithin } from "./endings.ts";
import { destinationOf } from "./handle-flow.ts";
import type { StartedWork } from "../tasks/started-work.ts";

/**
 * The nodes in a piece of code after which started work is complete, or may be known to be. A task that one variable holds is observed
 * where that is awaited; anything else at every `await` and every wait. A sleep observes nothing: it only takes time.
 */
export function observationsOf(
  context: Context,
  unit: Enclosing,
  { call, operation }: StartedWork,
): ReadonlySet<TSESTree.Node> {
  const holder = operation === null ? trackedVariable(context, call) : null;
  const mentions = (node: TSESTree.Node): boolean =>
    contains(node, call) || (holder !== null && readsOf(holder).some(({ identifier }) => contains(node, identifier)));
  const waits = waitsIn(context, unit).filter((node) => holder === null || mentions(node));
  const observed = new Set(waits);
  if (operation === null) return observed;
  for (const end of endCandidates(context))
    if (end.stem === operation.stem && enclosingOf(end.call) === unit) observed.add(end.call);
  for (const use of operation.handleUses) {
    const place = use.kind === "other" ? placeWithin(unit, use.node) : null;
    if (place !== null) observed.add(place);
  }
  return observed;
}

/** The variable that alone holds the task of a call: it is awaited or waited for, and nothing else is done with it. */
function trackedVariable(context: Context, call: TSESTree.CallExpression): Variable | null {
  const destination = destinationOf(context, call);
  if (destination.kind !== "variable") return null;
  const { variable } = destination;
  const isWaitedFor = ({ identifier }: { identifier: unknown }): boolean => {
    const outer = wrapped(identifier as TSESTree.Node);
    const { parent } = outer;
    if (parent?.type === "MemberExpression")
      return (
        parent.object === outer &&
        (WAIT_MEMBERS.has(memberName(parent) ?? "") || RESULT_MEMBERS.has(memberName(parent) ?? ""))
      );
    return parent?.type === "AwaitExpression";
  };
  return readsOf(variable).every(isWaitedFor) ? variable : null;
}

/** The awaits and waits of a piece of code, calls of functions of the file that wait included. */
function waitsIn(context: Context, unit: Enclosing): TSESTree.Node[] {
  return findAll(unit, context.source.visitorKeys, (node): node is TSESTree.Node => isWait(context, node), {
    intoFunctions: false,
  });
}

function isWait(context: Context, node: TSESTree.Node, depth = 0): boolean {
  switch (node.type) {
    case "AwaitExpression":
    case "YieldExpression":
      return true;
    case "MemberExpression":
      return RESULT_MEMBERS.has(memberName(node) ?? "");
    case "CallExpression": {
      const name = calleeOf(node)?.name ?? "";
      if (
        [GET_RESULT_MEMBERS, WAIT_ALL_MEMBERS, WAIT_ANY_MEMBERS, WAIT_MEMBERS, WAIT_ONE_MEMBERS].some((members) =>
          members.has(name),
        )
      )
        return true;
      const callable = depth > 2 ? null : resolveCallable(context, node.callee);
      if (callable?.kind !== "function" || callable.fn.async) return false;
      return (
        findAll(
          callable.fn,
          context.source.visitorKeys,
          (inner): inner is TSESTree.Node => isWait(context, inner, depth + 1),
          { intoFunctions: false },
        ).length > 0
      );
    }
    default:
      // `for await (const chunk of stream)` gives the loop a turn before each round.
      return node.parent?.type === "ForOfStatement" && node.parent.await && node.parent.left === node;
  }
}

/** Whether a condition that comes out one way says that work is complete: `ar.IsCompleted`, or the end of a loop that waits for it. */
export function saysComplete(context: Context, atom: TSESTree.Expression, isTrue: boolean): boolean {
  const node = unwrap(atom);
  if (isTrue && node.type === "MemberExpression" && IS_COMPLETED_MEMBERS.has(memberName(node) ?? "")) return true;
  return busyWaitsOf(context).some(
    ({ node: loop }) => "test" in loop && loop.test !== null && contains(loop.test, atom),
  );
}
