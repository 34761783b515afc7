// @ts-check
// `npm run fixtures:update -- PATTERN`: see test/migrate/update-fixtures.ts.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { ROOT } from "./root.js";

const loader = new URL("typescript.js", import.meta.url).href;
const argv = ["--import", loader, join(ROOT, "test/migrate/update-fixtures.ts"), ...process.argv.slice(2)];
const { status } = spawnSync(process.execPath, argv, { stdio: "inherit", cwd: ROOT });
process.exit(status ?? 1);
