// @ts-check
// A part of `npm run docs`: writes the sentences that the tool says into the pages that explain them, so that there is one source of them.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { ROOT } from "./root.js";

const loader = new URL("typescript.js", import.meta.url).href;
const argv = ["--import", loader, join(ROOT, "test/docs/support/write-texts.ts")];
const { status } = spawnSync(process.execPath, argv, { stdio: "inherit", cwd: ROOT });
process.exit(status ?? 1);
