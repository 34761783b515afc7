import { typeReferenceName } from "../../ast/names.ts";
import { textOf, type FunctionNode, type TSESTree } from "../../ast/source.ts";
import { PROMISE_TYPES, TASK_TYPES } from "../../dialects/tap.ts";
import { isNamed } from "../../recognize/annotations.ts";
import { asyncOffset } from "./async-places.ts";
import { plainReturns } from "./completed-returns.ts";
import { promisedDocEdits } from "./doc-types.ts";
import type { Draft } from "../draft.ts";
import type { Reach } from "./reach.ts";
import { resultAnnotations, resultOfSignature } from "./signatures.ts";

/** What a promise gives of which annotations do not say it: by the annotation, and in a comment with types. */
export interface Promised {
  readonly results: ReadonlyMap<TSESTree.TypeNode, string>;
  readonly answer: string | null;
}

const NOTHING_ELSE: Promised = { results: new Map(), answer: null };

/** Writes `async` and promise types where functions and what declares them need it, each once. */
export class AsyncHeaders {
  readonly #reach: Reach;
  readonly #draft: Draft<object>;
  readonly #signatures = new Set<TSESTree.Node>();
  readonly #annotated = new Set<TSESTree.TypeNode>();

  constructor(reach: Reach, draft: Draft<object>) {
    this.#reach = reach;
    this.#draft = draft;
  }

  /**
   * Writes `async` and the promise type into the head of a function.
   *
   * @param promised what the promise gives, where the annotations do not say it
   */
  ofFunction(fn: FunctionNode, promised: Promised = NOTHING_ELSE): void {
    const context = this.#reach.contextOf(fn);
    this.#draft.insert(fn, asyncOffset(context, fn), "async ");
    for (const { range, text } of promisedDocEdits(context.source, fn, promised.answer))
      this.#draft.replace(fn, range, text);
    plainReturns(context, this.#draft, fn);
    for (const annotation of resultAnnotations(fn)) this.#promise(fn, annotation, promised.results.get(annotation));
  }

  /** Writes the promise type into an interface member, an abstract member or an overload. */
  ofSignature(signature: TSESTree.Node): void {
    if (this.#signatures.has(signature)) return;
    this.#signatures.add(signature);
    for (const annotation of resultOfSignature(signature)) this.#promise(signature, annotation);
  }

  #promise(unit: TSESTree.Node, annotation: TSESTree.TypeNode, given?: string): void {
    const { source } = this.#reach.contextOf(annotation);
    // An overload belongs to its function and is found by its name as well.
    if (this.#annotated.has(annotation) || isNamed(typeReferenceName(annotation), PROMISE_TYPES)) return;
    this.#annotated.add(annotation);
    // What an async function returns is awaited: a task of a task it does not give.
    const result =
      given ??
      (isNamed(typeReferenceName(annotation), TASK_TYPES) && annotation.type === "TSTypeReference"
        ? annotation.typeArguments == null
          ? "void"
          : source.text.slice(annotation.typeArguments.range[0] + 1, annotation.typeArguments.range[1] - 1)
        : textOf(source, annotation));
    this.#draft.replace(unit, annotation.range, `Promise<${result}>`);
  }
}
