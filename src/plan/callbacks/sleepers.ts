import { contains, isAlwaysBefore, listedStatement } from "../../ast/flow.ts";
import { enclosingOf, isFunction, type Enclosing } from "../../ast/functions.ts";
import { dottedName, lastSegment } from "../../ast/names.ts";
import { nodesOf } from "../../ast/node-index.ts";
import type { TSESTree } from "../../ast/source.ts";
import type { Operation } from "../../recognize/begin-end/operation.ts";
import { isPlainDelay } from "../waits/delays.ts";
import { handleWait } from "../waits/handle-completion.ts";
import type { Joined } from "../joins.ts";
import { terminator } from "../layout.ts";
import { beginName, statementOfCall } from "../planner-base.ts";
import type { Planner } from "../planner.ts";

/** Replaces a sleep that waited for operations by one await of them all. */
export function awaitSleepers(
  { context, draft, functions }: Planner,
  sleep: TSESTree.Statement,
  pending: readonly Joined[],
): void {
  const ordered = [...pending].sort((a, b) => a.operation.begin.range[0] - b.operation.begin.range[0]);
  const [{ operation, name }] = ordered as [Joined];
  draft.replace(
    operation,
    sleep.range,
    `await ${ordered.length === 1 ? name : `Promise.all([${ordered.map((each) => each.name).join(", ")}])`}${terminator(context.source, sleep)}`,
  );
  draft.note(operation, "starts-without-wait", sleep, beginName(operation));
  functions.allowAwait(sleep, beginName(operation));
}

/** The sleep that gives an operation its time: the first one after it, in the same function. */
export function sleepAfter(planner: Planner, operation: Operation): TSESTree.Statement | "unresolved" | null {
  const unit = enclosingOf(operation.begin);
  const after = sleepsOf(planner).find(
    (sleep) => enclosingOf(sleep) === unit && sleep.range[0] > operation.begin.range[0],
  );
  if (after !== undefined) {
    const statement = listedStatement(operation.begin);
    const isAwaitable = statement !== null && statement.parent === after.parent && isPlain(after);
    return isAwaitable && isAlwaysBefore(operation.begin, after) ? after : "unresolved";
  }
  // A sleep in a caller gives the operation its time from there.
  return isCalledBeforeSleep(planner, unit) ? "unresolved" : null;
}

/** Whether nothing goes with a sleep but the time that it takes. */
function isPlain({ expression }: TSESTree.ExpressionStatement): boolean {
  return expression.type === "CallExpression" && expression.arguments.every(isPlainDelay);
}

/** Whether a function is called before a sleep, by a function that sleeps or by what such a function calls; the function's own sleeps aside. */
function isCalledBeforeSleep({ files, reach }: Planner, unit: Enclosing): boolean {
  // A set is gone through with what is added meanwhile.
  const callees = new Set([unit]);
  for (const callee of callees) {
    if (!isFunction(callee)) continue;
    for (const usage of reach.usagesOf(callee)) {
      if (usage.kind !== "call") continue;
      const caller = enclosingOf(usage.call);
      const context = reach.contextOf(caller);
      const operations = files.get(context.source.ast)?.operations ?? [];
      if (
        caller !== unit &&
        sleepsOf({ context, operations }).some(
          (sleep) => enclosingOf(sleep) === caller && usage.call.range[0] < sleep.range[0],
        )
      )
        return true;
      callees.add(caller);
    }
  }
  return false;
}

const sleeps = new WeakMap<readonly Operation[], readonly TSESTree.ExpressionStatement[]>();

/** The `Thread.Sleep(…)` statements of a file, in source order; those in the idle loop that polls a handle are that loop's. */
function sleepsOf(planner: Pick<Planner, "context" | "operations">): readonly TSESTree.ExpressionStatement[] {
  let known = sleeps.get(planner.operations);
  if (known === undefined) sleeps.set(planner.operations, (known = findSleeps(planner)));
  return known;
}

function findSleeps({ context, operations }: Pick<Planner, "context" | "operations">): TSESTree.ExpressionStatement[] {
  const polls = operations.flatMap((operation) => {
    const waits = operation.handleUses.flatMap((use) =>
      use.kind === "member" ? [handleWait(context, use, beginName(operation))] : [],
    );
    return waits.flatMap((wait): TSESTree.Node[] =>
      wait.kind === "wait" ? [wait.statement] : wait.kind === "group" ? [wait.group.call] : [],
    );
  });
  return nodesOf(context.source)
    .of("CallExpression")
    .flatMap((call) => {
      const path = dottedName(call.callee);
      const statement =
        path !== null && /(?:^|\.)Thread\.[Ss]leep$/.test(path) && lastSegment(path).toLowerCase() === "sleep"
          ? statementOfCall(call)
          : null;
      return statement === null || polls.some((poll) => contains(poll, statement)) ? [] : [statement];
    });
}
