import { execFileSync } from "node:child_process";

/**
 * What `git status` lists in a work tree: changed, staged and untracked files, in its short format.
 *
 * @param repository The root of the work tree.
 * @throws {Error} when git is not there or cannot tell; the message is git's own.
 */
export function uncommittedChanges(repository: string): string[] {
  // A git hook sets these for the repository it runs in, which need not be this one.
  const { GIT_DIR: _dir, GIT_WORK_TREE: _tree, GIT_INDEX_FILE: _index, ...env } = process.env;
  const status = ["status", "--porcelain", "--untracked-files=normal"];
  try {
    const output = execFileSync("git", ["--no-optional-locks", "-C", repository, ...status], {
      env,
      encoding: "utf8",
      maxBuffer: 2 ** 28,
      stdio: ["ignore", "pipe", "pipe"],
    });
    return output.split("\n").filter((line) => line !== "");
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: string };
    throw new Error(stderr?.trim() || message, { cause: error });
  }
}
