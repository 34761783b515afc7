import { isFunction } from "../../ast/functions.ts";
import { isNothing, unwrap } from "../../ast/names.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import { walk } from "../../ast/walk.ts";
import type { Context } from "../context.ts";
import { returnsOf } from "./function-results.ts";
import { handlesFailure } from "./value-fate.ts";

/**
 * Whether an async function handles every failure of its work itself: what it does is in a `try` whose handler throws nothing, and nothing
 * outside of that can fail by a call, an `await` or a `throw`.
 */
export function handlesItsFailures(context: Context, fn: FunctionNode): boolean {
  if (!fn.async) return givesHandledPromises(context, fn);
  if (fn.generator || fn.body.type !== "BlockStatement") return false;
  const { body } = fn.body;
  return (
    body.some(({ type }) => type === "TryStatement") &&
    fn.params.every((parameter) => !holds(context, parameter, MAY_FAIL)) &&
    body.every((statement) =>
      statement.type === "TryStatement" ? isHandled(context, statement) : !holds(context, statement, MAY_FAIL),
    )
  );
}

/** Whether each value that a function returns is the end of a chain which deals with failure. */
function givesHandledPromises(context: Context, fn: FunctionNode): boolean {
  const returned = fn.body.type === "BlockStatement" ? returnsOf(context, fn) : [fn.body];
  const values = returned.filter((value) => value !== null && !isNothing(value) && unwrap(value).type !== "Literal");
  return values.length > 0 && values.every((value) => handlesFailure(unwrap(value!)));
}

function isHandled(context: Context, { block, handler, finalizer }: TSESTree.TryStatement): boolean {
  return (
    handler !== null &&
    !holds(context, block, isReturnOfPromise) &&
    ![handler.body, finalizer].some((part) => part != null && holds(context, part, THROWS))
  );
}

const MAY_FAIL = (node: TSESTree.Node): boolean =>
  THROWS(node) || node.type === "CallExpression" || node.type === "NewExpression";

/** In a handler, what is called to report an error is taken to do so. */
const THROWS = (node: TSESTree.Node): boolean =>
  /^(?:Await|Yield|Import)Expression$|^ThrowStatement$/.test(node.type) ||
  (node.type === "ForOfStatement" && node.await) ||
  isReturnOfPromise(node);

/** `return load()`: the promise fails when the `try` is over. */
function isReturnOfPromise(node: TSESTree.Node): boolean {
  return node.type === "ReturnStatement" && node.argument !== null && mayBePromise(node.argument);
}

function mayBePromise(expression: TSESTree.Node): boolean {
  const node = unwrap(expression);
  switch (node.type) {
    case "ConditionalExpression":
      return mayBePromise(node.consequent) || mayBePromise(node.alternate);
    case "LogicalExpression":
      return mayBePromise(node.left) || mayBePromise(node.right);
    case "CallExpression":
    case "NewExpression":
    case "ImportExpression":
      return true;
    default:
      return false;
  }
}

/** Whether a node holds another of a kind, functions inside it aside. */
function holds({ source }: Context, root: TSESTree.Node, is: (node: TSESTree.Node) => boolean): boolean {
  let found = false;
  walk(root, source.visitorKeys, (node) => {
    if (found || isFunction(node)) return false;
    found = is(node);
    return !found;
  });
  return found;
}
