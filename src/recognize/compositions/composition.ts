import { keyName, unwrap } from "../../ast/names.ts";
import type { TSESTree } from "../../ast/source.ts";
import type { CompositionForm, KeptComposition } from "../../dialects/compositions.ts";
import type { Context } from "../context.ts";
import type { DescribedOperation } from "../operations/operation.ts";
import { listKindOf, type ListKind } from "./lists.ts";
import { taskOf, type Task } from "./tasks.ts";

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
