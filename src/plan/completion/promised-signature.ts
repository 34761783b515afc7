import type { Promised } from "../async/async-headers.ts";
import { removedDocEdits } from "../async/doc-types.ts";
import { headsOf, type Head } from "../async/signatures.ts";
import type { TSESTree } from "../../ast/source.ts";
import type { CompletionSite } from "../../recognize/completion/completion-sites.ts";
import { parameterName } from "../../recognize/completion/parameters.ts";
import type { Context } from "../../recognize/context.ts";
import { commentsIn } from "../layout.ts";
import type { TextEdit } from "../types.ts";
import { answerTypeOf, type AnswerType } from "./callback-types.ts";

/** What a function answers, as far as its type is concerned. */
export interface Answered {
  /** Whether it answers with a value anywhere. */
  readonly hasValue: boolean;
  /** Whether some answer may be `undefined`, or be left out, and whether one may be `null`. */
  readonly mayBeMissing: boolean;
  readonly mayBeNull: boolean;
}

/** How what is written of a function's type changes when it gives a promise instead of taking a callback. */
export interface PromisedSignature extends Promised {
  /** What takes the callback out of the types, and the comment, beside the function. */
  readonly edits: readonly TextEdit[];
}

/**
 * Finds what a function with a callback is typed as when it gives a promise.
 *
 * @returns the node that says something which cannot be told for a promise, if there is one
 */
export function promisedSignature(
  context: Context,
  { fn, index }: CompletionSite,
  answered: Answered,
): PromisedSignature | TSESTree.Node {
  const results = new Map<TSESTree.TypeNode, string>();
  const edits: TextEdit[] = [];
  for (const head of headsOf(fn)) {
    const annotation = head.returnType?.typeAnnotation;
    if (head !== fn) {
      const removed = removedLast(context, head, index);
      if (removed === null) return head;
      edits.push(removed);
    }
    if (annotation === undefined) continue;
    if (annotation.type === "TSAnyKeyword") continue;
    const result = isNothingType(annotation) ? resultFor(context, head, answered) : null;
    if (result === null) return annotation;
    results.set(annotation, result);
  }
  const name = parameterName(fn, index);
  if (name !== null) edits.push(...removedDocEdits(context.source, fn, name));
  return { results, edits, answer: answered.hasValue ? "any" : null };
}

function isNothingType({ type }: TSESTree.TypeNode): boolean {
  return type === "TSVoidKeyword" || type === "TSUndefinedKeyword";
}

/** What the promise of a function gives, as one of its heads tells. */
function resultFor(context: Context, head: Head, answered: Answered): string | null {
  const parameter = head.params.at(-1);
  const named = parameter?.type === "AssignmentPattern" ? parameter.left : parameter;
  const annotation =
    named !== undefined && "typeAnnotation" in named ? named.typeAnnotation?.typeAnnotation : undefined;
  if (annotation == null) return answered.hasValue ? null : "void";
  const type = answerTypeOf(context, named!, annotation);
  if (type === null) return null;
  if (type.parts.length === 0) return answered.hasValue ? null : "void";
  return answered.hasValue ? valueType(type, answered) : "void";
}

/** `undefined`, and `null`, which callbacks are given beside an error as well, belong to it only where an answer may be that. */
function valueType({ mayBeMissing, parts }: AnswerType, answered: Answered): string {
  const values = parts.filter((part) => part !== "null");
  const kept = answered.mayBeNull || values.length === 0 ? parts : values;
  const isOpen = kept.some((part) => part === "any" || part === "unknown");
  return [...kept, ...(mayBeMissing && answered.mayBeMissing && !isOpen ? ["undefined"] : [])].join(" | ");
}

/** Takes the parameter behind so many others out of a head; `null` where it is not the last, or has a comment. */
function removedLast({ source }: Context, { params }: Head, index: number): TextEdit | null {
  const [before, last] = [params[index - 1], params[index]];
  if (last === undefined || params.length !== index + 1) return null;
  const range = [before?.range[1] ?? last.range[0], last.range[1]] as const;
  return commentsIn(source, range).length > 0 ? null : { range, text: "" };
}
