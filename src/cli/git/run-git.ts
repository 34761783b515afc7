import { execFileSync } from "node:child_process";
import { devNull } from "node:os";
import { delimiter, dirname, isAbsolute } from "node:path";
import { withDescriptor } from "../../files/descriptors.ts";
import { isInside } from "../../project/inside.ts";
import { isInNodeModules } from "../files/kinds.ts";

/** Git set up in another repository, by a hook that runs in one: this one must not be mistaken for it. */
const OF_ANOTHER_REPOSITORY = new Set([
  "GIT_ALTERNATE_OBJECT_DIRECTORIES",
  "GIT_COMMON_DIR",
  "GIT_DIR",
  "GIT_INDEX_FILE",
  "GIT_NAMESPACE",
  "GIT_OBJECT_DIRECTORY",
  "GIT_PREFIX",
  "GIT_SHALLOW_FILE",
  "GIT_WORK_TREE",
]);
/** A repository may name a pipe as one of its files, which git would wait for without an end. */
const LONGEST_MS = 300_000;

/** One value of git's configuration, which goes before what files say. */
export type ConfigValue = readonly [name: string, value: string];

// No value of a file monitor means none in every version of git; "false" would be the name of a program to old ones.
const NOTHING_RUNS: readonly ConfigValue[] = [
  ["core.fsmonitor", ""],
  ["core.hooksPath", devNull],
];

/**
 * Runs a command of git that only reads, so that nothing runs which the configuration of the repository names: no file monitor, no hook, no
 * pager, no transport for objects that are missing. Filters are up to the caller, as they have names.
 *
 * @param repository The root of the work tree. It is taken as such, whatever its configuration says.
 * @param config Values to add.
 * @param input What the command reads.
 * @returns What it prints.
 * @throws {Error} when git is not there or fails; the message is git's own.
 */
export function runGit(
  repository: string,
  args: readonly string[],
  config: readonly ConfigValue[] = [],
  input = "",
): string {
  const place = ["--no-pager", "--no-optional-locks", "-C", repository, "--work-tree=."];
  const { options, env } = configOptions([...NOTHING_RUNS, ...config]);
  try {
    return withDescriptor(() =>
      execFileSync("git", [...place, ...options, ...args], {
        // Windows looks for programs in the current folder first, which may be the repository.
        cwd: dirname(process.execPath),
        env: { ...environment(repository), ...env },
        input,
        encoding: "utf8",
        maxBuffer: 2 ** 30,
        stdio: ["pipe", "pipe", "pipe"],
        timeout: LONGEST_MS,
        killSignal: "SIGKILL",
      }),
    );
  } catch (error) {
    const { code, message, stderr } = error as NodeJS.ErrnoException & { readonly stderr?: string };
    if (code === "ETIMEDOUT")
      throw new Error(`git ${args[0]} gave no answer in ${LONGEST_MS / 60_000} minutes`, { cause: error });
    throw new Error(stderr?.trim() || message, { cause: error });
  }
}

function configOptions(config: readonly ConfigValue[]) {
  const env: Record<string, string> = {};
  const options = config.flatMap(([name, value], index) => {
    if (!name.includes("=")) return ["-c", `${name}=${value}`];
    // `-c` ends the name at its first "=". Versions of git that do not know this option fail, and say so.
    env[`TAPIFY_GIT_${index}`] = value;
    return [`--config-env=${name}=TAPIFY_GIT_${index}`];
  });
  return { options, env };
}

function environment(repository: string): NodeJS.ProcessEnv {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !OF_ANOTHER_REPOSITORY.has(name)));
  // Windows writes it "Path".
  const pathName = Object.keys(env).find((name) => name.toUpperCase() === "PATH") ?? "PATH";
  return {
    ...env,
    [pathName]: pathOutside(repository, env[pathName] ?? ""),
    // Of a partial clone, git would fetch missing objects, by programs that the configuration names.
    GIT_NO_LAZY_FETCH: "1",
    GIT_ALLOW_PROTOCOL: "none",
  };
}

/** `PATH` without folders of the repository and of packages: `npx` puts the latter first, and any package can put a "git" there. */
function pathOutside(repository: string, path: string): string {
  return path
    .split(delimiter)
    .filter((folder) => isAbsolute(folder) && !isInNodeModules(folder) && !isInside(repository, folder))
    .join(delimiter);
}
