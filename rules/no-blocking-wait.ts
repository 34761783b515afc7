import { functionName } from "../src/ast/functions.ts";
import { textOf } from "../src/ast/source.ts";
import { caughtWait, type CaughtWait } from "../src/recognize/waits/caught-waits.ts";
import type { Context } from "../src/recognize/context.ts";
import { displayName } from "../src/recognize/display.ts";
import { pendingName } from "../src/recognize/waits/pending.ts";
import type { Wait } from "../src/recognize/waits/wait.ts";
import { waitsOf } from "../src/recognize/waits/waits.ts";
import { createRule, type RuleReport } from "./create-rule.ts";

interface Options {
  readonly allowAtEntryPoints: boolean;
  readonly allowSleep: boolean;
}

// A script has one thread, and everything that could end a wait (timers, sockets, promise reactions, often the callbacks of .NET
// as well) needs it to be free. A wait that blocks therefore stops the whole program for as long as it lasts, and some last for ever.
const waits = {
  task: "`{{wait}}` blocks the only thread until {{subject}} is complete. Await {{subject}} instead.",
  allTasks:
    "`{{wait}}` blocks the only thread until all of its tasks are complete. Await them together instead, with `Promise.all` or `Task.WhenAll`.",
  anyTask:
    "`{{wait}}` blocks the only thread until one of its tasks is complete. Await the first of them instead, with `Promise.race` or `Task.WhenAny`.",
  waitHandle:
    "`{{wait}}` blocks the only thread until the operation of {{subject}} is complete. Await the operation instead, or end it in its callback.",
  event: "`{{wait}}` blocks the only thread until {{subject}} is set. Await what sets it instead.",
  waitHandles:
    "`{{wait}}` blocks the only thread until its handles are signalled. Await the operations behind them instead.",
  end: "`{{wait}}` is reached while the operation that `{{begin}}` started may still be running, so it blocks the only thread until that is complete. Await the operation instead, or end it in its callback.",
  sleep: "`{{wait}}` blocks the only thread while it sleeps. Await a timer instead.",
  sleepForCompletion:
    "`{{wait}}` gives {{started}} a fixed time to complete, blocks the only thread meanwhile, and never learns whether that was enough. Await what was started instead.",
  atomics: "`{{wait}}` blocks the main thread until another one wakes it. Use `Atomics.waitAsync` or wait in a worker.",
  fiber:
    "`{{wait}}` holds its fiber until {{subject}} is resolved, and fibers are gone from every current version of Node.js. Make the function async and await a promise instead.",
  deasync:
    "`{{wait}}` spins the event loop until the asynchronous work behind it is done, and runs unrelated callbacks in between. Await the asynchronous function instead.",
  syncRequest:
    "`{{wait}}` blocks the only thread until the server has answered. Await an asynchronous request instead.",
  syncXhr:
    "`{{wait}}` makes the request synchronous, so sending it blocks the only thread until the server has answered. Open it asynchronously or use `fetch`.",
  edge: "`{{wait}}` blocks the only thread until the .NET function is complete, because its second argument is `true`. Pass a callback instead.",
  getResults:
    "`{{wait}}` asks for the results of {{subject}} before it is known to be complete. Await {{subject}} instead.",
  entryPoint:
    "`{{wait}}` blocks the only thread of the program. Nothing waits for `{{entryPoint}}`, so make `{{entryPoint}}` async and await here instead.",
  topLevel:
    "`{{wait}}` blocks the only thread while the file is loaded. A module can await at its top level; in a script, move this into an async `main`.",
  deadlock:
    "`{{wait}}` never returns: {{subject}} is set only in code that {{registrars}} calls back, and that needs the very thread that waits here.",
  deadlockOnPromise:
    "`{{wait}}` never gets a result: the async function `{{function}}` can only go on when the very thread that waits here is free. Await {{subject}} instead.",
};

// A blocking wait for tasks throws an AggregateException around the error, an await the error itself: what catches the one is wrong for the other.
const messages = {
  ...waits,
  taskCaught: `${waits.task} {{caught}}`,
  allTasksCaught: `${waits.allTasks} {{caught}}`,
  entryPointCaught: `${waits.entryPoint} {{caught}}`,
  topLevelCaught: `${waits.topLevel} {{caught}}`,
};

type MessageId = keyof typeof messages;

export default createRule<MessageId, Options>({
  name: "no-blocking-wait",
  type: "problem",
  description: "disallow waits that block the thread until asynchronous work is complete",
  recommended: true,
  messages,
  options: {
    allowAtEntryPoints: {
      type: "boolean",
      description:
        "Whether waits that block are allowed in `main`, in an exported `handler` and at the top level of a file.",
    },
    allowSleep: {
      type: "boolean",
      description:
        "Whether `Thread.Sleep` is allowed where it does not stand for waiting for something that was started.",
    },
  },
  defaultOptions: { allowAtEntryPoints: false, allowSleep: false },
  candidate: "blockingWait",
  *reports(analysis, options) {
    for (const wait of waitsOf(analysis)) {
      if (!isAllowed(wait, options)) yield reportOf(analysis, wait);
    }
  },
});

function isAllowed(wait: Wait, options: Options): boolean {
  if (wait.deadlock !== null || wait.pending.length > 0) return false;
  return (options.allowAtEntryPoints && wait.entryPoint !== null) || (options.allowSleep && wait.kind === "sleep");
}

function reportOf(analysis: Context, wait: Wait): RuleReport<MessageId> {
  const messageId = messageOf(wait);
  const data = dataOf(analysis, wait);
  const caught = isOneOf(messageId, ["task", "allTasks", "entryPoint", "topLevel"]) ? caughtWait(analysis, wait) : null;
  if (caught === null) return { node: wait.nameNode, messageId, data };
  return {
    node: wait.nameNode,
    messageId: `${messageId}Caught` as MessageId,
    data: { ...data, caught: handlerSentence(wait, caught) },
  };
}

function isOneOf(messageId: string, ids: readonly string[]): boolean {
  return ids.includes(messageId);
}

/** What the handler around a wait is given by an await, and what that makes of what it does. */
function handlerSentence({ kind }: Wait, { handler, name, uses }: CaughtWait): string {
  const thrown =
    kind === "allTasks"
      ? "the first error itself, not an AggregateException around all of them"
      : "the error itself, not an AggregateException around it";
  const changes = uses.map(({ kind: use, text }) =>
    use === "test"
      ? `\`${text}\` no longer tells`
      : use === "inner"
        ? `\`${text}\` becomes \`${name ?? "the error"}\``
        : `there is no \`${text}\``,
  );
  const unique = [...new Set(changes)];
  const effect = unique.length === 0 ? "" : `: ${unique.join(", ")}`;
  return `The handler in line ${handler.loc.start.line} then gets ${thrown}${effect}.`;
}

/** The most telling of what is known of a wait. */
function messageOf({ deadlock, entryPoint, kind, pending }: Wait): keyof typeof waits {
  if (deadlock !== null) return deadlock.kind === "setter" ? "deadlock" : "deadlockOnPromise";
  if (pending.length > 0) return "sleepForCompletion";
  if (entryPoint === null || !isAwaitableInstead(kind)) return kind;
  return entryPoint.kind === "module" ? "topLevel" : "entryPoint";
}

/** Whether the very wait can become an `await`, so that it is enough to make what surrounds it async. */
function isAwaitableInstead(kind: Wait["kind"]): boolean {
  return !["atomics", "deasync", "edge", "fiber", "syncRequest", "syncXhr"].includes(kind);
}

/** What the messages name. */
function dataOf(analysis: Context, wait: Wait): Record<string, string> {
  const { deadlock, entryPoint, node, operation, pending, subjects } = wait;
  const subject = displayName(subjects[0] ?? node);
  return {
    wait: waitName(wait),
    subject: subject === null ? "the task" : `\`${subject}\``,
    begin: operation === null ? "" : textOf(analysis.source, operation.nameNode),
    started: listOf(pending.map((start) => pendingName(analysis, start))),
    entryPoint: entryPoint === null || entryPoint.kind === "module" ? "" : entryPoint.name,
    registrars: listOf(deadlock?.kind === "setter" ? deadlock.registrars : []),
    function: deadlock?.kind === "promise" ? (functionName(deadlock.fn) ?? "(anonymous)") : "",
  };
}

/** What blocks, as far as names tell: `response.Result`, `connectDone.WaitOne()`, `Result` where a pattern takes it. */
function waitName({ node, nameNode }: Wait): string {
  return displayName(node) ?? displayName(nameNode) ?? "wait";
}

/** `a`, `b` and `c`: each once, in code quotes. */
function listOf(names: readonly string[]): string {
  const unique = [...new Set(names)].map((name) => `\`${name}\``);
  return unique.length <= 1 ? unique.join("") : `${unique.slice(0, -1).join(", ")} and ${unique.at(-1)}`;
}
