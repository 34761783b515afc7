import { keyName, unwrap } from "../../ast/names.ts";
import type { TSESTree } from "../../ast/source.ts";
import type { CompositionForm, KeptComposition } from "../../dialects/compositions.ts";
import type { Context } from "../context.ts";
import type { DescribedOperation } from "../operations/operation.ts";
import { isVersionFrom, packageOf } from "../package-versions.ts";
import { listKindOf, type ListKind } from "./lists.ts";
import { taskOf, type Task } from "./tasks.ts";
import { testOf, type Test } from "./tests.ts";

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
  /** What is asked whether to go on; `null` where nothing is. */
  readonly test: Test | null;
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
    // A race of none is over at once, and one of no promises never is.
    if (given === null || (form.gives === "first" && given.length === 0)) return none("tasks", functions);
    const tasks = given.map(({ key, value }) => taskOf(context, operation, form, value, key));
    const missing = tasks.findIndex((task) => typeof task === "string");
    if (missing >= 0) return none(tasks[missing] as "tasks", given[missing]!.value);
    return { kind: "composition", form, tasks: tasks as Task[], list: null, listKind: null, initial: null, test: null };
  }
  const task = taskOf(context, operation, form, functions, null);
  if (typeof task === "string") return none(task, functions);
  if (form.over === "repeated") {
    const test = form.test === undefined ? null : testOf(context, operation, form.test);
    if (typeof test === "string") return none(test, operation.inputs[form.test!.at]!);
    return { kind: "composition", form, tasks: [task], list: null, listKind: null, initial: null, test };
  }
  if (!isOrdered(context, operation, form)) return none("version", operation.nameNode);
  const list = operation.inputs[0]!;
  const listKind = form.over === "count" ? null : listKindOf(context, list);
  if (form.over !== "count" && (listKind === null || (listKind === "object" && form.over !== "entries")))
    return none("list", list);
  const initial = form.over === "memo" ? operation.inputs[1]! : null;
  if (form.gives === "members" && listKind !== "object") return none("list", list);
  // A compiler would not know what is found.
  if (form.order === "together" && form.gives === "found" && isTypeScriptFile(context.source.filePath))
    return none("raced", operation.nameNode);
  return { kind: "composition", form, tasks: [task], list, listKind, initial, test: null };
}

/** Whether answers come in the order of the list, in the version of the library that is there. */
function isOrdered(context: Context, { module }: DescribedOperation, { orderedFrom }: CompositionForm): boolean {
  const name = module === null ? null : packageOf(module);
  if (orderedFrom === undefined || name === null || !orderedFrom.modules.includes(name)) return true;
  return isVersionFrom(context, name, orderedFrom.version) === "yes";
}

function isTypeScriptFile(path: string): boolean {
  return /\.[cm]?tsx?$/.test(path);
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
