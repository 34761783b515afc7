import { listedStatement, statementsAfter } from "../src/ast/flow.ts";
import { lineEnd } from "../src/ast/lines.ts";
import { unwrap } from "../src/ast/names.ts";
import { textOf, type TSESTree } from "../src/ast/source.ts";
import { findAll } from "../src/ast/walk.ts";
import type { Context } from "../src/recognize/context.ts";
import { lateSubscriptionsOf, type LateSubscription } from "../src/recognize/events/event-late.ts";
import { eventName } from "../src/recognize/events/event-subscriptions.ts";
import { createRule, type RuleSuggestion } from "./create-rule.ts";

// A completed event is raised once. An operation that needs no wait (an answer from a cache, an argument that is refused) may raise it
// before the call that started it returns, and every other one may while the event loop runs. A handler that comes later waits for ever.
const messages = {
  late: "`{{start}}` in line {{line}} has started the operation before this handler is there. If it completes at once, `{{event}}` is raised within that call, and never again. Subscribe first.",
  suspended:
    "The event loop has run since `{{start}}` in line {{line}} started the operation: `{{event}}` may have been raised with no handler there, and is not raised again. Subscribe first.",
  subscribeFirst: "Subscribe before `{{start}}`.",
};

type MessageId = keyof typeof messages;

export default createRule<MessageId, Record<never, never>>({
  name: "no-late-subscription",
  type: "problem",
  description: "disallow subscribing to a completed event after the operation has been started",
  recommended: true,
  hasSuggestions: true,
  messages,
  options: {},
  defaultOptions: {},
  candidate: "eventOperation",
  *reports(analysis) {
    for (const late of lateSubscriptionsOf(analysis)) {
      const { isSuspended, starter, subscription } = late;
      const data = { start: starter.name, line: String(starter.call.loc.start.line), event: eventName(subscription) };
      const suggestion = subscribingFirst(analysis, late);
      yield {
        node: subscription.nameNode,
        messageId: isSuspended ? "suspended" : "late",
        data,
        ...(suggestion === null ? {} : { suggestions: [suggestion] }),
      };
    }
  },
});

/** Two statements next to each other change places, if neither depends on the other and no comment would change its subject. */
function subscribingFirst(
  { source }: Context,
  { starter, subscription }: LateSubscription,
): RuleSuggestion<MessageId> | null {
  const start = listedStatement(starter.call);
  const next = start === null ? undefined : statementsAfter(start)[0];
  if (
    start === null ||
    next === undefined ||
    !isExpression(start, starter.call) ||
    !isExpression(next, subscription.node)
  )
    return null;
  const between = source.text.slice(start.range[1], next.range[0]);
  const behind = source.text.slice(next.range[1], lineEnd(source.text, next.range[1]));
  if (between.trim() !== "" || /\/[/*]/.test(behind)) return null;
  const hasEffect = (node: TSESTree.Node): node is TSESTree.Node =>
    /^(?:Assignment|Await|Update|Yield)Expression$/.test(node.type) && node !== subscription.node;
  if (
    [start, next].some(
      (statement) => findAll(statement, source.visitorKeys, hasEffect, { intoFunctions: false }).length > 0,
    )
  )
    return null;
  const text = textOf(source, next) + between + textOf(source, start);
  return {
    messageId: "subscribeFirst",
    data: { start: starter.name },
    edits: [{ range: [start.range[0], next.range[1]], text }],
  };
}

function isExpression(statement: TSESTree.Statement, node: TSESTree.Node): boolean {
  return statement.type === "ExpressionStatement" && unwrap(statement.expression) === node;
}
