import { loadCompilerOfParser } from "../../ast/load-parser.ts";
import { checkReferences, readConfig } from "../../project/config.ts";
import { GuardedSystem } from "../../project/guarded-system.ts";
import { EmptyProjectError, ProjectError } from "../../project/project-error.ts";
import { UsageError } from "../usage-error.ts";

/**
 * Does something that has the parser read a project, which goes to the files itself: only regular ones are read meanwhile.
 *
 * @param project The absolute path of its configuration; `null` for none.
 * @returns What `work` gives, and what was wrong with files of the project, by their paths.
 * @throws {UsageError} when the configuration, or one that it extends, cannot be read, has errors, or holds no files.
 */
export async function withGuardedProject<Result>(
  project: string | null,
  work: () => Promise<Result>,
): Promise<{ readonly result: Result; readonly problems: ReadonlyMap<string, string> }> {
  if (project === null) return { result: await work(), problems: new Map() };
  const compiler = loadCompilerOfParser();
  const guard = new GuardedSystem(compiler.sys);
  try {
    // The parser would tell of its faults once for each file.
    checkReferences(compiler, readConfig(compiler, project, guard), [], guard);
  } catch (error) {
    // The rules take JavaScript with types as well, which the parser finds by itself.
    if (error instanceof ProjectError && !(error instanceof EmptyProjectError)) throw new UsageError(error.message);
    if (!(error instanceof EmptyProjectError)) throw error;
  }
  return { result: await guard.during(work), problems: guard.problems };
}
