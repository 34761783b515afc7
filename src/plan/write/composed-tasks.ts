import { unwrap } from "../../ast/names.ts";
import type { TSESTree } from "../../ast/source.ts";
import type { Sequence } from "./awaited-call.ts";
import { ComposedLoop } from "./composed-loop.ts";
import type { ComposedParts } from "./composed-parts.ts";
import type { Part } from "./text.ts";

/** Writes calls of functions in place of a call that calls them: as one expression, or as statements. */
export class ComposedTasks {
  readonly #parts: ComposedParts;

  constructor(parts: ComposedParts) {
    this.#parts = parts;
  }

  /** A promise for all that are started at once. */
  together(indent: string): Part[] {
    const { form, list, tasks } = this.#parts.composed.composition;
    if (list !== null) return ["Promise.all(", ...this.#parts.mapped(indent), ")"];
    if (tasks.length === 0) return ["Promise.all([])", ...this.#asObject([])];
    const inner = indent + this.#parts.unit;
    const lines = tasks.flatMap((_, index): Part[] => [
      this.#parts.newline + inner,
      ...this.#parts.started(index, [], inner),
      ",",
    ]);
    const names = form.gives === "answers" && this.#parts.isUsed && tasks[0]!.key !== null ? this.#keyNames() : null;
    return [
      "Promise.all([",
      ...lines,
      `${this.#parts.newline}${indent}])`,
      ...(names === null ? [] : this.#asObject(names)),
    ];
  }

  /** An async function around the statements, called at once. */
  apart(indent: string): Part[] {
    const inner = indent + this.#parts.unit;
    const { before, value } = this.sequence(inner);
    const lines = [...before, ...(value === null ? [] : [["return ", ...value, this.#parts.end]])];
    return [
      "(async () => {",
      ...lines.flatMap((line): Part[] => [this.#parts.newline + inner, ...line]),
      `${this.#parts.newline}${indent}})()`,
    ];
  }

  /** Statements, each on lines of its own, and what gives the value behind them. */
  sequence(indent: string): Sequence {
    const { form, list } = this.#parts.composed.composition;
    if (list !== null && form.order === "inTurn") return new ComposedLoop(this.#parts).sequence(indent);
    const held = this.#parts.staying.hold(indent);
    const isExpression = form.order === "together" && (form.gives === "nothing" || form.gives === "answers");
    const { before, value } = isExpression
      ? this.#held(indent)
      : list !== null
        ? this.#filtered(indent)
        : form.isHandedOn === true
          ? this.#handedOn(indent)
          : this.#inTurn(indent);
    return { before: [...held, ...before], value };
  }

  /** All that are started at once, by functions of which some are held. */
  #held(indent: string): Sequence {
    const awaited: Part[] = ["await ", ...this.together(indent)];
    return this.#parts.isUsed
      ? { before: [], value: awaited }
      : { before: [[...awaited, this.#parts.end]], value: null };
  }

  #inTurn(indent: string): Sequence {
    const { tasks } = this.#parts.composed.composition;
    if (!this.#parts.isUsed)
      return {
        before: tasks.map((_, index) => ["await ", ...this.#parts.started(index, [], indent), this.#parts.end]),
        value: null,
      };
    const inner = indent + this.#parts.unit;
    const [open, close] = this.#isObject() ? ["{", "}"] : ["[", "]"];
    if (tasks.length === 0) return { before: [], value: [`${open}${close}`] };
    const lines = tasks.flatMap(({ key }, index): Part[] => [
      this.#parts.newline + inner + (key === null ? "" : `${keyText(key)}: `),
      "await ",
      ...this.#parts.started(index, [], inner),
      ",",
    ]);
    return { before: [], value: [open, ...lines, `${this.#parts.newline}${indent}${close}`] };
  }

  /** Each task is given what the one before it has answered. */
  #handedOn(indent: string): Sequence {
    const { composition, counts } = this.#parts.composed;
    const before: Part[][] = [];
    let given: string[] = [];
    const last = composition.tasks.length - 1;
    for (const index of composition.tasks.keys()) {
      const isOpen = counts[index] == null && index !== last;
      const count = counts[index] ?? 1;
      const isList = index === last ? this.#parts.isUsed && count > 1 : count > 1;
      const call: Part[] = ["await ", ...this.#parts.started(index, given, indent, isOpen || isList)];
      if (index === last) {
        if (this.#parts.isUsed) return { before, value: call };
        before.push([...call, this.#parts.end]);
        break;
      }
      const next = composition.tasks[index + 1]!.called;
      if (counts[index] == null) {
        const name = this.#parts.naming.fresh(["values"]);
        before.push([`const ${name} = `, ...call, this.#parts.end]);
        given = [`...${name}`];
        continue;
      }
      given = Array.from({ length: counts[index] }, (_, at) => this.#nameOf(next.fn?.params[next.before + at]));
      const target = given.length > 1 ? `[${given.join(", ")}]` : given[0];
      before.push([...(target === undefined ? [] : [`const ${target} = `]), ...call, this.#parts.end]);
    }
    return { before, value: this.#parts.isUsed ? ["undefined"] : null };
  }

  /** A name for what a parameter is given. */
  #nameOf(parameter: TSESTree.Node | undefined): string {
    const name = parameter?.type === "Identifier" ? parameter.name : "value";
    return this.#parts.naming.take(name) ? name : this.#parts.naming.fresh([name]);
  }

  #filtered(indent: string): Sequence {
    const { form } = this.#parts.composed.composition;
    const list = this.#parts.heldList(indent);
    const answers = this.#parts.naming.fresh(["answers"]);
    const index = this.#parts.naming.fresh(["index"]);
    const mapped = ["Promise.all(", ...this.#parts.mapped(indent, list.text), ")"];
    return {
      before: [...list.before, [`const ${answers} = await `, ...mapped, this.#parts.end]],
      value: [...list.text, `.filter((_, ${index}) => ${form.gives === "dropped" ? "!" : ""}${answers}[${index}])`],
    };
  }

  #isObject(): boolean {
    const functions = this.#parts.composed.operation.inputs[this.#parts.composed.composition.form.at];
    return functions !== undefined && unwrap(functions).type === "ObjectExpression";
  }

  #keyNames(): readonly string[] {
    const taken = new Set<string>();
    return this.#parts.composed.composition.tasks.map(({ key }, index) => {
      const name = IDENTIFIER.test(key!) && !RESERVED.has(key!) ? key! : `value${index + 1}`;
      const own = taken.has(name) ? `value${index + 1}` : name;
      taken.add(own);
      return own;
    });
  }

  #asObject(names: readonly string[]): string[] {
    if (!this.#isObject() || !this.#parts.isUsed) return [];
    const { tasks } = this.#parts.composed.composition;
    const members = names.map((name, index) => {
      const { key } = tasks[index]!;
      return key === name ? name : `${keyText(key!)}: ${name}`;
    });
    return [`.then(([${names.join(", ")}]) => ({${members.length === 0 ? "" : ` ${members.join(", ")} `}}))`];
  }
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
