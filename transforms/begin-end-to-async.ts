import "./leave-babel.ts";
import type { API, FileInfo, Options } from "jscodeshift";
import { runTransform } from "./run.ts";

/**
 * The migration of Begin/End pairs as a jscodeshift transform. jscodeshift is the runner only; the file is parsed by its own name.
 * Options: `--target`, `--host`, `--twins=A,B`, `--yield-in-polls=true`, `--facade=true`.
 *
 * @returns the migrated text, or `undefined` when the file stays as it is (jscodeshift counts it as unmodified).
 * @throws {ParseError} for a file that does not parse; jscodeshift reports it and goes on with the others.
 */
export default function transform(file: FileInfo, api: API, options: Options): string | undefined {
  return runTransform("begin-end-to-async", file, api, options);
}
