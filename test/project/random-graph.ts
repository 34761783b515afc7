import fc from "fast-check";
import { type Kinds, NO_KINDS, toJavaScript, withoutSemicolons } from "../migrate/random-kinds.ts";
import { RUNTIME, RUNTIME_IMPORT } from "./random-runtime.ts";

/* Call graphs over several files, with waits, operations and events at the bottom: every function takes a number and gives one. */

const KINDS = ["function", "arrow", "method", "static", "override", "member", "async"] as const;
const CALLS = [
  "sum",
  "ternary",
  "and",
  "or",
  "template",
  "spread",
  "forHead",
  "optional",
  "argument",
  "forEach",
  "try",
  "nested",
  "iife",
  "compound",
  "sort",
  "map",
  "constructor",
  "getter",
  "all",
  "value",
] as const;
const WAITS = [
  "Result",
  "Wait",
  "GetResult",
  "WaitAll",
  "started",
  "endAtOnce",
  "poll",
  "handle",
  "callback",
  "guarded",
  "event",
  "beginning",
  "raising",
] as const;

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

const COMPILER_OPTIONS = {
  strict: true,
  types: [],
  lib: ["ES2023"],
  target: "ES2022",
  module: "ES2022",
  moduleResolution: "Bundler",
  noEmit: true,
};

/** The project that a graph is, by path. @param kinds what it holds beside what it holds in any case */
export function printGraph(graph: Graph, kinds: Kinds = NO_KINDS): Record<string, string> {
  const printer = new Printer(graph, kinds);
  const config = { compilerOptions: { ...COMPILER_OPTIONS, ...(kinds.has("plain JavaScript") && { allowJs: true }) } };
  const files: Record<string, string> = {
    "tsconfig.json": JSON.stringify({
      ...config,
      include: kinds.has("plain JavaScript") ? ["*.ts", "*.js"] : ["*.ts"],
    }),
    "runtime/index.d.ts": RUNTIME,
  };
  const add = (name: string, text: string, isPlain = false): void => {
    const open = kinds.has("line starts") ? withoutSemicolons(text) : text;
    files[`${name}.${isPlain ? "js" : "ts"}`] = isPlain ? toJavaScript(open) : open;
  };
  for (let file = 0; file < graph.files; file++) add(`file${file}`, printer.file(file), isPlain(file, kinds));
  add("main", printer.main());
  return files;
}

/** A project of TypeScript keeps some of its files in JavaScript, which stay as they are. */
function isPlain(file: number, kinds: Kinds): boolean {
  return kinds.has("plain JavaScript") && file % 2 === 1;
}

/** A project's files as one program: every name in them is there once. */
export function joined(files: Readonly<Record<string, string>>): string {
  const texts = Object.entries(files)
    .filter(([path]) => /^(?:file\d|main)\.[jt]s$/u.test(path))
    .map(([, text]) => text);
  return `${RUNTIME_IMPORT}\n${texts
    .join("\n")
    .replaceAll(/^import .*$/gmu, "")
    .replaceAll(/^export /gmu, "")}`;
}

class Printer {
  readonly #functions: readonly GraphFunction[];

  readonly #files: number;

  readonly #kinds: Kinds;

  constructor({ files, functions }: Graph, kinds: Kinds) {
    this.#files = files;
    this.#functions = functions;
    this.#kinds = kinds;
  }

  file(file: number): string {
    const own = this.#functions.flatMap((fn, index) => (fn.file === file ? [this.#declaration(fn, index)] : []));
    const starters = this.#functions.flatMap(({ wait }, index) =>
      this.#starterFile(index) === file ? [starter(wait, index)] : [],
    );
    const declared = [
      ...(this.#kinds.has("decorators") && own.some((text) => text.includes("@told")) ? [toldOf(file)] : []),
      ...(this.#kinds.has("mutable operands") ? [`let count${file} = 0;`] : []),
    ];
    return `${this.#imports(file)}\n${[...declared, ...starters, ...own].join("\n\n")}\nexport {};\n`;
  }

  main(): string {
    const starts = this.#functions.map(
      (fn, index) => `  trace("f${index}", ${fn.kind === "async" ? "await " : ""}${this.#reference(fn, index)}(3));`,
    );
    return `${this.#imports(-1)}\nasync function main(): Promise<void> {\n${starts.join("\n")}\n}\n\nawait main();\n`;
  }

  #imports(file: number): string {
    const others = this.#functions.flatMap((fn, index) =>
      fn.file === file ? [] : [`import { ${this.#exported(fn, index)} } from "./file${fn.file}.ts";`],
    );
    const starters = this.#functions.flatMap(({ file: other }, index) =>
      other === file && this.#starterFile(index) >= 0 && this.#starterFile(index) !== file
        ? [`import { start${index} } from "./file${this.#starterFile(index)}.ts";`]
        : [],
    );
    return [RUNTIME_IMPORT, ...starters, ...others].map((line) => line.replace('.ts"', '"')).join("\n");
  }

  /** Who begins what nobody waits for stands in another file, if there is one; -1 for those that begin nothing. */
  #starterFile(index: number): number {
    const { wait, file } = this.#functions[index]!;
    return wait === "beginning" || wait === "raising" ? (file + 1) % this.#files : -1;
  }

  #declaration(fn: GraphFunction, index: number): string {
    const body = this.#body(fn, index);
    const name = `f${index}`;
    const told = this.#kinds.has("decorators") ? `@told${fn.file}\n  ` : "";
    switch (fn.kind) {
      case "function":
        return this.#kinds.has("namespaces")
          ? `export namespace N${index} {\n  export function ${name}(n: number): number ${body}\n}`
          : `export function ${name}(n: number): number ${body}`;
      case "async":
        return `export async function ${name}(n: number): Promise<number> ${body}`;
      case "arrow":
        return this.#kinds.has("annotated constants")
          ? `export const ${name}: (n: number) => number = (n) => ${body};`
          : `export const ${name} = (n: number): number => ${body};`;
      case "static":
        return `export class C${index} {\n  ${told}static run${index}(n: number): number ${body}\n}`;
      case "method":
        // A base class of plain JavaScript counts on its subclasses.
        return isPlain(fn.file, this.#kinds)
          ? `class B${index} {\n  go${index}(n: number): number {\n    return (this as any).run${index}(n);\n  }\n}\nclass C${index} extends B${index} {\n  run${index}(n: number): number ${body}\n}\nexport const o${index} = new C${index}();`
          : `class C${index} {\n  ${told}run${index}(n: number): number ${body}\n}\nexport const o${index} = new C${index}();`;
      case "override":
        return `interface I${index} {\n  run${index}(n: number): number;\n}\nabstract class B${index} implements I${index} {\n  abstract run${index}(n: number): number;\n}\nclass C${index} extends B${index} {\n  ${told}override run${index}(n: number): number ${body}\n}\nclass D${index} extends B${index} {\n  override run${index}(n: number): number {\n    return n;\n  }\n}\nexport const o${index}: I${index} = [new D${index}(), new C${index}()][1]!;`;
      case "member":
        return `export const o${index} = {\n  run${index}(n: number): number ${body},\n};`;
    }
  }

  #exported(fn: GraphFunction, index: number): string {
    return this.#kinds.has("namespaces") && fn.kind === "function" ? `N${index}` : exportedName(fn, index);
  }

  #reference(fn: GraphFunction, index: number): string {
    const name = this.#exported(fn, index);
    if (name.startsWith("f")) return name;
    if (name.startsWith("N")) return `${name}.f${index}`;
    return isPlain(fn.file, this.#kinds) && fn.kind === "method" ? `${name}.go${index}` : `${name}.run${index}`;
  }

  #body({ calls, wait }: GraphFunction, index: number): string {
    const { kind, file } = this.#functions[index]!;
    const isOwn = this.#kinds.has("own names") && (kind === "function" || kind === "arrow");
    const lines = [
      `trace("in f${index}", n);`,
      "if (n <= 0) return 0;",
      `let sum = ${index};`,
      ...(isOwn ? [`const f${index} = (m: number): number => m + 1;`, `sum = f${index}(sum);`] : []),
      ...(this.#kinds.has("mutable operands") ? [`count${file} += 1;`] : []),
    ];
    if (wait !== null) lines.push(...waitLines(wait, index));
    for (const { how, to, isBack } of calls) {
      const target = isBack ? Math.max(0, index - to) : index + 1 + to;
      const fn = this.#functions[target];
      // Only main waits for what is asynchronous already.
      if (fn === undefined || fn.kind === "async") continue;
      // Its own name means the local function.
      if (isOwn && target === index) continue;
      const callee = this.#reference(fn, target);
      lines.push(...callLines(how, callee, kind === "async"));
      if (this.#kinds.has("mutable operands")) lines.push(`sum += count${file} + 1 + ${callee}(n - 2) + count${file};`);
    }
    return `{\n${[...lines, `trace("out f${index}", sum);`, "return sum;"].map((line) => `    ${line}`).join("\n")}\n  }`;
  }
}

function exportedName(fn: GraphFunction, index: number): string {
  if (fn.kind === "static") return `C${index}`;
  return fn.kind === "function" || fn.kind === "arrow" || fn.kind === "async" ? `f${index}` : `o${index}`;
}

/** A decorator that wraps a method and looks at what it gives. */
function toldOf(file: number): string {
  return `function told${file}<T extends (...values: any[]) => unknown>(method: T, _context: ClassMethodDecoratorContext): T {
  return function (this: unknown, ...values: any[]) {
    const given = method.apply(this, values);
    trace("given", String(given));
    return given;
  } as T;
}`;
}

/** A function that starts an operation for which nobody waits. Its completion falls together with no other. */
function starter(wait: GraphFunction["wait"], index: number): string {
  const script = (stem: string): string =>
    `{ ${stem}: [{ value: \`begun \${n}\`, delay: ${1000 + index * 17.3} + n * 3.1 }] }`;
  const lines =
    wait === "beginning"
      ? [
          `const channel = new ScriptedChannel(${script("Query")}, "b${index}");`,
          "channel.BeginQuery((ar) => {",
          "  try {",
          "    trace(channel.EndQuery(ar));",
          "  } catch (error) {",
          "    trace(String(error));",
          "  }",
          "}, null);",
        ]
      : [
          `const loader = new ScriptedEvents(${script("Load")}, "e${index}");`,
          "loader.add_LoadCompleted((_sender, e) => {",
          "  if (e.Error || e.Cancelled) return;",
          "  trace(e.Result);",
          "});",
          'loader.LoadAsync("key");',
        ];
  return `export function start${index}(n: number): void {\n${lines.map((line) => `  ${line}`).join("\n")}\n}`;
}

function waitLines(wait: (typeof WAITS)[number], index: number): string[] {
  const channel = `const channel = new ScriptedChannel({ Query: [{ value: String(n % 2) }] }, "q${index}");`;
  const loader = `const loader = new ScriptedEvents({ Load: [{ value: String(n % 2), delay: 2 }] }, "l${index}");`;
  const task = 'Task.Run(() => (trace("work", n), n % 2))';
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
    case "endAtOnce":
      return [channel, "sum += Number(channel.EndQuery(channel.BeginQuery(null, null)));"];
    case "poll":
      return [
        channel,
        "const ar = channel.BeginQuery(null, null);",
        "while (!ar.IsCompleted) {}",
        "sum += Number(channel.EndQuery(ar));",
      ];
    case "handle":
      return [
        channel,
        "const ar = channel.BeginQuery(null, null);",
        'trace("begun");',
        "ar.AsyncWaitHandle.WaitOne();",
        "sum += Number(channel.EndQuery(ar));",
      ];
    case "callback":
      return [
        channel,
        "const done = new ManualResetEvent(false);",
        "channel.BeginQuery((ar) => {",
        "  sum += Number(channel.EndQuery(ar));",
        "  done.Set();",
        "}, null);",
        "done.WaitOne();",
      ];
    case "guarded":
      return [
        channel,
        "const done = new ManualResetEvent(false);",
        "channel.BeginQuery((ar) => {",
        "  try {",
        "    trace(channel.EndQuery(ar));",
        "  } catch (error) {",
        "    trace(String(error));",
        "  }",
        "  done.Set();",
        "}, null);",
        "done.WaitOne();",
      ];
    case "event":
      return [
        loader,
        "const done = new ManualResetEvent(false);",
        "loader.add_LoadCompleted((_sender, e) => {",
        "  if (e.Error) trace(e.Error.message);",
        "  else trace(e.Result);",
        "  done.Set();",
        "});",
        'loader.LoadAsync("key");',
        "done.WaitOne();",
      ];
    case "beginning":
    case "raising":
      return [`start${index}(n);`];
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
      return [
        "try {",
        `  if (${fn}(n - 1) > 3) throw new Error("big");`,
        "} catch (error) {",
        "  trace(String(error));",
        "}",
      ];
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
      return [
        `sum += new (class {\n      value: number;\n      constructor() {\n        this.value = ${fn}(n - 1);\n      }\n    })().value;`,
      ];
    case "getter":
      return [`sum += { get value(): number { return ${fn}(n - 1); } }.value;`];
    case "all":
      return isAsync ? [`sum += (await Promise.all([1].map((each) => ${fn}(n - each)))).length;`] : [];
    case "value":
      return [`sum += [${fn}].length;`];
  }
}
