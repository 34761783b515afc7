import type { Operation } from "../../recognize/begin-end/operation.ts";
import { terminator } from "../layout.ts";
import { lowerFirst, wordsOf } from "../naming.ts";
import type { Planner } from "../planner.ts";
import { concat, type Text } from "../write/text.ts";
import { displayName } from "../usages.ts";

/** Puts a text where an operation was begun, in the place of the Begin and of what its handle went to. */
export function replaceBegin({ context, draft }: Planner, operation: Operation, text: Text): void {
  const { destination } = operation;
  if (destination.kind === "discarded")
    return draft.replace(
      operation,
      destination.statement.range,
      concat(text, terminator(context.source, destination.statement)),
    );
  if (destination.kind !== "variable") return;
  const { write } = destination;
  if (write.type === "AssignmentExpression") return draft.replace(operation, write.range, text);
  const declaration = write.parent;
  draft.replace(operation, declaration.range, concat(text, terminator(context.source, declaration)));
}

const FILLER = new Set([
  "callback",
  "with",
  "on",
  "handler",
  "handle",
  "async",
  "completed",
  "complete",
  "done",
  "when",
  "after",
  "the",
]);

/** A name for a continuation that was started: `putClient` for `callbackWithClient` after `BeginPutObject`. */
export function pendingName(operation: Operation): string[] {
  const [verb = "operation"] = wordsOf(operation.stem);
  const { callback } = operation;
  const name = callback.kind === "function" && callback.binding !== null ? displayName(callback.fn) : "";
  const words = wordsOf(name).filter(
    (word) => !FILLER.has(word) && word !== verb && !wordsOf(operation.stem).includes(word),
  );
  const qualified = verb + words.map((word) => word[0]!.toUpperCase() + word.slice(1)).join("");
  return [qualified, lowerFirst(operation.stem), `${lowerFirst(operation.stem)}Done`];
}
