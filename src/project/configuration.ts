import type * as TypeScript from "typescript";
import type { GuardedSystem } from "./guarded-system.ts";
import { ProjectError } from "./project-error.ts";
import { printable } from "../printable.ts";

type Compiler = typeof TypeScript;

/**
 * Reads a `tsconfig.json` with all that it extends, and finds the project's files. Nothing is to be emitted.
 *
 * @param path absolute.
 * @throws {ProjectError} when one of the configurations cannot be read, or has errors.
 */
export function readConfiguration(
  compiler: Compiler,
  path: string,
  guard: GuardedSystem,
): TypeScript.ParsedCommandLine {
  const { system } = guard;
  const parsed = compiler.getParsedCommandLineOfConfigFile(
    path,
    { noEmit: true, incremental: false, composite: false, tsBuildInfoFile: undefined },
    {
      ...system,
      onUnRecoverableConfigFileDiagnostic: (diagnostic) => {
        refuseProblems(guard);
        throw new ProjectError(textOfDiagnostic(compiler, diagnostic, path));
      },
    },
  );
  refuseProblems(guard);
  if (parsed === undefined) throw new ProjectError(`${printable(path)} cannot be read.`);
  // A configuration that breaks off is read as far as it goes, without a word.
  const error = compiler.readConfigFile(path, (file) => system.readFile(file)).error ?? parsed.errors[0];
  if (error !== undefined) throw new ProjectError(textOfDiagnostic(compiler, error, path));
  return parsed;
}

/** @throws {ProjectError} naming every file of a project that could not be read, if there are any. */
export function refuseProblems({ problems }: GuardedSystem): void {
  if (problems.size > 0)
    throw new ProjectError([...problems].map(([file, problem]) => printable(`${file} ${problem}.`)).join("\n"));
}

function textOfDiagnostic(
  { flattenDiagnosticMessageText }: Compiler,
  { messageText, file }: TypeScript.Diagnostic,
  path: string,
): string {
  return printable(`${file?.fileName ?? path}: ${flattenDiagnosticMessageText(messageText, " ")}`);
}
