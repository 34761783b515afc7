import { calleeOf, typeReferenceName, unwrap } from "../../ast/names.ts";
import { onlyValueOf, variableOf } from "../../ast/scopes.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import { COMPLETED_ARGS, COMPLETED_ARGS_TYPE, HANDLER_TYPE } from "../../dialects/eap.ts";
import { resolveCallable, type Callable } from "../callables.ts";
import { memoize, type Context } from "../context.ts";
import { completionReads, type CompletionRead } from "./event-reads.ts";

/** The function that an expression in a handler's position denotes, through a delegate such as `new XCompletedEventHandler(fn)`. */
export function resolveHandler(context: Context, expression: TSESTree.Node): Callable {
  return resolveCallable(context, delegated(context, expression));
}

/** What a delegate is made of, or the expression itself. */
function delegated(context: Context, expression: TSESTree.Node): TSESTree.Node {
  const node = unwrap(expression);
  if (node.type === "NewExpression" && node.arguments.length === 1 && HANDLER_TYPE.test(calleeOf(node)?.name ?? ""))
    return delegated(context, node.arguments[0]!);
  const variable = variableOf(context.source, node);
  const value = variable === null ? null : onlyValueOf(variable);
  return value !== null && unwrap(value).type === "NewExpression" ? delegated(context, value) : expression;
}

/** Whether an expression surely is a function, so that assigning it to an event's property makes it a handler. */
export function isHandlerValue(context: Context, expression: TSESTree.Node): boolean {
  return resolveHandler(context, expression).kind === "function";
}

/** Whether each evaluation of an expression makes another function object, which only this expression's value can remove again. */
export function isNewFunction(expression: TSESTree.Node): boolean {
  const node = unwrap(expression);
  if (node.type === "ArrowFunctionExpression" || node.type === "FunctionExpression") return true;
  if (node.type === "NewExpression")
    return HANDLER_TYPE.test(calleeOf(node)?.name ?? "") && node.arguments.some(isNewFunction);
  return node.type === "CallExpression" && calleeOf(node)?.name === "bind";
}

/** A function that handles a completed event, with what it asks of the event's arguments. */
export interface CompletionHandler {
  readonly fn: FunctionNode;
  /** The parameter that holds the arguments, `null` where the function takes none. */
  readonly args: TSESTree.Parameter | null;
  /** The type that `args` is annotated with says that they are those of a completed event. */
  readonly isTyped: boolean;
  /** What is read of `args`, and where they go as a whole, in source order. */
  readonly reads: readonly CompletionRead[];
}

/**
 * The handler that a function is: `(sender, args)`, or `(args)` alone where it reads members of such, or has their type. A function
 * that does nothing but hand its arguments to another one of the file stands for that.
 */
export const completionHandler: (context: Context, fn: FunctionNode) => CompletionHandler | null = memoize(
  computeHandler,
  null,
);

function computeHandler(context: Context, fn: FunctionNode): CompletionHandler | null {
  const parameters = fn.params.filter((parameter) => parameter.type !== "Identifier" || parameter.name !== "this");
  const args = parameters[parameters.length > 1 ? 1 : 0] ?? null;
  if (args === null) return { fn, args: null, isTyped: false, reads: [] };
  if (args.type === "RestElement" || args.type === "TSParameterProperty") return null;
  const isTyped = COMPLETED_ARGS_TYPE.test(annotationName(args) ?? "");
  const reads = completionReads(context, fn, args, COMPLETED_ARGS);
  const forwarded = forwardedTo(context, fn, reads);
  if (forwarded !== null) return forwarded;
  const isKnown =
    parameters.length > 1 ||
    isTyped ||
    reads.some(({ role }) => role === "error" || role === "cancelled" || role === "state" || role === "value");
  // A lone parameter of which nothing is read may be the sender.
  return isKnown ? { fn, args, isTyped, reads } : { fn, args: null, isTyped: false, reads: [] };
}

function annotationName(parameter: TSESTree.Parameter): string | null {
  const target = parameter.type === "AssignmentPattern" ? parameter.left : parameter;
  return "typeAnnotation" in target ? typeReferenceName(target.typeAnnotation?.typeAnnotation) : null;
}

/** The handler that a function does nothing but call: `(sender, e) => this.onCompleted(sender, e)`. */
function forwardedTo(context: Context, fn: FunctionNode, reads: readonly CompletionRead[]): CompletionHandler | null {
  const [read] = reads;
  const call = onlyExpression(fn);
  if (reads.length !== 1 || read?.role !== "whole" || call?.type !== "CallExpression") return null;
  const index = call.arguments.findIndex((argument) => unwrap(argument) === read.node);
  const callable = index === -1 ? null : resolveCallable(context, call.callee);
  if (callable?.kind !== "function") return null;
  const target = completionHandler(context, callable.fn);
  return target !== null && target.args === callable.fn.params[index] ? target : null;
}

/**
 * The call by which a function does nothing but hand its arguments to another handler of the file: all of them, each in its place, or
 * those of the event alone.
 */
export function forwardingCall(context: Context, fn: FunctionNode): TSESTree.CallExpression | null {
  const call = onlyExpression(fn);
  if (
    call?.type !== "CallExpression" ||
    call.optional ||
    fn.async ||
    fn.generator ||
    completionHandler(context, fn)?.fn === fn
  )
    return null;
  const isParameter = (argument: TSESTree.Node, index: number): boolean => {
    const [parameter, value] = [fn.params[index], unwrap(argument)];
    return parameter?.type === "Identifier" && value.type === "Identifier" && value.name === parameter.name;
  };
  const isArgumentsAlone = call.arguments.length === 1 && isParameter(call.arguments[0]!, fn.params.length - 1);
  return isArgumentsAlone || call.arguments.every(isParameter) ? call : null;
}

function onlyExpression(fn: FunctionNode): TSESTree.Node | null {
  if (fn.body.type !== "BlockStatement") return unwrap(fn.body);
  const [statement] = fn.body.body;
  if (fn.body.body.length !== 1) return null;
  if (statement?.type === "ExpressionStatement") return unwrap(statement.expression);
  return statement?.type === "ReturnStatement" && statement.argument !== null ? unwrap(statement.argument) : null;
}

/**
 * Whether a handler shows that its event is that of an operation's completion: it asks for a failure, a cancellation or the state.
 * `error` in lower case is a word of many events; `dotNetArgs` asks for more.
 */
export function showsCompletion({ isTyped, reads }: CompletionHandler, evidence: "args" | "dotNetArgs"): boolean {
  return (
    isTyped ||
    reads.some(
      ({ name, role }) =>
        role === "cancelled" || role === "state" || (role === "error" && (evidence === "args" || name === "Error")),
    )
  );
}
