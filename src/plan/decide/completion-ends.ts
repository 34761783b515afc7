import { enclosingFunction } from "../../ast/functions.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import type { CompletionCalls } from "./completion-calls.ts";
import { isWithin, type AwaitDecision, type Stretch } from "./decision.ts";
import { hasMoreBehind } from "./places.ts";

/**
 * Whether the end of a list of statements is the last thing that a function does, when the code of the callbacks in it has come to stand there, so
 * that it needs no `return`.
 *
 * @param from the first statement of that end, and `statement` the last
 * @param awaited the operations that are awaited in the function
 */
export function isLastIn(
  fn: FunctionNode,
  from: TSESTree.Node,
  statement: TSESTree.Node,
  awaited: readonly AwaitDecision[],
): boolean {
  const { parent } = statement;
  if (parent?.type !== "BlockStatement" || parent.body.at(-1) !== statement) return false;
  const isOwn =
    fn.body === parent ||
    awaited.some(({ after, success }) => [...success, ...after].some(({ inside }) => inside === parent));
  // A branch in which nothing is left would look like a mistake.
  if (!isOwn && parent.body[0]!.range[0] >= from.range[0]) return false;
  return isAtEnd(fn, statement, awaited);
}

/** Whether nothing of a function stands behind a node, when the code of the callbacks in it has come to stand there. */
export function isAtEnd(fn: FunctionNode, node: TSESTree.Node, awaited: readonly AwaitDecision[]): boolean {
  if (hasMoreBehind(node)) return false;
  const unit = enclosingFunction(node);
  if (unit === null || unit === fn) return unit === fn;
  const around = awaited.find(({ fns }) => fns.includes(unit));
  return (
    around !== undefined &&
    isWithin(around.after.length > 0 ? around.after : around.success, node) &&
    isAtEnd(fn, around.place, awaited)
  );
}

/** A decision without what only says, behind a success, that the function is done. */
export function withoutLastCalls(decision: AwaitDecision, calls: CompletionCalls): AwaitDecision {
  const { after, success } = decision;
  // What follows either way is behind what follows a success.
  const last = after.length > 0 ? after : success;
  const left = last.filter((stretch) => !isOnlyDone(stretch, calls, decision.join !== undefined));
  if (left.length === last.length) return decision;
  return { ...decision, [after.length > 0 ? "after" : "success"]: left, leaves: false };
}

/** @param isJoined whether it follows several operations, so that a `return` would be all that stands behind an await of them */
function isOnlyDone({ inside, range }: Stretch, calls: CompletionCalls, isJoined: boolean): boolean {
  const statements =
    inside.type === "BlockStatement" ? inside.body.filter((each) => isWithin([{ inside, range }], each)) : [inside];
  const [first, ...more] = statements;
  const told = first === undefined ? undefined : calls.get(first);
  if (told === undefined) return false;
  const { kind, value } = told.outcome;
  return (
    (kind === "done" || (isJoined && kind === "answer" && value === null)) &&
    more.every((each) => each === told.leaving)
  );
}
