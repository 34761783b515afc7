import { calleeOf } from "../src/ast/names.ts";
import { textOf } from "../src/ast/source.ts";
import { busyWaitsOf } from "../src/recognize/busy-waits/busy-wait.ts";
import type { Context } from "../src/recognize/context.ts";
import { displayName } from "../src/recognize/display.ts";
import { createRule, type RuleReport } from "./create-rule.ts";
import type { BusyWait } from "../src/recognize/busy-waits/busy-wait-kinds.ts";

type MessageId =
  | "polledOperation"
  | "polledHandle"
  | "polledWaitHandle"
  | "clock"
  | "flag"
  | "runLoopOnce"
  | "loopWhile"
  | "spinUntil";

interface Options {
  readonly ignoreClocks: boolean;
}

/**
 * A script runs on one thread, and its callbacks, timers and promise reactions run on that thread, between two pieces of code. A loop
 * that asks again and again whether something has happened keeps the thread to itself: at best it burns a processor and freezes the
 * rest of the script until another thread of the host is done; at worst it waits for a callback that cannot run before it ends.
 */
export default createRule<MessageId, Options>({
  name: "no-busy-wait",
  type: "problem",
  description: "disallow loops that wait for completion without yielding",
  recommended: true,
  messages: {
    polledOperation:
      "This loop asks for `{{subject}}` until the operation that `{{begin}}` started is complete, and blocks the only thread meanwhile. Await the operation instead.",
    polledHandle:
      "This loop asks for `{{subject}}` again and again, and blocks the only thread meanwhile. Await what it waits for instead.",
    polledWaitHandle:
      "`{{subject}}` gives up at once, so this loop asks again and again, and blocks the only thread meanwhile. Await what it waits for instead.",
    clock:
      "This loop asks `{{subject}}` for the time until enough has passed, and blocks the only thread meanwhile. Await a timer instead.",
    flag: "This loop waits for `{{subject}}`, which is changed only by code that cannot run before the loop has ended, so it never sees the change. Await what changes it instead.",
    runLoopOnce:
      "This loop runs `{{subject}}` until its condition changes, so unrelated callbacks run in the middle of this code. Await what it waits for instead.",
    loopWhile:
      "`{{subject}}` spins the event loop until its condition changes, so unrelated callbacks run in the middle of this code. Await what it waits for instead.",
    spinUntil:
      "`{{subject}}` evaluates its condition again and again, and blocks the only thread meanwhile. Await what it waits for instead.",
  },
  options: {
    ignoreClocks: { type: "boolean", description: "Whether to allow loops that wait for nothing but the time." },
  },
  defaultOptions: { ignoreClocks: false },
  candidate: "busyWait",
  *reports(analysis, { ignoreClocks }) {
    for (const wait of busyWaitsOf(analysis)) {
      if (!(ignoreClocks && wait.cause === "clock")) yield reportOf(analysis, wait);
    }
  },
});

function reportOf(analysis: Context, wait: BusyWait): RuleReport<MessageId> {
  const { place: node } = wait;
  const data = { subject: displayName(wait.subject) ?? textOf(analysis.source, wait.subject) };
  switch (wait.cause) {
    case "handle":
      return wait.operation === null
        ? { node, messageId: "polledHandle", data }
        : { node, messageId: "polledOperation", data: { ...data, begin: calleeOf(wait.operation.begin)!.name } };
    case "zero-wait":
      return { node, messageId: "polledWaitHandle", data };
    case "clock":
      return { node, messageId: "clock", data };
    case "flag":
      return { node, messageId: "flag", data };
    case "run-loop-once":
      return { node, messageId: "runLoopOnce", data };
    case "loop-while":
      return { node, messageId: "loopWhile", data };
    case "spin-until":
      return { node, messageId: "spinUntil", data };
  }
}
