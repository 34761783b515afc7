import { indentAt, lineBreakOf, lineEnd } from "../../ast/lines.ts";
import { enclosingOf, isFunction } from "../../ast/functions.ts";
import { wrapped } from "../../ast/names.ts";
import type { Source, TSESTree } from "../../ast/source.ts";
import type { Context } from "../../recognize/context.ts";
import type { DescribedOperation } from "../../recognize/operations/operation.ts";
import type { AwaitDecision } from "../decide/decision.ts";
import { variablesOf } from "../decide/values.ts";
import type { Draft } from "../draft.ts";
import { commentsIn, removalRange } from "../layout.ts";
import { NameSource } from "../naming.ts";
import type { Range } from "../types.ts";
import { hasMoreBehind, isListed } from "../decide/places.ts";
import { AwaitText } from "./await-text.ts";
import { awaitedCall, type Imports } from "./awaited-call.ts";
import type { Moved, Part } from "./text.ts";
import { ValueNames } from "./value-names.ts";

/** Writes the decisions of a file as edits of its draft, when nothing more is decided. */
export class DecisionWriter {
  readonly #source: Source;
  readonly #draft: Draft<DescribedOperation>;
  readonly #decisions: readonly AwaitDecision[];
  readonly #names: NameSource;
  readonly #valueNames: ValueNames;
  readonly #imports: Imports = new Map();
  readonly #edits: { readonly owner: object; readonly range: Range; readonly parts: readonly Part[] }[] = [];

  constructor({ source }: Context, draft: Draft<DescribedOperation>, decisions: readonly AwaitDecision[]) {
    this.#source = source;
    this.#draft = draft;
    this.#decisions = decisions;
    this.#names = new NameSource(source);
    this.#valueNames = new ValueNames(source, this.#names);
  }

  write(): void {
    const written = this.#decisions.filter(({ operation }) => !this.#draft.isRefused(operation));
    // What is refused for its text, its own callback stays, and what stands in that.
    for (const decision of written) if (!this.#draft.isRefused(decision.operation)) this.#writeOne(decision, written);
    for (const { owner, range, parts } of this.#edits) this.#draft.replace(owner, range, parts);
  }

  #writeOne(decision: AwaitDecision, written: readonly AwaitDecision[]): void {
    const { errorReads, fn, operation, place, values } = decision;
    const around = written.find((other) => other !== decision && other.fn === enclosingOf(place)) ?? null;
    const names = this.#valueNames.choose(decision, around);
    if (names === null) return this.#draft.refuse(operation, "names-collide", operation.nameNode, operation.name);
    const outcome = (candidates: readonly string[]): string => this.#valueNames.fresh(decision, candidates);
    const text = new AwaitText(this.#source, decision, { values: names, outcome }, isFunction(this.#hostOf(decision)));
    const call = awaitedCall(this.#source, this.#names, this.#imports, operation, text.indent);
    if (call === null) return this.#draft.refuse(operation, "no-import-place", operation.nameNode, operation.name);
    if (call.imported !== null) this.#draft.share(operation, call.imported);
    const parts = text.parts(call);
    const comments = this.#comments(decision, parts);
    const start =
      isListed(place) || comments.length > 0 ? place.range[0] : endOfCodeBefore(this.#source.text, place.range[0]);
    this.#edits.push({
      owner: operation,
      range: [start, place.range[1]],
      parts: [...(start < place.range[0] ? [" "] : comments), ...parts, ...this.#lineEnd(place, parts)],
    });
    this.#dropLastReturn(decision);
    for (const { parameter } of values)
      for (const variable of variablesOf(this.#source, fn, parameter)) {
        const name = names.get(parameter);
        if (name === undefined || name === variable.name) continue;
        for (const { identifier } of variable.references)
          this.#rewrite(operation, identifier as TSESTree.Identifier, name);
      }
    for (const read of errorReads) this.#rewrite(operation, read, "null");
    const isWrittenThere = place.range[0] <= fn.range[0] && fn.range[1] <= place.range[1];
    if (!isWrittenThere)
      this.#edits.push({ owner: operation, range: removalRange(this.#source, declarationOf(fn)), parts: [] });
  }

  /** A `return` that was the last thing the callback did is of no use at the end of a function. */
  #dropLastReturn({ operation, place, success }: AwaitDecision): void {
    const inside = success.at(-1)?.inside;
    const last = inside?.type === "BlockStatement" ? inside.body.at(-1) : undefined;
    if (last?.type !== "ReturnStatement" || last.argument !== null) return;
    if (place.type === "ReturnStatement" && hasMoreBehind(place)) return;
    this.#edits.push({ owner: operation, range: removalRange(this.#source, last), parts: [] });
  }

  /** What ends a comment that would take in the rest of the line behind the place. */
  #lineEnd(place: TSESTree.Node, parts: readonly Part[]): string[] {
    const { text } = this.#source;
    const last = parts.at(-1);
    const restOfLine = text.slice(place.range[1], lineEnd(text, place.range[1]));
    if (last === undefined || typeof last === "string" || /^[ \t]*(?:\/\/.*)?$/.test(restOfLine)) return [];
    const comment = commentsIn(this.#source, last.range).at(-1);
    const isOpen =
      comment !== undefined &&
      String(comment.type) === "Line" &&
      text.slice(comment.range[1], last.range[1]).trim() === "";
    return isOpen ? [lineBreakOf(text) + indentAt(text, place.range[0])] : [];
  }

  /** Puts a text in the place of a name; behind the key of a property that had only the name. */
  #rewrite(owner: object, name: TSESTree.Identifier, text: string): void {
    const { parent } = name;
    const isShort = parent.type === "Property" && parent.shorthand;
    this.#edits.push({ owner, range: name.range, parts: [isShort ? `${name.name}: ${text}` : text] });
  }

  /** The comments of what is replaced that stand in nothing that moves: they come first. */
  #comments({ place }: AwaitDecision, parts: readonly Part[]): string[] {
    const { text } = this.#source;
    const between = lineBreakOf(text) + indentAt(text, place.range[0]);
    const moved = parts.filter((part): part is Moved => typeof part !== "string");
    return commentsIn(this.#source, place.range)
      .filter(({ range }) => !moved.some((part) => part.range[0] <= range[0] && range[1] <= part.range[1]))
      .map(({ range }) => text.slice(...range) + between);
  }

  /** The function, or file, in which the text comes to stand. */
  #hostOf({ place }: AwaitDecision): TSESTree.Node {
    const unit = enclosingOf(place);
    const around = this.#decisions.find(({ fn }) => fn === unit);
    return around === undefined ? unit : this.#hostOf(around);
  }
}

/** What declares a function that is given by its name. */
function declarationOf(fn: AwaitDecision["fn"]): TSESTree.Node {
  if (fn.type === "FunctionDeclaration") return fn;
  const { parent } = wrapped(fn);
  return parent?.type === "VariableDeclarator" && parent.parent.declarations.length === 1 ? parent.parent : parent!;
}

/** Where the text before a place ends that is no white space, if it is code. */
function endOfCodeBefore(text: string, place: number): number {
  const end = text.slice(0, place).trimEnd().length;
  return /\)$|=>$|\belse$/.test(text.slice(Math.max(0, end - 5), end)) ? end : place;
}
