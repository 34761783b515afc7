import { type Kinds, mutableOperand, NO_KINDS, noteOf } from "./random-kinds.ts";
import type { Stem } from "./random-model.ts";

export type Lines = readonly string[];

/** What the parts of a program share while it is printed. */
export class Text {
  /** Declarations of the module. */
  readonly parts: string[] = [];
  /** The shapes that the program shows. */
  readonly shapes = new Set<string>();
  /** What is printed otherwise, or in addition. */
  readonly kinds: Kinds;
  #lastId = 0;

  constructor(kinds: Kinds = NO_KINDS) {
    this.kinds = kinds;
  }

  id(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  mark(...shapes: readonly string[]): void {
    for (const shape of shapes) this.shapes.add(shape);
  }

  /** A line of work. */
  note(): string {
    return noteOf(this.id(), this.kinds);
  }
}

/**
 * A time-out that never ends in the very moment in which an operation completes: operations take whole ticks, and each time-out a
 * fraction of its own. At a tie the virtual clock delivers an operation first if a thread waits, and a timer first if it is older.
 */
export function timeOut(text: Text, patience: number): string {
  return String(patience + text.id() / 1000);
}

/** How often a piece of a program calls each operation, at most; the script needs as many steps. */
export type Calls = Record<Stem, number>;

/** A function of the program that can be called. */
export interface Callable {
  readonly call: string;
  readonly calls: Calls;
  readonly returnsText: boolean;
}

/** The surroundings of a statement. */
export interface Scope {
  readonly text: Text;
  /** What names the class's own members here, `this` or the class; `null` outside of a class. */
  readonly self: string | null;
  /** Members of the class around. */
  readonly members: string[];
  readonly isStatic: boolean;
  readonly canReturn: boolean;
  readonly isInForEach: boolean;
  readonly callables: readonly Callable[];
  readonly called: Set<Callable>;
  readonly calls: Calls;
  /** How often the statement runs, at most. */
  readonly times: number;
}

export const indented = (lines: Lines): Lines => lines.map((line) => `  ${line}`);

/** `head { … }tail` */
export const block = (head: string, lines: Lines, tail = ""): Lines => [`${head} {`, ...indented(lines), `}${tail}`];

/** `before`, the lines, and `after` with no line break between them. */
export function enclose(before: string, lines: Lines, after: string): Lines {
  const [first = "", ...rest] = lines;
  const last = rest.at(-1);
  if (last === undefined) return [`${before}${first}${after}`];
  return [`${before}${first}`, ...rest.slice(0, -1), `${last}${after}`];
}

/** The call of a Begin. */
export function begin(scope: Scope, stem: Stem, callback: Lines, state: string, times = scope.times): Lines {
  scope.calls[stem] += times;
  const inputs = { Query: "", Read: "buffer, 0, 4, ", Write: `"text ${scope.text.id()}", ` }[stem];
  return enclose(`channel.Begin${stem}(${inputs}`, callback, `, ${state})`);
}

/** The End of an operation, and what becomes of its result. */
export function end(text: Text, stem: Stem, handle: string, channel = "channel"): string {
  const ended = `${channel}.End${stem}(${handle})`;
  if (stem === "Write") return `${ended};`;
  if (stem === "Read" && text.kinds.has("one tick")) return `total += ${ended};`;
  return text.kinds.has("mutable operands") ? `trace(${mutableOperand(text.id())}, ${ended});` : `trace(${ended});`;
}

export const resultType = (stem: Stem): string => ({ Query: "string", Read: "number", Write: "void" })[stem];

/** `lines` in a `try` whose handler traces the error. */
export function guarded(text: Text, lines: Lines): Lines {
  return [...block("try", lines), ...block("catch (error)", [`trace("caught ${text.id()}", error);`])]
    .join("\n")
    .replace(/\n\}\ncatch/u, "\n} catch")
    .split("\n");
}
