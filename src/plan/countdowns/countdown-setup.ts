import { alwaysLeaves, contains, listedStatement, loopAround } from "../../ast/flow.ts";
import { enclosingOf, isFunction } from "../../ast/functions.ts";
import { unwrap } from "../../ast/names.ts";
import type { TSESTree } from "../../ast/source.ts";
import type { Context } from "../../recognize/context.ts";
import { isPure } from "../purity.ts";
import { amountOf, isSameAmount, mayHaveNoRounds, roundsOf } from "./countdown-amounts.ts";
import { runsOnce, runsOncePerObject } from "./countdown-runs.ts";
import type { CountdownStarts, CountdownSetup, CountedStart } from "./countdown.ts";
import { bodyStatements } from "../callbacks/callback-body.ts";
import { stepOf, type Count, type Direction } from "./count-steps.ts";
import { isDeclaredIn, type Counter } from "./counter.ts";

interface Counting {
  readonly direction: Direction;
  readonly places: readonly Count[];
  /** Where the counter is written besides. */
  readonly others: readonly TSESTree.Node[];
}

/** Reads how a counter is set up; `null` where it is not sure to come to its end with the last operation, and then only. */
export function setupOf(
  context: Context,
  counter: Counter,
  starts: CountdownStarts<CountedStart>,
  { direction, places, others }: Counting,
): CountdownSetup | null {
  const { operations, unit, loop, first, last } = starts;
  const { constructed, declarator, event, initial, owner } = counter;
  const beginning = constructed !== null && enclosingOf(constructed) !== unit ? constructed : null;
  const statements = others
    .map((node) => listedStatement(node))
    .filter((statement) => statement === null || statement !== beginning);
  if (
    !statements.every(
      (statement): statement is TSESTree.ExpressionStatement => statement?.type === "ExpressionStatement",
    )
  )
    return null;
  const isLocal = isDeclaredIn(unit, counter) && loopAround(declarator!) === null;
  if (
    declarator !== null &&
    ((loop !== null && contains(loop, declarator)) || (isFunction(unit) && contains(unit, declarator) && !isLocal))
  )
    return null;

  const additions = statements.flatMap((statement) => additionIn(statement, counter) ?? []);
  const signals = statements.filter((statement) => isSignal(statement, counter));
  const isOwnShare = ({ parent, range }: TSESTree.Node): boolean =>
    parent === first.parent && range[0] >= last.range[1] && range[1] <= (event?.waits[0]?.range[0] ?? 0);
  if (signals.length > 1 || !signals.every(isOwnShare)) return null;
  const resets = statements.filter(
    (statement) => additionIn(statement, counter) === null && !signals.includes(statement),
  );
  const [reset] = resets;
  const given = reset === undefined ? null : resetTo(reset, counter);
  const isReset = given !== null && reset!.parent === first.parent && reset!.range[1] <= first.range[0];
  if (resets.length > (isReset ? 1 : 0)) return null;
  const base = isReset ? given : initial;
  if (base === null) return null;
  const begin = operations[0]!.begin;
  const rounds =
    loop === null ? ({ kind: "number", value: operations.length } as const) : roundsOf(context, loop, begin);
  const isLiteral = (value: number): boolean =>
    unwrap(base).type === "Literal" && (unwrap(base) as TSESTree.Literal).value === value;
  // An event that counts to zero is set, and takes no further count.
  if (event !== null && additions.length > 0 && signals.length === 0) return null;
  const isZero = isLiteral(signals.length);
  if (direction === "up") {
    if (
      !isZero ||
      additions.length > 0 ||
      !places.every(({ total }) => total !== null && isSameAmount(amountOf(context, total, loop ?? first), rounds))
    )
      return null;
  } else if (additions.length > 0) {
    // Each start adds itself.
    const list = loop === null ? first.parent : listedStatement(begin)!.parent;
    const sum = additions.reduce((total, { amount }) => total + amount, 0);
    if (
      !isZero ||
      sum !== (loop === null ? operations.length : 1) ||
      additions.some(({ statement }) => statement.parent !== list)
    )
      return null;
  } else if (signals.length > 0) {
    if (rounds?.kind !== "number" || !isLiteral(rounds.value + 1)) return null;
  } else if (!isSameAmount(amountOf(context, base, loop ?? first), rounds)) return null;
  const isRestored = isLocal || isReset || (additions.length > 0 && event === null);
  return {
    preparations: beginning === null ? statements : [...statements, beginning],
    isOwn:
      (direction === "down" && isRestored && isKeptApart(counter, starts, isReset ? reset! : first)) ||
      (isLocal
        ? isFunction(unit) || unit.type === "Program"
        : runsOnce(context, unit) || (owner !== null && runsOncePerObject(context, unit, owner))),
    isRestored,
    signals,
    // An event that counts from zero lets through who waits for it.
    mayBeNone: event === null && loop !== null && mayHaveNoRounds(context, loop, rounds),
  };
}

/** `pending.Signal()`, by the code that starts the operations. */
function isSignal(statement: TSESTree.ExpressionStatement, counter: Counter): boolean {
  return counter.event !== null && stepOf(unwrap(statement.expression), counter)?.direction === "down";
}

/** What a statement gives a counter anew: `pending = 3`, `pending.Reset()`, `pending.Reset(3)`; `null` for other statements. */
function resetTo(
  { expression }: TSESTree.ExpressionStatement,
  { event, initial }: Counter,
): TSESTree.Expression | null {
  if (expression.type === "AssignmentExpression") return expression.operator === "=" ? expression.right : null;
  if (expression.type !== "CallExpression" || event?.resets.includes(expression) !== true) return null;
  const [amount = initial, ...others] = expression.arguments;
  return amount === null || amount.type === "SpreadElement" || others.length > 0 ? null : amount;
}

/** `pending++`, `pending += 2` */
function additionIn(
  statement: TSESTree.ExpressionStatement,
  counter: Counter,
): { readonly statement: TSESTree.ExpressionStatement; readonly amount: number } | null {
  const node = unwrap(statement.expression);
  if (stepOf(node, counter)?.direction === "up") return { statement, amount: 1 };
  const isAdding =
    node.type === "AssignmentExpression" &&
    node.operator === "+=" &&
    counter.uses.has(unwrap(node.left)) &&
    node.right.type === "Literal" &&
    typeof node.right.value === "number";
  return isAdding ? { statement, amount: (node.right as TSESTree.NumberLiteral).value } : null;
}

/** Whether the code that starts operations leaves at once while others are pending: `if (this.pending > 0) return;` */
function isKeptApart(
  { uses }: Counter,
  { first, unit }: CountdownStarts<CountedStart>,
  counted: TSESTree.Statement,
): boolean {
  if (!isFunction(unit) || first.parent !== unit.body) return false;
  const isAsked = (node: TSESTree.Node): boolean => uses.has(unwrap(node));
  const asksForAny = (test: TSESTree.Node): boolean =>
    isAsked(test) ||
    (test.type === "BinaryExpression" &&
      isAsked(test.left) &&
      test.right.type === "Literal" &&
      ((/^(?:>|!==?)$/.test(test.operator) && test.right.value === 0) ||
        (test.operator === ">=" && test.right.value === 1)));
  const list = bodyStatements(unit).slice(0, bodyStatements(unit).indexOf(counted));
  const guard = list.findIndex(
    (statement) =>
      statement.type === "IfStatement" && alwaysLeaves(statement.consequent) && asksForAny(unwrap(statement.test)),
  );
  // What calls something in between may come back here, and finds nothing pending.
  const isQuiet = (statement: TSESTree.Statement): boolean => {
    if (statement.type === "VariableDeclaration")
      return statement.declarations.every(({ init }) => init === null || isPure(init));
    return statement.type === "IfStatement"
      ? isPure(statement.test) && statement.alternate === null && alwaysLeaves(statement.consequent)
      : statement.type === "ExpressionStatement" &&
          statement.expression.type === "AssignmentExpression" &&
          isPure(statement.expression.right);
  };
  return guard >= 0 && list.slice(guard + 1).every(isQuiet);
}
