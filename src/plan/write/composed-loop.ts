import { isFunction } from "../../ast/functions.ts";
import { unwrap } from "../../ast/names.ts";
import type { FunctionNode } from "../../ast/source.ts";
import { mayChangeMeanwhile } from "../../recognize/compositions/lists.ts";
import type { Task } from "../../recognize/compositions/tasks.ts";
import { namesInLoop } from "../completion/inlined-tasks.ts";
import { isConstant } from "../purity.ts";
import type { Sequence } from "./awaited-call.ts";
import type { ComposedParts } from "./composed-parts.ts";
import { argumentRange } from "./members.ts";
import type { Part } from "./text.ts";

/** Writes a loop in place of a call that calls a function for one value after the other. */
export class ComposedLoop {
  readonly #parts: ComposedParts;

  constructor(parts: ComposedParts) {
    this.#parts = parts;
  }

  /** The loop, and what gives its value. */
  sequence(indent: string): Sequence {
    const { form, initial, tasks } = this.#parts.composed.composition;
    const { fn, given } = tasks[0]!;
    const { call } = this.#parts.composed.operation;
    const before: Part[][] = [];
    const inner = indent + this.#parts.unit;
    const isInlined = fn !== null && this.#parts.composed.inlined.has(fn);
    const isDirect = fn !== null && this.#parts.composed.direct.has(fn) && unwrap(given) === fn;
    // What stands in the loop itself has the names that it gives to its values.
    const own = isInlined || isDirect ? this.#ownNames(fn) : null;
    const names = own ?? this.#freshNames(tasks[0]!);
    const item = names[form.over === "memo" ? 1 : 0]!;
    let started: Part[];
    if (fn === null) {
      before.push(...this.#parts.staying.hold(indent));
      started = this.#parts.started(0, names, inner);
    } else if (own !== null && isDirect) started = this.#parts.direct(this.#parts.composed.direct.get(fn)!, inner);
    else if (isFunction(unwrap(given)) && !isInlined) {
      const name = this.#parts.naming.fresh(["step"]);
      before.push([`const ${name} = `, { range: given.range, inside: call, indent }, this.#parts.end]);
      started = [`${name}(${names.join(", ")})`];
    } else started = [{ range: given.range, inside: call, indent: inner }, `(${names.join(", ")})`];
    const head = this.#head(names, before, indent);
    const loop = (body: readonly Part[][]): Part[] => [
      ...head,
      " {",
      ...body.flatMap((line): Part[] => [this.#parts.newline + inner, ...line]),
      `${this.#parts.newline}${indent}}`,
    ];
    const end = this.#parts.end;
    const awaited: Part[] = ["await ", ...started];
    const collected = (candidates: readonly string[], start: Part[], body: (name: string) => Part[][]): Sequence => {
      const name = this.#parts.declared ?? this.#parts.naming.fresh(candidates);
      const value = this.#parts.isUsed && this.#parts.declared === null ? [name] : null;
      return { before: [...before, [`let ${name}`, ...start, end], loop(body(name))], value };
    };
    const constant = (candidates: readonly string[], body: (name: string) => Part[][]): Sequence => {
      const found = collected(candidates, [" = []"], body);
      return { ...found, before: found.before.map(constLine) };
    };
    const until = (test: readonly Part[], assigned: string): Part[][] => [
      ["if (", ...test, ") {"],
      [`${this.#parts.unit}${assigned}${end}`],
      [`${this.#parts.unit}break${end}`],
      ["}"],
    ];
    switch (form.gives) {
      case "nothing":
        return { before: [...before, loop([isInlined ? [this.#body(fn, inner)] : [...awaited, end]])], value: null };
      case "answers":
        return this.#parts.isUsed
          ? constant(["answers"], (name) => [[`${name}.push(`, ...awaited, `)${end}`]])
          : { before: [...before, loop([[...awaited, end]])], value: null };
      case "joined":
        return constant(["joined"], (name) => [[`${name}.push(...[`, ...awaited, `].flat())${end}`]]);
      case "members": {
        const found = collected(["members"], [" = {}"], (name) => [[`${name}[${names[1]!}] = `, ...awaited, end]]);
        return { ...found, before: found.before.map(constLine) };
      }
      case "sorted":
      case "first":
        throw new Error(`${form.gives} is no loop`);
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
        const range = argumentRange(this.#parts.source, call, initial!);
        const [memo] = names;
        return {
          before: [
            ...before,
            [`let ${memo} = `, { range, inside: call, indent }, end],
            loop([[`${memo} = `, ...awaited, end]]),
          ],
          value: this.#parts.isUsed ? [memo!] : null,
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
    const { composition } = this.#parts.composed;
    const { form } = composition;
    const names = namesInLoop(this.#parts.source, composition, fn);
    if (names === null) return null;
    return form.over !== "memo" || this.#parts.naming.take(names[0]!) ? names : null;
  }

  #freshNames({ called }: Task): readonly string[] {
    const { over } = this.#parts.composed.composition.form;
    const usual = {
      count: ["index"],
      entries: ["value", "key"],
      list: ["item"],
      memo: ["memo", "item"],
      repeated: [],
      tasks: [],
    };
    return usual[over].map((name, index) => {
      const parameter = called.fn?.params[index + called.before];
      const own = parameter?.type === "Identifier" ? parameter.name : name;
      return this.#parts.naming.take(own) ? own : this.#parts.naming.fresh([name, own]);
    });
  }

  /** `for (…)`, and before it what has to be known first. */
  #head(names: readonly string[], before: Part[][], indent: string): Part[] {
    const { composition, context, operation } = this.#parts.composed;
    const { form, list, listKind } = composition;
    const held = (candidates: readonly string[], text: readonly Part[]): string => {
      const name = this.#parts.naming.fresh(candidates);
      before.push([`const ${name} = `, ...text, this.#parts.end]);
      return name;
    };
    const [first, second] = names;
    if (form.over === "count") {
      const limit: Part[] = isConstant(this.#parts.source, list!)
        ? this.#parts.list(indent)
        : [held(["count"], this.#parts.list(indent))];
      return [`for (let ${first!} = 0; ${first!} < `, ...limit, `; ${first!}++)`];
    }
    const isCopied = listKind === "array" && mayChangeMeanwhile(context, list!, operation.call);
    const array: Part[] =
      isCopied || form.isReversed === true ? ["[...", ...this.#parts.list(indent), "]"] : this.#parts.member(indent);
    if (form.over === "entries" && listKind === "object") {
      return [`for (const [${second!}, ${first!}] of Object.entries(`, ...this.#parts.list(indent), "))"];
    }
    if (form.over === "entries") return [`for (const [${second!}, ${first!}] of `, ...array, ".entries())"];
    const item = form.over === "memo" ? second! : first!;
    const reversed = form.isReversed === true ? [".reverse()"] : [];
    return [
      `for (const ${item} of `,
      ...(isCopied || reversed.length > 0 ? array : this.#parts.list(indent)),
      ...reversed,
      ")",
    ];
  }
}

/** A list is filled, and the variable stays. */
function constLine(line: readonly Part[]): Part[] {
  const [first, ...rest] = line;
  return first === undefined ? [] : [typeof first === "string" ? first.replace(/^let /, "const ") : first, ...rest];
}
