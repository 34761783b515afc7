import { globalPathOf } from "../../ast/globals.ts";
import { dottedName, keyName, memberName, unwrap, wrapped } from "../../ast/names.ts";
import { moduleBindingOf } from "../../ast/modules.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import { EXPECT_MODULES } from "../../dialects/test-runners.ts";
import { completionParameterOf, globalRunnerOf, testCallAt } from "../../recognize/completion/test-functions.ts";
import type { Context } from "../../recognize/context.ts";

/** What receives a function that is passed on, and what it does with the promise that the function gives when it becomes async. */

/** What is passed on where a function is named: the function itself, or what `bind` makes of it. */
export function passedOn(named: TSESTree.Node): TSESTree.Node {
  const { parent } = named;
  const call =
    parent?.type === "MemberExpression" && parent.object === named && memberName(parent) === "bind"
      ? parent.parent
      : undefined;
  return call?.type === "CallExpression" && call.callee === parent ? wrapped(call) : named;
}

const EVENT_CALLS =
  /^(?:add_\w+|addEventListener|addListener|on|once|setTimeout|setInterval|setImmediate|queueMicrotask|requestAnimationFrame|connect)$/;
const CONTINUATIONS = /^(?:then|catch|finally)$/;

/** Whether a function passed on here is called by something that ignores its result: an event, a timer. */
export function isResultIgnored(node: TSESTree.Node): boolean {
  const { parent } = node;
  if (parent?.type === "CallExpression" && parent.arguments.includes(node as TSESTree.Expression)) {
    const callee = unwrap(parent.callee);
    const name =
      callee.type === "Identifier" ? callee.name : callee.type === "MemberExpression" ? memberName(callee) : null;
    // A process that ends waits for nothing.
    const [event] = parent.arguments;
    return name !== null && EVENT_CALLS.test(name) && !(event?.type === "Literal" && event.value === "exit");
  }
  if (parent?.type === "AssignmentExpression" && parent.right === node && parent.left.type === "MemberExpression")
    return /^on[a-z]/i.test(memberName(parent.left) ?? "");
  if (node.type === "Property") return /^on[A-Z]/.test(keyName(node) ?? "");
  return (
    parent?.type === "JSXExpressionContainer" &&
    parent.parent.type === "JSXAttribute" &&
    parent.parent.name.type === "JSXIdentifier" &&
    /^on[A-Z]/.test(parent.parent.name.name)
  );
}

/** Whether a function is given to a `then` or its like, which waits for the promise that it gives: `loading.then(show)`. */
export function isAdopted(node: TSESTree.Node): boolean {
  const { parent } = node;
  if (parent?.type !== "CallExpression" || !parent.arguments.includes(node as TSESTree.Expression)) return false;
  const callee = unwrap(parent.callee);
  return callee.type === "MemberExpression" && CONTINUATIONS.test(memberName(callee) ?? "");
}

/** Whether a function makes the promises that a `Promise.all` or its like is given: `Promise.all(items.map(load))`. */
export function isGathered(node: TSESTree.Node): boolean {
  const { parent } = node;
  const callee = parent?.type === "CallExpression" && parent.arguments[0] === node ? unwrap(parent.callee) : null;
  if (callee?.type !== "MemberExpression" || memberName(callee) !== "map") return false;
  const outer = wrapped(parent!).parent;
  return (
    outer?.type === "CallExpression" && /^Promise\.(?:all|allSettled|any|race)$/.test(dottedName(outer.callee) ?? "")
  );
}

/** Whether a function is the body of a test, which every runner waits for: `it("adds", f)`, `test.only("adds", f)`, `it.each(table)("adds", f)`. */
export function isTestBody(context: Context, node: TSESTree.Node, fn: FunctionNode): boolean {
  const { parent } = node;
  if (parent?.type !== "CallExpression" || !parent.arguments.includes(node as TSESTree.Expression)) return false;
  const found = testCallAt(context, parent);
  // A body that says itself when it is over must give no promise beside that.
  return found !== null && completionParameterOf(context, found, fn) === null;
}

/** Whether a name is the global of a test runner whose `expect` knows rejections. */
function isExpectOfRunner(context: Context, callee: TSESTree.Node): boolean {
  return globalPathOf(context.source, callee) === "expect" && globalRunnerOf(context)?.expectsRejections === true;
}

/** The `expect(f)` of `expect(f).toThrow(…)` as a statement, where `expect` is known to have `await expect(f).rejects.toThrow(…)` as well. */
export function thrownExpectation(context: Context, node: TSESTree.Node): TSESTree.CallExpression | null {
  const call = node.parent;
  if (
    call?.type !== "CallExpression" ||
    call.arguments[0] !== node ||
    call.arguments.length !== 1 ||
    dottedName(call.callee) !== "expect"
  )
    return null;
  if (
    !EXPECT_MODULES.has(moduleBindingOf(context.source, call.callee)?.module ?? "") &&
    !isExpectOfRunner(context, call.callee) &&
    context.types?.hasMember(call, "rejects") !== "yes"
  )
    return null;
  const member = call.parent;
  const asked = member.type === "MemberExpression" && member.object === call ? member.parent : undefined;
  const isThrow = member.type === "MemberExpression" && /^toThrow(?:Error)?$/.test(memberName(member) ?? "");
  return isThrow &&
    asked?.type === "CallExpression" &&
    asked.callee === member &&
    asked.parent.type === "ExpressionStatement"
    ? call
    : null;
}
