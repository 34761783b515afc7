import { isFunction } from "../../ast/functions.ts";
import { isNothing, keyName, lastSegment, refersTo, unwrap } from "../../ast/names.ts";
import { onlyValueOf, variableOf } from "../../ast/scopes.ts";
import type { TSESTree } from "../../ast/source.ts";
import { CALLBACK_NAME } from "../../dialects/callback-names.ts";
import type { OperationForm } from "../../dialects/dialect.ts";
import { resolveCallable } from "../callables.ts";
import type { Context } from "../context.ts";
import { givenObject } from "./given-object.ts";
import type { CalledOn, DescribedOperation, GivenCallback } from "./operation.ts";

type Given = Pick<DescribedOperation, "callbacks" | "inputs" | "members" | "object">;

/** What a call of an operation gives to be called back, and its other arguments; `null` where nothing is called back. */
export function callbacksOf(
  context: Context,
  call: TSESTree.CallExpression,
  { delivery, isCallbackOptional }: OperationForm,
): Given | null {
  if (call.arguments.some(({ type }) => type === "SpreadElement")) return null;
  const args = call.arguments as TSESTree.Expression[];
  const last = args.at(-1);
  const none = { members: [], object: null };
  switch (delivery.kind) {
    case "callback": {
      const callback = last === undefined ? null : givenCallback(context, last, "either");
      if (callback === null || !isPlace(args.length - 1, delivery)) return null;
      if (isCallbackOptional === true && !isSurelyCallback(callback)) return null;
      return { ...none, callbacks: [callback], inputs: args.slice(0, -1) };
    }
    case "functions": {
      const positions = { success: delivery.success, failure: delivery.failure };
      const callbacks = ON.flatMap((on) => {
        const argument = args[positions[on]];
        if (argument === undefined || isNothing(argument)) return [];
        return givenCallback(context, argument, on) ?? [null];
      });
      const inputs = args.filter((_, index) => index !== delivery.success && index !== delivery.failure);
      return callbacks.length === 0 || callbacks.includes(null)
        ? null
        : { ...none, callbacks: callbacks as GivenCallback[], inputs };
    }
    case "options": {
      const options = last === undefined ? null : unwrap(last);
      // What is taken over from elsewhere may bring functions along.
      if (options?.type !== "ObjectExpression" || options.properties.some(({ type }) => type === "SpreadElement"))
        return null;
      const members = [...ON, "always" as const].flatMap((on) => {
        const found = (options.properties as TSESTree.Property[]).filter((each) => keyName(each) === delivery[on]);
        return found.map((property) => ({ property, given: functionMember(context, property, on) }));
      });
      const callbacks = members.flatMap(({ given }) => given ?? []);
      if (callbacks.length === 0 || callbacks.length < members.length || isRepeated(callbacks)) return null;
      return { callbacks, inputs: args, members: members.map(({ property }) => property), object: null };
    }
    case "events": {
      const found = givenObject(context, call, delivery);
      if (found === null) return null;
      const callbacks = found.handlers.flatMap(({ on, argument }) => givenCallback(context, argument, on) ?? []);
      return callbacks.length < found.handlers.length
        ? null
        : { callbacks, inputs: args, members: [], object: found.object };
    }
  }
}

/** Whether something that is given as a callback surely is one, by what it is or by its name. */
export function isSurelyCallback(callback: GivenCallback): boolean {
  return callback.kind === "function" || isNamedCallback(callback);
}

/** Whether an argument can be no function, by what it is or was bound to. */
export function isNoCallback(context: Context, argument: TSESTree.Node): boolean {
  const value = unwrap(argument);
  const variable = variableOf(context.source, value);
  const bound = variable === null ? value : onlyValueOf(variable);
  return bound !== null && bound.type !== "SpreadElement" && !mayBeFunction(bound);
}

/** Whether an operation takes a callback behind so many other arguments. */
function isPlace(index: number, { behind = 0, upTo = Infinity }: { readonly behind?: number; readonly upTo?: number }) {
  return behind <= index && index <= upTo;
}

const ON = ["success", "failure"] as const;

function isRepeated(callbacks: readonly GivenCallback[]): boolean {
  return new Set(callbacks.map(({ on }) => on)).size < callbacks.length;
}

function functionMember(context: Context, property: TSESTree.Property, on: CalledOn): GivenCallback | null {
  if (property.kind !== "init" || property.computed) return null;
  return givenCallback(context, property.value as TSESTree.Expression, on);
}

function isNamedCallback({ argument }: GivenCallback): boolean {
  const named = refersTo(argument);
  return named !== null && CALLBACK_NAME.test(lastSegment(named.name));
}

/** What an argument is as a callback; `null` if it can be none. */
function givenCallback(context: Context, argument: TSESTree.Expression, on: CalledOn): GivenCallback | null {
  const value = unwrap(argument);
  const called = resolveCallable(context, argument);
  if (called.kind === "function" && (isFunction(value) || value.type === "Identifier"))
    return { kind: "function", on, fn: called.fn, argument };
  if (value.type === "Identifier") {
    const definition = variableOf(context.source, value)?.defs[0];
    if (definition === undefined) return null;
    if (String(definition.type) === "Parameter") return { kind: "parameter", on, argument };
    // What is no function by its own declaration is none: an object of options, a text.
    const node = definition.node as TSESTree.Node;
    const init = node.type === "VariableDeclarator" ? node.init : null;
    if (init != null && !mayBeFunction(init)) return null;
    return { kind: "unknown", on, argument };
  }
  return mayBeFunction(value) ? { kind: "unknown", on, argument } : null;
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
