import { isFunction } from "../../ast/functions.ts";
import { lineBreakOf } from "../../ast/lines.ts";
import { unwrap } from "../../ast/names.ts";
import type { FunctionNode, Source, TSESTree } from "../../ast/source.ts";
import type { Task } from "../../recognize/compositions/tasks.ts";
import type { ComposedText, Naming } from "./composed-text.ts";
import { indentUnitOf, semicolon } from "../layout.ts";
import { argumentRange } from "./members.ts";
import { StayingTasks } from "./staying-tasks.ts";
import type { Part } from "./text.ts";

/** What the text of a call that calls functions is put together from. */
export class ComposedParts {
  readonly source: Source;
  readonly composed: ComposedText;
  readonly naming: Naming;
  /** Whether something reads what the call gives. */
  readonly isUsed: boolean;
  /** What that is to be declared as; `null` where it is given. */
  readonly declared: string | null;
  readonly newline: string;
  readonly end: string;
  readonly unit: string;
  /** The variable that holds the function; `null` where none does. */
  held: string | null = null;
  /** What writes the functions that stay. */
  readonly staying: StayingTasks;

  /** @param promisify the name of `util.promisify` in the file, which functions that stay need */
  constructor(
    source: Source,
    composed: ComposedText,
    naming: Naming,
    isUsed: boolean,
    declared: string | null,
    promisify: string,
  ) {
    this.source = source;
    this.composed = composed;
    this.naming = naming;
    this.isUsed = isUsed;
    this.declared = declared;
    this.newline = lineBreakOf(source.text);
    this.end = semicolon(source);
    this.unit = indentUnitOf(source.text);
    this.staying = new StayingTasks(source, composed, naming, promisify, this.end);
  }

  /** Whether the function is called in another one, and is held so that it is written once. */
  get isStepHeld(): boolean {
    const { form, tasks } = this.composed.composition;
    const [task] = tasks;
    const isInside = form.order === "together" && /^(?:found|some|every)$/.test(form.gives);
    if (!isInside || task?.fn == null || !isFunction(unwrap(task.given))) return false;
    return !this.composed.direct.has(task.fn);
  }

  /** Declares the variable for such a function. */
  holdStep(indent: string): Part[][] {
    if (!this.isStepHeld) return [];
    const { given } = this.composed.composition.tasks[0]!;
    this.held = this.naming.fresh(["step"]);
    const text: Part = { range: given.range, inside: this.composed.operation.call, indent };
    return [[`const ${this.held} = `, text, this.end]];
  }

  /** The list as it may be named twice. */
  heldList(indent: string): { readonly before: Part[][]; readonly text: Part[] } {
    const name = this.naming.fresh(["items"]);
    return { before: [[`const ${name} = `, ...this.list(indent), this.end]], text: [name] };
  }

  list(indent: string): Part[] {
    const { composition, operation } = this.composed;
    return [{ range: argumentRange(this.source, operation.call, composition.list!), inside: operation.call, indent }];
  }

  /** What each value of the list is mapped to. */
  mapped(indent: string, list: Part[] = this.member(indent)): Part[] {
    const { form, listKind, tasks } = this.composed.composition;
    const [task] = tasks;
    if (form.over === "count") {
      const none = this.naming.fresh(["_", "none"]);
      const [index] = this.givenNames(task!, ["index"]);
      return [
        "Array.from({ length: ",
        ...list,
        ` }, (${none}, ${index!}) => `,
        ...this.started(0, [index!], indent),
        ")",
      ];
    }
    if (form.over === "entries" && listKind === "object") {
      const names = this.givenNames(task!, ["value", "key"]);
      const head = `).map(([${names[1]!}, ${names[0]!}]) => `;
      return ["Object.entries(", ...list, head, ...this.started(0, names, indent), ")"];
    }
    if (task!.fn === null) {
      const names = this.givenNames(task!, form.over === "entries" ? ["value", "index"] : ["item"]);
      return [...list, `.map((${names.join(", ")}) => `, ...this.started(0, names, indent), ")"];
    }
    return [...list, ".map(", ...this.functionText(task!.fn, task!.given, indent), ")"];
  }

  /** Names for what a function in between takes and hands on: those of the parameters. */
  givenNames({ called: { before, fn } }: Task, others: readonly string[]): string[] {
    return others.map((name, index) => {
      const parameter = fn?.params[index + before];
      return parameter?.type === "Identifier" ? parameter.name : this.naming.fresh([name]);
    });
  }

  /** The list, in parentheses where a member of it is not read otherwise. */
  member(indent: string): Part[] {
    const { listKind, list } = this.composed.composition;
    const isTight =
      /^(?:Array|Call|Member|This)Expression$|^Identifier$/.test(unwrap(list!).type) && unwrap(list!) === list;
    return isTight || listKind !== "array" ? this.list(indent) : ["(", ...this.list(indent), ")"];
  }

  /** A function as it is given to `map`. */
  functionText(fn: FunctionNode, given: TSESTree.Expression, indent: string): Part[] {
    const { call } = this.composed.operation;
    const place = this.composed.direct.get(fn);
    if (place !== undefined && unwrap(given) === fn) {
      const parameters = this.#parameters(fn);
      return [`(${parameters}) => `, ...this.direct(place, indent)];
    }
    return [{ range: given.range, inside: call, indent }];
  }

  #parameters({ params }: FunctionNode): string {
    const own = params.slice(0, -1);
    const [first, last] = [own[0], own.at(-1)];
    return first === undefined || last === undefined ? "" : this.source.text.slice(first.range[0], last.range[1]);
  }

  direct(place: TSESTree.Node, indent: string): Part[] {
    return [{ range: place.range, inside: place, indent }];
  }

  /** A call of one of the functions, with some values. */
  started(index: number, values: readonly string[], indent: string, isList = this.#isList(index)): Part[] {
    const { composition, direct, operation } = this.composed;
    const { fn, given } = composition.tasks[index]!;
    if (fn === null) return this.staying.call(index, values, indent, isList);
    const isInPlace = unwrap(given) === fn;
    const place = isInPlace ? direct.get(fn) : undefined;
    if (place !== undefined && this.#isNamedSo(fn, values)) return this.direct(place, indent);
    const called: Part = { range: given.range, inside: operation.call, indent };
    const text: Part[] = place === undefined ? [called] : this.functionText(fn, given, indent);
    return [...(isFunction(unwrap(given)) ? ["(", ...text, ")"] : text), `(${values.join(", ")})`];
  }

  #isList(index: number): boolean {
    return this.isUsed && (this.composed.counts[index] ?? 0) > 1;
  }

  /** Whether a function's parameters have the names of what it is given. */
  #isNamedSo({ params }: FunctionNode, values: readonly string[]): boolean {
    return values.every((value, at) => {
      const parameter = params[at];
      return parameter?.type === "Identifier" && parameter.name === value;
    });
  }
}
