import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { type ProgramRun, runFile, type RunOptions } from "./run-program.ts";
import { outputName, transpile, transpiledRoot } from "./transpile.ts";

export interface ProjectRunOptions extends Pick<RunOptions, "args" | "env" | "timeoutMs"> {
  /** The file to run. */
  readonly main: string;
  /** Whether the emitted code is CommonJS. */
  readonly isCommonJs?: boolean;
}

/**
 * Runs a program of several files in a process of its own, with the runtime where the repository has it.
 * @param files TypeScript by path, relative to the repository's root; types are not checked
 */
export async function runProject(
  files: Readonly<Record<string, string>>,
  { main, isCommonJs = false, args = [], env = {}, timeoutMs = 120_000 }: ProjectRunOptions,
): Promise<ProgramRun> {
  const root = mkdtempSync(join(tmpdir(), "tapify-project-"));
  try {
    writeFileSync(join(root, "package.json"), JSON.stringify({ type: isCommonJs ? "commonjs" : "module" }));
    for (const [path, text] of Object.entries(files)) {
      const file = join(root, outputName(path));
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, transpile(text, basename(path), isCommonJs));
    }
    mkdirSync(join(root, "fixtures"), { recursive: true });
    symlinkSync(join(transpiledRoot(), "fixtures/runtime"), join(root, "fixtures/runtime"), "junction");
    return await runFile(join(root, outputName(main)), args, { ...process.env, ...env }, timeoutMs);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
