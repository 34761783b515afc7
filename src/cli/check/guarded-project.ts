import { loadCompilerOfParser } from "../../ast/load-parser.ts";
import { readConfig } from "../../project/config.ts";
import { GuardedSystem } from "../../project/guarded-system.ts";
import { ProjectError } from "../../project/project-error.ts";
import { UsageError } from "../usage-error.ts";

/**
 * Does something that has the parser read a project, which goes to the files itself: only regular ones are read meanwhile.
 *
 * @param project The absolute path of its configuration; `null` for none.
 * @returns What `work` gives, and what was wrong with files of the project, by their paths.
 * @throws {UsageError} when the configuration, or one that it extends, is no regular file or is too large.
 */
export async function withGuardedProject<Result>(
  project: string | null,
  work: () => Promise<Result>,
): Promise<{ readonly result: Result; readonly problems: ReadonlyMap<string, string> }> {
  if (project === null) return { result: await work(), problems: new Map() };
  const compiler = loadCompilerOfParser();
  const guard = new GuardedSystem(compiler.sys);
  try {
    readConfig(compiler, project, guard);
  } catch (error) {
    if (!(error instanceof ProjectError)) throw error;
    // Of its other faults the parser tells.
    if (guard.problems.size > 0) throw new UsageError(error.message);
  }
  return { result: await guard.during(work), problems: guard.problems };
}
