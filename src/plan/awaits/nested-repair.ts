import { calleeOf, typeReferenceName, unwrap } from "../../ast/names.ts";
import { textOf, type FunctionNode, type TSESTree } from "../../ast/source.ts";
import { PROMISE_TYPES } from "../../dialects/tap.ts";
import { isNamed } from "../../recognize/annotations.ts";
import type { Context } from "../../recognize/context.ts";
import type { NestedTask } from "../../recognize/tasks/nested-tasks.ts";
import type { NestedType } from "../../recognize/tasks/nested-types.ts";
import { hostPromise, importEdit, operandText } from "./host-promise.ts";
import type { TextEdit } from "../types.ts";

/** How the inner task can be had. */
export interface NestedRepair {
  readonly kind: "unwrap" | "run" | "awaitInner" | "returnInner";
  readonly edits: readonly TextEdit[];
}

/** The edits that give the inner task in place of the outer one, each way by itself. */
export function repairsOf(context: Context, { call, fn, kind }: NestedTask): readonly NestedRepair[] {
  return kind === "started"
    ? startedRepairs(unwrap(call) as TSESTree.CallExpression)
    : returnedRepairs(context, call, fn!, kind);
}

function startedRepairs(call: TSESTree.CallExpression): NestedRepair[] {
  const { name, nameNode, receiver } = calleeOf(call)!;
  const isPascal = name.startsWith("S");
  const repairs: NestedRepair[] = [
    { kind: "unwrap", edits: [{ range: [call.range[1], call.range[1]], text: isPascal ? ".Unwrap()" : ".unwrap()" }] },
  ];
  const factory = unwrap(receiver!);
  // `Run` takes out the inner task by itself, and has no options.
  if (
    call.arguments.length === 1 &&
    factory.type === "MemberExpression" &&
    !factory.computed &&
    nameNode.type === "Identifier"
  ) {
    repairs.push({
      kind: "run",
      edits: [{ range: [factory.property.range[0], nameNode.range[1]], text: isPascal ? "Run" : "run" }],
    });
  }
  return repairs;
}

function returnedRepairs(
  context: Context,
  call: TSESTree.Expression,
  fn: FunctionNode,
  kind: NestedTask["kind"],
): NestedRepair[] {
  const { source } = context;
  const text = context.host.taskToPromise.kind === "method" ? operandText(source, call) : textOf(source, call);
  const awaitable = hostPromise(context, text);
  const repairs: NestedRepair[] = [];
  if (awaitable !== null) {
    const edit: TextEdit = { range: [call.range[0], call.range[1]], text: `await ${awaitable.text}` };
    repairs.push({
      kind: "awaitInner",
      edits: awaitable.needsImport === null ? [edit] : [importEdit(source, awaitable.needsImport), edit],
    });
  }
  const isPromise = fn.returnType != null && isNamed(typeReferenceName(fn.returnType.typeAnnotation), PROMISE_TYPES);
  const keyword = kind !== "returnedRaw" && !isPromise ? asyncKeyword(context, fn) : null;
  return keyword === null ? repairs : [...repairs, { kind: "returnInner", edits: [{ range: keyword, text: "" }] }];
}

/** The place of `async` before a function, with the space behind it. */
function asyncKeyword({ source }: Context, fn: FunctionNode): readonly [number, number] | null {
  const { parent } = fn;
  const isMethod = parent.type === "MethodDefinition" || (parent.type === "Property" && parent.method);
  const from = isMethod ? parent.range[0] : fn.range[0];
  const until = isMethod ? parent.key.range[0] : fn.body.range[0];
  const found = /\basync\s+/.exec(source.text.slice(from, until));
  // Modifiers stand before it; a decorator or a comment may hold the word as well.
  if (found === null || !/^[\w\s]*$/.test(source.text.slice(from, from + found.index))) return null;
  return [from + found.index, from + found.index + found[0].length];
}

/** The edit that writes the inner type in place of the nested one. */
export function flattened({ source }: Context, { inner, type }: NestedType): TextEdit {
  return { range: [type.range[0], type.range[1]], text: textOf(source, inner) };
}
