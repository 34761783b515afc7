import { tryAround } from "../../ast/flow.ts";
import { endNames } from "../../dialects/apm-names.ts";
import { calleeOf, isNothing, memberName, unwrap } from "../../ast/names.ts";
import { isSameReference } from "../../ast/scopes.ts";
import type { Operation } from "../../recognize/begin-end/operation.ts";
import { beginName, refuse } from "../planner-base.ts";
import type { Planner } from "../planner.ts";
import { text } from "../write/text.ts";
import { noteStart } from "./ends.ts";
import { sleepAfter } from "./sleepers.ts";
import { startOf } from "./start.ts";
import { replaceBegin } from "./started-continuations.ts";

/** Whether the callback of an operation is its own End, `client.EndSend`, by itself or bound to its object. */
export function isEndCallback({ context: { source } }: Planner, operation: Operation): boolean {
  const { callbackArgument, receiver, stem } = operation;
  const given = unwrap(callbackArgument);
  const bound = given.type === "CallExpression" && calleeOf(given)?.name === "bind" ? calleeOf(given)!.receiver : null;
  const isBoundToIt =
    bound === null ||
    (given.type === "CallExpression" &&
      given.arguments.length === 1 &&
      receiver !== null &&
      isSameReference(source, given.arguments[0]!, receiver));
  const end = unwrap(bound ?? callbackArgument);
  return (
    isBoundToIt &&
    end.type === "MemberExpression" &&
    receiver !== null &&
    isSameReference(source, end.object, receiver) &&
    endNames(stem).includes(memberName(end) ?? "")
  );
}

/** Plans an operation that is ended by its End itself, with nobody who asks for the value: it goes on, and only its error tells of it. */
export function planEndCallback(planner: Planner, operation: Operation): void {
  const { destination } = operation;
  planner.draft.trying("continuation", operation);
  if (!isNothing(operation.state)) return refuse(planner, operation, "state-unsupported", operation.state);
  if (tryAround(operation.begin) !== null) return refuse(planner, operation, "try-boundary");
  if (destination.kind !== "discarded") return refuse(planner, operation, "handle-escapes");
  if (sleepAfter(planner, operation) !== null) return refuse(planner, operation, "sleep-unresolved");
  const start = startOf(planner, operation);
  if ("refusal" in start) return refuse(planner, operation, start.refusal);
  noteStart(planner, operation, start);
  replaceBegin(planner, operation, text`void ${start.text}`);
  planner.draft.note(operation, "callback-not-awaited", operation.begin, beginName(operation));
}
