import type { TSESTree } from "../../ast/source.ts";
import { calleeOf, unwrap } from "../../ast/names.ts";
import { ADD_COUNT_MEMBERS, SET_MEMBERS } from "../../dialects/tap.ts";
import type { Counter } from "./counter.ts";

/** How a counter goes: from the amount of operations to zero, or from zero to the amount. */
export type Direction = "down" | "up";

/** A place at which a callback counts, and asks whether it is the last, as the last thing that it does on its path. */
export interface Count {
  /** What counts: `--pending`. */
  readonly write: TSESTree.Node;
  /** The statement that does nothing but count, where another asks; `null` where one does both. */
  readonly counting: TSESTree.Statement | null;
  /** The statement that asks, or the signal to an event, which counts and asks by itself. */
  readonly asking: TSESTree.IfStatement | TSESTree.ExpressionStatement;
  /** What follows for the last: statements of one list. */
  readonly finish: readonly TSESTree.Statement[];
  /** What it asks the counter to be; `null` for none left. */
  readonly total: TSESTree.Expression | null;
}

/** A change of a counter by one, and whether its value is that before or after the change. */
export interface Step {
  readonly direction: Direction;
  readonly gives: "before" | "after";
}

/** `--pending`, `pending--`, `pending -= 1`, `pending = pending - 1`, `pending.Signal()` */
export function stepOf(node: TSESTree.Node, { event, uses }: Counter): Step | null {
  if (event !== null) {
    const callee = node.type === "CallExpression" && node.arguments.length === 0 ? calleeOf(node) : null;
    if (callee === null || callee.receiver === null || !uses.has(unwrap(callee.receiver))) return null;
    if (SET_MEMBERS.has(callee.name)) return { direction: "down", gives: "after" };
    return ADD_COUNT_MEMBERS.has(callee.name) ? { direction: "up", gives: "after" } : null;
  }
  const isCounter = (target: TSESTree.Node): boolean => uses.has(unwrap(target));
  const isOne = (value: TSESTree.Node): boolean => value.type === "Literal" && value.value === 1;
  if (node.type === "UpdateExpression")
    return isCounter(node.argument)
      ? { direction: node.operator === "--" ? "down" : "up", gives: node.prefix ? "after" : "before" }
      : null;
  if (node.type !== "AssignmentExpression" || !isCounter(node.left)) return null;
  if (node.operator === "-=" || node.operator === "+=")
    return isOne(node.right) ? { direction: node.operator === "-=" ? "down" : "up", gives: "after" } : null;
  const value = unwrap(node.right);
  if (node.operator !== "=" || value.type !== "BinaryExpression" || !/^[-+]$/.test(value.operator)) return null;
  const isStep = isCounter(value.left)
    ? isOne(value.right)
    : value.operator === "+" && isOne(value.left) && isCounter(value.right);
  return isStep ? { direction: value.operator === "-" ? "down" : "up", gives: "after" } : null;
}

/** What a condition asks of a counter: whether none is left, or all are there. */
export interface Question {
  /** What counts in it; `null` where it only reads. */
  readonly write: TSESTree.Node | null;
  /** Which way it comes out for the last. */
  readonly isLast: boolean;
  readonly total: TSESTree.Expression | null;
}

export const MIRRORED: Readonly<Record<string, string>> = {
  "===": "===",
  "==": "==",
  "!==": "!==",
  "!=": "!=",
  "<": ">",
  ">": "<",
  "<=": ">=",
  ">=": "<=",
};

/** The statements of a block, or the one that stands in its place. */
export function listOf(statement: TSESTree.Statement): readonly TSESTree.Statement[] {
  return statement.type === "BlockStatement" ? statement.body : [statement];
}

export function isBareReturn(statement: TSESTree.Statement | undefined): boolean {
  return statement?.type === "ReturnStatement" && statement.argument === null;
}
