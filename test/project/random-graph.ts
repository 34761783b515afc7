import fc from "fast-check";

/* Call graphs over several files, with waits at the bottom: every function takes a number and gives one. */

const KINDS = ["function", "arrow", "method", "static", "override", "member", "async"] as const;
const CALLS = ["sum", "ternary", "and", "or", "template", "spread", "forHead", "optional", "argument", "forEach", "try", "nested", "iife", "compound", "sort", "map", "constructor", "getter", "all", "value"] as const;
const WAITS = ["Result", "Wait", "GetResult", "WaitAll", "started"] as const;

type Call = (typeof CALLS)[number];

export interface GraphFunction {
  readonly kind: (typeof KINDS)[number];
  readonly file: number;
  /** What it calls, as distances: forwards, or back to itself and others, where the number it is given runs out. */
  readonly calls: readonly { readonly how: Call; readonly to: number; readonly isBack: boolean }[];
  /** How it waits, if it does. */
  readonly wait: (typeof WAITS)[number] | null;
}

export interface Graph {
  readonly files: number;
  readonly functions: readonly GraphFunction[];
}

const call = fc.record({ how: fc.constantFrom(...CALLS), to: fc.nat(7), isBack: fc.boolean() });

/** Graphs of two to six files. */
export const arbitraryGraph: fc.Arbitrary<Graph> = fc.integer({ min: 2, max: 6 }).chain((files) =>
  fc.record({
    files: fc.constant(files),
    functions: fc.array(
      fc.record({
        kind: fc.constantFrom(...KINDS),
        file: fc.nat(files - 1),
        calls: fc.array(call, { maxLength: 3 }),
        wait: fc.option(fc.constantFrom(...WAITS), { freq: 3 }),
      }),
      { minLength: 3, maxLength: 9 },
    ),
  }),
);

const CONFIG = JSON.stringify({ compilerOptions: { strict: true, types: [], lib: ["ES2023"], target: "ES2022", module: "ES2022", moduleResolution: "Bundler", noEmit: true }, include: ["*.ts"] });

const RUNTIME = `export declare class Task<T = void> extends Promise<T> {
  static Run<T>(work: () => T): Task<T>;
  static WaitAll(tasks: readonly PromiseLike<unknown>[]): boolean;
  readonly Result: T;
  Wait(): boolean;
  GetAwaiter(): { GetResult(): T };
}
export declare function trace(...values: unknown[]): void;
`;

/** The project that a graph is, by path. */
export function printGraph(graph: Graph): Record<string, string> {
  const printer = new Printer(graph);
  const files: Record<string, string> = { "tsconfig.json": CONFIG, "runtime/index.d.ts": RUNTIME };
  for (let file = 0; file < graph.files; file++) files[`file${file}.ts`] = printer.file(file);
  files["main.ts"] = printer.main();
  return files;
}

/** A project's files as one program: every name in them is there once. */
export function joined(files: Readonly<Record<string, string>>): string {
  const texts = Object.entries(files).filter(([path]) => /^(?:file\d|main)\.ts$/u.test(path)).map(([, text]) => text);
  return `import { Task, trace } from "./runtime/index.js";\n${texts.join("\n").replaceAll(/^import .*$/gmu, "").replaceAll(/^export /gmu, "")}`;
}

class Printer {
  readonly #functions: readonly GraphFunction[];

  constructor({ functions }: Graph) {
    this.#functions = functions;
  }

  file(file: number): string {
    const own = this.#functions.flatMap((fn, index) => (fn.file === file ? [this.#declaration(fn, index)] : []));
    return `${this.#imports(file)}\n${own.join("\n\n")}\nexport {};\n`;
  }

  main(): string {
    const starts = this.#functions.map((fn, index) => `  trace("f${index}", ${fn.kind === "async" ? "await " : ""}${reference(fn, index)}(3));`);
    return `${this.#imports(-1)}\nasync function main(): Promise<void> {\n${starts.join("\n")}\n}\n\nawait main();\n`;
  }

  #imports(file: number): string {
    const others = this.#functions.flatMap((fn, index) => (fn.file === file ? [] : [`import { ${exported(fn, index)} } from "./file${fn.file}.ts";`]));
    return ['import { Task, trace } from "./runtime/index.js";', ...others].map((line) => line.replace('.ts"', '"')).join("\n");
  }

  #declaration(fn: GraphFunction, index: number): string {
    const body = this.#body(fn, index);
    const name = `f${index}`;
    switch (fn.kind) {
      case "function":
        return `export function ${name}(n: number): number ${body}`;
      case "async":
        return `export async function ${name}(n: number): Promise<number> ${body}`;
      case "arrow":
        return `export const ${name} = (n: number): number => ${body};`;
      case "static":
        return `export class C${index} {\n  static run${index}(n: number): number ${body}\n}`;
      case "method":
        return `class C${index} {\n  run${index}(n: number): number ${body}\n}\nexport const o${index} = new C${index}();`;
      case "override":
        return `interface I${index} {\n  run${index}(n: number): number;\n}\nabstract class B${index} implements I${index} {\n  abstract run${index}(n: number): number;\n}\nclass C${index} extends B${index} {\n  override run${index}(n: number): number ${body}\n}\nclass D${index} extends B${index} {\n  override run${index}(n: number): number {\n    return n;\n  }\n}\nexport const o${index}: I${index} = [new D${index}(), new C${index}()][1]!;`;
      case "member":
        return `export const o${index} = {\n  run${index}(n: number): number ${body},\n};`;
    }
  }

  #body({ calls, wait }: GraphFunction, index: number): string {
    const lines = [`trace("in f${index}", n);`, "if (n <= 0) return 0;", `let sum = ${index};`];
    if (wait !== null) lines.push(...waitLines(wait));
    for (const { how, to, isBack } of calls) {
      const target = isBack ? Math.max(0, index - to) : index + 1 + to;
      const fn = this.#functions[target];
      // Only main waits for what is asynchronous already.
      if (fn === undefined || fn.kind === "async") continue;
      lines.push(...callLines(how, reference(fn, target), this.#functions[index]!.kind === "async"));
    }
    return `{\n${[...lines, `trace("out f${index}", sum);`, "return sum;"].map((line) => `    ${line}`).join("\n")}\n  }`;
  }
}

function exported(fn: GraphFunction, index: number): string {
  if (fn.kind === "static") return `C${index}`;
  return fn.kind === "function" || fn.kind === "arrow" || fn.kind === "async" ? `f${index}` : `o${index}`;
}

function reference(fn: GraphFunction, index: number): string {
  const name = exported(fn, index);
  return name.startsWith("f") ? name : `${name}.run${index}`;
}

function waitLines(wait: (typeof WAITS)[number]): string[] {
  const task = "Task.Run(() => (trace(\"work\", n), n % 2))";
  switch (wait) {
    case "Result":
      return [`sum += ${task}.Result;`];
    case "Wait":
      return [`${task}.Wait();`];
    case "GetResult":
      return [`sum += 2 ** ${task}.GetAwaiter().GetResult();`];
    case "WaitAll":
      return [`Task.WaitAll([${task}, ${task}]);`];
    case "started":
      return [`const task = ${task};`, 'trace("started");', "sum += task.Result;"];
  }
}

function callLines(how: Call, fn: string, isAsync: boolean): string[] {
  switch (how) {
    case "sum":
      return [`sum = sum + ${fn}(n - 1) + n;`];
    case "ternary":
      return [`sum += ${fn}(n - 1) > 2 ? ${fn}(n - 2) : 1;`];
    case "and":
      return [`if (sum % 2 === 0 && ${fn}(n - 1) > 0) sum++;`];
    case "or":
      return [`sum += n > 1 || ${fn}(n - 1) ? 1 : 2;`];
    case "template":
      return [`trace(\`\${sum} \${${fn}(n - 1)} \${n}\`);`];
    case "spread":
      return [`sum += [sum, ...[${fn}(n - 2)]].length;`];
    case "forHead":
      return [`for (let i = ${fn}(n - 2); i < 2; i++) sum += i;`];
    case "optional":
      return [`sum += ${fn}?.(n - 1);`];
    case "argument":
      return [`sum = Math.max(sum, ${fn}(n - 1), ${fn}(n - 2));`];
    case "forEach":
      return ["[1, 2].forEach((each) => {", `  sum += ${fn}(n - each);`, "});"];
    case "try":
      return ["try {", `  if (${fn}(n - 1) > 3) throw new Error("big");`, "} catch (error) {", "  trace(String(error));", "}"];
    case "nested":
      return ["{", `  const inner = (m: number): number => ${fn}(m) + 1;`, "  sum += inner(n - 1);", "}"];
    case "iife":
      return [`sum += (() => ${fn}(n - 1))();`];
    case "compound":
      return [`sum -= -${fn}(n - 1);`];
    case "sort":
      return [`sum += [2, 1].sort((a, b) => ${fn}(n - 2) + a - b)[0]!;`];
    case "map":
      return [`sum += [1, 2].map((each) => ${fn}(n - each)).length;`];
    case "constructor":
      return [`sum += new (class {\n      value: number;\n      constructor() {\n        this.value = ${fn}(n - 1);\n      }\n    })().value;`];
    case "getter":
      return [`sum += { get value(): number { return ${fn}(n - 1); } }.value;`];
    case "all":
      return isAsync ? [`sum += (await Promise.all([1].map((each) => ${fn}(n - each)))).length;`] : [];
    case "value":
      return [`sum += [${fn}].length;`];
  }
}
