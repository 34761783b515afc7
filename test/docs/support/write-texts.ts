import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../../harness/transpile.ts";
import { withRefusalTexts, withStrategies } from "./texts.ts";

/** `npm run docs` runs this: it writes what the tool says into the pages that explain it. */

for (const [path, write] of [
  ["docs/refusals.md", withRefusalTexts],
  ["docs/cli.md", withStrategies],
] as const) {
  const file = join(ROOT, path);
  writeFileSync(file, write(readFileSync(file, "utf8")));
}
