import { indentAt, lineBreakOf } from "../../ast/lines.ts";
import { dottedName, unwrap } from "../../ast/names.ts";
import type { TSESTree } from "../../ast/source.ts";
import { walk } from "../../ast/walk.ts";
import { isFunction } from "../../ast/functions.ts";
import { IS_COMPLETED_MEMBERS } from "../../dialects/apm.ts";
import type { Operation } from "../../recognize/begin-end/operation.ts";
import { indentUnitOf, semicolon } from "../layout.ts";
import { beginName } from "../planner-base.ts";
import type { Planner } from "../planner.ts";
import { isTypeScript } from "../call-text.ts";
import { hasOwnTimers, millisecondsOf } from "./wait-groups.ts";

/** A loop that works while it polls, which is to go on doing so and to yield once a round. */
export interface PollLoop {
  readonly loop: TSESTree.WhileStatement | TSESTree.DoWhileStatement | TSESTree.ForStatement;
  /** `handle.IsCompleted` in its condition. */
  readonly read: TSESTree.MemberExpression;
}

/** Whether a loop can yield at the end of each round: nothing goes round past that end, and the host has timers. */
export function mayYield({ context }: Pick<Planner, "context">, { loop }: PollLoop): boolean {
  if (hasOwnTimers(context)) return false;
  let skips = false;
  walk(loop.body, context.source.visitorKeys, (node) => {
    if (
      node.type === "ContinueStatement" ||
      (node.type === "MemberExpression" &&
        node.property.type === "Identifier" &&
        IS_COMPLETED_MEMBERS.has(node.property.name))
    )
      skips = true;
    return !isFunction(node);
  });
  return !skips;
}

/** Gives a loop a flag to poll and a yield in each round; its promise has the name `name`. */
export function writePollLoop(
  planner: Planner,
  operation: Operation,
  { loop, read }: PollLoop,
  name: string,
  beginStatement: TSESTree.Statement,
): void {
  const { context, draft, functions, names } = planner;
  const { source } = context;
  const end = semicolon(source);
  const newline = lineBreakOf(source.text);
  const flag = names.unique(operation.begin, [`is${operation.stem}Completed`, `has${operation.stem}Completed`]);
  const head = newline + indentAt(source.text, beginStatement.range[0]);
  draft.insert(
    operation,
    beginStatement.range[1],
    `${head}let ${flag} = false${end}${head}${name}.then(() => { ${flag} = true${end} }, () => { ${flag} = true${end} })${end}`,
  );
  draft.replace(operation, read.range, flag);
  const sleep = sleepIn(loop.body);
  const [delay] = sleep === null ? [] : sleep.arguments;
  const milliseconds = delay === undefined ? null : millisecondsOf(context, delay);
  const pause = (time: string | null): string =>
    `await new Promise${isTypeScript(source.filePath) ? "<void>" : ""}((resolve) => { setTimeout(resolve${time === null ? "" : `, ${time}`})${end} })`;
  if (sleep !== null && typeof milliseconds === "string") {
    draft.replace(operation, sleep.range, pause(milliseconds));
  } else if (loop.body.type === "BlockStatement") {
    const last = loop.body.body.at(-1);
    const indent =
      newline +
      indentAt(source.text, last?.range[0] ?? loop.range[0]) +
      (last === undefined ? indentUnitOf(source.text) : "");
    draft.insert(operation, last?.range[1] ?? loop.body.range[0] + 1, `${indent}${pause(null)}${end}`);
  } else {
    draft.insert(operation, loop.body.range[0], "{ ");
    draft.insert(operation, loop.body.range[1], ` ${pause(null)}${end} }`);
  }
  draft.note(operation, "poll-loop-yields", loop, beginName(operation));
  functions.allowAwait(loop.body, beginName(operation));
}

/** `Thread.Sleep(…)` as a statement of a loop's body itself: it yields already once it is awaited. */
function sleepIn(body: TSESTree.Statement): TSESTree.CallExpression | null {
  for (const statement of body.type === "BlockStatement" ? body.body : [body]) {
    const call = statement.type === "ExpressionStatement" ? unwrap(statement.expression) : null;
    if (call?.type === "CallExpression" && /(?:^|\.)Thread\.[Ss]leep$/.test(dottedName(call.callee) ?? "")) return call;
  }
  return null;
}
