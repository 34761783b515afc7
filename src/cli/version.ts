import { createRequire } from "node:module";

/** The version of this package. */
export function packageVersion(): string {
  // By name, not by relative path: the compiled file lies deeper than its source.
  const manifest = createRequire(import.meta.url)("eslint-plugin-tapify/package.json") as { version: string };
  return manifest.version;
}
