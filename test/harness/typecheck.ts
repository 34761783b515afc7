import { join } from "node:path";
import ts from "typescript";
import { ROOT } from "./transpile.ts";

let options: ts.CompilerOptions | undefined;
let previous: ts.Program | undefined;
const sourceFiles = new Map<string, ts.SourceFile | undefined>();

/**
 * Type-checks programs under the compiler options of this repository.
 * @param files texts by path, relative to the repository's root; the files need not exist, and replace those that do.
 *   One call with many files is much cheaper than many calls.
 * @returns the errors, each as `path(line,column): TSnumber: message`; empty if there are none
 */
export function typeErrors(files: Readonly<Record<string, string>>): readonly string[] {
  options ??= readOptions();
  const texts = new Map(Object.entries(files).map(([path, text]) => [join(ROOT, path), text]));
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (path) => texts.has(path) || fileExists(path);
  host.readFile = (path) => texts.get(path) ?? readFile(path);
  host.getSourceFile = (path, language) => {
    const text = texts.get(path);
    if (text !== undefined) return ts.createSourceFile(path, text, language);
    // The library, the runtime and their kind do not change while tests run.
    if (!sourceFiles.has(path)) sourceFiles.set(path, getSourceFile(path, language));
    return sourceFiles.get(path);
  };
  const program = ts.createProgram({
    rootNames: [...texts.keys()],
    options,
    host,
    ...(previous && { oldProgram: previous }),
  });
  previous = program;
  return [...texts.keys()].flatMap((path) => {
    const file = program.getSourceFile(path);
    const diagnostics = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
    return diagnostics.map((diagnostic) => toText(diagnostic));
  });
}

function readOptions(): ts.CompilerOptions {
  const { config, error } = ts.readConfigFile(join(ROOT, "tsconfig.json"), ts.sys.readFile);
  if (error) throw new Error(toText(error));
  // JavaScript is checked where it says `@ts-check`.
  return { ...ts.parseJsonConfigFileContent(config, ts.sys, ROOT).options, allowJs: true };
}

function toText(diagnostic: ts.Diagnostic): string {
  const message = `TS${diagnostic.code}: ${ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n")}`;
  if (diagnostic.file === undefined) return message;
  const { line, character } = diagnostic.file.getLineAndCharacterOfPosition(diagnostic.start ?? 0);
  const path = diagnostic.file.fileName.slice(ROOT.length + 1);
  return `${path}(${line + 1},${character + 1}): ${message}`;
}
