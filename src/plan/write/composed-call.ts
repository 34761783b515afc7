import { lineBreakOf } from "../../ast/lines.ts";
import { unwrap } from "../../ast/names.ts";
import { isFunction } from "../../ast/functions.ts";
import type { FunctionNode, Source, TSESTree } from "../../ast/source.ts";
import type { ComposedOperation } from "../completion/compositions.ts";
import { namesInLoop } from "../completion/inlined-tasks.ts";
import type { AwaitDecision } from "../decide/decision.ts";
import { mayChangeMeanwhile } from "../../recognize/compositions/lists.ts";
import { indentUnitOf, semicolon } from "../layout.ts";
import { isConstant } from "../purity.ts";
import type { DescribedOperation } from "../../recognize/operations/operation.ts";
import type { AwaitedCall } from "./awaited-call.ts";
import { argumentRange } from "./members.ts";
import type { Part } from "./text.ts";

/** What the text of a call is made of that calls functions. */
export interface ComposedText extends ComposedOperation {
  /** How many values each function answers with. */
  readonly counts: readonly (number | null)[];
  /** The functions that do nothing but start one operation, and where they do. */
  readonly direct: ReadonlyMap<FunctionNode, TSESTree.Node>;
  /** The functions whose code becomes the body of a loop. */
  readonly inlined: ReadonlySet<FunctionNode>;
}

/** The calls of a file that call functions. */
export interface Composing {
  of(operation: DescribedOperation): ComposedText | null;
}

interface Surroundings {
  readonly naming: Naming;
  readonly text: { readonly callIndent: string; readonly takesPromise: boolean };
}

/** Names for what is declared in the place of a call. */
export interface Naming {
  /** Takes a name if it means nothing there. */
  readonly take: (name: string) => boolean;
  /** One of some names, or the last with a number. */
  readonly fresh: (candidates: readonly string[]) => string;
}

type Sequence = NonNullable<AwaitedCall["sequence"]>;

/** Writes what is awaited instead of a call that calls functions, as an expression or as statements. */
export function composedCall(
  source: Source,
  decision: AwaitDecision,
  composed: ComposedText,
  { naming, text }: Surroundings,
): AwaitedCall {
  const isUsed = decision.values.length > 0 || decision.told === "all" || decision.told === "promise";
  const { form, list, tasks } = composed.composition;
  const writer = new ComposedWriter(source, composed, naming, isUsed);
  const isExpression = form.order === "together" && (form.gives === "nothing" || form.gives === "answers" || !isUsed);
  if (isExpression) return { parts: writer.together(text.callIndent), imported: null, edits: [] };
  void list;
  void tasks;
  if (!text.takesPromise)
    return { parts: [], imported: null, edits: [], sequence: writer.sequence(text.callIndent) };
  return { parts: writer.apart(text.callIndent), imported: null, edits: [] };
}

class ComposedWriter {
  readonly #source: Source;
  readonly #composed: ComposedText;
  readonly #naming: Naming;
  readonly #isUsed: boolean;
  readonly #newline: string;
  readonly #end: string;
  readonly #unit: string;

  constructor(source: Source, composed: ComposedText, naming: Naming, isUsed: boolean) {
    this.#source = source;
    this.#composed = composed;
    this.#naming = naming;
    this.#isUsed = isUsed;
    this.#newline = lineBreakOf(source.text);
    this.#end = semicolon(source);
    this.#unit = indentUnitOf(source.text);
  }

  /** A promise for all that are started at once. */
  together(indent: string): Part[] {
    const { form, list, tasks } = this.#composed.composition;
    if (list !== null) return ["Promise.all(", ...this.#mapped(indent), ")"];
    if (tasks.length === 0) return ["Promise.all([])", ...this.#asObject([])];
    const inner = indent + this.#unit;
    const lines = tasks.flatMap((_, index): Part[] => [
      this.#newline + inner,
      ...this.#started(index, [], inner),
      ",",
    ]);
    const names = form.gives === "answers" && this.#isUsed && tasks[0]!.key !== null ? this.#keyNames() : null;
    return [
      "Promise.all([",
      ...lines,
      `${this.#newline}${indent}])`,
      ...(names === null ? [] : this.#asObject(names)),
    ];
  }

  /** An async function around the statements, called at once. */
  apart(indent: string): Part[] {
    const inner = indent + this.#unit;
    const { before, value } = this.sequence(inner);
    const lines = [...before, ...(value === null ? [] : [["return ", ...value, this.#end]])];
    return [
      "(async () => {",
      ...lines.flatMap((line): Part[] => [this.#newline + inner, ...line]),
      `${this.#newline}${indent}})()`,
    ];
  }

  /** Statements, each on lines of its own, and what gives the value behind them. */
  sequence(indent: string): Sequence {
    const { form, list } = this.#composed.composition;
    if (list !== null) return form.order === "inTurn" ? this.#loop(indent) : this.#filtered(indent);
    return form.isHandedOn === true ? this.#handedOn(indent) : this.#inTurn(indent);
  }

  #inTurn(indent: string): Sequence {
    const { tasks } = this.#composed.composition;
    if (!this.#isUsed)
      return { before: tasks.map((_, index) => ["await ", ...this.#started(index, [], indent), this.#end]), value: null };
    const inner = indent + this.#unit;
    const [open, close] = this.#isObject() ? ["{", "}"] : ["[", "]"];
    if (tasks.length === 0) return { before: [], value: [`${open}${close}`] };
    const lines = tasks.flatMap(({ key }, index): Part[] => [
      this.#newline + inner + (key === null ? "" : `${keyText(key)}: `),
      "await ",
      ...this.#started(index, [], inner),
      ",",
    ]);
    return { before: [], value: [open, ...lines, `${this.#newline}${indent}${close}`] };
  }

  /** Each task is given what the one before it has answered. */
  #handedOn(indent: string): Sequence {
    const { composition, counts } = this.#composed;
    const before: Part[][] = [];
    let given: string[] = [];
    const last = composition.tasks.length - 1;
    for (const index of composition.tasks.keys()) {
      const call: Part[] = ["await ", ...this.#started(index, given, indent)];
      if (index === last) {
        if (this.#isUsed) return { before, value: call };
        before.push([...call, this.#end]);
        break;
      }
      const next = composition.tasks[index + 1]!.fn;
      given = Array.from({ length: counts[index] ?? 0 }, (_, at) => this.#nameOf(next.params[at]));
      const target = given.length > 1 ? `[${given.join(", ")}]` : given[0];
      before.push([...(target === undefined ? [] : [`const ${target} = `]), ...call, this.#end]);
    }
    return { before, value: this.#isUsed ? ["undefined"] : null };
  }

  /** A name for what a parameter is given. */
  #nameOf(parameter: TSESTree.Node | undefined): string {
    const name = parameter?.type === "Identifier" ? parameter.name : "value";
    return this.#naming.take(name) ? name : this.#naming.fresh([name]);
  }

  #filtered(indent: string): Sequence {
    const { form } = this.#composed.composition;
    const list = this.#heldList(indent);
    const answers = this.#naming.fresh(["answers"]);
    const index = this.#naming.fresh(["index"]);
    const mapped = ["Promise.all(", ...this.#mapped(indent, list.text), ")"];
    return {
      before: [...list.before, [`const ${answers} = await `, ...mapped, this.#end]],
      value: [
        ...list.text,
        `.filter((_, ${index}) => ${form.gives === "dropped" ? "!" : ""}${answers}[${index}])`,
      ],
    };
  }

  /** A loop that calls the function for one value after the other. */
  #loop(indent: string): Sequence {
    const { form, initial, tasks } = this.#composed.composition;
    const { fn, given } = tasks[0]!;
    const { call } = this.#composed.operation;
    const before: Part[][] = [];
    const inner = indent + this.#unit;
    const isInlined = this.#composed.inlined.has(fn);
    const isDirect = this.#composed.direct.has(fn) && unwrap(given) === fn;
    // What stands in the loop itself has the names that it gives to its values.
    const own = isInlined || isDirect ? this.#ownNames(fn) : null;
    const names = own ?? this.#freshNames(fn);
    const item = names[form.over === "memo" ? 1 : 0]!;
    let started: Part[];
    if (own !== null && isDirect) started = this.#direct(this.#composed.direct.get(fn)!, inner);
    else if (isFunction(unwrap(given)) && !isInlined) {
      const name = this.#naming.fresh(["step"]);
      before.push([`const ${name} = `, { range: given.range, inside: call, indent }, this.#end]);
      started = [`${name}(${names.join(", ")})`];
    } else started = [{ range: given.range, inside: call, indent: inner }, `(${names.join(", ")})`];
    const head = this.#head(names, before, indent);
    const loop = (body: readonly Part[][]): Part[] => [
      ...head,
      " {",
      ...body.flatMap((line): Part[] => [this.#newline + inner, ...line]),
      `${this.#newline}${indent}}`,
    ];
    const end = this.#end;
    const awaited: Part[] = ["await ", ...started];
    const collected = (candidates: readonly string[], start: Part[], body: (name: string) => Part[][]): Sequence => {
      const name = this.#naming.fresh(candidates);
      return { before: [...before, [`let ${name}`, ...start, end], loop(body(name))], value: this.#isUsed ? [name] : null };
    };
    const constant = (candidates: readonly string[], body: (name: string) => Part[][]): Sequence => {
      const found = collected(candidates, [" = []"], body);
      return { ...found, before: found.before.map((line) => constLine(line, candidates)) };
    };
    const until = (test: readonly Part[], assigned: string): Part[][] => [
      ["if (", ...test, ") {"],
      [`${this.#unit}${assigned}${end}`],
      [`${this.#unit}break${end}`],
      ["}"],
    ];
    switch (form.gives) {
      case "nothing":
        return { before: [...before, loop([isInlined ? [this.#body(fn, inner)] : [...awaited, end]])], value: null };
      case "answers":
        return this.#isUsed
          ? constant(["answers"], (name) => [[`${name}.push(`, ...awaited, `)${end}`]])
          : { before: [...before, loop([[...awaited, end]])], value: null };
      case "kept":
        return constant(["kept"], (name) => [["if (", ...awaited, `) ${name}.push(${item})${end}`]]);
      case "dropped":
        return constant(["kept"], (name) => [["if (!(", ...awaited, `)) ${name}.push(${item})${end}`]]);
      case "found":
        return collected(["found"], [], (name) => until(awaited, `${name} = ${item}`));
      case "some":
        return collected(["isFound"], [" = false"], (name) => until(awaited, `${name} = true`));
      case "every":
        return collected(["isEvery"], [" = true"], (name) => until(["!(", ...awaited, ")"], `${name} = false`));
      case "last": {
        const range = argumentRange(this.#source, call, initial!);
        const [memo] = names;
        return {
          before: [
            ...before,
            [`let ${memo} = `, { range, inside: call, indent }, end],
            loop([[`${memo} = `, ...awaited, end]]),
          ],
          value: this.#isUsed ? [memo!] : null,
        };
      }
    }
  }

  /** The code of a function as that of a loop. */
  #body({ body }: FunctionNode, indent: string): Part {
    return { range: [body.range[0] + 1, body.range[1] - 1], inside: body, indent };
  }

  /** The names, or patterns, of a function's values, where they mean nothing else in the head of a loop; `null` where they do. */
  #ownNames(fn: FunctionNode): readonly string[] | null {
    const { composition } = this.#composed;
    const { form } = composition;
    const names = namesInLoop(this.#source, composition, fn);
    if (names === null) return null;
    return form.over !== "memo" || this.#naming.take(names[0]!) ? names : null;
  }

  #freshNames({ params }: FunctionNode): readonly string[] {
    const { over } = this.#composed.composition.form;
    const usual = { count: ["index"], entries: ["value", "key"], list: ["item"], memo: ["memo", "item"], tasks: [] };
    return usual[over].map((name, index) => {
      const parameter = params[index];
      const own = parameter?.type === "Identifier" ? parameter.name : name;
      return this.#naming.take(own) ? own : this.#naming.fresh([name, own]);
    });
  }

  /** `for (…)`, and before it what has to be known first. */
  #head(names: readonly string[], before: Part[][], indent: string): Part[] {
    const { composition, context, operation } = this.#composed;
    const { form, list, listKind } = composition;
    const held = (candidates: readonly string[], text: readonly Part[]): string => {
      const name = this.#naming.fresh(candidates);
      before.push([`const ${name} = `, ...text, this.#end]);
      return name;
    };
    const [first, second] = names;
    if (form.over === "count") {
      const limit: Part[] = isConstant(this.#source, list!) ? this.#list(indent) : [held(["count"], this.#list(indent))];
      return [`for (let ${first!} = 0; ${first!} < `, ...limit, `; ${first!}++)`];
    }
    const isCopied = listKind === "array" && mayChangeMeanwhile(context, list!, operation.call);
    const array: Part[] =
      isCopied || form.isReversed === true ? ["[...", ...this.#list(indent), "]"] : this.#member(indent);
    if (form.over === "entries" && listKind === "object") {
      return [`for (const [${second!}, ${first!}] of Object.entries(`, ...this.#list(indent), "))"];
    }
    if (form.over === "entries") return [`for (const [${second!}, ${first!}] of `, ...array, ".entries())"];
    const item = form.over === "memo" ? second! : first!;
    const reversed = form.isReversed === true ? [".reverse()"] : [];
    return [`for (const ${item} of `, ...(isCopied || reversed.length > 0 ? array : this.#list(indent)), ...reversed, ")"];
  }

  /** The list as it may be named twice. */
  #heldList(indent: string): { readonly before: Part[][]; readonly text: Part[] } {
    const name = this.#naming.fresh(["items"]);
    return { before: [[`const ${name} = `, ...this.#list(indent), this.#end]], text: [name] };
  }

  #list(indent: string): Part[] {
    const { composition, operation } = this.#composed;
    return [{ range: argumentRange(this.#source, operation.call, composition.list!), inside: operation.call, indent }];
  }

  /** What each value of the list is mapped to. */
  #mapped(indent: string, list: Part[] = this.#member(indent)): Part[] {
    const { form, listKind, tasks } = this.#composed.composition;
    const [task] = tasks;
    if (form.over === "count") {
      const index = this.#naming.fresh(["index"]);
      return ["Array.from({ length: ", ...this.#list(indent), ` }, (_, ${index}) => `, ...this.#started(0, [index], indent), ")"];
    }
    if (form.over === "entries" && listKind === "object") {
      const [object, key] = [this.#naming.fresh(["values"]), this.#naming.fresh(["key"])];
      void object;
      return ["Object.entries(", ...list, `).map(([${key}, ${object}]) => `, ...this.#started(0, [object, key], indent), ")"];
    }
    return [...list, ".map(", ...this.#function(task!.fn, task!.given, indent), ")"];
  }

  /** The list, in parentheses where a member of it is not read otherwise. */
  #member(indent: string): Part[] {
    const { listKind, list } = this.#composed.composition;
    const isTight = /^(?:Array|Call|Member|This)Expression$|^Identifier$/.test(unwrap(list!).type) && unwrap(list!) === list;
    return isTight || listKind === "object" ? this.#list(indent) : ["(", ...this.#list(indent), ")"];
  }

  /** A function as it is given to `map`. */
  #function(fn: FunctionNode, given: TSESTree.Expression, indent: string): Part[] {
    const { call } = this.#composed.operation;
    const place = this.#composed.direct.get(fn);
    if (place !== undefined && unwrap(given) === fn) {
      const parameters = this.#parameters(fn);
      return [`(${parameters}) => `, ...this.#direct(place, indent)];
    }
    return [{ range: given.range, inside: call, indent }];
  }

  #parameters({ params }: FunctionNode): string {
    const own = params.slice(0, -1);
    const [first, last] = [own[0], own.at(-1)];
    return first === undefined || last === undefined ? "" : this.#source.text.slice(first.range[0], last.range[1]);
  }

  #direct(place: TSESTree.Node, indent: string): Part[] {
    return [{ range: place.range, inside: place, indent }];
  }

  /** A call of one of the functions, with some values. */
  #started(index: number, values: readonly string[], indent: string): Part[] {
    const { composition, direct, operation } = this.#composed;
    const { fn, given } = composition.tasks[index]!;
    const isInPlace = unwrap(given) === fn;
    const place = isInPlace ? direct.get(fn) : undefined;
    if (place !== undefined && this.#isNamedSo(fn, values)) return this.#direct(place, indent);
    const called: Part = { range: given.range, inside: operation.call, indent };
    const text: Part[] = place === undefined ? [called] : this.#function(fn, given, indent);
    return [...(isFunction(unwrap(given)) ? ["(", ...text, ")"] : text), `(${values.join(", ")})`];
  }

  /** Whether a function's parameters have the names of what it is given. */
  #isNamedSo({ params }: FunctionNode, values: readonly string[]): boolean {
    return values.every((value, at) => {
      const parameter = params[at];
      return parameter?.type === "Identifier" && parameter.name === value;
    });
  }

  #isObject(): boolean {
    const functions = this.#composed.operation.inputs[this.#composed.composition.form.at];
    return functions !== undefined && unwrap(functions).type === "ObjectExpression";
  }

  #keyNames(): readonly string[] {
    const taken = new Set<string>();
    return this.#composed.composition.tasks.map(({ key }, index) => {
      const name = IDENTIFIER.test(key!) && !RESERVED.has(key!) ? key! : `value${index + 1}`;
      const own = taken.has(name) ? `value${index + 1}` : name;
      taken.add(own);
      return own;
    });
  }

  #asObject(names: readonly string[]): string[] {
    if (!this.#isObject() || !this.#isUsed) return [];
    const { tasks } = this.#composed.composition;
    const members = names.map((name, index) => {
      const { key } = tasks[index]!;
      return key === name ? name : `${keyText(key!)}: ${name}`;
    });
    return [`.then(([${names.join(", ")}]) => ({${members.length === 0 ? "" : ` ${members.join(", ")} `}}))`];
  }
}

/** A list is filled, and the variable stays. */
function constLine(line: Part[], [name]: readonly string[]): Part[] {
  const [first, ...rest] = line;
  return typeof first === "string" && first.startsWith(`let ${name!}`) ? [first.replace(/^let/, "const"), ...rest] : line;
}

const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;
const RESERVED = new Set(
  "arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally for function if implements import in instanceof interface let new null package private protected public return static super switch this throw true try typeof undefined var void while with yield".split(
    " ",
  ),
);

/** A key as an object literal writes it. */
function keyText(key: string): string {
  return IDENTIFIER.test(key) ? key : JSON.stringify(key);
}
