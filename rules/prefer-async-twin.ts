import { functionName } from "../src/ast/functions.ts";
import { refersTo } from "../src/ast/names.ts";
import { awaitTwin } from "../src/plan/awaits/twin-await.ts";
import { blockingCallsOf, type BlockingCall } from "../src/recognize/twins/async-twins.ts";
import type { Context } from "../src/recognize/context.ts";
import { displayName } from "../src/recognize/display.ts";
import { createRule, type RuleReport } from "./create-rule.ts";

// An operation is asynchronous only as far as everything it calls is: one call that blocks in the middle of it holds the thread for as long
// as it lasts, and the caller, who was promised not to be kept waiting, waits all the same.
const messages = {
  call: "`{{call}}` keeps the thread until it is done, in an async function that could await `{{twin}}` instead.",
  onward:
    "`{{around}}` is an asynchronous operation, but calls `{{call}}` and keeps the thread until that is done. Go on asynchronously, with `{{twin}}`.",
  task: "`{{call}}` keeps the thread until {{task}} is complete, in an async function that could await {{task}} instead.",
  awaitTwin: "Await `{{twin}}`.",
  awaitTask: "Await {{task}}.",
};

type MessageId = keyof typeof messages;

export default createRule<MessageId, Record<never, never>>({
  name: "prefer-async-twin",
  type: "suggestion",
  description: "prefer awaiting the asynchronous version of a call over blocking in an async function",
  recommended: false,
  hasSuggestions: true,
  messages,
  options: {},
  defaultOptions: {},
  candidate: "asyncTwin",
  isSetToConcern: (text, { twins }) =>
    twins?.some((twin) => text.includes(twin.slice(twin.lastIndexOf(".") + 1).replace(/(?:Task)?Async$/, ""))) === true,
  *reports(analysis) {
    for (const site of blockingCallsOf(analysis)) yield reportOf(analysis, site);
  },
});

function reportOf(analysis: Context, site: BlockingCall): RuleReport<MessageId> {
  const { around, nameNode, node } = site;
  const call = displayName(node) ?? "call";
  const edits = awaitTwin(analysis, site);
  if (site.task !== null) {
    const name = displayName(site.task);
    const task = name === null ? "the task" : `\`${name}\``;
    return {
      node: nameNode,
      messageId: "task",
      data: { call, task },
      ...(edits === null ? {} : { suggestions: [{ messageId: "awaitTask", data: { task }, edits }] }),
    };
  }
  const twin = twinName(site);
  const data = { call, twin, around: functionName(around) ?? "(anonymous)" };
  const suggestions = edits === null ? undefined : [{ messageId: "awaitTwin" as const, data: { twin }, edits }];
  return {
    node: nameNode,
    messageId: around.async ? "call" : "onward",
    data,
    ...(suggestions === undefined ? {} : { suggestions }),
  };
}

/** The twin as it is called: `client.SaveAsync(…)`. */
function twinName({ node, operation, twin }: BlockingCall): string {
  const callee = refersTo((operation?.begin ?? (node as { callee: Parameters<typeof refersTo>[0] })).callee);
  const receiver = callee?.receiver == null ? null : displayName(callee.receiver);
  return receiver === null ? twin! : `${receiver}.${twin!}`;
}
