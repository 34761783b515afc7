import { indentAt, lineBreakOf, lineStart } from "../../ast/lines.ts";
import type { Source } from "../../ast/source.ts";
import { isTypeScript } from "../call-text.ts";
import { isCaptured } from "../decide/values.ts";
import { hasMoreBehind, isListed } from "../decide/places.ts";
import type { AwaitDecision, Stretch } from "../decide/decision.ts";
import { indentUnitOf, semicolon } from "../layout.ts";
import { awaiting, NO_EDITS, type AwaitedCall } from "./awaited-call.ts";
import type { Part } from "./text.ts";
import { endsInThrow, isExpression, isWrapped, joined, listedPromise } from "./joined-text.ts";
import { keptLines, settledLines, silence, type LineParts } from "./outcome-lines.ts";
import { annotationOf, errorParameter, valuePattern, type WrittenNames } from "./outcome-names.ts";

/** How the text of one decision is made: the statements that take the place of the start. */
export class AwaitText {
  readonly #source: Source;
  readonly #decision: AwaitDecision;
  readonly #names: WrittenNames;
  readonly #newline: string;
  readonly #end: ";" | "";
  /** The indentation at the place. */
  readonly #base: string;
  /** The indentation of the statements, and one level more. */
  readonly #outer: string;
  readonly #inner: string;
  /** Whether a `return` may end the code around. */
  readonly #mayReturn: boolean;

  constructor(source: Source, decision: AwaitDecision, names: WrittenNames, mayReturn: boolean) {
    this.#source = source;
    this.#decision = decision;
    this.#names = names;
    this.#newline = lineBreakOf(source.text);
    const unit = indentUnitOf(source.text);
    const { place } = decision;
    // In a file of both styles a statement keeps the one that it has.
    this.#end = !decision.isApart && source.text[place.range[1] - 1] === ";" ? ";" : semicolon(source);
    const at = indentAt(source.text, place.range[0]);
    // A branch on a line of its own is indented already.
    this.#base =
      isListed(place) || lineStart(source.text, place.range[0]) + at.length === place.range[0] ? at : at + unit;
    this.#outer = decision.isApart || isWrapped(decision) ? this.#base + unit : this.#base;
    this.#inner = this.#outer + unit;
    this.#mayReturn = mayReturn;
  }

  /** The indentation of the line in which the call comes to stand. */
  get callIndent(): string {
    if (this.#decision.isApart) return this.#base;
    return this.#isGuarded || this.#decision.failure.kind === "kept" ? this.#inner : this.#outer;
  }

  /** Whether the call has to be a promise: it is given to something else than an await. */
  get takesPromise(): boolean {
    const { failure, isApart, told } = this.#decision;
    if (isApart || told === "promise" || failure.kind === "ignored") return true;
    return failure.kind === "handled" && !this.#isGuarded;
  }

  /** The name that the value is declared with where it is awaited; `null` where it is none, or declared elsewhere. */
  get declaredName(): string | null {
    const { failure, isApart, told, values } = this.#decision;
    const [value] = values;
    if (isApart || told !== null || !/^(?:none|thrown)$/.test(failure.kind) || value?.isAssigned !== false) return null;
    return this.#names.values.get(value) ?? null;
  }

  /** The text in the place of the start, in a block where only one statement, or an expression, may stand. */
  parts(call: AwaitedCall): Part[] {
    const { told } = this.#decision;
    if (told === "promise") return listedPromise(this.#decision, this.#names, call.parts, this.#end);
    if (isWrapped(this.#decision)) {
      const body = this.#lines(call).flatMap((line): Part[] => [this.#newline + this.#outer, ...line]);
      return listedPromise(
        this.#decision,
        this.#names,
        ["(async () => {", ...body, `${this.#newline}${this.#base}})()`],
        this.#end,
      );
    }
    const lines = this.#decision.isApart ? this.#apart(call.parts) : this.#withReturn(this.#lines(call));
    return this.placed([...(call.setup ?? []), ...lines]);
  }

  /** Statements in the place of the start, in a block where there may be only one. */
  placed(lines: readonly (readonly Part[])[]): Part[] {
    const isOne = this.#decision.again !== undefined && lines.length === 1;
    if (isOne || isListed(this.#decision.place)) return joined(lines, this.#newline + this.#base);
    const closing = this.#base.slice(0, this.#base.length - indentUnitOf(this.#source.text).length);
    return [
      `{${this.#newline}${this.#base}`,
      ...joined(lines, this.#newline + this.#base),
      `${this.#newline}${closing}}`,
    ];
  }

  /** The promise is given to an async function that nobody awaits; where nothing follows it, nobody awaits the promise itself. */
  #apart(call: readonly Part[]): Part[][] {
    const { after, failure, place, success, values } = this.#decision;
    const isEmpty =
      failure.kind !== "handled" && values.length === 0 && this.#code([...success, ...after], "").length === 0;
    const left: Part[][] =
      place.type === "ReturnStatement" && hasMoreBehind(place) ? [[`${this.#leave}${this.#end}`]] : [];
    // What ends a statement may stand before another one on its line.
    const end = /\S;$/.test(this.#source.text.slice(0, this.#decision.end.range[1]).slice(-2)) ? ";" : this.#end;
    if (isEmpty) {
      const caught = failure.kind === "ignored" ? [silence(this.#decision)] : [];
      return [["void ", ...call, ...caught, end], ...left];
    }
    const promise = this.#names.promise();
    const body = this.#lines({ ...NO_EDITS, parts: [promise] }).flatMap((line): Part[] => [
      this.#newline + this.#outer,
      ...line,
    ]);
    const started = [`${this.#newline}${this.#base}})(`, ...call, `)${end}`];
    return [[`void (async (${promise}) => {`, ...body, ...started], ...left];
  }

  get #layout(): LineParts {
    const unit = this.#unit();
    return {
      source: this.#source,
      decision: this.#decision,
      names: this.#names,
      end: this.#end,
      unit,
      inside: (code) => this.#code(code, this.#inner).map((line) => [unit, ...line]),
    };
  }

  #lines(call: AwaitedCall): Part[][] {
    return [...this.#divided(call), ...this.#code(this.#decision.after, this.#outer)];
  }

  #divided(call: AwaitedCall): Part[][] {
    const { failure, success, told } = this.#decision;
    const { before, value } = awaiting(call);
    if (told === "all") return [...before, ["return ", ...(value ?? []), this.#end]];
    if (told !== null && typeof told !== "string")
      return [...before, ["return (", ...(value ?? []), `).${told.member}`, this.#end]];
    switch (failure.kind) {
      case "none":
      case "thrown":
        return [...this.#taking(call), ...this.#code(success, this.#outer)];
      case "ignored":
        return [
          ...this.#taking({ ...call, parts: [...call.parts, silence(this.#decision)] }),
          ...this.#code(success, this.#outer),
        ];
      case "kept":
        return [
          ...keptLines(this.#layout, failure.error, (target) => this.#assigning(target, call)),
          ...this.#code(success, this.#outer),
        ];
      case "handled":
        return this.#isGuarded ? this.#guarded(call) : settledLines(this.#layout, failure, call.parts);
    }
  }

  /** Whether the call stands in a `try`; where an error is handled and nothing may return, or more follows, the outcome is asked for what it is. */
  get #isGuarded(): boolean {
    const { after, failure, success } = this.#decision;
    if (failure.kind !== "handled") return false;
    // What follows either would follow a success alone behind a `catch` that leaves.
    if (after.length > 0) return success.length === 0;
    return this.#mayReturn || success.length === 0 || endsInThrow(failure.code);
  }

  /** The values are declared as what is awaited. */
  #taking(call: AwaitedCall): Part[][] {
    const pattern = valuePattern(this.#source, this.#decision, this.#names);
    const keyword = this.#decision.values.some(({ isAssigned }) => isAssigned) ? "let" : "const";
    return this.#assigning(pattern === null ? null : `${keyword} ${pattern}`, call);
  }

  /** What is awaited, as the value of something. */
  #assigning(target: string | null, call: AwaitedCall): Part[][] {
    const { before, value } = awaiting(call);
    if (value === null) return [...before];
    return [...before, [...(target === null ? [] : [`${target} = `]), ...value, this.#end]];
  }

  /** The await in a `try`, what follows an error in its `catch`, and what follows a success behind both. */
  #guarded(call: AwaitedCall): Part[][] {
    const { success, values } = this.#decision;
    const pattern = valuePattern(this.#source, this.#decision, this.#names);
    const isDirect = pattern === null || this.#isDeclaredFirst();
    const outcome = isDirect ? pattern : this.#names.outcome(["outcome", "result"]);
    const before: Part[][] =
      outcome === null
        ? []
        : [[`let ${outcome}${isDirect ? annotationOf(this.#source, this.#decision) : ""}${this.#end}`]];
    const keyword = values.some(({ isAssigned }) => isAssigned) ? "let" : "const";
    const after: Part[][] = isDirect ? [] : [[`${keyword} ${pattern} = ${outcome!}${this.#end}`]];
    return [
      ...before,
      ["try {"],
      ...this.#assigning(outcome, call).map((line) => [this.#unit(), ...line]),
      ...this.#catchLines(success.length > 0),
      ...after,
      ...this.#code(success, this.#outer),
    ];
  }

  /** Whether the one value can be a variable that is declared before the `try`: the compiler knows its type from its only assignment. */
  #isDeclaredFirst(): boolean {
    const { operation, values } = this.#decision;
    const [value] = values;
    return (
      values.length === 1 &&
      value !== undefined &&
      this.#names.values.has(value) &&
      operation.form.awaited.gives === "value" &&
      !(isTypeScript(this.#source.filePath) && isCaptured(this.#source, value))
    );
  }

  #catchLines(isFollowed: boolean): Part[][] {
    const { failure } = this.#decision;
    if (failure.kind !== "handled") return [];
    const lines: Part[][] = this.#code(failure.code, this.#inner).map((line) => [this.#unit(), ...line]);
    if (isFollowed && !failure.leaves) lines.push([`${this.#unit()}${this.#leave}${this.#end}`]);
    return [[`} catch${errorParameter(this.#source, this.#decision, this.#names)} {`], ...lines, ["}"]];
  }

  /** Where what started the operation returned, and more stands behind it, what follows the await returns as well. */
  #withReturn(lines: Part[][]): Part[][] {
    const { leaves, place } = this.#decision;
    if (place.type !== "ReturnStatement" || !hasMoreBehind(place) || leaves) return lines;
    return [...lines, [`${this.#leave}${this.#end}`]];
  }

  get #leave(): string {
    return this.#decision.leave ?? "return";
  }

  #unit(): string {
    return this.#inner.slice(this.#outer.length);
  }

  #code(stretches: readonly Stretch[], indent: string): Part[][] {
    return stretches
      .filter((stretch) => this.#source.text.slice(...stretch.range).trim() !== "")
      .map((stretch) => {
        const moved: Part = { ...stretch, indent };
        return isExpression(stretch.inside) ? [moved, this.#end] : [moved];
      });
  }
}
