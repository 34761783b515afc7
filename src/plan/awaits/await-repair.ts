import { calleeOf, unwrap } from "../../ast/names.ts";
import { textOf, type TSESTree } from "../../ast/source.ts";
import type { Context } from "../../recognize/context.ts";
import { declarationsOf } from "../../recognize/declarations.ts";
import type { IneffectiveAwait } from "../../recognize/tasks/ineffective-awaits.ts";
import { natureOfType } from "../../recognize/tasks/task-types.ts";
import { twinOf } from "../../recognize/twins/twins.ts";
import { hostPromise, importEdit, operandText, type AwaitableText } from "./host-promise.ts";
import { renamed } from "./twin-await.ts";
import type { TextEdit } from "../types.ts";
import { plain } from "../write/text.ts";
import { twinCall } from "../callbacks/twin-call.ts";

/** How an await can be made to wait. */
export interface AwaitRepair {
  readonly kind: "wrap" | "unwrap" | "twin" | "all";
  /** What is to be awaited instead, by name, for a twin. */
  readonly name: string;
  readonly edits: readonly TextEdit[];
}

/** The edits that make an await wait for what it seems to, as the host needs it; `null` where the file does not tell how. */
export function repairOf(context: Context, { kind, operand, operation, result }: IneffectiveAwait): AwaitRepair | null {
  const { source } = context;
  switch (kind) {
    case "task":
    case "taskResult": {
      const wrapped = wrappedTask(context, operand);
      if (wrapped === null) return null;
      return {
        kind: "wrap",
        name: wrapped.text,
        edits: [...replaced(context, operand, wrapped), ...(kind === "task" ? [] : [withoutResult(context, result!)])],
      };
    }
    case "valueResult":
      return { kind: "unwrap", name: textOf(source, operand), edits: [withoutResult(context, result!)] };
    case "handle": {
      // What the callback did would be lost.
      if (operation === null || operation.callback.kind !== "none" || unwrap(operand) !== operation.begin) return null;
      const twin = twinOf(context, operation);
      if (twin.exists !== "yes") return null;
      return twinRepair(
        context,
        operand,
        plain(twinCall(context, operation, twin.name, (range) => source.text.slice(...range))),
        twin.name,
        isPromise(context, operation.receiver, twin.name, operand),
      );
    }
    case "starter": {
      const call = unwrap(operand) as TSESTree.CallExpression;
      const { name, nameNode, receiver } = calleeOf(call)!;
      const twin = name.replace(/Async$/, "TaskAsync");
      const declared = declarationsOf(context, receiver, twin, call);
      const exists = declared.length > 0 || context.types?.hasAwaitableMethod(receiver!, twin) === "yes";
      return exists
        ? twinRepair(
            context,
            operand,
            renamed(source, call, nameNode, twin),
            twin,
            isPromise(context, receiver, twin, operand),
          )
        : null;
    }
    case "array":
      return {
        kind: "all",
        name: "Promise.all",
        edits: replaced(context, operand, { text: `Promise.all(${textOf(source, operand)})`, needsImport: null }),
      };
    default:
      return null;
  }
}

/** The host's promise of a task; `Promise.resolve(…)` around the task wraps it no less. */
function wrappedTask(context: Context, operand: TSESTree.Expression): AwaitableText | null {
  return hostPromise(
    context,
    context.host.taskToPromise.kind === "method"
      ? operandText(context.source, operand)
      : textOf(context.source, operand),
  );
}

function isPromise(
  context: Context,
  receiver: TSESTree.Expression | null,
  name: string,
  place: TSESTree.Node,
): boolean {
  return declarationsOf(context, receiver, name, place).some(
    ({ isAsync, result }) => isAsync || natureOfType(context, result)?.kind === "promise",
  );
}

function twinRepair(
  context: Context,
  operand: TSESTree.Expression,
  text: string,
  name: string,
  givesPromise: boolean,
): AwaitRepair | null {
  const awaitable = givesPromise ? { text, needsImport: null } : hostPromise(context, text);
  return awaitable === null ? null : { kind: "twin", name, edits: replaced(context, operand, awaitable) };
}

function replaced({ source }: Context, operand: TSESTree.Expression, { needsImport, text }: AwaitableText): TextEdit[] {
  const edit: TextEdit = { range: [operand.range[0], operand.range[1]], text };
  return needsImport === null ? [edit] : [importEdit(source, needsImport), edit];
}

/** Takes `.Result` off; the parentheses around the await stay, as they do no harm. */
function withoutResult({ source }: Context, { object, property, range }: TSESTree.MemberExpression): TextEdit {
  const between = source.text.slice(object.range[1], property.range[0]);
  return { range: [object.range[1] + between.lastIndexOf(")") + 1, range[1]], text: "" };
}
