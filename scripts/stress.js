// @ts-check
// `npm run stress -- SECONDS`: see test/stress/main.ts. It runs the compiled program, as users do.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./root.js";

if (!existsSync(join(ROOT, "dist/src/cli/bin.js"))) {
  console.error("tapify is not built. Run `npm run build` first.");
  process.exit(2);
}
const loader = new URL("typescript.js", import.meta.url).href;
const argv = ["--import", loader, join(ROOT, "test/stress/main.ts"), ...process.argv.slice(2)];
const { status } = spawnSync(process.execPath, argv, { stdio: "inherit", cwd: process.env.INIT_CWD ?? process.cwd() });
process.exit(status ?? 1);
