import type { Context } from "../src/recognize/context.ts";
import { displayName } from "../src/recognize/display.ts";
import { ineffectiveAwaitsOf, type IneffectiveAwait } from "../src/recognize/tasks/ineffective-awaits.ts";
import { repairOf, type AwaitRepair } from "../src/plan/awaits/await-repair.ts";
import { HOSTS } from "../src/dialects/hosts.ts";
import { createRule, type RuleReport } from "./create-rule.ts";

// `await` takes anything, and goes on in the same turn of the event loop with whatever is no promise. So an await of the wrong thing looks
// like one that works: what follows runs before the operation is complete, and a failure of it is seen by nobody.
const messages = {
  task: "`await` does not wait for {{awaited}}: on this host a task is no promise, so the code goes on at once, with the task.",
  taskResult:
    "`await` does not wait for {{awaited}}: on this host a task is no promise, so it is `Result` that waits, and blocks the thread.",
  engineOperation:
    "`await` does not wait for {{awaited}}: it gives an operation of the engine, which is no promise on this host, so the code goes on at once. Await a promise that its completed event settles.",
  valueResult: "`await` gives the result of {{awaited}} already, which has no `{{member}}`.",
  handle:
    "`await` does not wait for {{awaited}}: a Begin gives a handle, which is no promise, so the code goes on at once.",
  starter:
    "`await` does not wait for {{awaited}}: it only starts the operation, returns nothing, and raises an event when the operation is complete.",
  callback:
    "`await` does not wait for {{awaited}}: it gives no promise, and calls its callback later. Await a promise that the callback settles.",
  request:
    "`await` does not wait for {{awaited}}: a request is no promise, and tells by its events what has come of it. Await a promise that they settle.",
  forEach:
    "`await` does not wait for {{awaited}}: `forEach` returns nothing, whatever its function returns. Use a `for … of` loop, or `Promise.all` with `map`.",
  array:
    "`await` does not wait for the promises in {{awaited}}: an array is no promise, so the code goes on at once. Await `Promise.all` of it.",
  wrap: "Await a promise of {{awaited}}.",
  unwrap: "Take `.{{member}}` off.",
  twin: "Await `{{twin}}` instead.",
  all: "Await `Promise.all` of the array.",
};

type MessageId = keyof typeof messages;

export default createRule<MessageId, Record<never, never>>({
  name: "no-ineffective-await",
  type: "problem",
  description: "disallow awaiting what is no promise although work goes on behind it",
  recommended: true,
  hasSuggestions: true,
  messages,
  options: {},
  defaultOptions: {},
  candidate: "ineffectiveAwait",
  isSetToConcern: (text, { host }) =>
    ["call", "method"].includes(HOSTS[host ?? "none"]?.taskToPromise.kind) && text.includes("await"),
  *reports(analysis) {
    for (const site of ineffectiveAwaitsOf(analysis)) yield reportOf(analysis, site);
  },
});

function reportOf(analysis: Context, site: IneffectiveAwait): RuleReport<MessageId> {
  const { kind, nameNode, operand, result } = site;
  const name = displayName(operand);
  const awaited = name === null ? (kind === "array" ? "the array" : "what is awaited") : `\`${name}\``;
  const member = result === null ? "" : (displayName(result.property) ?? "Result");
  const repair = repairOf(analysis, site);
  const report: RuleReport<MessageId> = {
    node: nameNode,
    messageId: kind,
    data: kind === "valueResult" ? { awaited, member } : { awaited },
  };
  if (repair === null) return report;
  const data: Record<AwaitRepair["kind"], Record<string, string>> = {
    wrap: { awaited },
    unwrap: { member },
    twin: { twin: repair.name },
    all: {},
  };
  return { ...report, suggestions: [{ messageId: repair.kind, data: data[repair.kind], edits: repair.edits }] };
}
