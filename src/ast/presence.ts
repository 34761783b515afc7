import { isNothing, unwrap, wrapped } from "./names.ts";
import type { TSESTree } from "./source.ts";

/** A condition that asks whether a name stands for a function, or for anything at all. */
export interface PresenceTest {
  readonly test: TSESTree.Node;
  /** Whether it holds where the name stands for a function. */
  readonly isPresent: boolean;
}

/** The condition that a name is all of: `callback`, `!callback`, `typeof callback === "function"`, `callback != null`; `null` where it is in none. */
export function presenceTestOf(name: TSESTree.Node): PresenceTest | null {
  const named = wrapped(name);
  const { parent } = named;
  if (parent?.type === "UnaryExpression" && parent.operator === "typeof") return comparedType(wrapped(parent));
  if (parent?.type === "BinaryExpression") return comparedValue(parent, named);
  if (parent?.type === "UnaryExpression" && parent.operator === "!") return { test: parent, isPresent: false };
  return { test: named, isPresent: true };
}

function comparedType(asked: TSESTree.Node): PresenceTest | null {
  const test = asked.parent;
  if (test?.type !== "BinaryExpression") return null;
  const other = unwrap(test.left === asked ? test.right : test.left);
  const isEqual = test.operator === "===" || test.operator === "==";
  if (other.type !== "Literal" || (!isEqual && !test.operator.startsWith("!="))) return null;
  if (other.value !== "function" && other.value !== "undefined") return null;
  return { test, isPresent: (other.value === "function") === isEqual };
}

function comparedValue(test: TSESTree.BinaryExpression, named: TSESTree.Node): PresenceTest | null {
  const other = test.left === named ? test.right : test.left;
  if (!/^[!=]==?$/u.test(test.operator) || !isNothing(other)) return null;
  return { test, isPresent: test.operator.startsWith("!") };
}

/** Whether a condition asks whether a name stands for a function, and holds where it does. */
export function asksFor(condition: TSESTree.Node, name: string): boolean {
  const found = nameIn(unwrap(condition));
  if (found?.type !== "Identifier" || found.name !== name) return false;
  const asked = presenceTestOf(found);
  return asked?.isPresent === true && unwrap(asked.test) === unwrap(condition);
}

/** The name that a condition of such a kind asks for. */
function nameIn(condition: TSESTree.Node): TSESTree.Node | null {
  if (condition.type === "Identifier") return condition;
  if (condition.type === "UnaryExpression") return nameIn(unwrap(condition.argument));
  if (condition.type !== "BinaryExpression") return null;
  const [left, right] = [unwrap(condition.left), unwrap(condition.right)];
  return nameIn(left.type === "Literal" || isNothing(left) ? right : left);
}
