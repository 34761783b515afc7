import "./leave-babel.ts";
import type { API, FileInfo, Options } from "jscodeshift";
import { runTransform } from "./run.ts";

/**
 * The migration of waits that block on a task (`.Result`, `.Wait()`, `Task.WaitAll`, …) as a jscodeshift transform. jscodeshift is the
 * runner only; the file is parsed by its own name. Callers in other files are not changed: `tapify migrate --project` does that.
 * Options: `--host`.
 *
 * @returns the migrated text, or `undefined` when the file stays as it is (jscodeshift counts it as unmodified).
 * @throws {ParseError} for a file that does not parse; jscodeshift reports it and goes on with the others.
 */
export default function transform(file: FileInfo, api: API, options: Options): string | undefined {
  return runTransform("blocking-to-await", file, api, options);
}
