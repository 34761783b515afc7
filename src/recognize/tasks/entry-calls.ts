import { contains } from "../../ast/flow.ts";
import { functionName, isFunction } from "../../ast/functions.ts";
import { handledEvent } from "../../ast/handler-positions.ts";
import { calleeOf, dottedName, unwrap, wrapped } from "../../ast/names.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import { findAll, withAncestors } from "../../ast/walk.ts";
import { ENTRY_CALL_NAME } from "../../dialects/entry-points.ts";
import { PROMISE_CONTINUATIONS } from "../../dialects/promise-apis.ts";
import { resolveCallable } from "../callables.ts";
import type { Context } from "../context.ts";

/**
 * Whether a call at the top level of a file is what the file does as a program: `main();`, `(async () => { … })();`, and what is chained to
 * one. There is nobody to wait for it, and Node.js ends the process where it fails.
 */
export function isEntryCall(context: Context, call: TSESTree.CallExpression | TSESTree.NewExpression): boolean {
  if (call.type !== "CallExpression" || !isAtTopLevel(call)) return false;
  const started = chainStart(call);
  const { callee } = started;
  const callable = resolveCallable(context, callee);
  if (callable.kind !== "function") return false;
  const isInline = unwrap(callee) === callable.fn;
  if (isInline) return callable.fn.async;
  return isRunAsProgram(context, call) || isEntryName(context, callable.fn, calleeOf(started)?.name);
}

/** Whether a call is made only where the file itself is run: `if (require.main === module)`, `if (import.meta.main)`. */
function isRunAsProgram({ source }: Context, call: TSESTree.Node): boolean {
  const asksForMain = (node: TSESTree.Node): node is TSESTree.Node =>
    node.type === "MetaProperty" || dottedName(node) === "require.main";
  return withAncestors(call).some(
    (node) =>
      node.type === "IfStatement" &&
      contains(node.consequent, call) &&
      findAll(node.test, source.visitorKeys, asksForMain).length > 0,
  );
}

function isEntryName({ settings }: Context, fn: FunctionNode, calledAs: string | undefined): boolean {
  const name = functionName(fn) ?? calledAs;
  return name !== undefined && (ENTRY_CALL_NAME.test(name) || settings.entryPoints?.includes(name) === true);
}

/** The call whose promise is continued: `main()` in `main().then(…).finally(…)`. */
function chainStart(call: TSESTree.CallExpression): TSESTree.CallExpression {
  const callee = calleeOf(call);
  const before = callee === null || callee.receiver === null ? null : unwrap(callee.receiver);
  return before?.type === "CallExpression" && PROMISE_CONTINUATIONS.has(callee!.name) ? chainStart(before) : call;
}

/** Whether a call is all that the handler of an event does: `button.onclick = () => { save(); }`. */
export function isHandlerBody(call: TSESTree.CallExpression | TSESTree.NewExpression): boolean {
  const statement = wrapped(call).parent;
  const body = statement?.type === "ExpressionStatement" ? statement.parent : null;
  return (
    body?.type === "BlockStatement" &&
    body.body.length === 1 &&
    isFunction(body.parent) &&
    handledEvent(body.parent) !== null
  );
}

/** Whether a call is a statement of the file itself, also under an `if` such as `require.main === module`. */
function isAtTopLevel(call: TSESTree.Node): boolean {
  for (let current = wrapped(call).parent; current; current = current.parent) {
    if (current.type === "Program") return true;
    if (!/^(?:Block|Expression|If|Try)Statement$/.test(current.type)) return false;
  }
  return false;
}
