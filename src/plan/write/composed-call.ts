import type { Source } from "../../ast/source.ts";
import type { DescribedOperation } from "../../recognize/operations/operation.ts";
import type { AwaitDecision } from "../decide/decision.ts";
import type { AwaitedCall } from "./awaited-call.ts";
import { ComposedParts, type ComposedText, type Naming } from "./composed-parts.ts";
import { ComposedTasks } from "./composed-tasks.ts";

/** The calls of a file that call functions. */
export interface Composing {
  of(operation: DescribedOperation): ComposedText | null;
}

/** What a call is written for. */
interface Surroundings {
  readonly naming: Naming;
  readonly text: {
    readonly callIndent: string;
    readonly takesPromise: boolean;
    /** What the value is to be declared as; `null` where it is given. */
    readonly declaredName: string | null;
  };
}

export function composedCall(
  source: Source,
  decision: AwaitDecision,
  composed: ComposedText,
  { naming, text }: Surroundings,
): AwaitedCall {
  const isUsed = decision.values.length > 0 || decision.told === "all" || decision.told === "promise";
  const { form } = composed.composition;
  const writer = new ComposedTasks(new ComposedParts(source, composed, naming, isUsed, text.declaredName));
  const isExpression = form.order === "together" && (form.gives === "nothing" || form.gives === "answers" || !isUsed);
  if (isExpression) return { parts: writer.together(text.callIndent), imported: null, edits: [] };
  if (!text.takesPromise) return { parts: [], imported: null, edits: [], sequence: writer.sequence(text.callIndent) };
  return { parts: writer.apart(text.callIndent), imported: null, edits: [] };
}
