import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { keptFolder, listSources, ROOT } from "../../harness/transpile.ts";
import { CLI_HOST, CliHost } from "./cli-host.ts";
import type { RunResult } from "./workspace.ts";

/** The package as it is installed, compiled from the sources as they are now: workers and the program cannot run from .ts. */
export interface BuiltCli {
  /** The compiled modules. */
  readonly dist: string;
  /** Runs the program in a process of its own. */
  run(cwd: string, argv: readonly string[], env?: NodeJS.ProcessEnv): Promise<RunResult>;
  /** The same in a process that all of these share, for tests of what a run says and does: most of a process goes into its start. */
  runShared(cwd: string, argv: readonly string[]): Promise<RunResult>;
  remove(): void;
}

/**
 * Compiles the package into a folder of its own.
 *
 * @param replaced Texts that stand in for compiled modules, by path below the package, e.g. `src/core.js`.
 */
export function buildCli(replaced: Readonly<Record<string, string>> = {}): BuiltCli {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "tapify-built-")));
  const dist = join(root, "dist");
  cpSync(join(ROOT, "package.json"), join(root, "package.json"));
  symlinkSync(join(ROOT, "node_modules"), join(root, "node_modules"));
  const sources = ["src", "rules", "transforms"].flatMap((folder) => listSources(folder));
  cpSync(keptFolder(sources), dist, { recursive: true });
  for (const [path, text] of Object.entries(replaced)) emit(join(dist, path), text);
  emit(join(dist, "cli-host.js"), CLI_HOST);
  const bin = join(dist, "src/cli/bin.js");
  const host = new CliHost(dist);
  return {
    dist,
    run: (cwd, argv, env = process.env) => start(bin, cwd, argv, env),
    runShared: (cwd, argv) => host.run(cwd, argv),
    remove: () => {
      host.stop();
      rmSync(root, { recursive: true });
    },
  };
}

function emit(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function start(bin: string, cwd: string, argv: readonly string[], env: NodeJS.ProcessEnv): Promise<RunResult> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [bin, ...argv],
      { cwd, env, maxBuffer: 2 ** 28, timeout: 300_000 },
      (error, stdout, stderr) => {
        resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
      },
    );
  });
}
