import ts from "typescript";
import { expect, it } from "vitest";
import fc from "fast-check";
import { Project } from "../../src/project/project.ts";
import { NameIndex } from "../../src/project/name-index.ts";
import { placeOf, References } from "../../src/project/references.ts";
import { projectNames, TemporaryProject } from "./projects.ts";
import { arbitraryGraph, printGraph } from "./random-graph.ts";

/**
 * The places at which functions are named are those that the compiler's language service finds: for a family of methods, the places of
 * each of its members together, as the service follows a name upwards from where it is asked and nobody else's.
 */

type Named = ts.Identifier | ts.PrivateIdentifier | ts.StringLiteralLike;

function isNamed(node: ts.Node | undefined): node is Named {
  return node !== undefined && (ts.isIdentifier(node) || ts.isPrivateIdentifier(node) || ts.isStringLiteralLike(node));
}

/** The names of all functions with a name that a project declares. */
function functionNames(project: Project): Named[] {
  const names: Named[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node)) {
      if (isNamed(node.name)) names.push(node.name);
    } else if (ts.isFunctionExpression(node) || ts.isArrowFunction(node)) {
      const { parent } = node;
      if (
        (ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent) || ts.isPropertyDeclaration(parent)) &&
        isNamed(parent.name)
      )
        names.push(parent.name);
    }
    ts.forEachChild(node, visit);
  };
  for (const file of project.files) visit(project.program.getSourceFile(file)!);
  return names;
}

function serviceOf(project: Project): ts.LanguageService {
  return ts.createLanguageService({
    getCompilationSettings: () => project.options,
    getCurrentDirectory: () => "/",
    getDefaultLibFileName: (options) => ts.getDefaultLibFilePath(options),
    getScriptFileNames: () => project.program.getRootFileNames().slice(),
    getScriptVersion: () => "1",
    getScriptSnapshot: (file) => {
      const text = ts.sys.readFile(file);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    fileExists: (file) => ts.sys.fileExists(file),
    readFile: (file) => ts.sys.readFile(file),
    directoryExists: (folder) => ts.sys.directoryExists(folder),
    getDirectories: (folder) => ts.sys.getDirectories(folder),
  });
}

/** What the service finds from each of the declarations that it finds. */
function closureOf(service: ts.LanguageService, fileName: string, start: number): string[] {
  const found = new Set<string>();
  const asked = new Set<string>();
  const pending = [{ fileName, start }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const key = `${next.fileName}:${next.start}`;
    if (asked.has(key)) continue;
    asked.add(key);
    for (const { fileName: file, textSpan, isWriteAccess } of (
      service.findReferences(next.fileName, next.start) ?? []
    ).flatMap(({ references }) => references)) {
      found.add(`${file}:${textSpan.start}`);
      if (isWriteAccess && isMember(service, file, textSpan.start))
        pending.push({ fileName: file, start: textSpan.start });
    }
  }
  return [...found].toSorted();
}

/** Whether a function, or a member of a class, an interface or an object, is declared at a place. */
function isMember(service: ts.LanguageService, file: string, start: number): boolean {
  let node: ts.Node = service.getProgram()!.getSourceFile(file)!;
  for (let inner: ts.Node | undefined = node; inner !== undefined;) {
    node = inner;
    inner = ts.forEachChild(node, (child) =>
      child.getFullStart() <= start && start < child.getEnd() ? child : undefined,
    );
  }
  const { parent } = node;
  return (
    (ts.isFunctionDeclaration(parent) ||
      ts.isVariableDeclaration(parent) ||
      ts.isClassElement(parent) ||
      ts.isTypeElement(parent) ||
      ts.isPropertyAssignment(parent)) &&
    parent.name === node
  );
}

function referencesOf({ compiler, program }: Project): References {
  return new References(compiler, program, new NameIndex(compiler, program));
}

function expectSame(project: Project): number {
  const references = referencesOf(project);
  const service = serviceOf(project);
  const names = functionNames(project);
  for (const name of names) {
    const { fileName, start } = placeOf(name, project.compiler);
    expect(
      references
        .of(name)
        .map((place) => `${place.fileName}:${place.start}`)
        .toSorted(),
      `${name.text} in ${fileName}`,
    ).toEqual(closureOf(service, fileName, start));
  }
  return names.length;
}

// The compiler's own does not tell that what CommonJS exports under a name is what it exports.
it.each(projectNames.filter((name) => name !== "scripts"))("%s", (name) => {
  expect(expectSame(new Project(TemporaryProject.copyOf(name).config))).toBeGreaterThan(0);
});

it("projects that nobody wrote", () => {
  fc.assert(
    fc.property(arbitraryGraph, (graph) => {
      const project = TemporaryProject.of(printGraph(graph));
      try {
        expectSame(new Project(project.config));
      } finally {
        project.remove();
      }
    }),
    { seed: 1, numRuns: 15, endOnFailure: true },
  );
});

const CONFIG = JSON.stringify({
  compilerOptions: {
    strict: true,
    types: [],
    lib: ["ES2023", "DOM"],
    jsx: "preserve",
    target: "ES2022",
    module: "ES2022",
    moduleResolution: "Bundler",
    esModuleInterop: true,
    allowJs: true,
    checkJs: true,
    noEmit: true,
  },
});

const WAYS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "renamed imports and exports": {
    "a.ts":
      "export function load(): number { return 1; }\nexport { load as fetch };\nexport default load;\nconst own = load;\nown();\n",
    "b.ts":
      'import standard, { load as first, fetch as second } from "./a";\nimport * as all from "./a";\nfirst(); second(); standard(); all.load(); all.fetch();\nexport { first as third };\n',
    "c.ts":
      'export { load, fetch as fourth, default as fifth, default } from "./a";\nexport * from "./b";\nexport * as inner from "./a";\n',
    "d.ts":
      'import sixth, { load, third, fourth, fifth, inner } from "./c";\nsixth(); load(); third(); fourth(); fifth(); inner.load();\nimport("./c").then((m) => m.load());\ntype Load = typeof load;\nexport type { Load };\n',
  },
  "default functions and constants": {
    "a.ts": "export default function load(): number { return load(); }\n",
    "b.ts":
      'import one from "./a";\nimport { default as two } from "./a";\nexport { default as three } from "./a";\none(); two();\n',
    "c.ts":
      'import { three } from "./b";\nthree();\nexport const run = (): number => three();\nconst other = () => run();\nexport { other as "quoted name" };\n',
    "d.ts": 'import { "quoted name" as plain } from "./c";\nplain();\n',
  },
  "import equals, namespaces and export equals": {
    "tsconfig.json": CONFIG.replace(
      '"ES2022","moduleResolution":"Bundler"',
      '"CommonJS","moduleResolution":"Node10","ignoreDeprecations":"6.0"',
    ),
    "a.ts": "function load(): number { return 1; }\nexport = load;\n",
    "b.ts":
      'import load = require("./a");\nimport read from "./a";\nload(); read();\nnamespace N { export function run(): number { return 2; } run(); }\nN.run();\n',
  },
  families: {
    "a.ts":
      'export interface I { load(): number; "quoted"(): number }\nexport interface J { load(): number }\nexport abstract class B implements I { abstract load(): number; "quoted"(): number { return this["quoted"](); } static load(): number { return 0; } }\n',
    "b.ts":
      'import { B, type I, type J } from "./a";\nexport class C extends B implements J { override load(): number { return super.quoted(); } static override load(): number { return B.load(); } }\nclass D implements J { load = (): number => 3; }\nexport const o: I = { load() { return 1; }, quoted: () => 2 };\nexport function f(x: I | J, d: D, g: Generic<number>): number { return x.load() + d["load"]() + o.quoted() + new C().load() + C.load() + g.load() + g?.[`load`](); }\nexport interface Generic<T> extends J { other: T }\nexport class Apart { load(): number { return 5; } #load(): number { return this.#load() + this.load(); } }\n',
  },
  "objects, patterns and parameters": {
    "a.ts":
      "export interface Options { load(): number; save?: () => number }\nexport function use({ load, save: store }: Options): number { return load() + (store?.() ?? 0); }\nconst load = (): number => 1;\nuse({ load });\nuse({ load: () => 2, save() { return 3; } });\nexport class P { constructor(public load: () => number, readonly options: Options) {} run(): number { return this.load() + this.options.load(); } }\nlet save: (() => number) | undefined;\nlet other: () => number;\nexport const options: Options = { load: function () { return 2; } };\n({ load: other, save } = options);\nother(); save?.();\nexport const { load: renamed, ...rest } = options;\nrest.save?.();\n",
    "b.ts":
      'import { use, options, type Options } from "./a";\ntype Part = Pick<Options, "load">;\ntype All = { [K in keyof Options]: Options[K] };\ndeclare const part: Part, all: Required<All>, unions: { kind: 1; load(): number } | { kind: 2; load(): number };\nexport const sum = part.load() + all.load() + unions.load() + options.load() + use({ ...options, load: () => part.load() });\nexport const one: typeof unions = { kind: 1, load: () => 1 };\n',
  },
  views: {
    "a.tsx":
      "declare global { namespace JSX { interface Element {} interface ElementAttributesProperty { props: {} } interface IntrinsicElements { a: { onLoad?: () => number } } } }\nexport function View({ onLoad }: { onLoad: () => number }): JSX.Element { return <a onLoad={onLoad}></a>; }\nexport const page = <View onLoad={() => 1} />;\nexport class Tag { props!: {}; }\nconst onLoad = (): number => 1;\nexport const other = <View onLoad={onLoad}></View>;\n",
  },
  "overloads, JavaScript and declarations": {
    "a.ts":
      "export function load(a: string): number;\nexport function load(a: number): number;\nexport function load(a: string | number): number { return Number(a); }\nload(1);\nexport class Mine implements Iterator<number> { next(): IteratorResult<number> { return { done: true, value: this.next() }; } }\n",
    "b.js": 'import { load } from "./a";\nload("x");\nexport const object = { run() { return load(1); } };\n',
    "c.d.ts": 'import { load } from "./a";\nexport const same: typeof load;\n',
    "d.ts": 'import { object } from "./b";\nobject.run();\n',
  },
};

it.each(Object.entries(WAYS))("%s", (_, files) => {
  const project = TemporaryProject.of({ "tsconfig.json": CONFIG, ...files });
  expect(expectSame(new Project(project.config))).toBeGreaterThan(0);
});

it("goes on where the service stops: at other names in namespaces, and at the default of a module as a whole", () => {
  const project = new Project(
    TemporaryProject.of({
      "tsconfig.json": CONFIG,
      "a.ts": "namespace N { export function run(): number { return 2; } }\nimport go = N.run;\nexport default go;\n",
      "b.ts": 'import * as all from "./a";\nall.default();\n',
    }).config,
  );
  const [name] = functionNames(project);
  const places = referencesOf(project)
    .of(name!)
    .map(({ fileName, start }) => project.textOf(fileName).slice(start).split("\n", 1));
  expect(places.flat().toSorted()).toEqual([
    "default();",
    "go = N.run;",
    "go;",
    "run(): number { return 2; } }",
    "run;",
  ]);
});
