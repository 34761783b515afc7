import { isFunction } from "../../ast/functions.ts";
import { unwrap } from "../../ast/names.ts";
import { parameterVariable, readsOf, variableOf } from "../../ast/scopes.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import { findAll } from "../../ast/walk.ts";
import { ASYNC_LIBRARY } from "../../dialects/async-library.ts";
import type { CompositionForm } from "../../dialects/compositions.ts";
import { resolveCallable } from "../callables.ts";
import type { Context } from "../context.ts";
import type { DescribedOperation } from "../operations/operation.ts";
import { isVersionFrom } from "../package-versions.ts";
import { calledFunctionOf, type CalledFunction } from "./called-functions.ts";

/** A function that a library calls: one of the tasks, or the one that is called again and again. */
export interface Task {
  /** What is given: the function, its name, or what gives it. */
  readonly given: TSESTree.Expression;
  /** What it is called in an object of tasks, as written there. */
  readonly key: string | null;
  /** The function that is called, with what it is given in any case; the function is `null` where it is not in sight. */
  readonly called: CalledFunction;
  /** The function, where it may do without the callback that it is given or is async already; `null` where it stays and keeps that. */
  readonly fn: FunctionNode | null;
  /** The callback that the function is given and may do without; `null` for an async one, whose promise the library goes by, and for one that stays. */
  readonly parameter: TSESTree.Identifier | null;
}

/**
 * What a library calls when it is given an expression.
 *
 * @returns "version" where that depends on the version of the library, "tasks" where it cannot be told
 */
export function taskOf(
  context: Context,
  { module }: DescribedOperation,
  form: CompositionForm,
  given: TSESTree.Expression,
  key: string | null,
): Task | "tasks" | "version" {
  const value = unwrap(given);
  const resolved = isFunction(value) || value.type === "Identifier" ? resolveCallable(context, given) : null;
  const fn = resolved?.kind === "function" ? resolved.fn : null;
  const before = beforeCallback(form, fn);
  if (fn !== null && fn.async && !fn.generator) {
    if (fn.params.length > before || usesOwn(context, fn) || fn.params.some(isUnlike)) return "tasks";
    const goes = module === null ? "no" : goesByPromise(context, module);
    return goes === "yes"
      ? { given, key, called: { fn, callee: given, given: [], before: 0, answers: null }, fn, parameter: null }
      : goes === "no"
        ? "tasks"
        : "version";
  }
  const called = calledFunctionOf(context, given, module === null ? "unknown" : goesByPromise(context, module));
  if (called === null || (called.fn !== null && tellsFalse(context, called.fn))) return "tasks";
  const stays: Task = { given, key, called, fn: null, parameter: null };
  if (fn === null || fn.generator || fn.params.some(isUnlike) || usesOwn(context, fn)) return stays;
  const parameter = fn.params[before];
  if (fn.params.length !== before + 1 || parameter?.type !== "Identifier") return stays;
  return { ...stays, fn, parameter };
}

/** Whether a function tells its callback `false` for an error: async 3 stops then, and calls nothing back. */
function tellsFalse({ source }: Context, fn: FunctionNode): boolean {
  const callback = fn.params.length === 0 ? null : parameterVariable(source, fn, fn.params.length - 1);
  return (callback === null ? [] : readsOf(callback)).some(({ identifier }) => {
    const { parent } = identifier as TSESTree.Node;
    const [error] = parent?.type === "CallExpression" ? parent.arguments : [];
    return error?.type === "Literal" && error.value === false;
  });
}

/** The same task with a function that stays as it is, and is given a callback. */
export function staying(task: Task): Task {
  return { ...task, fn: null, parameter: null };
}

/** How many values a function is given before its callback. */
function beforeCallback(form: CompositionForm, fn: FunctionNode | null): number {
  if (form.isHandedOn !== true) return form.passed;
  return fn === null ? 0 : Math.max(fn.params.length - (fn.async ? 0 : 1), 0);
}

function isUnlike({ type }: TSESTree.Parameter): boolean {
  return type === "RestElement" || type === "TSParameterProperty";
}

/** Whether the library takes the promise of an async function for its answer. */
function goesByPromise(context: Context, module: string): "yes" | "no" | "unknown" {
  const [name = ""] = module.split("/");
  const { from, module: itself, others } = ASYNC_LIBRARY;
  if (others.includes(name)) return "yes";
  return name === itself ? isVersionFrom(context, itself, from) : "no";
}

/** Whether a function uses what is its own: `this`, `arguments`, or its own name. */
export function usesOwn({ source }: Context, fn: FunctionNode): boolean {
  if (fn.type === "FunctionExpression" && fn.id !== null) {
    const own = source.scopeManager.getDeclaredVariables(fn).find(({ identifiers }) => identifiers.includes(fn.id!));
    if (own !== undefined && readsOf(own).length > 0) return true;
  }
  if (fn.type === "ArrowFunctionExpression") return false;
  const isOwn = (node: TSESTree.Node): node is TSESTree.Node =>
    node.type === "ThisExpression" ||
    node.type === "Super" ||
    node.type === "MetaProperty" ||
    (node.type === "Identifier" && node.name === "arguments" && variableOf(source, node)?.defs.length !== 1);
  const isClosed = (node: TSESTree.Node): boolean =>
    isFunction(node) && node.type !== "ArrowFunctionExpression" && node !== fn;
  return findAll(fn, source.visitorKeys, isOwn).some((node) => {
    for (let current = node.parent; current && current !== fn; current = current.parent)
      if (isClosed(current)) return false;
    return true;
  });
}
