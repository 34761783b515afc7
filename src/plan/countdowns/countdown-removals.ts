import { removeStatement } from "../remove-statement.ts";
import type { Planner } from "../planner.ts";
import { type FunctionNode, type TSESTree, textOf } from "../../ast/source.ts";
import type { Operation } from "../../recognize/begin-end/operation.ts";
import { enclosingOf } from "../../ast/functions.ts";
import type { Countdown } from "./countdown.ts";
import { bodyStatements } from "../callbacks/callback-body.ts";
import { semicolon, commentsIn } from "../layout.ts";
import { isPure } from "../purity.ts";

/** Adds the statements by which a callback counts to those that go; where somebody else reads the counter, it goes on counting. */
export function removeCounts(
  planner: Planner,
  fn: FunctionNode,
  operation: Operation,
  removed: Set<TSESTree.Statement>,
): void {
  const countdown = planner.facts.countdowns.get(operation);
  if (countdown === undefined) return;
  if (countdown.helper !== null && isHelperGone(countdown))
    for (const call of countdown.calls) if (enclosingOf(call) === fn) removed.add(call);
  for (const statement of countRemovals(planner, countdown, fn)) removed.add(statement);
}

/** The statements of a callback whose code comes to stand behind the await of a countdown. */
export function movedBehind(planner: Planner, fn: FunctionNode, operation: Operation): TSESTree.Statement[] {
  const counts = planner.facts.countdowns.get(operation)?.counts.get(fn) ?? [];
  return counts.flatMap(({ asking, finish }) => [asking, ...finish]);
}

/** Whether nothing is left to do for the function that counts for callbacks. */
export function isHelperGone({ helper, counts, isCounterNeeded }: Countdown): boolean {
  const own = (counts.get(helper!) ?? []).flatMap(({ counting, asking, finish }) => [counting, asking, ...finish]);
  return !isCounterNeeded && bodyStatements(helper!).every((statement) => own.includes(statement));
}

/** The statements of a function that count and ask, and the code that moves out of it. */
export function countRemovals(
  { context, draft }: Planner,
  { counts, isCounterNeeded }: Countdown,
  fn: FunctionNode,
): TSESTree.Statement[] {
  const gone: TSESTree.Statement[] = [];
  for (const { asking, counting, finish, write } of counts.get(fn) ?? []) {
    const after = finish.filter((statement) => statement.range[0] >= asking.range[1]);
    // `--pending` stays where another reads what is left.
    if (isCounterNeeded && counting === null)
      draft.replace(fn, asking.range, `${textOf(context.source, write)}${semicolon(context.source)}`);
    else gone.push(asking);
    gone.push(...after, ...(isCounterNeeded || counting === null ? [] : [counting]));
  }
  return gone;
}

/** Whether a statement is all that a constructor does, which nothing else asks for. */
export function isWholeConstructor({ context }: Planner, statement: TSESTree.Statement): boolean {
  const block = statement.parent;
  const fn = block?.parent;
  if (
    block?.type !== "BlockStatement" ||
    fn?.type !== "FunctionExpression" ||
    fn.parent.type !== "MethodDefinition" ||
    fn.parent.kind !== "constructor"
  )
    return false;
  return (
    block.body.length === 1 &&
    fn.params.length === 0 &&
    fn.parent.accessibility == null &&
    commentsIn(context.source, fn.parent.range).length === 0
  );
}

/** Removes the declaration of a field, or the member of an object literal beside others; a variable that nothing uses is swept. */
export function removeMember(planner: Planner, operation: Operation, member: Countdown["counter"]["member"]): void {
  if (member === null || (member.value !== null && !isPure(member.value))) return;
  if (member.type === "PropertyDefinition") return removeStatement(planner, operation, member);
  const literal = member.parent as TSESTree.ObjectExpression;
  const { source } = planner.context;
  const index = literal.properties.indexOf(member);
  const next = literal.properties[index + 1];
  const previous = literal.properties[index - 1];
  // A declared type asks for all members, and a comment may speak of several.
  if (
    literal.parent.type !== "VariableDeclarator" ||
    literal.parent.id.typeAnnotation != null ||
    commentsIn(source, literal.range).length > 0
  )
    return;
  if (next !== undefined) planner.draft.replace(operation, [member.range[0], next.range[0]], "");
  else if (previous !== undefined) planner.draft.replace(operation, [previous.range[1], member.range[1]], "");
}
