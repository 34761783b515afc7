import { blockingWaitsOf } from "../plan/waits/blocking.ts";
import type { Context } from "../recognize/context.ts";
import { displayName } from "../recognize/display.ts";
import { natureOf } from "../recognize/tasks/tasks.ts";
import type { Wait, WaitKind } from "../recognize/waits/wait.ts";
import { waitsOf } from "../recognize/waits/waits.ts";
import { ownCode } from "./parts.ts";
import type { OutcomePart, Recognised } from "./recognised.ts";

const KINDS: Readonly<Record<WaitKind, string>> = {
  task: "The thread stands still until a task is complete.",
  allTasks: "The thread stands still until all of several tasks are complete.",
  anyTask: "The thread stands still until one of several tasks is complete.",
  waitHandle: "The thread stands still until an operation's wait handle is set.",
  event: "The thread stands still until an event is set.",
  waitHandles: "The thread stands still until one or all of several wait handles are set.",
  end: "The thread stands still in an End until the operation is complete.",
  sleep: "The thread stands still for a time.",
  atomics: "The thread stands still until another one wakes it.",
  fiber: "The fiber stands still until a future is resolved.",
  deasync: "The event loop is run until a callback has been called.",
  syncRequest: "The thread stands still until a request is answered.",
  syncXhr: "The thread stands still until a request is answered.",
  edge: "The thread stands still until .NET's function has returned.",
  getResults: "The result of an operation is taken whether or not it is complete.",
};

/** The places of a file where the thread blocks. */
export function recognisedWaits(context: Context): Recognised[] {
  const taken = new Set(blockingWaitsOf(context));
  return waitsOf(context).map((wait) => ({
    kind: "wait",
    dialect: "blocking waits",
    nameNode: wait.nameNode,
    delivery: KINDS[wait.kind],
    outcome: outcomeOf(wait),
    witnesses: witnessesOf(context, wait),
    parts: [wait.node, wait.nameNode].flatMap((node) => ownCode(context.source, node)),
    untouched: taken.has(wait) ? null : whyUntouched(wait),
  }));
}

function outcomeOf({ kind, nameNode, node }: Wait): OutcomePart[] {
  if (!["task", "allTasks", "anyTask", "end"].includes(kind)) return [];
  const name = displayName(nameNode) ?? "";
  const isValue = kind === "anyTask" || kind === "end" || node.type !== "CallExpression" || /Result$/i.test(name);
  return (isValue ? (["error", "value"] as const) : (["error"] as const)).map((role) => ({
    role,
    name,
    node: nameNode,
  }));
}

function whyUntouched({ kind, operation }: Wait): string {
  if (operation !== null)
    return "It goes, or stays, with the operation that it waits for: explain the call that begins that.";
  if (kind === "sleep")
    return "A sleep becomes an await in a function that is async or becomes async; the function around this one does not.";
  return "No migration takes up a wait of this kind. The rule `no-blocking-wait` reports it.";
}

function witnessesOf(context: Context, { subjects, kind }: Wait): string[] {
  if (kind !== "task" && kind !== "allTasks" && kind !== "anyTask")
    return ["What is waited for, or the module that it comes from, is one that blocks."];
  return subjects.flatMap((subject) => {
    const name = displayName(subject) ?? "What is waited for";
    const nature = natureOf(context, subject);
    if (nature.kind === "task")
      return [`${name} is a task${nature.isCertain ? "" : ", by the word and by how its member is spelled"}.`];
    if (nature.kind === "promise") return [`${name} is a promise.`];
    return nature.kind === "named" ? [`${name} comes from a call that is named like one that gives a task.`] : [];
  });
}
