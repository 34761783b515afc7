import { statementList, statementsAfter } from "../../ast/flow.ts";
import { indentAt, lineBreakOf, lineEnd } from "../../ast/lines.ts";
import { enclosingOf, isFunction } from "../../ast/functions.ts";
import type { Source, TSESTree } from "../../ast/source.ts";
import type { Context } from "../../recognize/context.ts";
import type { CallbackSite } from "../../recognize/completion/completion-sites.ts";
import { CallbackHosts } from "../decide/callback-hosts.ts";
import type { CompletionCalls } from "../decide/completion-calls.ts";
import { extentOf, type AwaitDecision } from "../decide/decision.ts";
import type { Draft } from "../draft.ts";
import { removeStatement } from "../remove-statement.ts";
import { commentsIn, removalRange } from "../layout.ts";
import { NameSource } from "../naming.ts";
import type { Range } from "../types.ts";
import { hasMoreBehind, isListed } from "../decide/places.ts";
import { AwaitText } from "./await-text.ts";
import type { Composing } from "./composed-call.ts";
import { declarationOf } from "./declaration-of.ts";
import { DecisionCalls } from "./decision-calls.ts";
import type { OwnedEdit, Part } from "./text.ts";
import { JoinLists } from "./joined-call.ts";
import { ValueNames } from "./value-names.ts";

/** Writes the decisions of a file as edits of its draft, when nothing more is decided. */
export class DecisionWriter {
  readonly #context: Context;
  readonly #source: Source;
  readonly #draft: Draft<CallbackSite>;
  readonly #decisions: readonly AwaitDecision[];
  /** The decisions by the functions whose code moves. */
  readonly #byFunction: ReadonlyMap<TSESTree.Node, AwaitDecision>;
  /** The functions, or files, in which their texts come to stand. */
  readonly #hosts: CallbackHosts;
  /** What leaves the code behind completion calls, and goes with them. */
  readonly #left: ReadonlySet<TSESTree.Statement | null>;
  readonly #names: NameSource;
  readonly #valueNames: ValueNames;
  readonly #edits: OwnedEdit[] = [];
  readonly #calls: DecisionCalls;
  readonly #joins: JoinLists;

  constructor(
    context: Context,
    draft: Draft<CallbackSite>,
    decisions: readonly AwaitDecision[],
    calls: CompletionCalls,
    composing: Composing,
  ) {
    const { source } = context;
    this.#context = context;
    this.#source = source;
    this.#draft = draft;
    this.#decisions = decisions;
    this.#left = new Set([...calls.values()].map(({ leaving }) => leaving));
    this.#byFunction = new Map(decisions.flatMap((each) => each.fns.map((fn) => [fn, each] as const)));
    this.#hosts = new CallbackHosts(
      new Map(
        decisions.flatMap(({ fns, isApart, join, place }) =>
          isApart ? [] : [...fns, ...(join?.round == null ? [] : [join.round])].map((fn) => [fn, place] as const),
        ),
      ),
    );
    this.#joins = new JoinLists(decisions);
    this.#names = new NameSource(source);
    this.#valueNames = new ValueNames(source, this.#names);
    this.#calls = new DecisionCalls(context, this.#names, composing);
  }

  write(): void {
    const written = new Set(this.#decisions.filter(({ operation }) => !this.#draft.isRefused(operation)));
    // What is refused for its text, its own callback stays, and what stands in that.
    for (const decision of this.#outermostFirst(written))
      if (!this.#draft.isRefused(decision.operation)) this.#writeOne(decision, written);
    for (const { owner, range, parts } of this.#edits) this.#draft.replace(owner, range, parts);
  }

  /** Decisions behind those in whose callbacks they stand: where a callback's names go has to be known for the names in it. */
  #outermostFirst(written: ReadonlySet<AwaitDecision>): ReadonlySet<AwaitDecision> {
    const ordered = new Set<AwaitDecision>();
    const begun = new Set<AwaitDecision>();
    const add = (decision: AwaitDecision): void => {
      // Callbacks that only start each other have no outermost one.
      if (begun.has(decision)) return;
      begun.add(decision);
      const around = this.#around(decision, written);
      if (around !== null) add(around);
      const whole = this.#joins.wholeOf(decision);
      if (whole !== null && written.has(whole)) add(whole);
      ordered.add(decision);
    };
    for (const decision of written) add(decision);
    return ordered;
  }

  /** The decision in whose callback one stands, if the code of that moves. */
  #around({ place }: AwaitDecision, written: ReadonlySet<AwaitDecision>): AwaitDecision | null {
    const outer = this.#joins.before(place) ?? this.#byFunction.get(enclosingOf(place));
    return outer !== undefined && written.has(outer) ? outer : null;
  }

  #writeOne(decision: AwaitDecision, all: ReadonlySet<AwaitDecision>): void {
    const { end, fns, join, operation, place, rewrites, values } = decision;
    const around = this.#around(decision, all);
    const names = this.#valueNames.choose(decision, around);
    if (names === null) return this.#collides(operation);
    const outcome = (candidates: readonly string[]): string => this.#valueNames.fresh(decision, candidates);
    const error = this.#valueNames.ofError(decision);
    const host = this.#hosts.of(place);
    const mayReturn = decision.isApart || decision.joined !== undefined || (host !== null && isFunction(host));
    const kept = this.#valueNames.ofKept(decision);
    const promise = (): string => this.#valueNames.ofPromise(decision);
    const list = this.#joins.nameFor(decision, this.#valueNames);
    const text = new AwaitText(
      this.#source,
      decision,
      { values: names, error, kept, promise, outcome, list },
      mayReturn,
    );
    const replaced = around?.values.flatMap(({ reads }) => reads) ?? [];
    const naming = { take: (name: string) => this.#valueNames.takeOwn(decision, name), fresh: outcome };
    const call = this.#calls.callOf(decision, text, list, naming, replaced);
    if (call === null) return this.#draft.refuse(operation, "no-import-place", operation.nameNode, operation.name);
    if (call.imported !== null) this.#draft.share(operation, call.imported);
    const parts = this.#calls.partsOf(decision, text, call, naming, [...all]);
    if (parts === null) return this.#collides(operation);
    this.#edits.push(...call.edits);
    const gone = call.edits.filter((edit) => edit.parts.length === 0).map(({ range }) => range);
    const comments = this.#comments(decision, parts, gone);
    const start =
      isListed(place) || comments.length > 0 || decision.told === "promise" || decision.joined !== undefined
        ? place.range[0]
        : endOfCodeBefore(this.#source.text, place.range[0]);
    this.#edits.push({
      owner: operation,
      range: [start, end.range[1]],
      parts: [...(start < place.range[0] ? [" "] : comments), ...parts, ...this.#lineEnd(decision, parts)],
    });
    this.#dropLastReturn(decision);
    if (join !== undefined) this.#dropCounts(operation, join.gone);
    for (const value of values) {
      const name = names.get(value);
      if (name !== undefined) for (const read of value.reads) this.#rewrite(operation, read, name);
    }
    if (decision.failure.kind === "handled" && error !== null && !decision.failure.error.isPattern)
      for (const read of decision.failure.error.reads) this.#rewrite(operation, read, error);
    if (decision.failure.kind === "kept" && kept !== null)
      for (const read of decision.failure.error.reads) this.#rewrite(operation, read, kept);
    for (const { node, text: other } of rewrites) this.#rewrite(operation, node, other);
    for (const fn of fns)
      if (fn.range[1] <= place.range[0] || end.range[1] <= fn.range[0])
        this.#edits.push({ owner: operation, range: removalRange(this.#source, declarationOf(fn)), parts: [] });
  }

  #collides(operation: AwaitDecision["operation"]): void {
    this.#draft.refuse(operation, "names-collide", operation.nameNode, operation.name);
  }

  /** What counted, and asked whether it was the last, goes; what followed the last is elsewhere. */
  #dropCounts(owner: object, statements: readonly TSESTree.Statement[]): void {
    const gone = new Set<TSESTree.Node>(statements);
    const base = { context: this.#context, draft: this.#draft };
    for (const each of statements) {
      const [next] = statementsAfter(each);
      const last = next === undefined || !gone.has(next) ? each : lastOf(next, gone);
      const isBehind = statementList(each.parent)?.some(
        (other) => gone.has(other) && statementsAfter(other)[0] === each,
      );
      // What follows the last behind `if (--pending > 0) return;` moves as a whole, and goes as a whole.
      if (isBehind === true) continue;
      if (last === each) removeStatement(base, owner, each, "keep", "moved", gone);
      else {
        const [start] = removalRange(this.#source, each, "keep", gone);
        this.#draft.replace(owner, [start, removalRange(this.#source, last, "keep", gone)[1]], "");
      }
    }
  }

  /** A `return` that was the last thing the callback did is of no use at the end of a function. */
  #dropLastReturn({ after, operation, place, success }: AwaitDecision): void {
    const inside = (after.at(-1) ?? success.at(-1))?.inside;
    const last = inside?.type === "BlockStatement" ? inside.body.at(-1) : undefined;
    if (last?.type !== "ReturnStatement" || last.argument !== null || this.#left.has(last)) return;
    if (place.type === "ReturnStatement" && hasMoreBehind(place)) return;
    this.#edits.push({ owner: operation, range: removalRange(this.#source, last), parts: [] });
  }

  /** What ends a comment that would take in the rest of the line behind the place. */
  #lineEnd({ end, place }: AwaitDecision, parts: readonly Part[]): string[] {
    const { text } = this.#source;
    const last = parts.at(-1);
    const restOfLine = text.slice(end.range[1], lineEnd(text, end.range[1]));
    if (last === undefined || typeof last === "string" || /^[ \t]*(?:\/\/.*)?$/.test(restOfLine)) return [];
    const comment = commentsIn(this.#source, last.range).at(-1);
    const isOpen =
      comment !== undefined &&
      String(comment.type) === "Line" &&
      text.slice(comment.range[1], last.range[1]).trim() === "";
    return isOpen ? [lineBreakOf(text) + indentAt(text, place.range[0])] : [];
  }

  /** Puts a text in the place of a read; behind the key of a property that had only the name. */
  #rewrite(owner: object, read: TSESTree.Node, text: string): void {
    const { parent } = read;
    const name = read.type === "Identifier" ? read.name : null;
    if (name === text) return;
    const isShort = parent?.type === "Property" && parent.shorthand;
    this.#edits.push({ owner, range: read.range, parts: [isShort ? `${name}: ${text}` : text] });
  }

  /** The comments of what is replaced that stand in nothing that moves: they come first. */
  #comments(decision: AwaitDecision, parts: readonly Part[], gone: readonly Range[]): string[] {
    const { text } = this.#source;
    const between = lineBreakOf(text) + indentAt(text, decision.place.range[0]);
    const moved = parts.flatMap((part) => (typeof part === "string" ? [] : [part.range]));
    const isIn = (ranges: readonly Range[], [start, end]: Range): boolean =>
      ranges.some((each) => each[0] <= start && end <= each[1]);
    // What moves of that which goes stands in another stretch as well.
    const inner = moved.filter((range) => isIn(gone, range));
    const outer = moved.filter((range) => !isIn(gone, range));
    return commentsIn(this.#source, extentOf(decision))
      .filter(({ range }) => !isIn(inner, range) && (!isIn(outer, range) || isIn(gone, range)))
      .map(({ range }) => text.slice(...range) + between);
  }
}

/** Where the text before a place ends that is no white space, if it is code. */
function endOfCodeBefore(text: string, place: number): number {
  const end = text.slice(0, place).trimEnd().length;
  return /\)$|=>$|\belse$/.test(text.slice(Math.max(0, end - 5), end)) ? end : place;
}

/** The last of statements in a row that all go. */
function lastOf(statement: TSESTree.Statement, gone: ReadonlySet<TSESTree.Node>): TSESTree.Statement {
  const [next] = statementsAfter(statement);
  return next === undefined || !gone.has(next) ? statement : lastOf(next, gone);
}
