import ts from "typescript";
import type { Target } from "../../src/plan/types.ts";
import type { PrintedProgram } from "./random-print.ts";

/**
 * Kinds of code that random programs hold on request only: with none of them, a seed gives the programs that it always gave. They are
 * printed out of the same data, so that what fails is made smaller as ever.
 */
export const KINDS = [
  /** Handlers of a callback or an event throw, by calling a function that does. */
  "throwing call",
  /** Beside an outcome stand expressions that contain a variable which other code changes. */
  "mutable operands",
  /** No semicolons, and lines that begin with `(`, `[` or a template. */
  "line starts",
  /** A start stands in a `try` of its own, and may throw at once. */
  "throwing starts",
  /** All operations complete within the turn that starts them, and add to one total. */
  "one tick",
  /** Functions are exported from namespaces, and called by their qualified names. */
  "namespaces",
  /** Methods are wrapped by a decorator, which looks at what they give. */
  "decorators",
  /** Functions hold a local function of their own name, and call it. */
  "own names",
  /** Constants and fields that hold a callback or handler say so by their type. */
  "annotated constants",
  /** No types, and methods that only a subclass defines. */
  "plain JavaScript",
] as const;

export type Kind = (typeof KINDS)[number];
export type Kinds = ReadonlySet<Kind>;

export const NO_KINDS: Kinds = new Set();

export const TARGETS = ["twin", "adapter"] as const satisfies readonly Target[];
export type ChosenTarget = (typeof TARGETS)[number];

/** What programs are made of. */
export type Source = "Begin and End" | "events" | "countdowns";

/** The declarations that the printed parts of these kinds need, in front of a program. */
export function declarationsOf(kinds: Kinds): readonly string[] {
  return [
    ...(kinds.has("throwing call") ? ["function fail(error: unknown): void {\n  throw error;\n}"] : []),
    ...(kinds.has("mutable operands") ? ["let count = 0;"] : []),
    ...(kinds.has("one tick") ? ["let total = 0;"] : []),
    ...(kinds.has("decorators") ? [DECORATOR] : []),
  ];
}

const DECORATOR = `function told<T extends (...values: any[]) => unknown>(method: T, _context: ClassMethodDecoratorContext): T {
  return function (this: unknown, ...values: any[]) {
    const given = method.apply(this, values);
    trace("given", String(given));
    return given;
  } as T;
}`;

/** A program in the layout and the language of its kinds. */
export function inKinds({ text, shapes }: PrintedProgram, kinds: Kinds): PrintedProgram {
  const open = kinds.has("line starts") ? withoutSemicolons(text) : text;
  return { text: kinds.has("plain JavaScript") ? toJavaScript(open) : open, shapes };
}

/** The same without semicolons, but for those in front of a line that would go on with the one before. */
export function withoutSemicolons(text: string): string {
  return text.replaceAll(/;$/gmu, "").replaceAll(/^(\s*)(?=[[(`])/gmu, "$1;");
}

/** The same without types. */
export function toJavaScript(text: string): string {
  return ts.transpileModule(text, {
    fileName: "program.ts",
    compilerOptions: {
      target: ts.ScriptTarget.ESNext,
      module: ts.ModuleKind.ESNext,
      // What only types need is imported by `type`.
      verbatimModuleSyntax: true,
    },
  }).outputText;
}

/** The name of a file that holds a program of these kinds. */
export function fileNameOf(kinds: Kinds): string {
  return `fixtures/seeds/random.${kinds.has("plain JavaScript") ? "js" : "ts"}`;
}

/** The line of work with a number, as these kinds write it. */
export function noteOf(id: number, kinds: Kinds): string {
  const call = kinds.has("mutable operands") ? `trace("line ${id}", ++count)` : `trace("line ${id}")`;
  if (!kinds.has("line starts")) return `${call};`;
  return [`;(() => ${call})();`, `;[${id}].forEach(() => ${call});`, `;\`\${${call}}\`;`][id % 3]!;
}

/** An expression that contains the variable which lines of work change. */
export function mutableOperand(id: number): string {
  return ["count + 1", "`at ${count + 0}`", "[count][0]", 'count > 2 ? "many" : "few"', "{ count }.count"][id % 5]!;
}
