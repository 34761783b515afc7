import { contains, isAlwaysBefore, listedStatement, loopAround, statementList } from "../../ast/flow.ts";
import { enclosingOf } from "../../ast/functions.ts";
import { indentAt, lineBreakOf } from "../../ast/lines.ts";
import { isNothing } from "../../ast/names.ts";
import { writesOf } from "../../ast/scopes.ts";
import type { TSESTree } from "../../ast/source.ts";
import { reachOf } from "../../recognize/begin-end/handle-flow.ts";
import { resolveCallable } from "../../recognize/callables.ts";
import type { EndCall, Operation } from "../../recognize/begin-end/operation.ts";
import { areEndsPlain, noteStart, waitsOf } from "./ends.ts";
import { awaitText, isEvaluatedFirst } from "../evaluation.ts";
import { firstOf, type OutcomePlace, outcomePlace, resultName, writeOutcome } from "../outcome-place.ts";
import { aliasDeclarations } from "../waits/handle-completion.ts";
import { guard } from "./guards.ts";
import { semicolon } from "../layout.ts";
import { beginName, refuse } from "../planner-base.ts";
import { removeStatement } from "../remove-statement.ts";
import type { Planner } from "../planner.ts";
import { writePollLoop } from "../waits/poll-loops.ts";
import { isPure } from "../purity.ts";
import { startOf } from "./start.ts";
import { joinGroup } from "../waits/wait-groups.ts";
import { startName } from "./started-call.ts";
import { namesIn } from "../names-in.ts";
import { resolvesAlike } from "../naming.ts";
import { text, type Text } from "../write/text.ts";
import { crossesTry, needsGuard } from "./inline-guards.ts";

/**
 * Plans an operation without a callback: its End becomes an await, in the same function. The start moves to the End when nothing
 * but the wait lies between, and stays where the Begin was otherwise, so that work in between still overlaps the operation.
 */
export function planInline(planner: Planner, operation: Operation): void {
  const { context, draft, functions } = planner;
  const { begin, destination } = operation;
  draft.trying("await-at-end", operation);
  draft.link(operation, enclosingOf(begin));
  if (operation.isHandleAmbiguous) return refuse(planner, operation, "handle-ambiguous");
  if (resolveCallable(context, operation.state).kind !== "none" && !isPure(operation.state))
    return refuse(planner, operation, "state-unsupported");
  if (!areEndsPlain(planner, operation)) return;
  if (destination.kind === "argument" && operation.ends.length === 1) {
    const [end] = operation.ends;
    const start = startOf(planner, operation);
    if ("refusal" in start) return refuse(planner, operation, start.refusal);
    noteStart(planner, operation, start);
    draft.replace(operation, end!.call.range, awaitText(context.source, end!.call, start.text));
    return functions.allowAwait(end!.call, beginName(operation));
  }
  if (destination.kind !== "variable" || operation.handleUses.some((use) => use.kind === "other"))
    return refuse(planner, operation, "handle-escapes");
  if (operation.ends.length === 0) return refuse(planner, operation, "end-missing");
  planWithVariable(planner, operation, destination.write);
}

function planWithVariable(
  planner: Planner,
  operation: Operation,
  write: TSESTree.VariableDeclarator | TSESTree.AssignmentExpression,
): void {
  const { context, draft, functions, names } = planner;
  const { source } = context;
  const { begin } = operation;
  const beginStatement = listedStatement(begin);
  const list = statementList(beginStatement?.parent);
  if (beginStatement === null || list === null || write.parent !== beginStatement)
    return refuse(planner, operation, "handle-escapes");
  const found = waitsOf(planner, operation);
  if (found === null) return;
  for (const { call } of operation.ends) {
    if (
      !isAlwaysBefore(operation.begin, call) ||
      !list.some((statement) => statement.range[0] <= call.range[0] && call.range[1] <= statement.range[1]) ||
      loopAround(call, beginStatement.parent) !== null
    ) {
      return refuse(planner, operation, "end-elsewhere", call);
    }
  }
  if (found.waits.some((wait) => !isAlwaysBefore(operation.begin, wait)))
    return refuse(planner, operation, "handle-ambiguous");

  const aliases = aliasDeclarations(context, operation.handleUses);
  const holders = planner.facts.outputs.get(operation) ?? [];
  const gone = new Set<TSESTree.Node>([...found.waits, ...found.releases, ...aliases, ...holders]);
  const [end] = operation.ends as [EndCall];
  const endStatement = list.find(
    (statement) => statement.range[0] <= end.call.range[0] && end.call.range[1] <= statement.range[1],
  )!;
  // A wait gave other code its time before what stands beside the End was read.
  const isWaitedFor = found.waits.length + found.groups.length + found.polls.length > 0;
  const placed = ({ call }: EndCall): OutcomePlace =>
    (isWaitedFor ? outcomePlace(source, call) : null) ?? { kind: "call" };
  const isFirst = (): boolean =>
    isWaitedFor
      ? isEvaluatedFirst(source, firstOf(placed(end), end.call), endStatement, gone)
      : isEvaluatedFirst(
          source,
          end.call,
          endStatement,
          gone,
          undefined,
          (operand, isCallee) => isCallee && isPure(operand),
        );
  const awaitEnd = (each: EndCall, operand: Text): void =>
    writeOutcome(source, draft, operation, {
      call: each.call,
      place: placed(each),
      name: () => names.unique(each.call, resultName(operation)),
      operand,
    });
  const between = list.slice(list.indexOf(beginStatement) + 1, list.indexOf(endStatement));
  const moves =
    found.groups.length === 0 &&
    found.polls.length === 0 &&
    operation.ends.length === 1 &&
    isSoleDeclaration(write) &&
    [...namesIn(source.text, begin.range)].every((name) => resolvesAlike(source, name, begin, end.call)) &&
    between.every((statement) => gone.has(statement)) &&
    isFirst();
  for (const statement of [...found.releases, ...aliases, ...holders]) removeStatement(planner, operation, statement);

  if (moves) {
    const start = startOf(planner, operation, indentAt(source.text, firstOf(placed(end), end.call).range[0]));
    if ("refusal" in start) return refuse(planner, operation, start.refusal);
    noteStart(planner, operation, start);
    if (isWrittenAgain(planner, write, operation))
      draft.replace(operation, [(write as TSESTree.VariableDeclarator).id.range[1], write.range[1]], "");
    else removeStatement(planner, operation, beginStatement, "keep", start);
    for (const wait of found.waits) removeStatement(planner, operation, wait);
    awaitEnd(end, start.text);
    if (crossesTry(end.call, endStatement.parent))
      draft.note(operation, "begin-errors-now-caught", end.call, beginName(operation));
    return functions.allowAwait(end.call, beginName(operation));
  }

  draft.trying(found.groups.length > 0 ? "joined-wait" : "kept-promise", operation);
  const start = startOf(planner, operation);
  if ("refusal" in start) return refuse(planner, operation, start.refusal);
  noteStart(planner, operation, start);
  const name = names.unique(operation.begin, startName(operation));
  if (write.type === "VariableDeclarator" && isWrittenAgain(planner, write, operation)) {
    draft.replace(operation, [write.id.range[1], write.range[1]], "");
    draft.insert(
      operation,
      beginStatement.range[1],
      text`${lineBreakOf(source.text)}${indentAt(source.text, beginStatement.range[0])}const ${name} = ${start.text}${semicolon(source)}`,
    );
  } else if (write.type === "VariableDeclarator") {
    if (write.parent.kind === "let" && write.parent.declarations.length === 1)
      draft.replace(operation, [write.parent.range[0], write.parent.range[0] + 3], "const");
    draft.replace(operation, write.id.range, name);
    draft.replace(operation, write.init!.range, start.text);
  } else {
    draft.replace(operation, [write.range[0], write.right.range[0]], `const ${name} = `);
    draft.replace(operation, write.right.range, start.text);
  }
  // A wait right before the End is the await itself; one that stands before other work must go on standing there.
  let observed = Math.max(...operation.ends.map(({ call }) => call.range[0]));
  for (const wait of found.waits) {
    const isLast =
      operation.ends.length === 1 &&
      wait.parent === endStatement.parent &&
      statementsFrom(list, wait, endStatement).every((statement) => gone.has(statement)) &&
      isFirst();
    if (isLast) removeStatement(planner, operation, wait);
    else {
      observed = Math.min(observed, wait.range[0]);
      draft.replace(operation, wait.range, `await Promise.allSettled([${name}])${semicolon(source)}`);
      functions.allowAwait(wait, beginName(operation));
    }
  }
  for (const poll of found.polls) {
    if (!list.some((statement) => contains(statement, poll.loop)) || !isAlwaysBefore(operation.begin, poll.loop))
      return refuse(planner, operation, "work-in-poll-loop", poll.read);
    writePollLoop(planner, operation, poll, name, beginStatement);
    observed = Math.min(observed, beginStatement.range[1]);
  }
  for (const { group, member } of found.groups) {
    if (!joinGroup(planner, group, operation, member, name)) return;
    observed = Math.min(observed, group.call.range[0]);
  }
  if (operation.ends.some(({ call }) => crossesTry(call, beginStatement.parent)))
    draft.note(operation, "begin-errors-now-caught", begin, beginName(operation));
  for (const each of operation.ends) {
    const { call } = each;
    awaitEnd(each, name);
    functions.allowAwait(call, beginName(operation));
  }
  // The flag of a loop listens to the promise; so does a wait of a group, for whatever follows it.
  if (found.polls.length > 0) return;
  const listens = list.find((statement) => found.groups.some(({ group }) => contains(statement, group.call)));
  if (needsGuard(planner, operation, beginStatement, list, listens)) guard(planner, operation, name, beginStatement);
  else planner.unguarded.push({ operation, name, statement: beginStatement, end: observed });
}

/**
 * Whether a declared handle is given values that stay: then its declaration stays too. Handles of other operations go as this one
 * does, and assignments of nothing that nobody reads are removed here.
 */
function isWrittenAgain(
  planner: Planner,
  write: TSESTree.VariableDeclarator | TSESTree.AssignmentExpression,
  operation: Operation,
): boolean {
  if (write.type !== "VariableDeclarator" || operation.destination.kind !== "variable") return false;
  const { variable, identifier: own } = operation.destination;
  const handles = handleNames(planner.operations);
  const others = writesOf(variable).filter(
    (reference) => reference.identifier !== own && !handles.has(reference.identifier as TSESTree.Node),
  );
  const resets = others.flatMap(({ identifier }) => {
    const assignment = identifier.parent;
    const reach = reachOf(variable, identifier);
    const isReset =
      assignment.type === "AssignmentExpression" &&
      isNothing(assignment.right) &&
      assignment.parent.type === "ExpressionStatement";
    return isReset && reach.certain.length === 0 && reach.possible.length === 0 ? [assignment.parent] : [];
  });
  if (resets.length < others.length) return true;
  for (const reset of resets) removeStatement(planner, operation, reset);
  return false;
}

const namesOfHandles = new WeakMap<readonly Operation[], ReadonlySet<TSESTree.Node>>();

/** The names to which the handles of a file's operations are assigned. */
function handleNames(operations: readonly Operation[]): ReadonlySet<TSESTree.Node> {
  let known = namesOfHandles.get(operations);
  if (known === undefined) {
    known = new Set(
      operations.flatMap(({ destination }) => (destination.kind === "variable" ? [destination.identifier] : [])),
    );
    namesOfHandles.set(operations, known);
  }
  return known;
}

function statementsFrom(
  list: readonly TSESTree.Statement[],
  first: TSESTree.Statement,
  last: TSESTree.Statement,
): readonly TSESTree.Statement[] {
  return list.slice(list.indexOf(first) + 1, list.indexOf(last));
}

function isSoleDeclaration(write: TSESTree.VariableDeclarator | TSESTree.AssignmentExpression): boolean {
  return write.type === "AssignmentExpression" || write.parent.declarations.length === 1;
}
