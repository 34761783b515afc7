import { createRequire } from "node:module";
import { dirname, relative, resolve } from "node:path";
import type * as TypeScript from "typescript";
import type { Source, TSESTree } from "../ast/source.ts";
import type { Settings } from "../dialects/settings.ts";
import { analyze } from "../recognize/analysis.ts";
import type { Context } from "../recognize/context.ts";
import { checkReferences, readConfig } from "./config.ts";
import { deepestFile } from "./deepest-file.ts";
import { GuardedSystem } from "./guarded-system.ts";
import { isJavaScript, isProgram, ownFilesOf } from "./own-files.ts";
import { packageEntries } from "./package-entries.ts";
import { readScripts, type ScriptFolder } from "./script-folder.ts";
import { SourceFiles } from "./source-files.ts";
import { typedSource } from "./typed-source.ts";
import { printable } from "../printable.ts";

type Compiler = typeof TypeScript;

/** The compiler of this package; loaded when a project is, as it takes a while. */
function loadCompiler(): Compiler {
  return createRequire(import.meta.url)("typescript") as Compiler;
}

/** A project of TypeScript, JavaScript or both: its files, its program and the analysis of each file, over texts that may differ from those on disk. */
export class Project {
  readonly compiler: Compiler;
  readonly options: TypeScript.CompilerOptions;
  /** The files that belong to the project itself and may be changed. Files that only declare are none of them. */
  readonly files: readonly string[];
  /** Other files that the project lists or includes, which are only read, each with the reason, as what follows "it is". */
  readonly filesLeft: ReadonlyMap<string, string>;
  /** The files by which other packages take what the project offers, if it is a package for others and its programs are what is run. */
  readonly entries: ReadonlySet<string>;
  readonly #folder: string;
  readonly #guard: GuardedSystem;
  readonly #settings: Settings;
  readonly #texts = new Map<string, string>();
  readonly #rootNames: readonly string[];
  readonly #sourceFiles: SourceFiles;
  #program: TypeScript.Program | null = null;
  #isChanged = false;
  readonly #contexts = new Map<string, Context>();
  readonly #own: ReadonlyMap<string, string>;
  readonly #fileNames = new WeakMap<TSESTree.Program, string>();

  /**
   * @param configFile a `tsconfig.json` or `jsconfig.json`, or a folder of scripts without one
   * @param named the files that somebody asks for, by absolute path; all of the project's own without any
   * @throws {ProjectError} when the configuration cannot be read, has errors, or leaves the files to the projects that it refers to
   */
  constructor(configFile: string | ScriptFolder, settings: Settings = {}, named: readonly string[] = []) {
    const compiler = loadCompiler();
    this.compiler = compiler;
    this.#settings = settings;
    this.#guard = new GuardedSystem(compiler.sys);
    const config =
      typeof configFile === "string"
        ? readConfig(compiler, configFile, this.#guard)
        : readScripts(compiler, configFile);
    checkReferences(compiler, config, named, this.#guard);
    this.#folder = dirname(config.path);
    // What a module of CommonJS exports is what others import by default: nothing is emitted that might do otherwise.
    this.options =
      config.options.allowJs === true ? { ...config.options, allowSyntheticDefaultImports: true } : config.options;
    const files = new Map(config.fileNames.map((file) => [resolve(file), file]));
    const { own, left, repeated } = ownFilesOf(this.#folder, [...files.keys()].filter(isProgram));
    this.files = own;
    this.filesLeft = left;
    const scripts = new Set(own.filter(isJavaScript));
    this.entries = scripts.size === 0 ? scripts : packageEntries(this.#folder, (file) => scripts.has(file));
    // The compiler writes every path with slashes.
    this.#own = new Map(
      own.flatMap((file) => [
        [file, file],
        [file.replaceAll("\\", "/"), file],
      ]),
    );
    this.#rootNames = [...files].flatMap(([file, name]) => (repeated.has(file) ? [] : name));
    this.#sourceFiles = new SourceFiles(compiler, this.options, this.#folder, this.#guard, (file) => this.#read(file));
  }

  /**
   * The program of the texts as they are now. After a change, it takes over from the one before what has not changed.
   *
   * @throws {ProjectError} when a file of it cannot be read.
   */
  get program(): TypeScript.Program {
    if (this.#program === null || this.#isChanged) {
      this.#program = this.#sourceFiles.program(this.#rootNames, this.#program);
      this.#guard.refuseProblems();
      this.#isChanged = false;
    }
    return this.#program;
  }

  /** A program in which some files have other texts. The project keeps its own, and shares with it every file that is the same. */
  programWith(texts: ReadonlyMap<string, string>): TypeScript.Program {
    return this.#sourceFiles.program(this.#rootNames, this.program, texts);
  }

  /** Whether other packages may use what the project exports: it emits declarations. */
  get isLibrary(): boolean {
    return this.options.declaration === true;
  }

  /** Whether the top level of a module may await: the emitted code is a module as well. */
  hasTopLevelAwait(file: string): boolean {
    const { ModuleKind, ScriptTarget } = this.compiler;
    const { module = ModuleKind.CommonJS, target = ScriptTarget.ES5 } = this.options;
    if (target < ScriptTarget.ES2017) return false;
    if (module >= ModuleKind.Node16 && module <= ModuleKind.NodeNext)
      return this.program.getSourceFile(file)?.impliedNodeFormat === ModuleKind.ESNext;
    return module === ModuleKind.System || module >= ModuleKind.ES2022;
  }

  /** Whether a file belongs to the project itself, by the compiler's name of it. */
  owns(fileName: string): boolean {
    return this.ownName(fileName) !== null;
  }

  /** The project's name of one of its files; `null` for other files. */
  ownName(fileName: string): string | null {
    return this.#own.get(fileName) ?? null;
  }

  /** Gives a file another text than it has on disk. */
  update(file: string, text: string): void {
    this.#isChanged = true;
    this.#texts.set(file, text);
    // What a file's types are depends on what other files declare.
    this.#contexts.clear();
  }

  textOf(file: string): string {
    return this.#read(file) ?? "";
  }

  /** A text as it was when it was first read: what is decided about it must not change under way. */
  #read(file: string): string | undefined {
    let text = this.#texts.get(file);
    if (text === undefined && (text = this.#guard.readFile(file)) !== undefined) this.#texts.set(file, text);
    return text;
  }

  /** The analysis of a file, with types; `isReadWhole` when all of it is about to be read. */
  contextOf(file: string, isReadWhole = false): Context {
    let context = this.#contexts.get(file);
    if (context === undefined) {
      const { program } = this;
      const source = typedSource(this.compiler, program, file, isReadWhole);
      context = analyze(source, this.#settings);
      this.#contexts.set(file, context);
      this.#fileNames.set(source.ast, file);
    }
    return context;
  }

  /** The analysis of what a migration makes of one file, with types, where all other files are as they are now. */
  readonly analyzeResult = ({ filePath, text }: Source, { settings }: Context): Context =>
    analyze(typedSource(this.compiler, this.programWith(new Map([[filePath, text]])), filePath, true), settings);

  /** The file on which the stack overflows, where it does: the one that is nested most deeply. */
  get deepestFile(): string {
    const sources = this.files.flatMap((file) => this.program.getSourceFile(file) ?? []);
    return deepestFile(this.compiler, sources)?.fileName ?? this.#folder;
  }

  /** A file as messages name it: relative to the project's folder, in one line. */
  pathOf(file: string): string {
    return printable(relative(this.#folder, file));
  }

  /** The one-based line and column of an offset. */
  positionOf(file: string, offset: number): { readonly line: number; readonly column: number } {
    const { line, character } = this.program.getSourceFile(file)!.getLineAndCharacterOfPosition(offset);
    return { line: line + 1, column: character + 1 };
  }

  /** The file that a node belongs to. */
  fileOf(node: TSESTree.Node): string {
    let root = node;
    while (root.parent) root = root.parent;
    return this.#fileNames.get(root)!;
  }
}
