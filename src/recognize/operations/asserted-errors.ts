import { calleeOf, isNothing, memberName, unwrap } from "../../ast/names.ts";
import type { TSESTree } from "../../ast/source.ts";
import {
  CHAIN_WORDS,
  NOTHING_ASSERTIONS,
  NOTHING_CHAINS,
  SAMENESS_ASSERTIONS,
  SUBJECTS,
  TRUTH_ASSERTIONS,
} from "../../dialects/assertions.ts";

/**
 * The expression of which a statement asserts that it is nothing, and does nothing else: `err` in `assert.ifError(err)`, `expect(err).toBeNull()`,
 * `should.not.exist(err)`.
 *
 * @returns `null` for any other statement
 */
export function assertedNothing(statement: TSESTree.Statement): TSESTree.Expression | null {
  if (statement.type !== "ExpressionStatement") return null;
  const expression = unwrap(statement.expression);
  return (expression.type === "CallExpression" ? assertedByCall(expression) : null) ?? assertedByChain(expression);
}

/** `assert(!err)`, `assert.ifError(err)`, `assert.equal(err, null)`, `should.not.exist(err)`. */
function assertedByCall(call: TSESTree.CallExpression): TSESTree.Expression | null {
  const name = calleeOf(call)?.name;
  const [first, second] = call.arguments;
  if (name === undefined || first === undefined || first.type === "SpreadElement") return null;
  if (NOTHING_ASSERTIONS.has(name) || (name === "exist" && isNegated(call.callee))) return first;
  if (TRUTH_ASSERTIONS.has(name)) {
    const value = unwrap(first);
    return value.type === "UnaryExpression" && value.operator === "!" ? value.argument : null;
  }
  if (!SAMENESS_ASSERTIONS.has(name) || second === undefined || second.type === "SpreadElement") return null;
  if (isNothing(second)) return first;
  return isNothing(first) ? second : null;
}

/** `should.not.exist`. */
function isNegated(callee: TSESTree.Node): boolean {
  const member = unwrap(callee);
  if (member.type !== "MemberExpression") return false;
  const object = unwrap(member.object);
  return object.type === "MemberExpression" && memberName(object) === "not";
}

/** `expect(err).toBeNull()`, `expect(err).to.not.exist`, `should(err).be.null()`. */
function assertedByChain(expression: TSESTree.Node): TSESTree.Expression | null {
  const words: string[] = [];
  for (let node = unwrap(expression); ;) {
    if (node.type === "MemberExpression") {
      const word = memberName(node);
      if (word === null) return null;
      if (!CHAIN_WORDS.has(word)) words.unshift(word);
      node = unwrap(node.object);
      continue;
    }
    if (node.type !== "CallExpression") return null;
    const [first, ...others] = node.arguments;
    const callee = unwrap(node.callee);
    if (callee.type === "Identifier")
      return SUBJECTS.has(callee.name) &&
        first !== undefined &&
        first.type !== "SpreadElement" &&
        NOTHING_CHAINS.has(words.join(" "))
        ? first
        : null;
    if (first !== undefined) {
      if (others.length > 0 || !isNothing(first)) return null;
      words.unshift("nothing");
    }
    node = callee;
  }
}
