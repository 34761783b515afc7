import { alwaysLeaves, contains, statementList } from "../../ast/flow.ts";
import { enclosingOf } from "../../ast/functions.ts";
import { unwrap } from "../../ast/names.ts";
import { scopeOf, type Scope } from "../../ast/scopes.ts";
import { textOf, type Source, type TSESTree } from "../../ast/source.ts";
import { findAll } from "../../ast/walk.ts";
import type { Context } from "../../recognize/context.ts";
import type { DescribedOperation } from "../../recognize/operations/operation.ts";
import type { Reach } from "../async/reach.ts";
import type { Count } from "../countdowns/count-steps.ts";
import type { CompletionCalls } from "../decide/completion-calls.ts";
import type { AwaitDecision } from "../decide/decision.ts";
import type { Range } from "../types.ts";
import type { CountedJoin } from "./counted-joins.ts";
import { statementsIn } from "./counted-paths.ts";
import { isQuiet } from "./error-flags.ts";

/** What keeps operations that are counted from being awaited together. */

/** What is known of a file when it is decided whether operations are awaited together. */
export interface CountedFile {
  readonly context: Context;
  readonly reach: Reach;
  readonly calls: CompletionCalls;
  /** The operations that are given a completion parameter. */
  readonly passedOn: ReadonlyMap<DescribedOperation, unknown>;
  readonly operations: readonly DescribedOperation[];
  /** Whether what follows comes to stand in a function, and not at the top level of the file. */
  readonly isInFunction: boolean;
}

/** Whether a node stands where the operations are started. */
export function isInRegion({ first, last }: CountedJoin["starts"], { range }: TSESTree.Node): boolean {
  return first.range[0] <= range[0] && range[1] <= last.range[1];
}

/** What tells a completion parameter before all operations are done, and is no error. */
export function earlyTelling(
  { calls, passedOn }: CountedFile,
  { starts }: CountedJoin,
  counts: readonly Count[],
): TSESTree.Node | undefined {
  const isEarly = (node: TSESTree.Node): boolean =>
    isInRegion(starts, node) && !counts.some(({ finish }) => finish.some((each) => contains(each, node)));
  const told = [...calls.values()].find(({ call, outcome }) => outcome.kind !== "error" && isEarly(call));
  return told?.call ?? [...passedOn.keys()].find(({ call }) => isEarly(call))?.call;
}

/** Whether all that follows is the same code, however often it is written, and has nothing of its callback. */
export function isFinishMovable(
  { context, operations, isInFunction }: CountedFile,
  { starts }: CountedJoin,
  counts: readonly Count[],
  isApart: boolean,
): boolean {
  const { source } = context;
  const textsOf = ({ finish }: Count): string =>
    finish.map((each) => textOf(source, each).replace(/\s+/g, " ")).join(" ");
  const [{ finish }] = counts as [Count];
  if (new Set(counts.map(textsOf)).size > 1) return false;
  const isIn = (node: { readonly range: Range }): boolean =>
    finish.some(({ range }) => range[0] <= node.range[0] && node.range[1] <= range[1]);
  if (counts.length > 1 && operations.some(({ call }) => isIn(call))) return false;
  const isStrange = (node: TSESTree.Node): node is TSESTree.Node =>
    /^(?:Await|Yield)Expression$/.test(node.type) || (node.type === "ForOfStatement" && node.await);
  const isReturn = (node: TSESTree.Node): node is TSESTree.Node => node.type === "ReturnStatement";
  const found = (isWanted: (node: TSESTree.Node) => node is TSESTree.Node): boolean =>
    finish.some((each) => findAll(each, source.visitorKeys, isWanted, { intoFunctions: false }).length > 0);
  if (found(isStrange) || (!isApart && !isInFunction && found(isReturn))) return false;
  return referencesIn(scopeOf(source, finish[0]!)).every(({ identifier, resolved }) => {
    if (!isIn(identifier)) return true;
    // What is declared between the starts and here is not there behind them.
    return (resolved?.identifiers ?? []).every((name) => isIn(name) || !isInRegion(starts, name));
  });
}

function referencesIn(scope: Scope): Scope["references"] {
  return [...scope.references, ...scope.childScopes.flatMap(referencesIn)];
}

/** Whether a place reads the counter before it counts anything. */
export function isBefore({ counter, starts }: CountedJoin, use: TSESTree.Node): boolean {
  const { first, unit } = starts;
  return !counter.writes.includes(use) && use.range[1] <= first.range[0] && enclosingOf(use) === unit;
}

/** Whether a condition before the starts leaves where the counter has nothing to count: `if (!pending) return;` */
export function isAskedBefore({ counter, starts: { first } }: CountedJoin): boolean {
  const isCounter = (node: TSESTree.Node): boolean => counter.uses.has(unwrap(node));
  return (statementList(first.parent) ?? []).some((statement) => {
    if (statement.range[1] > first.range[0] || statement.type !== "IfStatement") return false;
    if (!alwaysLeaves(statement.consequent)) return false;
    const test = unwrap(statement.test);
    if (test.type === "UnaryExpression") return test.operator === "!" && isCounter(test.argument);
    if (test.type !== "BinaryExpression" || !isCounter(test.left) || test.right.type !== "Literal") return false;
    return /^(?:===?|<=)$/.test(test.operator)
      ? test.right.value === 0
      : test.operator === "<" && test.right.value === 1;
  });
}

/** What would be done behind the first error, where a flag kept it from being done. */
export function loudBehindFlags(
  source: Source,
  { flags }: CountedJoin,
  members: readonly AwaitDecision[],
  gone: readonly TSESTree.Statement[],
): TSESTree.Node | undefined {
  if (flags === undefined) return undefined;
  return members
    .filter(({ fns }) =>
      fns.some(({ body }) => body.type === "BlockStatement" && body.body.some((each) => flags.skipped.has(each))),
    )
    .flatMap(({ after, success }) => [...success, ...after].flatMap((stretch) => statementsIn(stretch)))
    .find((each) => !gone.includes(each) && !isQuiet(source, each));
}
