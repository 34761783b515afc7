import type { Planner } from "../planner.ts";
import type { CallbackShape } from "./callback-shape.ts";
import type { CompletionWait } from "../events/completion-waits.ts";
import type { Operation } from "../../recognize/begin-end/operation.ts";
import { enclosingOf, isFunction } from "../../ast/functions.ts";
import { isCallback, isStartedSilently } from "./silent-starters.ts";
import { isWaitedFor } from "./chains.ts";
import { onlyTry } from "./callback-body.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import { nodesOf } from "../../ast/node-index.ts";
import { contains, suspends } from "../../ast/flow.ts";
import { callsReached } from "../../recognize/busy-waits/event-loop-calls.ts";
import { functionRun } from "../../recognize/busy-waits/loop-values.ts";
import { isWritten } from "../../recognize/field-uses.ts";
import { findAll } from "../../ast/walk.ts";
import { memberName } from "../../ast/names.ts";
import { variableOf, writesOf } from "../../ast/scopes.ts";

/**
 * Whether a function that only starts an operation may take its callback in: somebody waits for it, or its errors stay inside it and
 * every caller can be seen to ignore what it gives.
 */
export function continuesQuietly(planner: Planner, shape: CallbackShape, wait: CompletionWait): boolean {
  if (wait.kind !== "none") return true;
  const [operation] = shape.operations as [Operation];
  const starter = enclosingOf(operation.begin);
  if (!isFunction(starter)) return false;
  // Whoever called a callback back did not wait for what it begins, and gets to know of no error in it.
  if (isCallback(planner, starter)) return !isWaitedFor(planner, starter);
  // What a handler of an event throws ended the program, and still does; so does the error of a round, which no continuation can hold.
  if (operation.event === null && onlyTry(shape)?.handler == null && shape.repeats.length === 0) return false;
  return isStartedSilently(planner, starter);
}

/** Whether a loop that stays spins until this callback, or what it calls, has changed a variable or a member: a continuation would never get its turn. */
export function isSpunOn({ context }: Planner, fn: FunctionNode): boolean {
  const { source } = context;
  const index = nodesOf(source);
  const loops = [...index.of("WhileStatement"), ...index.of("DoWhileStatement"), ...index.of("ForStatement")].filter(
    ({ test, body }) => test != null && !contains(fn, test) && !suspends(source, body),
  );
  if (loops.length === 0) return false;
  const run = [fn, ...callsReached(context, [fn.body]).flatMap((call) => functionRun(context, call) ?? [])];
  const changed = index
    .of("MemberExpression")
    .filter((member) => isWritten(member) && run.some((each) => contains(each, member)));
  return loops.some((loop) => {
    // What a loop changes itself it does not wait for.
    const isChanged = (place: TSESTree.Node): boolean =>
      !contains(loop, place) && run.some((each) => contains(each, place));
    return findAll(
      loop.test!,
      source.visitorKeys,
      (node): node is TSESTree.Identifier | TSESTree.MemberExpression =>
        node.type === "Identifier" || node.type === "MemberExpression",
    ).some((node) => {
      if (node.type === "MemberExpression")
        return (
          memberName(node) !== null &&
          changed.some((member) => memberName(member) === memberName(node) && isChanged(member))
        );
      const variable = variableOf(source, node);
      return variable !== null && writesOf(variable).some(({ identifier }) => isChanged(identifier));
    });
  });
}
