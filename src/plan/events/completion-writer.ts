import { contains } from "../../ast/flow.ts";
import { indentAt, lineBreakOf } from "../../ast/lines.ts";
import type { TSESTree } from "../../ast/source.ts";
import { type CompletionRead } from "../../recognize/events/event-reads.ts";
import { isTypeScript } from "../call-text.ts";
import { placesOf } from "../callbacks/chains.ts";
import type { Branch, Branches } from "./completion-branches.ts";
import { isOnlyLogged, isQuiet } from "./completion-quiet.ts";
import { branchText, movedStatements, returnsAfterFailure, strayComments } from "./completion-text.ts";
import { namedValues, patternText, typeText } from "./completion-values.ts";
import { indentUnitOf, semicolon } from "../layout.ts";
import { lowerFirst } from "../naming.ts";
import { removeStatement } from "../remove-statement.ts";
import type { Planner } from "../planner.ts";
import type { NamedValue } from "./named-value.ts";
import type { CallbackShape } from "../callbacks/callback-shape.ts";
import { concat, joined, text, type Text } from "../write/text.ts";
import { answerReads, declaredValue, isAbortError, type Failure, type KnownFailure } from "./completion-failure.ts";

/** Writes the cases of a handler as a `try` around the await: what follows an error or a cancellation into its `catch`. */
export class BranchWriter {
  readonly #planner: Planner;
  readonly #shape: Omit<CallbackShape, "outcome">;
  readonly #branches: Branches;
  readonly #reads: readonly CompletionRead[];
  /** The places into whose functions the text may come. */
  readonly #places: readonly TSESTree.Node[];
  readonly #newline: string;
  readonly #end: ";" | "";
  /** The indentation of the `try`, and one level more. */
  readonly #outer: string;
  readonly #unit: string;

  constructor(
    planner: Planner,
    shape: Omit<CallbackShape, "outcome">,
    branches: Branches,
    reads: readonly CompletionRead[],
  ) {
    const { source } = planner.context;
    this.#planner = planner;
    this.#shape = shape;
    this.#branches = branches;
    this.#reads = reads;
    this.#places = shape.operations.flatMap((operation) => placesOf(planner, operation));
    this.#newline = lineBreakOf(source.text);
    this.#end = semicolon(source);
    this.#outer = indentAt(source.text, branches.chain[0]!.range[0]);
    this.#unit = indentUnitOf(source.text);
  }

  get #inner(): string {
    return this.#outer + this.#unit;
  }

  /** Whether a `return` is written that keeps what follows a success from following a failure. */
  get returns(): boolean {
    return !this.#isLoop && !this.#isQuietSuccess() && returnsAfterFailure(this.#branches);
  }

  /** Whether the handler becomes the body of a loop, whose ways out have been written already. */
  get #isLoop(): boolean {
    return this.#shape.repeats.length > 0;
  }

  /** The code of a case; one that does nothing ends the rounds. */
  #caseText(branch: Branch, indent: string): Text {
    const { rest } = this.#branches;
    if (branch === null && this.#isLoop && rest.length === 0) return `break${this.#end}`;
    return branchText(this.#planner, this.#shape.fn, branch, indent, this.#isLoop || rest.length > 0);
  }

  #isQuietSuccess(): boolean {
    return this.#branches.success.every((statement) => isQuiet(this.#planner.context, statement, this.#reads));
  }

  write(operand: Text): void {
    const { chain, isNested, success, rest } = this.#branches;
    const { draft } = this.#planner;
    const isSafe = this.#isQuietSuccess();
    // Where more follows in every case, what may throw after a success cannot stand in the `try`, nor behind it.
    const isSettled = rest.length > 0 && !isSafe;
    const isInside = !isSettled && success.length > 0 && isSafe;
    const declared = isInside
      ? null
      : declaredValue(this.#planner, this.#shape, this.#branches, this.#reads, this.#places);
    const values = namedValues(this.#planner, this.#shape, declared);
    if (declared !== null && values.some(({ name }) => name === declared.name)) this.#removeDeclaration(success[0]!);
    const isMoved = isInside || isNested;
    const start = chain[0]!.range[0];
    const end = Math.max(
      ...chain.map(({ range }) => range[1]),
      ...(isInside ? success.map(({ range }) => range[1]) : []),
    );
    const comments = strayComments(this.#planner, this.#branches, [start, end], isMoved).map(
      (comment) => comment + this.#newline + this.#outer,
    );
    const written = isSettled ? this.#settledText(values, operand) : this.#tryText(values, operand, isInside, isMoved);
    draft.replace(this.#shape.fn, [start, end], concat(...comments, written));
  }

  #tryText(values: readonly NamedValue[], operand: Text, isInside: boolean, isMoved: boolean): Text {
    const { success } = this.#branches;
    const failure = this.#catchLines(!isInside && success.length > 0);
    const moved = isMoved
      ? movedStatements(this.#planner.context.source, success, isInside ? this.#inner : this.#outer)
      : "";
    const isFollowed = !this.#planner.draft.isEmpty(moved);
    const { before, taking } = this.#taking(values, operand, isInside);
    const closing = failure.length === 1 ? [text`${failure[0]!}}`] : [...failure, "}"];
    const lines = [
      ...before,
      "try {",
      text`${this.#unit}${taking}`,
      ...(isInside && isFollowed ? [text`${this.#unit}${moved}`] : []),
      ...closing,
      ...(!isInside && isFollowed ? [moved] : []),
    ];
    return this.#joined(lines);
  }

  /** What may throw follows a success, and more follows in every case: the outcome is waited for first, and asked then. */
  #settledText(values: readonly NamedValue[], operand: Text): Text {
    const { error, cancelled, success } = this.#branches;
    const { names } = this.#planner;
    const { fn, operations } = this.#shape;
    const end = this.#end;
    const outcome = names.unique(fn.body, ["outcome", `${lowerFirst(operations[0]!.stem)}Outcome`], ...this.#places);
    const failure = { reason: `${outcome}.reason`, isAbort: isAbortError(`${outcome}.reason`) };
    const isJoint = error !== undefined && error === cancelled;
    const lines: Text[] = [
      text`const [${outcome}] = await Promise.allSettled([${operand}])${end}`,
      `if (${outcome}.status === "fulfilled") {`,
    ];
    const add = (line: Text): void => this.#add(lines, line);
    if (values.length > 0) add(`const ${patternText(values)} = ${outcome}.value${end}`);
    add(movedStatements(this.#planner.context.source, success, this.#inner));
    if (cancelled !== undefined && !isJoint) {
      lines.push(`} else if (${failure.isAbort}) {`);
      add(this.#caseText(cancelled, this.#inner));
    }
    const known = isJoint ? this.#jointNames(failure) : { lines: [], name: failure.reason, cancelled: null };
    answerReads(this.#planner, this.#shape.fn, this.#branches, this.#reads, known);
    lines.push("} else {", ...known.lines);
    if (error === undefined) add(`throw ${failure.reason}${end}`);
    else add(this.#caseText(error, this.#inner));
    return this.#joined([...lines, "}"]);
  }

  /** Lines one below the other, at the indentation of the `try`. */
  #joined(lines: readonly Text[]): Text {
    return joined(lines, this.#newline + this.#outer);
  }

  /** Adds a line where something is left of it. */
  #add(lines: Text[], line: Text): void {
    if (!this.#planner.draft.isEmpty(line)) lines.push(text`${this.#unit}${line}`);
  }

  /** The declaration goes, and the comments above it stay with what follows. */
  #removeDeclaration(declaration: TSESTree.Statement): void {
    removeStatement(this.#planner, this.#shape.fn, declaration, "keep");
  }

  /** How the outcome is taken: as the declaration of what is used inside the `try` only, else into variables declared before it. */
  #taking(values: readonly NamedValue[], operand: Text, isInside: boolean): { before: string[]; taking: Text } {
    const end = this.#end;
    const pattern = patternText(values);
    if (values.length === 0) return { before: [], taking: text`await ${operand}${end}` };
    if (isInside) return { before: [], taking: text`const ${pattern} = await ${operand}${end}` };
    const declared = `let ${values.map(({ name, member }) => name + typeText(this.#planner, this.#shape.operations[0]!, member)).join(", ")}${end}`;
    return {
      before: [declared],
      taking: pattern.startsWith("{")
        ? text`(${pattern} = await ${operand})${end}`
        : text`${pattern} = await ${operand}${end}`,
    };
  }

  /** The lines of the `catch`, without the brace that ends it. */
  #catchLines(mustLeave: boolean): Text[] {
    const { error, cancelled } = this.#branches;
    const { names, context, draft } = this.#planner;
    const { fn } = this.#shape;
    const isJoint = error !== undefined && error === cancelled;
    const uses = this.#reads.filter(
      ({ node, role }) =>
        role === "error" && [error, cancelled].some((branch) => branch != null && contains(branch, node)),
    );
    const name = names.unique(
      fn.body,
      isJoint && uses.length > 0 ? ["reason", "failure"] : ["error", "reason", "failure"],
      ...this.#places,
    );
    const failure = { reason: name, isAbort: isAbortError(name) };
    const known = isJoint ? this.#jointNames(failure) : { lines: [], name, cancelled: null };
    answerReads(this.#planner, this.#shape.fn, this.#branches, this.#reads, known);
    const level = this.#inner + this.#unit;
    const lines: Text[] = [...known.lines];
    const add = (line: Text): void => this.#add(lines, line);
    let isAsked = known.lines.length > 0;
    if (cancelled === undefined || isJoint) add(this.#caseText(error ?? null, this.#inner));
    else if (error === undefined) {
      isAsked = true;
      add(`if (!(${failure.isAbort})) throw ${name}${this.#end}`);
      add(this.#caseText(cancelled, this.#inner));
    } else {
      const [onCancel, onError] = [this.#caseText(cancelled, level), this.#caseText(error, level)];
      const block = (code: Text): Text => text`{${this.#newline}${level}${code}${this.#newline}${this.#inner}}`;
      const [doesCancel, doesError] = [onCancel, onError].map((code) => !draft.isEmpty(code));
      isAsked = doesCancel === true || doesError === true;
      if (doesCancel === true)
        add(text`if (${failure.isAbort}) ${block(onCancel)}${doesError === true ? text` else ${block(onError)}` : ""}`);
      else if (doesError === true) add(text`if (!(${failure.isAbort})) ${block(onError)}`);
    }
    if (mustLeave && !this.#isLoop && returnsAfterFailure(this.#branches)) add(`return${this.#end}`);
    const isNamed = uses.length > 0 || isAsked;
    const type = isTypeScript(context.source.filePath) && uses.some(({ node }) => !isOnlyLogged(node)) ? ": any" : "";
    return [isNamed ? `} catch (${name}${type}) {` : "} catch {", ...lines];
  }

  /**
   * The names that one branch for error and cancellation needs for what it asks of the arguments: after a cancellation there was no
   * error. Gives the declarations, and the name of the error.
   */
  #jointNames({ reason, isAbort }: Failure): { lines: string[] } & KnownFailure {
    const { error } = this.#branches;
    const { names } = this.#planner;
    const { fn } = this.#shape;
    const inside = this.#reads.filter(({ node }) => error != null && contains(error, node));
    const asks = (role: string): boolean => inside.some((read) => read.role === role);
    const fresh = (...candidates: string[]): string => names.unique(fn.body, candidates, ...this.#places);
    const lines: string[] = [];
    if (!asks("error") && !asks("cancelled")) return { lines, name: reason, cancelled: null };
    const cancelled = fresh("cancelled", "wasCancelled");
    lines.push(`${this.#unit}const ${cancelled} = ${isAbort}${this.#end}`);
    if (!asks("error")) return { lines, name: reason, cancelled };
    const name = fresh("error", "failure");
    lines.push(`${this.#unit}const ${name} = ${cancelled} ? null : ${reason}${this.#end}`);
    return { lines, name, cancelled };
  }
}
