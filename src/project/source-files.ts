import { dirname, resolve } from "node:path";
import type * as TypeScript from "typescript";
import { isStackOverflow, TOO_DEEP } from "../ast/nesting.ts";
import type { GuardedSystem } from "./guarded-system.ts";

type Compiler = typeof TypeScript;

/** The parsed files of the language's library: they are the same for every project with the same options. */
let library: TypeScript.DocumentRegistry | null = null;

/** The parsed files of a project. Each text is parsed once, however many programs it is part of. */
export class SourceFiles {
  readonly #compiler: Compiler;
  readonly #options: TypeScript.CompilerOptions;
  readonly #host: TypeScript.CompilerHost;
  readonly #guard: GuardedSystem;
  readonly #read: (file: string) => string | undefined;
  readonly #libraryFolder: string;
  readonly #parsed = new Map<string, TypeScript.SourceFile>();
  /** The texts that the program that is being built has instead of the project's own. */
  #texts: ReadonlyMap<string, string> = new Map();

  /**
   * @param guard keeps what is wrong with files.
   * @param read the text of a file of the project, by its absolute path.
   */
  constructor(
    compiler: Compiler,
    options: TypeScript.CompilerOptions,
    folder: string,
    guard: GuardedSystem,
    read: (file: string) => string | undefined,
  ) {
    this.#compiler = compiler;
    this.#options = options;
    this.#guard = guard;
    this.#read = read;
    this.#libraryFolder = resolve(dirname(compiler.getDefaultLibFilePath(options)));
    this.#host = {
      ...compiler.createCompilerHost(options),
      getDirectories: (path) => guard.system.getDirectories(path),
      getCurrentDirectory: () => folder,
      readFile: (file) => this.#textOf(resolve(file)),
      getSourceFile: (file, languageVersion) => this.#sourceFile(file, languageVersion),
    };
  }

  /**
   * Builds a program of what the files are now.
   *
   * @param old a program of these files: what did not change since is taken over from it, unresolved and unparsed.
   * @param texts what some files, by absolute path, have instead of their own texts.
   */
  program(
    rootNames: readonly string[],
    old: TypeScript.Program | null,
    texts: ReadonlyMap<string, string> = new Map(),
  ): TypeScript.Program {
    this.#texts = texts;
    try {
      return this.#compiler.createProgram({
        rootNames,
        options: this.#options,
        host: this.#host,
        ...(old === null ? {} : { oldProgram: old }),
      });
    } finally {
      this.#texts = new Map();
    }
  }

  #textOf(path: string): string | undefined {
    return this.#texts.get(path) ?? this.#read(path);
  }

  #sourceFile(
    file: string,
    languageVersion: TypeScript.ScriptTarget | TypeScript.CreateSourceFileOptions,
  ): TypeScript.SourceFile | undefined {
    const path = resolve(file);
    const text = this.#textOf(path);
    if (text === undefined) return undefined;
    if (dirname(path) === this.#libraryFolder) return this.#libraryFile(file, text, languageVersion);
    const known = this.#parsed.get(path);
    if (known?.text === text) return known;
    const parsed = this.#parse(file, text, languageVersion);
    if (parsed === undefined) return undefined;
    // Another text is that of one program only; the next one asks for the project's own again.
    if (!this.#texts.has(path)) this.#parsed.set(path, parsed);
    return parsed;
  }

  /** `undefined` where the stack overflows on the file; it is a problem then. */
  #parse(
    file: string,
    text: string,
    languageVersion: TypeScript.ScriptTarget | TypeScript.CreateSourceFileOptions,
  ): TypeScript.SourceFile | undefined {
    try {
      return this.#compiler.createSourceFile(file, text, languageVersion);
    } catch (error) {
      if (!isStackOverflow(error)) throw error;
      this.#guard.problems.set(file, TOO_DEEP);
      return undefined;
    }
  }

  #libraryFile(
    file: string,
    text: string,
    languageVersion: TypeScript.ScriptTarget | TypeScript.CreateSourceFileOptions,
  ): TypeScript.SourceFile {
    const { ScriptSnapshot, createDocumentRegistry } = this.#compiler;
    library ??= createDocumentRegistry();
    return library.acquireDocument(
      file,
      this.#options,
      ScriptSnapshot.fromString(text),
      "1",
      undefined,
      languageVersion,
    );
  }
}
