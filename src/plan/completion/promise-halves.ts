import { contains } from "../../ast/flow.ts";
import { isFunction } from "../../ast/functions.ts";
import { calleeOf, lastSegment, unwrap } from "../../ast/names.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import type { Usage } from "../usage.ts";

/**
 * Whether a statement gives the promise of what the function itself calls back with the same arguments: `return promisify(load)(id)`, or
 * `return new Promise((resolve, reject) => load(id, (err, text) => (err ? reject(err) : resolve(text))))`.
 *
 * @param usages where the function is used
 */
export function givesOwnPromise(fn: FunctionNode, statement: TSESTree.Statement, usages: readonly Usage[]): boolean {
  const returned = returnedIn(statement);
  if (returned === null) return false;
  const usage = usages.find((each) => contains(returned, each.kind === "call" ? each.call : each.node));
  const value = unwrap(returned);
  if (usage?.kind === "value" && value.type === "CallExpression") {
    const maker = unwrap(value.callee);
    return (
      maker.type === "CallExpression" &&
      maker.arguments.length === 1 &&
      maker.arguments[0] === usage.node &&
      lastSegment(calleeOf(maker)?.name ?? "") === "promisify" &&
      areParameters(fn, value.arguments, fn.params.length - 1)
    );
  }
  if (usage?.kind !== "call" || value.type !== "NewExpression") return false;
  const [executor] = value.arguments;
  if (calleeOf(value)?.name !== "Promise" || !isFunction(executor) || executor.params.length !== 2) return false;
  const { call } = usage;
  if (onlyExpression(executor) !== call || !areParameters(fn, call.arguments.slice(0, -1), fn.params.length - 1))
    return false;
  const [resolve, reject] = executor.params.map((each) => (each.type === "Identifier" ? each.name : ""));
  const callback = call.arguments.at(-1);
  return isFunction(callback) && settles(callback, resolve!, reject!);
}

function returnedIn(statement: TSESTree.Statement): TSESTree.Expression | null {
  if (statement.type === "ReturnStatement") return statement.argument;
  if (statement.type === "IfStatement") return returnedIn(statement.consequent);
  return statement.type === "BlockStatement" && statement.body.length === 1 ? returnedIn(statement.body[0]!) : null;
}

/** Whether arguments are the first parameters of a function, in their order. */
function areParameters(
  { params }: FunctionNode,
  given: readonly TSESTree.CallExpressionArgument[],
  count: number,
): boolean {
  return (
    given.length === count &&
    given.every((argument, index) => {
      const parameter = params[index];
      return argument.type === "Identifier" && parameter?.type === "Identifier" && argument.name === parameter.name;
    })
  );
}

/** The expression that is all of a function's code. */
function onlyExpression({ body }: FunctionNode): TSESTree.Expression | null {
  if (body.type !== "BlockStatement") return unwrap(body) as TSESTree.Expression;
  const [only, ...more] = body.body;
  if (only === undefined || more.length > 0) return null;
  if (only.type === "ExpressionStatement") return only.expression;
  return only.type === "ReturnStatement" ? only.argument : null;
}

/** Whether a callback rejects a promise with its error, if there is one, and else resolves it with its value. */
function settles(callback: FunctionNode, resolve: string, reject: string): boolean {
  const [error, value] = callback.params.map((each) => (each.type === "Identifier" ? each.name : ""));
  if (error === undefined || callback.params.length > 2) return false;
  const isCall = (node: TSESTree.Node | null | undefined, name: string, given: string | undefined): boolean => {
    const call = node == null ? null : unwrap(node);
    if (call?.type !== "CallExpression" || calleeOf(call)?.name !== name) return false;
    const [first, ...more] = call.arguments;
    if (given === undefined) return first === undefined;
    return more.length === 0 && first?.type === "Identifier" && first.name === given;
  };
  const { body } = callback;
  const only = onlyExpression(callback);
  if (only?.type === "ConditionalExpression")
    return (
      isNamed(only.test, error) && isCall(only.consequent, reject, error) && isCall(only.alternate, resolve, value)
    );
  if (body.type !== "BlockStatement") return false;
  const [asking, last, ...more] = body.body;
  if (asking?.type !== "IfStatement" || !isNamed(asking.test, error) || more.length > 0) return false;
  const [failing, isLeft] = callIn(asking.consequent);
  const [succeeding] = callIn(asking.alternate ?? last);
  if (asking.alternate !== null ? last !== undefined : !isLeft) return false;
  return isCall(failing, reject, error) && isCall(succeeding, resolve, value);
}

/** The one expression of a branch, and whether the branch returns. */
function callIn(branch: TSESTree.Statement | undefined): readonly [TSESTree.Node | null, boolean] {
  if (branch?.type === "ReturnStatement") return [branch.argument, true];
  if (branch?.type === "ExpressionStatement") return [branch.expression, false];
  if (branch?.type !== "BlockStatement") return [null, false];
  const [first, second, ...more] = branch.body;
  const leaves = second?.type === "ReturnStatement" && second.argument === null && more.length === 0;
  if (second !== undefined && !leaves) return [null, false];
  const [call, isLeft] = callIn(first);
  return [call, isLeft || leaves];
}

function isNamed(node: TSESTree.Node, name: string): boolean {
  return node.type === "Identifier" && node.name === name;
}
