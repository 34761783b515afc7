import type { Source } from "../../ast/source.ts";
import type { DescribedOperation } from "../../recognize/operations/operation.ts";
import type { AwaitDecision } from "../decide/decision.ts";
import { isStaying } from "../completion/task-answers.ts";
import type { AwaitedCall } from "./awaited-call.ts";
import { ComposedParts } from "./composed-parts.ts";
import type { ComposedText, Naming } from "./composed-text.ts";
import { ComposedTasks, isPromise } from "./composed-tasks.ts";
import type { Imported } from "./imports.ts";

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

/**
 * Writes what is awaited instead of a call that calls functions; `null` where the file has no place from which to import what it needs.
 *
 * @param promisify the name of `util.promisify`, with the import that declares it
 */
export function composedCall(
  source: Source,
  decision: AwaitDecision,
  composed: ComposedText,
  promisify: () => Imported | null,
  { naming, text }: Surroundings,
): AwaitedCall | null {
  const isUsed = decision.values.length > 0 || decision.told === "all" || decision.told === "promise";
  const { form, tasks } = composed.composition;
  const needed = tasks.some(isStaying) ? promisify() : NOTHING;
  if (needed === null) return null;
  const parts = new ComposedParts(source, composed, naming, isUsed, text.declaredName, needed.name);
  const writer = new ComposedTasks(parts);
  const isExpression = isPromise(form, isUsed);
  const found = { imported: needed.edit, edits: [] };
  if (isExpression && !parts.staying.isHolding && !parts.isStepHeld)
    return { ...found, parts: writer.together(text.callIndent) };
  if (!text.takesPromise) return { ...found, parts: [], sequence: writer.sequence(text.callIndent) };
  return { ...found, parts: writer.apart(text.callIndent) };
}

const NOTHING: Imported = { name: "", edit: null };
