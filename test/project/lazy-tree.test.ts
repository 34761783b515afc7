import { createRequire } from "node:module";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type * as TypeScript from "typescript";
import { describe, expect, it } from "vitest";
import type { TSESTree } from "../../src/ast/source.ts";
import { walk } from "../../src/ast/walk.ts";
import { loadParserParts } from "../../src/ast/load-parser.ts";
import { LazyTree } from "../../src/project/lazy-tree.ts";
import { ProjectError } from "../../src/project/project-error.ts";
import { ROOT } from "../harness/transpile.ts";

/** A tree whose bodies are converted one by one is the tree that is converted at once, in whatever order it is read. */

const ts = createRequire(import.meta.url)("typescript") as typeof TypeScript;
const { visitorKeys } = loadParserParts();
const FILLER =
  "record(`what makes a body long enough to be left out of the tree, whatever else is in it, at every depth: ${one} and ${two} and more`);";
/** What the converter reads tokens for, or takes from around a body, at every depth. */
const NESTED = `
"use strict";
import { record, type Task } from "./record";
export default function outer<T extends Map<string, Array<T>>>(first: Promise<Map<string, T>>, second = function named(): Set<Set<T>> { ${FILLER} return new Set<Set<T>>(); }): Map<string, T[]> {
  "use strict";
  ${FILLER}
  const made = new Map<string, Map<string, T[]>>();
  class Inner<U = Array<T>> extends Map<string, Set<U>> implements Iterable<[string, Set<U>]> {
    static { ${FILLER} }
    readonly field = <V,>(value: V): Map<V, Set<U>> => { "not one"; ${FILLER} return new Map<V, Set<U>>(); };
    @decorate<T>((target: Set<T>) => { ${FILLER} }) private constructor(private readonly held: Array<U>) { super(); ${FILLER} }
    get value(): Set<Array<U>> { ${FILLER} return this.held as unknown as Set<Array<U>>; }
    async *[Symbol.asyncIterator](): AsyncGenerator<Set<U>> { ${FILLER} yield* this.parts<U>(() => { ${FILLER} return <Set<U>>null!; }); }
    overloaded(value: string): void;
    overloaded(value: unknown): void { ${FILLER} if (value instanceof Map) { (function () { ${FILLER} })(); } }
  }
  namespace Space { export function inside(): Map<string, Set<number>> { ${FILLER} return made?.get("x")!.size as any; } }
  label: for (const each of first ? [1, 2] : []) { if (each > 1) continue label; else { void (async () => { ${FILLER} await first; })(); } }
  return made as any;
}
export const object = { method<T>(this: Map<string, T>): Set<T> { ${FILLER} return new Set<T>(); }, set value(value: Set<Map<string, number>>) { ${FILLER} }, short() { return 1; } };
declare function decorate<T>(what: (target: Set<T>) => void): any;
`;

function fixtures(): Map<string, string> {
  const files = ["fixtures", "rules", "src/plan"].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" }).map((file) => join(folder, file)),
  );
  return new Map(
    files
      .filter((file) => /(?<!\.d)\.tsx?$/u.test(file))
      .map((file) => [`/${file}`, readFileSync(join(ROOT, file), "utf8")]),
  );
}

function programOf(texts: ReadonlyMap<string, string>): TypeScript.Program {
  const options: TypeScript.CompilerOptions = {
    noLib: true,
    noResolve: true,
    target: ts.ScriptTarget.ES2022,
    jsx: ts.JsxEmit.Preserve,
  };
  const host = ts.createCompilerHost(options, true);
  const getSourceFile: TypeScript.CompilerHost["getSourceFile"] = (name) =>
    texts.has(name) ? ts.createSourceFile(name, texts.get(name)!, ts.ScriptTarget.ES2022, true) : undefined;
  return ts.createProgram([...texts.keys()], options, {
    ...host,
    getSourceFile,
    fileExists: (name) => texts.has(name),
  });
}

/** Every node of the compiler's tree, in an order that jumps about. */
function shuffledNodes(file: TypeScript.SourceFile): TypeScript.Node[] {
  const nodes: TypeScript.Node[] = [];
  const visit = (node: TypeScript.Node): void => {
    nodes.push(node);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return nodes
    .map((node, index) => ({ node, key: (index * 7919) % 10007 }))
    .sort((a, b) => a.key - b.key)
    .map(({ node }) => node);
}

function printed(ast: TSESTree.Program): string {
  return JSON.stringify(ast, (key, value: unknown) =>
    key === "parent" ? undefined : typeof value === "bigint" ? `${value}n` : value,
  );
}

function shown(node: TSESTree.Node | undefined): unknown {
  return node === undefined ? undefined : [node.type, ...node.range];
}

/** What is not alike in the two trees of a file. */
function differences(program: TypeScript.Program, file: TypeScript.SourceFile): unknown[] {
  const statements = [...file.statements];
  const whole = new LazyTree(ts, program, file, true);
  const lazy = new LazyTree(ts, program, file, false);
  const found: unknown[] = [];
  const compare = (what: string, actual: unknown, expected: unknown): void => {
    if (JSON.stringify(actual) !== JSON.stringify(expected)) found.push({ what, actual, expected });
  };
  for (const node of shuffledNodes(file)) {
    const expected = whole.services.tsNodeToESTreeNodeMap.get(node) as TSESTree.Node | undefined;
    const actual = lazy.services.tsNodeToESTreeNodeMap.get(node) as TSESTree.Node | undefined;
    compare("node", shown(actual), shown(expected));
    compare("known", lazy.services.tsNodeToESTreeNodeMap.has(node), whole.services.tsNodeToESTreeNodeMap.has(node));
    if (expected === undefined || actual === undefined) continue;
    if (lazy.services.esTreeNodeToTSNodeMap.get(actual) !== whole.services.esTreeNodeToTSNodeMap.get(expected))
      found.push({ what: "compiler's node", node: shown(actual) });
    if (!lazy.services.esTreeNodeToTSNodeMap.has(actual)) found.push({ what: "unknown", node: shown(actual) });
  }
  compare("tree", printed(lazy.ast), printed(whole.ast));
  walk(lazy.ast, visitorKeys, (node) => {
    for (const key of visitorKeys[node.type] ?? []) {
      for (const child of [(node as unknown as Record<string, TSESTree.Node | TSESTree.Node[] | null>)[key]].flat())
        if (child != null && child.parent !== node) found.push({ what: "parent", node: shown(child) });
    }
  });
  compare(
    "statements",
    file.statements.map(({ pos }) => pos),
    statements.map(({ pos }) => pos),
  );
  return found;
}

function onlyFile(text: string): { program: TypeScript.Program; file: TypeScript.SourceFile } {
  const program = programOf(new Map([["/file.ts", text]]));
  return { program, file: program.getSourceFile("/file.ts")! };
}

/** Whether the body of a function of the file has been converted. */
function isRead(ast: TSESTree.Program, index: number): boolean {
  const { body } = ast.body[index] as TSESTree.FunctionDeclaration;
  return Object.getOwnPropertyDescriptor(body, "body")!.get === undefined;
}

describe("a tree with bodies left out", () => {
  it("is the whole tree, once it has been read, of every fixture and of this package's own code", () => {
    const program = programOf(fixtures());
    const files = program.getSourceFiles();
    expect(files.length).toBeGreaterThan(500);
    expect(
      files.flatMap((file) =>
        differences(program, file)
          .slice(0, 1)
          .map((difference) => ({ file: file.fileName, difference })),
      ),
    ).toEqual([]);
  });

  it("is the whole tree where functions are nested in all ways", () => {
    const { program, file } = onlyFile(NESTED);
    expect(differences(program, file)).toEqual([]);
  });

  it("converts a body when it is read, and no other", () => {
    const { program, file } = onlyFile(
      `function one() { ${FILLER} }\nfunction two() { ${FILLER} }\nfunction short() { return 1; }`,
    );
    const { ast } = new LazyTree(ts, program, file, false);
    expect([0, 1, 2].map((index) => isRead(ast, index))).toEqual([false, false, true]);
    expect((ast.body[1] as TSESTree.FunctionDeclaration).body.body.map(({ type }) => type)).toEqual([
      "ExpressionStatement",
    ]);
    expect([0, 1, 2].map((index) => isRead(ast, index))).toEqual([false, true, true]);
  });

  it("converts a body when a node in it is asked for", () => {
    const { program, file } = onlyFile(`function one() { ${FILLER} }\nfunction two() { ${FILLER} }`);
    const { ast, services } = new LazyTree(ts, program, file, false);
    const [inside] = (file.statements[1] as TypeScript.FunctionDeclaration).body!.statements;
    expect(Object.is(services.tsNodeToESTreeNodeMap.get(file.statements[1]!), ast.body[1])).toBe(true);
    expect([0, 1].map((index) => isRead(ast, index))).toEqual([false, false]);
    const statement = services.tsNodeToESTreeNodeMap.get(inside!) as TSESTree.Statement;
    expect([statement.type, statement.parent?.type, statement.parent?.parent?.type]).toEqual([
      "ExpressionStatement",
      "BlockStatement",
      "FunctionDeclaration",
    ]);
    expect([0, 1].map((index) => isRead(ast, index))).toEqual([false, true]);
  });

  it("answers questions about types inside and outside of a body", () => {
    const { program, file } = onlyFile(
      `interface Made { part: 1 }\nfunction one(made: Made) { const part = made; ${FILLER} }`,
    );
    const { ast, services } = new LazyTree(ts, program, file, false);
    const one = ast.body[1] as TSESTree.FunctionDeclaration;
    const [declaration] = one.body.body as [TSESTree.VariableDeclaration];
    const checker = program.getTypeChecker();
    expect(checker.typeToString(services.getTypeAtLocation(declaration.declarations[0]!.id))).toBe("Made");
    expect(checker.typeToString(services.getTypeAtLocation(one.params[0]!))).toBe("Made");
    expect(services.getSymbolAtLocation(declaration.declarations[0]!.init!)?.name).toBe("made");
  });

  it("names the place of what is no TypeScript to the parser, and leaves the compiler's tree as it was", () => {
    const { program, file } = onlyFile(`function one() {\n  let odd: function(number): void;\n  ${FILLER}\n}`);
    const { ast } = new LazyTree(ts, program, file, false);
    expect(() => (ast.body[0] as TSESTree.FunctionDeclaration).body.body).toThrow(
      new ProjectError("/file.ts:2:12 does not parse: JSDoc types can only be used inside documentation comments."),
    );
    expect(file.statements.map(({ kind }) => kind)).toEqual([ts.SyntaxKind.FunctionDeclaration]);
    expect(() => new LazyTree(ts, program, file, true)).toThrow(ProjectError);
    expect((file.statements[0] as TypeScript.FunctionDeclaration).body!.statements).toHaveLength(2);
  });
});
