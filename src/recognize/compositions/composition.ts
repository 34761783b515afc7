import { isFunction } from "../../ast/functions.ts";
import { keyName, unwrap } from "../../ast/names.ts";
import { readsOf, variableOf } from "../../ast/scopes.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import { findAll } from "../../ast/walk.ts";
import { ASYNC_LIBRARY } from "../../dialects/async-library.ts";
import type { CompositionForm, KeptComposition } from "../../dialects/compositions.ts";
import { resolveCallable } from "../callables.ts";
import type { Context } from "../context.ts";
import type { DescribedOperation } from "../operations/operation.ts";
import { isVersionFrom } from "../package-versions.ts";
import { listKindOf, type ListKind } from "./lists.ts";

/** A function that a library calls: one of the tasks, or the one that is called again and again. */
export interface Task {
  /** What is given: the function, or its name. */
  readonly given: TSESTree.Expression;
  readonly fn: FunctionNode;
  /** The callback that it is given; `null` where it is async itself and the library goes by its promise. */
  readonly parameter: TSESTree.Identifier | null;
  /** What it is called in an object of tasks, as written there. */
  readonly key: string | null;
}

/** A call of a library's function that calls others, with all of them in sight. */
export interface Composition {
  readonly kind: "composition";
  readonly form: CompositionForm;
  readonly tasks: readonly Task[];
  /** What is gone through; `null` for tasks. */
  readonly list: TSESTree.Expression | null;
  readonly listKind: ListKind | null;
  /** What a call is given that comes first, beside the value. */
  readonly initial: TSESTree.Expression | null;
}

/** Why such a call is no composition, and where that shows. */
export interface NoComposition {
  readonly kind: "none";
  readonly why: KeptComposition | "tasks" | "list" | "version";
  readonly node: TSESTree.Node;
}

const known = new WeakMap<DescribedOperation, Composition | NoComposition | null>();

/** What an operation calls, if it is a library's function that calls others; `null` for any other operation. */
export function compositionOf(context: Context, operation: DescribedOperation): Composition | NoComposition | null {
  let found = known.get(operation);
  if (found === undefined) known.set(operation, (found = findComposition(context, operation)));
  return found;
}

function findComposition(context: Context, operation: DescribedOperation): Composition | NoComposition | null {
  const { awaited } = operation.form;
  if (awaited.kind !== "composed") return null;
  const none = (why: NoComposition["why"], node: TSESTree.Node): NoComposition => ({ kind: "none", why, node });
  const form = awaited.composition;
  if (typeof form === "string") return none(form, operation.nameNode);
  const functions = operation.inputs[form.at]!;
  if (form.over === "tasks") {
    const given = givenTasks(functions);
    if (given === null) return none("tasks", functions);
    const tasks = given.map(({ key, value }) => taskOf(context, operation, form, value, key));
    const missing = tasks.findIndex((task) => typeof task === "string");
    if (missing >= 0) return none(tasks[missing] as "tasks", given[missing]!.value);
    return { kind: "composition", form, tasks: tasks as Task[], list: null, listKind: null, initial: null };
  }
  const task = taskOf(context, operation, form, functions, null);
  if (typeof task === "string") return none(task, functions);
  const list = operation.inputs[0]!;
  const listKind = form.over === "count" ? null : listKindOf(context, list);
  if (form.over !== "count" && (listKind === null || (listKind === "object" && form.over !== "entries")))
    return none("list", list);
  const initial = form.over === "memo" ? operation.inputs[1]! : null;
  return { kind: "composition", form, tasks: [task], list, listKind, initial };
}

/** The tasks of a list or an object that is written in place, all of them. */
function givenTasks(
  functions: TSESTree.Expression,
): readonly { readonly key: string | null; readonly value: TSESTree.Expression }[] | null {
  const node = unwrap(functions);
  if (node.type === "ArrayExpression") {
    const given = node.elements.flatMap((each) =>
      each === null || each.type === "SpreadElement" ? [] : [{ key: null, value: each }],
    );
    return given.length === node.elements.length ? given : null;
  }
  if (node.type !== "ObjectExpression") return null;
  const given = node.properties.flatMap((each) => {
    if (each.type !== "Property" || each.kind !== "init" || keyName(each) === null || each.method) return [];
    // An index is in another order than it is written.
    if (/^\d+$|^__proto__$/.test(keyName(each)!)) return [];
    return [{ key: keyName(each), value: each.value as TSESTree.Expression }];
  });
  const keys = new Set(given.map(({ key }) => key));
  return given.length === node.properties.length && keys.size === given.length ? given : null;
}

function taskOf(
  context: Context,
  { module }: DescribedOperation,
  form: CompositionForm,
  given: TSESTree.Expression,
  key: string | null,
): Task | "tasks" | "version" {
  const value = unwrap(given);
  const called = isFunction(value) || value.type === "Identifier" ? resolveCallable(context, given) : null;
  if (called?.kind !== "function") return "tasks";
  const { fn } = called;
  if (fn.generator || fn.params.some(({ type }) => type === "RestElement" || type === "TSParameterProperty"))
    return "tasks";
  if (usesOwn(context, fn)) return "tasks";
  const before = form.isHandedOn === true ? Math.max(fn.params.length - (fn.async ? 0 : 1), 0) : form.passed;
  if (fn.async) {
    if (fn.params.length > before) return "tasks";
    return module !== null && goesByPromise(context, module) ? { given, fn, parameter: null, key } : "version";
  }
  const parameter = fn.params[before];
  if (fn.params.length !== before + 1 || parameter?.type !== "Identifier") return "tasks";
  return { given, fn, parameter, key };
}

/** Whether the library takes the promise of an async function for its answer. */
function goesByPromise(context: Context, module: string): boolean {
  const [name = ""] = module.split("/");
  const { from, module: itself, others } = ASYNC_LIBRARY;
  return others.includes(name) || (name === itself && isVersionFrom(context, itself, from) === "yes");
}

/** Whether a function uses what is its own: `this`, `arguments`, or its own name. */
function usesOwn({ source }: Context, fn: FunctionNode): boolean {
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
