import { enclosingOf } from "../../ast/functions.ts";
import type { TSESTree } from "../../ast/source.ts";
import { operationsOf } from "../begin-end/begin-end.ts";
import type { Context } from "../context.ts";
import type { Operation } from "../begin-end/operation.ts";
import { unawaitedTasks, type UnawaitedTask } from "../tasks/unawaited.ts";

/** Something that a function has started and that nothing in it waits for. */
export type PendingStart =
  | { readonly kind: "operation"; readonly operation: Operation }
  | { readonly kind: "task"; readonly task: UnawaitedTask };

/** What has been started before a place in the same function and is waited for nowhere, in source order. */
export function pendingBefore(context: Context, place: TSESTree.Node): readonly PendingStart[] {
  const unit = enclosingOf(place);
  const isBefore = (node: TSESTree.Node): boolean => node.range[1] <= place.range[0] && enclosingOf(node) === unit;
  const pending: PendingStart[] = [
    ...operationsOf(context)
      .filter((operation) => isBefore(operation.begin) && isLeftToItself(operation))
      .map((operation): PendingStart => ({ kind: "operation", operation })),
    ...unawaitedTasks(context)
      .filter((task) => isBefore(task.call))
      .map((task): PendingStart => ({ kind: "task", task })),
  ];
  return pending.sort((a, b) => startOf(a) - startOf(b));
}

/** Whether only a callback, or nothing at all, sees an operation complete. */
function isLeftToItself({ callback, completion }: Operation): boolean {
  return (
    completion === "callback" || completion === "never" || (completion === "escapes" && callback.kind === "unknown")
  );
}

function startOf(start: PendingStart): number {
  return start.kind === "operation" ? start.operation.begin.range[0] : start.task.call.range[0];
}

/** How a message names what was started. */
export function pendingName(context: Context, start: PendingStart): string {
  return start.kind === "task" ? start.task.name : context.source.text.slice(...start.operation.nameNode.range);
}
