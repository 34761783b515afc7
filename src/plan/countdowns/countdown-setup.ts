import { contains, listedStatement, loopAround } from "../../ast/flow.ts";
import { enclosingOf, isFunction, type Enclosing } from "../../ast/functions.ts";
import { unwrap } from "../../ast/names.ts";
import { variableOf, type Variable } from "../../ast/scopes.ts";
import type { TSESTree } from "../../ast/source.ts";
import type { Context } from "../../recognize/context.ts";
import { amountOf, isSameAmount, mayHaveNoRounds, roundsOf } from "./countdown-amounts.ts";
import { stepOf, type Count, type Direction } from "./countdown-counts.ts";
import type { CountdownStarts } from "./countdowns.ts";
import { usagesOf } from "../usages.ts";

/** How a counter gets the amount of operations that it counts. */
export interface CountdownSetup {
  readonly preparations: readonly TSESTree.ExpressionStatement[];
  /** Whether each run of the code around the starts has a counter of its own, or there is one run only. */
  readonly isOwn: boolean;
  /** Whether a later run finds the counter as this one did, once all operations are complete. */
  readonly isRestored: boolean;
  readonly mayBeNone: boolean;
}

interface Counting {
  readonly direction: Direction;
  readonly places: readonly Count[];
  /** Where the counter is written besides. */
  readonly others: readonly TSESTree.Node[];
}

/** Reads how a counter is set up; `null` where it is not sure to come to its end with the last operation, and then only. */
export function setupOf(context: Context, counter: Variable, starts: CountdownStarts, { direction, places, others }: Counting): CountdownSetup | null {
  const { operations, unit, loop, first } = starts;
  const declarator = counter.defs[0]!.node as TSESTree.VariableDeclarator;
  const rest = others.filter((node) => node !== declarator.id);
  const statements = rest.map((node) => listedStatement(node));
  if (!statements.every((statement): statement is TSESTree.ExpressionStatement => statement?.type === "ExpressionStatement")) return null;
  const isDeclaredIn = contains(unit, declarator) && enclosingOf(declarator) === unit && loopAround(declarator) === null;
  if ((loop !== null && contains(loop, declarator)) || (isFunction(unit) && contains(unit, declarator) && !isDeclaredIn)) return null;

  const additions = statements.flatMap((statement) => additionIn(context, statement, counter) ?? []);
  const resets = statements.filter((statement) => additionIn(context, statement, counter) === null);
  const [reset] = resets;
  const isReset = reset?.expression.type === "AssignmentExpression" && reset.expression.operator === "=" && reset.parent === first.parent && reset.range[1] <= first.range[0];
  if (resets.length > (isReset ? 1 : 0)) return null;
  const base = isReset ? (reset.expression as TSESTree.AssignmentExpression).right : declarator.init;
  if (base === null) return null;
  const begin = operations[0]!.begin;
  const rounds = loop === null ? ({ kind: "number", value: operations.length } as const) : roundsOf(context, loop, begin);
  const isZero = unwrap(base).type === "Literal" && (unwrap(base) as TSESTree.Literal).value === 0;
  if (direction === "up") {
    if (!isZero || additions.length > 0 || !places.every(({ total }) => total !== null && isSameAmount(amountOf(context, total, loop ?? first), rounds))) return null;
  } else if (additions.length > 0) {
    // Each start adds itself.
    const list = loop === null ? first.parent : listedStatement(begin)!.parent;
    const sum = additions.reduce((total, { amount }) => total + amount, 0);
    if (!isZero || sum !== (loop === null ? operations.length : 1) || additions.some(({ statement }) => statement.parent !== list)) return null;
  } else if (!isSameAmount(amountOf(context, base, loop ?? first), rounds)) return null;
  return {
    preparations: statements,
    isOwn: isDeclaredIn ? isFunction(unit) || unit.type === "Program" : runsOnce(context, unit),
    isRestored: isDeclaredIn || isReset || additions.length > 0,
    mayBeNone: loop !== null && mayHaveNoRounds(context, loop, rounds),
  };
}

/** `pending++`, `pending += 2` */
function additionIn({ source }: Context, statement: TSESTree.ExpressionStatement, counter: Variable): { readonly statement: TSESTree.ExpressionStatement; readonly amount: number } | null {
  const node = unwrap(statement.expression);
  if (stepOf(source, node, counter)?.direction === "up") return { statement, amount: 1 };
  const isAdding = node.type === "AssignmentExpression" && node.operator === "+=" && variableOf(source, unwrap(node.left)) === counter && node.right.type === "Literal" && typeof node.right.value === "number";
  return isAdding ? { statement, amount: (node.right as TSESTree.NumberLiteral).value } : null;
}

/** Whether code surely runs once: a file, and a function that is called once from such code. */
export function runsOnce(context: Context, unit: Enclosing, depth = 0): boolean {
  if (unit.type === "Program") return true;
  if (!isFunction(unit) || depth > 8) return false;
  const [usage, ...others] = usagesOf(context, unit);
  return usage?.kind === "call" && others.length === 0 && loopAround(usage.call) === null && runsOnce(context, enclosingOf(usage.call), depth + 1);
}
