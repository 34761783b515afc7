// @ts-check
// `npm run stability`: decides about all fixtures in each way to write them, and runs them. `npm test` does so for a part of them.
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { ROOT } from "./root.js";

const cli = join(dirname(createRequire(import.meta.url).resolve("vitest/package.json")), "vitest.mjs");
const { status } = spawnSync(process.execPath, [cli, "run", "test/stability", "--reporter=default"], {
  stdio: "inherit",
  cwd: ROOT,
  env: { ...process.env, TAPIFY_STABILITY: "all" },
});
process.exit(status ?? 1);
