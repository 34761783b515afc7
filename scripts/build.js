// @ts-check
// Compiles src, rules and transforms into dist, from nothing, and makes the program executable. With `--no-check` their types are not checked,
// for those who check them anyway.
import { spawnSync } from "node:child_process";
import { chmodSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { ROOT } from "./root.js";

const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");

rmSync(join(ROOT, "dist"), { recursive: true, force: true });
const argv = [tsc, "-p", "tsconfig.build.json", ...(process.argv.includes("--no-check") ? ["--noCheck"] : [])];
const { status } = spawnSync(process.execPath, argv, { cwd: ROOT, stdio: "inherit" });
// tsc emits also where types do not check; what it complains of must not be packed.
if (status !== 0) process.exit(1);
chmodSync(join(ROOT, "dist/src/cli/bin.js"), 0o755);
