import { statSync } from "node:fs";
import { resolve } from "node:path";
import type * as TypeScript from "typescript";
import { kindOf } from "../files/read-file.ts";
import type { GuardedSystem } from "./guarded-system.ts";
import { printable } from "../printable.ts";
import { EmptyProjectError, ProjectError } from "./project-error.ts";

type Compiler = typeof TypeScript;

/** The compiler's number of the error that a configuration finds no files. */
const NO_INPUTS = 18003;
/** What to do about it, where the compiler does not say it. */
const ABOUT_JAVASCRIPT = 'JavaScript belongs to it with "allowJs".';

/** How many configurations a message names. */
const NAMED = 5;

/** What a `tsconfig.json` says, with all that it extends. */
export interface ProjectConfig {
  /** The absolute path of the configuration. */
  readonly path: string;
  readonly options: TypeScript.CompilerOptions;
  /** Absolute paths, written with slashes as the compiler does. */
  readonly fileNames: readonly string[];
  /** The absolute paths of the configurations that it refers to. */
  readonly references: readonly string[];
}

/**
 * Reads the configuration of a project.
 *
 * @throws {EmptyProjectError} when it finds no files.
 * @throws {ProjectError} when it, or one that it extends, cannot be read, has errors, or lists a file that is not there.
 */
export function readConfig(compiler: Compiler, configFile: string, guard: GuardedSystem): ProjectConfig {
  const path = resolve(configFile);
  const { system } = guard;
  const parsed = parseConfig(compiler, path, guard, (diagnostic) => {
    guard.refuseProblems();
    throw new ProjectError(textOfDiagnostic(compiler, diagnostic, path));
  });
  guard.refuseProblems();
  if (parsed === undefined) throw new ProjectError(`${printable(path)} cannot be read.`);
  // A configuration that breaks off is read as far as it goes, without a word.
  const error = compiler.readConfigFile(path, (file) => system.readFile(file)).error ?? parsed.errors[0];
  if (error?.code === NO_INPUTS)
    throw new EmptyProjectError(`${textOfDiagnostic(compiler, error, path)} ${ABOUT_JAVASCRIPT}`);
  if (error !== undefined) throw new ProjectError(textOfDiagnostic(compiler, error, path));
  // What "include" finds is there; "files" may list anything.
  const missing = parsed.fileNames.find((file) => !system.fileExists(file));
  if (missing !== undefined)
    throw new ProjectError(printable(`${path} lists ${missing} in "files", ${whyNoFile(missing)}`));
  const { composite, declaration, ...options } = parsed.options;
  // A composite project emits declarations whether it says so or not. All else that it means is about emitting.
  const emits = composite || declaration;
  return {
    path,
    options: { ...options, ...(emits === undefined ? {} : { declaration: emits }) },
    fileNames: parsed.fileNames,
    references: referencesOf(compiler, parsed),
  };
}

/**
 * Checks that a project holds files of its own, and that none of those that were named belongs to a project that it refers to.
 *
 * @param named Absolute paths.
 * @throws {ProjectError} which names the configurations to take instead, or those that cannot be read.
 */
export function checkReferences(
  compiler: Compiler,
  config: ProjectConfig,
  named: readonly string[],
  guard: GuardedSystem,
): void {
  if (config.references.length === 0) return;
  const own = new Set(config.fileNames.map((file) => resolve(file)));
  const foreign = named.filter((file) => !own.has(file));
  if (foreign.length === 0 && (own.size > 0 || named.length > 0)) return;
  const below = configsBelow(compiler, config, guard);
  guard.refuseProblems();
  const holders = below.filter(({ fileNames }) => fileNames.some((file) => foreign.includes(resolve(file))));
  if (holders.length > 0) {
    const first = foreign.find((file) =>
      holders.some(({ fileNames }) => fileNames.some((name) => resolve(name) === file)),
    )!;
    throw new ProjectError(
      printable(
        `${first} belongs to a project that ${config.path} refers to, and is migrated with that one. Pass --project ${listOf(holders)}.`,
      ),
    );
  }
  if (own.size > 0) return;
  throw new ProjectError(
    printable(
      `${config.path} holds no files, it only refers to other projects. Pass --project ${listOf(below.filter(({ fileNames }) => fileNames.length > 0))}.`,
    ),
  );
}

function whyNoFile(path: string): string {
  try {
    return `which is a ${kindOf(statSync(path))}, and only regular files are read. Take it out of the list.`;
  } catch {
    return "which is no file. Take it out of the list, or add it.";
  }
}

/** The configurations that one refers to, directly or not, each once. One that cannot be read holds no files. */
function configsBelow(
  compiler: Compiler,
  { references }: ProjectConfig,
  guard: GuardedSystem,
): { path: string; fileNames: readonly string[] }[] {
  // A set is gone through with what is added meanwhile.
  const paths = new Set(references);
  const configs = [];
  for (const path of paths) {
    const parsed = parseConfig(compiler, path, guard, () => {});
    configs.push({ path, fileNames: parsed?.fileNames ?? [] });
    if (parsed !== undefined) for (const reference of referencesOf(compiler, parsed)) paths.add(reference);
  }
  return configs;
}

function listOf(configs: readonly { readonly path: string }[]): string {
  const paths = configs.map(({ path }) => path);
  const more = paths.length > NAMED ? [`one of ${paths.length - NAMED} more`] : [];
  return [...paths.slice(0, NAMED), ...more].join(" or ");
}

function parseConfig(
  compiler: Compiler,
  path: string,
  { system }: GuardedSystem,
  onUnRecoverableConfigFileDiagnostic: (diagnostic: TypeScript.Diagnostic) => void,
): TypeScript.ParsedCommandLine | undefined {
  const host = { ...system, onUnRecoverableConfigFileDiagnostic };
  return compiler.getParsedCommandLineOfConfigFile(
    path,
    { noEmit: true, incremental: false, tsBuildInfoFile: undefined },
    host,
  );
}

function referencesOf(compiler: Compiler, { projectReferences = [] }: TypeScript.ParsedCommandLine): string[] {
  return projectReferences.map((reference) => resolve(compiler.resolveProjectReferencePath(reference)));
}

function textOfDiagnostic(
  { flattenDiagnosticMessageText }: Compiler,
  { messageText, file }: TypeScript.Diagnostic,
  path: string,
): string {
  return printable(`${file?.fileName ?? path}: ${flattenDiagnosticMessageText(messageText, " ")}`);
}
