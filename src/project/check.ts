import type { Diagnostic, Program } from "typescript";
import type { Project } from "./project.ts";

/** An error that the compiler finds in a project. */
export interface CompilerError {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly code: number;
  readonly message: string;
}

/** What keeps a project's files from being parsed, in its own program or in one with other texts. */
export function syntaxErrorsOf(
  { compiler, files, filesLeft, program: own }: Project,
  program: Program = own,
): CompilerError[] {
  return [...files, ...filesLeft.keys()].flatMap((file) =>
    program
      .getSyntacticDiagnostics(program.getSourceFile(file))
      .flatMap((diagnostic) => errorOf(compiler, diagnostic) ?? []),
  );
}

/** Every error of a project's files, or of some of them, in its own program or in one with other texts. */
export function errorsOf(
  { compiler, files, filesLeft, options, program: own }: Project,
  program: Program = own,
  some: ReadonlySet<string> = new Set([...files, ...filesLeft.keys()]),
): CompilerError[] {
  return program.getSourceFiles().flatMap((file) => {
    if (!some.has(file.fileName)) return [];
    const declaration = options.declaration === true ? program.getDeclarationDiagnostics(file) : [];
    return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file), ...declaration].flatMap(
      (diagnostic) => errorOf(compiler, diagnostic) ?? [],
    );
  });
}

function errorOf(
  { DiagnosticCategory, flattenDiagnosticMessageText }: Project["compiler"],
  { category, code, file, messageText, start = 0 }: Diagnostic,
): CompilerError | null {
  if (category !== DiagnosticCategory.Error || file === undefined) return null;
  const { line, character } = file.getLineAndCharacterOfPosition(start);
  return {
    file: file.fileName,
    line: line + 1,
    column: character + 1,
    code,
    message: flattenDiagnosticMessageText(messageText, "\n"),
  };
}

/** The errors that were not there before; lines may have moved, so the same error in the same file counts as the same. */
export function newErrors(before: readonly CompilerError[], after: readonly CompilerError[]): CompilerError[] {
  const left = new Map<string, number>();
  const key = ({ file, code, message }: CompilerError): string => `${file} ${code} ${message}`;
  for (const error of before) left.set(key(error), (left.get(key(error)) ?? 0) + 1);
  return after.filter((error) => {
    const count = left.get(key(error)) ?? 0;
    left.set(key(error), count - 1);
    return count <= 0;
  });
}
