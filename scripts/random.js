// @ts-check
// `npm run random -- [SEED]`: some programs and projects of a seed that nobody has chosen, which is printed. What it finds is a fault that the
// fixed seed of `npm test` does not show; it says nothing of the last change, so it is a script of its own.
import { spawnSync } from "node:child_process";
import { randomInt } from "node:crypto";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { ROOT } from "./root.js";

const given = process.argv[2];
const seed = given === undefined ? randomInt(2, 2 ** 31) : Number(given);
if (!Number.isSafeInteger(seed)) {
  console.error(`${given} is no seed. Give a whole number, or nothing for a random one.`);
  process.exit(2);
}
console.log(`random seed ${seed}`);

const FILES = [
  "test/migrate/random-begin-end",
  "test/migrate/random-events",
  "test/migrate/random-countdowns",
  "test/migrate/random-own-functions",
  "test/migrate/random-callbacks",
  "test/migrate/random-compositions",
  "test/project/random.test",
  "test/project/random-modules",
];
const cli = join(dirname(createRequire(import.meta.url).resolve("vitest/package.json")), "vitest.mjs");
const { status } = spawnSync(
  process.execPath,
  [cli, "run", ...FILES, "-t", "do(?:es)? the same", "--reporter=default"],
  {
    stdio: "inherit",
    cwd: ROOT,
    env: { TAPIFY_PROGRAMS: "100", TAPIFY_PROJECTS: "12", ...process.env, TAPIFY_SEED: String(seed) },
  },
);
console.log(
  status === 0
    ? `random seed ${seed}: no difference`
    : `random seed ${seed}: a fault was found. \`npm run random -- ${seed}\` shows it again.`,
);
process.exit(status ?? 1);
