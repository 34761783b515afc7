import { contains, isAlwaysBefore, listedStatement, statementList } from "../../ast/flow.ts";
import type { Enclosing } from "../../ast/functions.ts";
import { hasLineBreak, indentAt, lineBreakOf } from "../../ast/lines.ts";
import { calleeOf, dottedName, memberName, wrapped } from "../../ast/names.ts";
import { readsOf, variableOf, type Variable } from "../../ast/scopes.ts";
import type { TSESTree } from "../../ast/source.ts";
import { findAll } from "../../ast/walk.ts";
import type { Context } from "../../recognize/context.ts";
import { elementSources, pushedInto } from "../../recognize/tasks/task-collections.ts";
import { isAwaitable, commonNature, type TaskNature } from "../../recognize/tasks/task-nature.ts";
import { natureOfType } from "../../recognize/tasks/task-types.ts";
import { natureOf } from "../../recognize/tasks/tasks.ts";
import { semicolon } from "../layout.ts";
import type { TextEdit } from "../types.ts";

/**
 * Edits that keep started promises from being unhandled rejections while something else is awaited: where the thread stood still, nobody
 * could notice that nobody listens yet. The error itself still comes out where the promise is awaited.
 *
 * @param unit the code in which awaits have come to stand
 * @param places those awaits
 */
export function guardCrossed(context: Context, unit: Enclosing, places: readonly TSESTree.Node[]): TextEdit[] {
  const isDeclarator = (node: TSESTree.Node): node is TSESTree.VariableDeclarator => node.type === "VariableDeclarator";
  const last = Math.max(...places.map(({ range }) => range[1]));
  return findAll(unit, context.source.visitorKeys, isDeclarator, { intoFunctions: false }).flatMap((declarator) => {
    const { id, init } = declarator;
    const variable =
      id.type === "Identifier" && init !== null && declarator.range[1] < last ? variableOf(context.source, id) : null;
    if (variable === null) return [];
    return guardOne(context, declarator, variable, places) ?? guardMany(context, declarator, variable, places) ?? [];
  });
}

/** Whether what is awaited is a promise of the script: a host's task becomes one only where it is awaited. */
function isPromise({ host }: Context, nature: TaskNature): boolean {
  return nature.kind === "promise" || (nature.kind === "task" && host.taskToPromise.kind === "none");
}

function guardOne(
  context: Context,
  declarator: TSESTree.VariableDeclarator,
  variable: Variable,
  places: readonly TSESTree.Node[],
): TextEdit[] | null {
  const statement = listedStatement(declarator);
  const nature = natureOf(context, declarator.init!);
  if (!isAwaitable(nature) || statement === null) return null;
  if (!isPromise(context, nature) || cannotFail(nature)) return [];
  const reads = readsOf(variable).map(({ identifier }) => wrapped(identifier));
  if (!places.some((place) => statement.range[1] <= place.range[0] && isCrossing(place, reads))) return [];
  // `then` is what every promise has; `catch` is what reads better.
  return [
    lineBehind(
      context,
      statement,
      `${variable.name}.${nature.kind === "promise" ? "catch(" : "then(undefined, "}() => {})`,
      "Its error surfaces where it is awaited.",
    ),
  ];
}

/** Whether an await comes before the first look at a promise that is awaited behind it. */
function isCrossing(place: TSESTree.Node, reads: readonly TSESTree.Node[]): boolean {
  return (
    reads.some((read) => place.range[1] <= read.range[0]) &&
    !reads.some((read) => isLook(read) && isAlwaysBefore(read, place)) &&
    !reads.some((read) => contains(place, read))
  );
}

/** Whether a use of a promise awaits or handles it, or leaves that to others, rather than asking for its state. */
function isLook(read: TSESTree.Node): boolean {
  const { parent } = read;
  return !(
    parent?.type === "MemberExpression" &&
    parent.object === read &&
    /^is|^(?:Status|Id|AsyncState|ConfigureAwait)/i.test(memberName(parent) ?? "")
  );
}

function cannotFail({ origin }: TaskNature): boolean {
  return /^(?:FromResult|fromResult|Delay|delay|resolve)$/.test(
    (origin?.type === "CallExpression" ? calleeOf(origin)?.name : undefined) ?? "",
  );
}

/** The same for the promises of an array, whose awaits follow one another or come together. */
function guardMany(
  context: Context,
  declarator: TSESTree.VariableDeclarator,
  variable: Variable,
  places: readonly TSESTree.Node[],
): TextEdit[] | null {
  const { elementType, elements } = elementSources(context, declarator.id);
  const nature =
    natureOfType(context, elementType) ??
    (elements === null || elements.length === 0
      ? null
      : commonNature(elements.map((element) => natureOf(context, element))));
  if (nature === null || !isPromise(context, nature)) return null;
  const reads = readsOf(variable).map(({ identifier }) => wrapped(identifier));
  const starts: TSESTree.Node[] = [declarator, ...pushedInto(variable)];
  const statements = new Set<TSESTree.Statement>();
  for (const start of starts) {
    const crossing = places.find(
      (place) =>
        start.range[1] <= place.range[0] &&
        !reads.some((read) => contains(place, read)) &&
        !reads.some((read) => isGathered(read) && isAlwaysBefore(read, place)),
    );
    // An empty array is not yet worth a guard; what is awaited behind its last use has nothing to do with it.
    const isEmpty =
      start === declarator && declarator.init?.type === "ArrayExpression" && declarator.init.elements.length === 0;
    const statement =
      crossing === undefined ||
      isEmpty ||
      !reads.some(
        (read) => read.range[0] > start.range[1] && (read.range[1] > crossing.range[1] || loopOver(read, crossing)),
      )
        ? null
        : commonStatement(start, crossing);
    if (statement !== null) statements.add(statement);
  }
  return [...statements].map((statement) =>
    lineBefore(
      context,
      statement,
      `void Promise.allSettled(${variable.name})`,
      "Their errors surface where they are awaited.",
    ),
  );
}

/** `Promise.all(tasks)`, `Task.WaitAll(tasks)`: whoever comes behind it finds all complete. */
function isGathered(read: TSESTree.Node): boolean {
  return (
    read.parent?.type === "CallExpression" &&
    /(?:^|\.)(?:all|allSettled|WaitAll|WhenAll|waitAll|whenAll)$/.test(dottedName(read.parent.callee) ?? "")
  );
}

/** Whether an await stands in the loop over what is read. */
function loopOver(read: TSESTree.Node, place: TSESTree.Node): boolean {
  return read.parent?.type === "ForOfStatement" && read.parent.right === read && contains(read.parent.body, place);
}

/** The statement around `place` in the innermost statement list that `start` is in as well. */
function commonStatement(start: TSESTree.Node, place: TSESTree.Node): TSESTree.Statement | null {
  for (let current: TSESTree.Node | undefined = place; current; current = current.parent) {
    const list = statementList(current.parent);
    if (list?.includes(current as TSESTree.Statement) === true && list.some((statement) => contains(statement, start)))
      return contains(current, start) ? null : (current as TSESTree.Statement);
  }
  return null;
}

function lineBehind({ source }: Context, statement: TSESTree.Statement, text: string, comment: string): TextEdit {
  return {
    range: [statement.range[1], statement.range[1]],
    text: `${lineBreakOf(source.text)}${indentAt(source.text, statement.range[0])}${text}${semicolon(source)} // ${comment}`,
  };
}

/** A line before a statement, put behind what stands before it: at the statement itself an `await` may be written. */
function lineBefore({ source }: Context, statement: TSESTree.Statement, line: string, comment: string): TextEdit {
  const { text } = source;
  const [start] = statement.range;
  const offset = text.slice(0, start).trimEnd().length;
  const indent = `${lineBreakOf(text)}${indentAt(text, start)}`;
  const isOwnLine = hasLineBreak(text.slice(offset, start));
  return {
    range: [offset, offset],
    text: `${indent}${line}${semicolon(source)} // ${comment}${isOwnLine ? "" : indent}`,
  };
}
