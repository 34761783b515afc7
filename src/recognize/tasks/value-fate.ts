import { isFunction } from "../../ast/functions.ts";
import { calleeOf, isNothing, unwrap, wrapped } from "../../ast/names.ts";
import { readsOf, variableOf, writesOf, type Variable } from "../../ast/scopes.ts";
import type { TSESTree } from "../../ast/source.ts";
import type { Context } from "../context.ts";
import { reachOf } from "../begin-end/handle-flow.ts";

/** What becomes of the value of an expression. */
export type Fate =
  /** Something uses it: it is awaited, returned, passed on, stored in a field, tested, … */
  | { readonly kind: "used" }
  /** The statement ends and the value is gone. `array` is the literal around it, if it was put into one. */
  | { readonly kind: "discarded"; readonly array: TSESTree.ArrayExpression | null }
  /** Thrown away on purpose: `void x`, `_ = x`. */
  | { readonly kind: "voided"; readonly operator: TSESTree.UnaryExpression | null }
  /** Given to a variable; {@link isEverRead} tells whether that is the end of it. */
  | {
      readonly kind: "stored";
      readonly identifier: TSESTree.Identifier;
      readonly array: TSESTree.ArrayExpression | null;
    };

const USED: Fate = { kind: "used" };

/** Follows the value of an expression to where it is used or lost. Promise handlers are not looked at. */
export function fateOf(expression: TSESTree.Node, array: TSESTree.ArrayExpression | null = null): Fate {
  const outer = wrapped(expression);
  const { parent } = outer;
  switch (parent?.type) {
    case "ExpressionStatement":
      return { kind: "discarded", array };
    case "ForStatement":
      return outer === parent.test ? USED : { kind: "discarded", array };
    case "UnaryExpression":
      return parent.operator === "void" ? { kind: "voided", operator: parent } : USED;
    case "ConditionalExpression":
      return outer === parent.test ? USED : fateOf(parent, array);
    case "LogicalExpression":
      return fateOf(parent, array);
    case "SequenceExpression":
      return outer === parent.expressions.at(-1) ? fateOf(parent, array) : { kind: "discarded", array };
    case "ArrayExpression":
      return fateOf(parent, array ?? parent);
    case "VariableDeclarator":
      return parent.id.type === "Identifier" && isPlainDeclaration(parent) ? stored(parent.id, array) : USED;
    case "AssignmentExpression":
      if (parent.operator !== "=" || parent.right !== outer || parent.left.type !== "Identifier") return USED;
      // The value of the assignment itself may be used: `await (p = f())`.
      return fateOf(parent).kind === "discarded" ? stored(parent.left, array) : USED;
    default:
      return USED;
  }
}

function isPlainDeclaration(declarator: TSESTree.VariableDeclarator): boolean {
  const { parent } = declarator;
  // `using` disposes of what it holds; an exported variable is for others to read.
  return !parent.kind.includes("using") && parent.parent.type !== "ExportNamedDeclaration";
}

function stored(identifier: TSESTree.Identifier, array: TSESTree.ArrayExpression | null): Fate {
  return identifier.name === "_" ? { kind: "voided", operator: null } : { kind: "stored", identifier, array };
}

/** Beyond so many pairs of a write and a read a variable is not followed: every write is compared with every read. */
const MANY_PAIRS = 1000;

/** Whether a variable is written once and used somewhere: the quick answer for most. */
export function isPlainlyRead(context: Context, target: TSESTree.Identifier): boolean {
  const variable = variableOf(context.source, target);
  return (
    variable === null ||
    (writesOf(variable).length === 1 && readsOf(variable).some(({ identifier }) => isUse(identifier)))
  );
}

/** Whether a read is more than a statement of its own. */
function isUse(read: TSESTree.Node): boolean {
  return wrapped(read).parent?.type !== "ExpressionStatement";
}

/** Whether anything may read the value that a variable is given at `target`; code out of sight counts. */
export function isEverRead(context: Context, target: TSESTree.Identifier): boolean {
  const variable = variableOf(context.source, target);
  // Variables of a script's top level belong to every script of the page.
  if (variable === null || String(variable.scope.type) === "global" || isBusy(variable)) return true;
  const { certain, possible } = reachOf(variable, target);
  return [...certain, ...possible].some(isUse);
}

function isBusy(variable: Variable): boolean {
  const writes = writesOf(variable).length;
  return writes > 1 && writes * readsOf(variable).length > MANY_PAIRS;
}

/**
 * Whether a call is the end of a chain that deals with failure: `.catch(f)`, `.then(f, g)`, `.finally(f)` after one of these,
 * `.ContinueWith(f)`, which is handed the failed task.
 */
export function handlesFailure(expression: TSESTree.Node): boolean {
  if (expression.type !== "CallExpression") return false;
  const callee = calleeOf(expression);
  if (callee === null || callee.receiver === null) return false;
  const isGiven = (index: number): boolean =>
    expression.arguments.length > index && mayBeCalled(expression.arguments[index]!);
  switch (callee.name) {
    case "catch":
    case "ContinueWith":
    case "continueWith":
      return isGiven(0);
    case "then":
      return isGiven(1);
    case "finally":
      return handlesFailure(callee.receiver.type === "ChainExpression" ? callee.receiver.expression : callee.receiver);
    default:
      return false;
  }
}

/** Whether a handler is there, and may be a function; anything else is passed over when the promise fails. */
function mayBeCalled(argument: TSESTree.Node): boolean {
  return !isNothing(argument) && !/^(?:Array|Object)Expression$|Literal$/.test(unwrap(argument).type);
}

/** Whether a call calls the very function expression it is written around. */
export function isImmediatelyInvoked(call: TSESTree.Node): boolean {
  return call.type === "CallExpression" && isFunction(call.callee);
}
