import type { CompositionForm } from "../../dialects/compositions.ts";
import { unwrap } from "../../ast/names.ts";
import type { TSESTree } from "../../ast/source.ts";
import type { Sequence } from "./awaited-call.ts";
import { ComposedLoop } from "./composed-loop.ts";
import { repeated } from "./composed-repeat.ts";
import { firstAnswer } from "./composed-first.ts";
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
    if (list !== null) return this.#mapped(indent);
    if (tasks.length === 0) return ["Promise.all([])", ...this.#asObject([])];
    const inner = indent + this.#parts.unit;
    const lines = tasks.flatMap((_, index): Part[] => [
      this.#parts.newline + inner,
      ...this.#parts.started(index, [], inner),
      ",",
    ]);
    const names = form.gives === "answers" && this.#parts.isUsed && tasks[0]!.key !== null ? this.#keyNames() : null;
    return [
      form.gives === "first" ? "Promise.race([" : "Promise.all([",
      ...lines,
      `${this.#parts.newline}${indent}])`,
      ...(names === null ? [] : this.#asObject(names)),
    ];
  }

  #mapped(indent: string): Part[] {
    const { form } = this.#parts.composed.composition;
    if (/^(?:found|some|every)$/.test(form.gives))
      return firstAnswer(this.#parts, (item) => this.#step(item, indent), indent);
    const all = ["Promise.all(", ...this.#parts.mapped(indent), ")"];
    return form.gives === "joined" && this.#parts.isUsed ? [...all, ".then((answers) => answers.flat())"] : all;
  }

  #step(item: string, indent: string): readonly Part[] {
    return this.#parts.held === null ? this.#parts.started(0, [item], indent) : [`${this.#parts.held}(${item})`];
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
    if (form.over === "repeated") return repeated(this.#parts, indent);
    if (list !== null && form.order === "inTurn") return new ComposedLoop(this.#parts).sequence(indent);
    const held = [...this.#parts.staying.hold(indent), ...this.#parts.holdStep(indent)];
    const isExpression = isPromise(form, this.#parts.isUsed);
    const { before, value } = isExpression
      ? this.#held(indent)
      : list !== null
        ? this.#listed(indent)
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

  #listed(indent: string): Sequence {
    const { form } = this.#parts.composed.composition;
    return form.gives === "sorted"
      ? this.#sorted(indent)
      : form.gives === "members"
        ? this.#members(indent)
        : this.#filtered(indent);
  }

  #members(indent: string): Sequence {
    const { tasks } = this.#parts.composed.composition;
    const [value, key] = this.#parts.givenNames(tasks[0]!, ["value", "key"]);
    const inner = indent + this.#parts.unit;
    const lines: Part[] = [
      "Object.fromEntries(await Promise.all(Object.entries(",
      ...this.#parts.list(indent),
      `).map(async ([${key}, ${value}]) => [${this.#parts.newline}${inner}${key},${this.#parts.newline}${inner}await `,
      ...this.#parts.started(0, [value!, key!], inner),
      `,${this.#parts.newline}${indent}])))`,
    ];
    return { before: [], value: lines };
  }

  #sorted(indent: string): Sequence {
    const list = this.#parts.heldList(indent);
    const answers = this.#parts.naming.fresh(["criteria"]);
    const mapped = ["Promise.all(", ...this.#parts.mapped(indent, list.text), ")"];
    const inner = indent + this.#parts.unit;
    const lines = [
      `.map((value, index) => ({ value, by: ${answers}[index] }))`,
      ".sort((left, right) => (left.by < right.by ? -1 : left.by > right.by ? 1 : 0))",
      ".map(({ value }) => value)",
    ];
    return {
      before: [...list.before, [`const ${answers} = await `, ...mapped, this.#parts.end]],
      value: [...list.text, ...lines.map((line) => this.#parts.newline + inner + line)],
    };
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

/** Whether a promise gives what is wanted of a call, without statements of its own. */
export function isPromise({ gives, order }: CompositionForm, isUsed: boolean): boolean {
  if (order !== "together") return false;
  return !isUsed || !/^(?:kept|dropped|members|sorted)$/.test(gives);
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
