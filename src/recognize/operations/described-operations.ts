import { isFunction } from "../../ast/functions.ts";
import { moduleBindingOf } from "../../ast/modules.ts";
import { lastSegment, memberName, refersTo, unwrap } from "../../ast/names.ts";
import { nodesOf } from "../../ast/node-index.ts";
import { variableOf } from "../../ast/scopes.ts";
import type { TSESTree } from "../../ast/source.ts";
import type { Dialect, OperationForm } from "../../dialects/dialect.ts";
import { DIALECTS } from "../../dialects/families/index.ts";
import { resolveCallable } from "../callables.ts";
import type { Context } from "../context.ts";
import type { DescribedOperation, GivenCallback } from "./operation.ts";

/** The forms of all dialects, by module and name. */
const FORMS = new Map<string, { readonly dialect: Dialect; readonly form: OperationForm }>();
for (const dialect of DIALECTS)
  for (const module of dialect.modules)
    for (const [name, form] of dialect.operations) FORMS.set(`${module} ${name}`, { dialect, form });

const known = new WeakMap<Context, readonly DescribedOperation[]>();

/**
 * The starts of operations that dialects describe, in source order. Two witnesses: the function that is called comes from a module of the
 * dialect, and something that is or may be a function stands where the callback belongs.
 */
export function describedOperationsOf(context: Context): readonly DescribedOperation[] {
  let operations = known.get(context);
  if (operations === undefined) {
    operations = nodesOf(context.source)
      .of("CallExpression")
      .flatMap((call) => operationAt(context, call) ?? []);
    known.set(context, operations);
  }
  return operations;
}

function operationAt(context: Context, call: TSESTree.CallExpression): DescribedOperation | null {
  const callee = unwrap(call.callee);
  const nameNode = callee.type === "MemberExpression" ? callee.property : callee.type === "Identifier" ? callee : null;
  if (nameNode === null || (callee.type === "MemberExpression" && memberName(callee) === null)) return null;
  const { arguments: args } = call;
  const argument = args.at(-1);
  if (argument === undefined || args.some(({ type }) => type === "SpreadElement")) return null;
  const origin = moduleBindingOf(context.source, callee);
  const described = origin?.name == null ? undefined : FORMS.get(`${origin.module} ${origin.name}`);
  const callback = described === undefined ? null : givenCallback(context, argument as TSESTree.Expression);
  if (described === undefined || callback === null) return null;
  if (described.form.isCallbackOptional === true && callback.kind !== "function" && !isNamedCallback(callback))
    return null;
  const inputs = args.slice(0, -1) as TSESTree.Expression[];
  return { ...described, name: origin!.name!, call, nameNode, inputs, callback };
}

/** How code names functions that are called back. */
const CALLBACK_NAME = /^(?:cb|callback|done|next|fn|on[A-Z]\w*|\w*(?:Callback|Handler))$/;

function isNamedCallback({ argument }: GivenCallback): boolean {
  const named = refersTo(argument);
  return named !== null && CALLBACK_NAME.test(lastSegment(named.name));
}

/** What an argument is as a callback; `null` if it can be none. */
function givenCallback(context: Context, argument: TSESTree.Expression): GivenCallback | null {
  const value = unwrap(argument);
  const called = resolveCallable(context, argument);
  if (called.kind === "function" && (isFunction(value) || value.type === "Identifier"))
    return { kind: "function", fn: called.fn, argument };
  if (value.type === "Identifier") {
    const definition = variableOf(context.source, value)?.defs[0];
    if (definition === undefined) return null;
    if (String(definition.type) === "Parameter") return { kind: "parameter", argument };
    // What is no function by its own declaration is none: an object of options, a text.
    const node = definition.node as TSESTree.Node;
    const init = node.type === "VariableDeclarator" ? node.init : null;
    if (init != null && !mayBeFunction(init)) return null;
    return { kind: "unknown", argument };
  }
  return mayBeFunction(value) ? { kind: "unknown", argument } : null;
}

const MAY_BE_FUNCTION = new Set([
  "CallExpression",
  "ConditionalExpression",
  "Identifier",
  "LogicalExpression",
  "MemberExpression",
]);

/** Whether an expression may have a function as its value, by what it is. */
function mayBeFunction(expression: TSESTree.Node): boolean {
  const value = unwrap(expression);
  return isFunction(value) || MAY_BE_FUNCTION.has(value.type);
}
