import { createHash } from "node:crypto";
import { createRequire } from "node:module";
import { dirname, relative, resolve } from "node:path";
import type * as TypeScript from "typescript";
import type { TSESTree } from "../ast/source.ts";
import { linkParents } from "../ast/walk.ts";
import { loadParser } from "../ast/load-parser.ts";
import type { Settings } from "../dialects/settings.ts";
import { analyze } from "../recognize/analysis.ts";
import type { Context } from "../recognize/context.ts";
import { ProjectError } from "./project-error.ts";

type Compiler = typeof TypeScript;

/** The compiler of this package; loaded when a project is, as it takes a while. */
function loadCompiler(): Compiler {
  return createRequire(import.meta.url)("typescript") as Compiler;
}

/** The parsed files of all projects: those of the language's library are the same for each. */
let registry: TypeScript.DocumentRegistry | null = null;

const versions = new Map<string, string>();

/** A version that tells texts apart, whatever project asks. */
function versionOf(text: string): string {
  let version = versions.get(text);
  if (version === undefined) versions.set(text, (version = createHash("sha1").update(text).digest("base64")));
  return version;
}

/** A TypeScript project: its files, its program and the analysis of each file, over texts that may differ from those on disk. */
export class Project {
  readonly compiler: Compiler;
  readonly options: TypeScript.CompilerOptions;
  /** The files that belong to the project itself, declaration files aside. */
  readonly files: readonly string[];
  readonly service: TypeScript.LanguageService;
  readonly #folder: string;
  readonly #settings: Settings;
  readonly #texts = new Map<string, string>();
  #changes = 0;
  readonly #contexts = new Map<string, Context>();
  readonly #own: ReadonlyMap<string, string>;
  readonly #fileNames = new Map<TSESTree.Program, string>();

  /** @throws {ProjectError} when the configuration cannot be read, or has errors. */
  constructor(configFile: string, settings: Settings = {}) {
    const compiler = loadCompiler();
    this.compiler = compiler;
    this.#settings = settings;
    const path = resolve(configFile);
    this.#folder = dirname(path);
    const host: TypeScript.ParseConfigFileHost = { ...compiler.sys, onUnRecoverableConfigFileDiagnostic: (diagnostic) => { throw new ProjectError(textOfDiagnostic(compiler, diagnostic, path)); } };
    const parsed = compiler.getParsedCommandLineOfConfigFile(path, { noEmit: true, incremental: false, composite: false, tsBuildInfoFile: undefined }, host);
    if (parsed === undefined) throw new ProjectError(`${path} cannot be read.`);
    // A configuration that breaks off is read as far as it goes, without a word.
    const error = compiler.readConfigFile(path, (file) => compiler.sys.readFile(file)).error ?? parsed.errors[0];
    if (error !== undefined) throw new ProjectError(textOfDiagnostic(compiler, error, path));
    this.options = parsed.options;
    this.files = parsed.fileNames.filter((file) => !/\.d\.[cm]?ts$/.test(file) && /\.[cm]?tsx?$/.test(file)).map((file) => resolve(file));
    // The compiler writes every path with slashes.
    this.#own = new Map(this.files.flatMap((file) => [[file, file], [file.replaceAll("\\", "/"), file]]));
    this.service = compiler.createLanguageService(this.#serviceHost(parsed.fileNames, this.#folder), (registry ??= compiler.createDocumentRegistry()));
  }

  get program(): TypeScript.Program {
    return this.service.getProgram()!;
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
    if (module >= ModuleKind.Node16 && module <= ModuleKind.NodeNext) return this.program.getSourceFile(file)?.impliedNodeFormat === ModuleKind.ESNext;
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

  /** Gives a file another text than it has on disk; `null` takes that back. */
  update(file: string, text: string | null): void {
    this.#changes++;
    this.#texts.set(file, text ?? this.compiler.sys.readFile(file) ?? "");
    this.#contexts.delete(file);
  }

  textOf(file: string): string {
    return this.#read(file) ?? "";
  }

  /** A text as it was when it was first read: what is decided about it must not change under way. */
  #read(file: string): string | undefined {
    let text = this.#texts.get(file);
    if (text === undefined && (text = this.compiler.sys.readFile(file)) !== undefined) this.#texts.set(file, text);
    return text;
  }

  /** The analysis of a file, with types. */
  contextOf(file: string): Context {
    let context = this.#contexts.get(file);
    if (context === undefined) {
      const { program } = this;
      const text = program.getSourceFile(file)!.text;
      const parsed = loadParser().parseForESLint(text, { filePath: file, programs: [program], range: true, loc: true, tokens: true, comment: true, suppressDeprecatedPropertyWarnings: true, loggerFn: false });
      const ast = parsed.ast as unknown as TSESTree.Program;
      const visitorKeys = parsed.visitorKeys as Context["source"]["visitorKeys"];
      linkParents(ast, visitorKeys);
      context = analyze({ filePath: file, text, ast, visitorKeys, scopeManager: parsed.scopeManager, services: parsed.services as Context["source"]["services"] }, this.#settings);
      this.#contexts.set(file, context);
      this.#fileNames.set(ast, file);
    }
    return context;
  }

  /** A file as messages name it: relative to the project's folder. */
  pathOf(file: string): string {
    return relative(this.#folder, file);
  }

  /** The one-based line of an offset. */
  lineOf(file: string, offset: number): number {
    return this.program.getSourceFile(file)!.getLineAndCharacterOfPosition(offset).line + 1;
  }

  /** The file that a node belongs to. */
  fileOf(node: TSESTree.Node): string {
    let root = node;
    while (root.parent) root = root.parent;
    return this.#fileNames.get(root)!;
  }

  #serviceHost(rootNames: readonly string[], folder: string): TypeScript.LanguageServiceHost {
    const { sys, ScriptSnapshot, getDefaultLibFilePath } = this.compiler;
    return {
      getCompilationSettings: () => this.options,
      getCurrentDirectory: () => folder,
      getDefaultLibFileName: (options) => getDefaultLibFilePath(options),
      getScriptFileNames: () => [...rootNames],
      // Every question to the service asks whether anything has changed; this spares it going through all files.
      getProjectVersion: () => String(this.#changes),
      getScriptVersion: (file) => versionOf(this.#read(resolve(file)) ?? ""),
      getScriptSnapshot: (file) => {
        const text = this.#read(resolve(file));
        return text === undefined ? undefined : ScriptSnapshot.fromString(text);
      },
      fileExists: (file) => sys.fileExists(file),
      readFile: (file, encoding) => sys.readFile(file, encoding),
      readDirectory: (...parts) => sys.readDirectory(...parts),
      directoryExists: (directory) => sys.directoryExists(directory),
      getDirectories: (directory) => sys.getDirectories(directory),
      ...(sys.realpath === undefined ? {} : { realpath: (path: string) => sys.realpath!(path) }),
      useCaseSensitiveFileNames: () => sys.useCaseSensitiveFileNames,
    };
  }
}

function textOfDiagnostic({ flattenDiagnosticMessageText }: Compiler, { messageText, file }: TypeScript.Diagnostic, path: string): string {
  return `${file?.fileName ?? path}: ${flattenDiagnosticMessageText(messageText, " ")}`;
}
