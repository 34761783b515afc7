// @ts-check
// `npm run stress -- SECONDS`: see test/stress/main.ts. It runs the compiled program, as users do.
//
// `npm run stress -- programs [SEED]`: 10,000 made-up programs of each kind and 2,000 projects, as `npm run random` makes some. Takes hours.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./root.js";

if (process.argv[2] === "programs") {
  const env = { TAPIFY_PROGRAMS: "10000", TAPIFY_PROJECTS: "2000", ...process.env };
  const argv = [join(ROOT, "scripts/random.js"), ...process.argv.slice(3)];
  process.exit(spawnSync(process.execPath, argv, { stdio: "inherit", env }).status ?? 1);
}
if (!existsSync(join(ROOT, "dist/src/cli/bin.js"))) {
  console.error("tapify is not built. Run `npm run build` first.");
  process.exit(2);
}
const loader = new URL("typescript.js", import.meta.url).href;
const argv = ["--import", loader, join(ROOT, "test/stress/main.ts"), ...process.argv.slice(2)];
const { status } = spawnSync(process.execPath, argv, { stdio: "inherit", cwd: process.env.INIT_CWD ?? process.cwd() });
process.exit(status ?? 1);
