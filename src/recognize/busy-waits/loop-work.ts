import { contains } from "../../ast/flow.ts";
import { isFunction } from "../../ast/functions.ts";
import { calleeOf, dottedName, lastSegment, unwrap } from "../../ast/names.ts";
import { readsOf, variableOf } from "../../ast/scopes.ts";
import type { TSESTree } from "../../ast/source.ts";
import { walk } from "../../ast/walk.ts";
import { LOGGING_CALLS, PURE_CALLS, SLEEPING_CALLS, SPIN_TYPE } from "../../dialects/busy-wait.ts";
import { WAIT_MEMBERS } from "../../dialects/tap.ts";
import { clockRead, isClockCall } from "./clock-reads.ts";
import { completionRead, zeroWait } from "./completion-reads.ts";
import type { Context } from "../context.ts";
import { elementTest, functionRun, type WaitNode } from "./loop-values.ts";

const MAX_DEPTH = 4;

/**
 * The first thing in some code of a loop that does more than wait: calls something that is not known to have no effect, or changes
 * what other code may see. `null` when all of it only reads, sleeps, logs, and keeps times and counts for the loop itself.
 */
export function workIn(context: Context, roots: readonly TSESTree.Node[], loop: WaitNode): TSESTree.Node | null {
  for (const root of roots) {
    const work = findWork(context, root, loop, loop, 0);
    if (work !== null) return work;
  }
  return null;
}

/** `region` is the code whose own variables nobody else sees: the loop, or the function that it calls. */
function findWork(
  context: Context,
  root: TSESTree.Node,
  loop: WaitNode,
  region: TSESTree.Node,
  depth: number,
): TSESTree.Node | null {
  let work: TSESTree.Node | null = null;
  walk(root, context.source.visitorKeys, (node) => {
    if (work !== null || (isFunction(node) && node !== root)) return false;
    if (isEffect(context, node, loop, region, depth)) work = node;
    return work === null;
  });
  return work;
}

function isEffect(
  context: Context,
  node: TSESTree.Node,
  loop: WaitNode,
  region: TSESTree.Node,
  depth: number,
): boolean {
  switch (node.type) {
    case "CallExpression":
      return !isIdleCall(context, node, loop, depth);
    case "NewExpression":
      return !isClockCall(node) && lastSegment(dottedName(node.callee) ?? "") !== SPIN_TYPE;
    case "TaggedTemplateExpression":
    case "ImportExpression":
    case "ClassExpression":
    case "ClassDeclaration":
      return true;
    case "UnaryExpression":
      return node.operator === "delete";
    case "UpdateExpression":
      return !isOwn(context, node.argument, region);
    case "AssignmentExpression":
      return !isLook(context, node.right, loop) && !(isOwn(context, node.left, region) && (depth > 0 || isCount(node)));
    case "VariableDeclarator":
      return depth === 0 && node.init !== null && node.init.type !== "Literal" && !isLook(context, node.init, loop);
    default:
      return false;
  }
}

/** A time or a state, which may be kept for later: taking it is still nothing but a look. */
function isLook(context: Context, value: TSESTree.Expression, loop: WaitNode): boolean {
  return clockRead(context, value, loop) !== null || completionRead(value) !== null || zeroWait(value) !== null;
}

/** `turns += 1`. */
function isCount({ operator, right }: TSESTree.AssignmentExpression): boolean {
  return (operator === "+=" || operator === "-=") && right.type === "Literal";
}

/** A variable that only the region reads. */
function isOwn(context: Context, target: TSESTree.Node, region: TSESTree.Node): boolean {
  const variable = variableOf(context.source, unwrap(target));
  return (
    variable !== null && readsOf(variable).every(({ identifier }) => contains(region, identifier as TSESTree.Node))
  );
}

function isIdleCall(context: Context, call: TSESTree.CallExpression, loop: WaitNode, depth: number): boolean {
  if (isClockCall(call) || completionRead(call) !== null || zeroWait(call) !== null) return true;
  const fn = functionRun(context, call) ?? elementTest(context, call);
  if (fn !== null) return depth < MAX_DEPTH && findWork(context, fn, loop, fn, depth + 1) === null;
  const callee = calleeOf(call);
  if (callee === null) return false;
  const path = dottedName(call.callee) ?? `.${callee.name}`;
  return (
    [SLEEPING_CALLS, LOGGING_CALLS, PURE_CALLS].some((calls) => calls.test(path)) ||
    (WAIT_MEMBERS.has(callee.name) && callee.receiver !== null && isDuration(call.arguments[0]))
  );
}

/** `task.Wait(50)`: a number, so it is not one of the many other things called `wait`. */
function isDuration(argument: TSESTree.Node | undefined): boolean {
  return argument?.type === "Literal" && typeof argument.value === "number";
}
