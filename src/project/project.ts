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

/** A TypeScript project: its files, its program and the analysis of each file, over texts that may differ from those on disk. */
export class Project {
  readonly compiler: Compiler;
  readonly options: TypeScript.CompilerOptions;
  /** The files that belong to the project itself, declaration files aside. */
  readonly files: readonly string[];
  readonly service: TypeScript.LanguageService;
  readonly #folder: string;
  readonly #settings: Settings;
  readonly #texts = new Map<string, { readonly text: string; readonly version: number }>();
  readonly #contexts = new Map<string, Context>();
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
    const [error] = parsed.errors;
    if (error !== undefined) throw new ProjectError(textOfDiagnostic(compiler, error, path));
    this.options = parsed.options;
    this.files = parsed.fileNames.filter((file) => !/\.d\.[cm]?ts$/.test(file) && /\.[cm]?tsx?$/.test(file)).map((file) => resolve(file));
    this.service = compiler.createLanguageService(this.#serviceHost(parsed.fileNames, this.#folder), compiler.createDocumentRegistry());
  }

  get program(): TypeScript.Program {
    return this.service.getProgram()!;
  }

  /** Whether other packages may use what the project exports: it emits declarations. */
  get isLibrary(): boolean {
    return this.options.declaration === true;
  }

  /** Gives a file another text than it has on disk; `null` takes that back. */
  update(file: string, text: string | null): void {
    const version = (this.#texts.get(file)?.version ?? 0) + 1;
    this.#texts.set(file, { text: text ?? this.compiler.sys.readFile(file) ?? "", version });
    this.#contexts.delete(file);
  }

  textOf(file: string): string {
    return this.#texts.get(file)?.text ?? this.compiler.sys.readFile(file) ?? "";
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
      getScriptVersion: (file) => String(this.#texts.get(resolve(file))?.version ?? 0),
      getScriptSnapshot: (file) => {
        const text = this.#texts.get(resolve(file))?.text ?? sys.readFile(file);
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
