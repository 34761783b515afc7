import { execFile } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import type { RunResult } from "./workspace.ts";

const PROJECT = fileURLToPath(new URL("../../../", import.meta.url));

/** The package as it is installed, compiled from the sources as they are now: workers and the program cannot run from .ts. */
export interface BuiltCli {
  /** The compiled modules. */
  readonly dist: string;
  /** Runs the program. */
  run(cwd: string, argv: readonly string[], env?: NodeJS.ProcessEnv): Promise<RunResult>;
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
  cpSync(join(PROJECT, "package.json"), join(root, "package.json"));
  symlinkSync(join(PROJECT, "node_modules"), join(root, "node_modules"));
  for (const folder of ["src", "rules", "transforms"]) {
    for (const name of readdirSync(join(PROJECT, folder), { recursive: true, encoding: "utf8" })) {
      if (name.endsWith(".ts"))
        emit(join(dist, folder, name.replace(/\.ts$/, ".js")), compile(join(PROJECT, folder, name)));
    }
  }
  for (const [path, text] of Object.entries(replaced)) emit(join(dist, path), text);
  const bin = join(dist, "src/cli/bin.js");
  return {
    dist,
    run: (cwd, argv, env = process.env) => start(bin, cwd, argv, env),
    remove: () => rmSync(root, { recursive: true }),
  };
}

function compile(file: string): string {
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.ESNext,
    verbatimModuleSyntax: true,
    rewriteRelativeImportExtensions: true,
  };
  return ts.transpileModule(readFileSync(file, "utf8"), { fileName: file, compilerOptions: options }).outputText;
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
      { cwd, env, maxBuffer: 2 ** 28, timeout: 60_000 },
      (error, stdout, stderr) => {
        resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
      },
    );
  });
}
