import { spawnSync } from "node:child_process";
import { execPath } from "node:process";
import { ROOT } from "./transpile.ts";

/** Runs programs with callbacks, all in one process, each with the package that it calls `async`. @returns what each has logged */
export function runPrograms(
  programs: readonly { readonly text: string; readonly library: string }[],
): readonly (readonly string[])[] {
  const args = ["--import", "./scripts/typescript.js", "test/harness/callback-programs-child.ts"];
  const { stderr, stdout } = spawnSync(execPath, args, {
    cwd: ROOT,
    encoding: "utf8",
    input: JSON.stringify(programs),
    maxBuffer: 2 ** 28,
    timeout: 300_000,
  });
  if (stdout === "") throw new Error(stderr);
  return JSON.parse(stdout) as readonly (readonly string[])[];
}
