import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { DamagedTexts } from "./damaged-texts.ts";
import { HostileTrees } from "./hostile-trees.ts";
import { KillLoop } from "./kill-loop.ts";
import { Failures, type Part } from "./part.ts";

/**
 * `npm run stress -- SECONDS [--seed N] [--only PART]… [--report FILE]`: what nobody wrote a test for, decided by a seed, as long as there is time.
 * What fails is kept in a folder, and the exit code is 1. `--seed` with the seed of a failure and `--only` with its part try that first.
 */

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seed: { type: "string" }, only: { type: "string", multiple: true }, report: { type: "string" } },
});
const seconds = Number(positionals[0]);
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
const all: readonly Part[] = [new KillLoop(), new HostileTrees(), new DamagedTexts()];
const parts = all.filter(({ name }) => values.only === undefined || values.only.includes(name));
if (!(seconds > 0) || !Number.isSafeInteger(seed) || parts.length === 0) {
  console.error(
    `Usage: npm run stress -- SECONDS [--seed N] [--only ${all.map(({ name }) => `"${name}"`).join("|")}]… [--report FILE]`,
  );
  process.exit(2);
}

console.log(`stress: seed ${seed}, ${seconds} seconds`);
const end = Date.now() + 1000 * seconds;
const failures = new Failures();
let tried = 0;

/** Tries one after the other until the time is up, and once in any case. */
async function repeat(part: Part): Promise<void> {
  let next = seed;
  do {
    const trial = await part.try(next);
    tried++;
    if (trial.fault !== null) failures.keep(part.name.replaceAll(" ", "-"), next, trial);
    next++;
  } while (Date.now() < end);
}

try {
  await Promise.all(parts.map(repeat));
} finally {
  for (const part of parts) part.stop();
}
const counts = { passed: tried - failures.count, failed: failures.count };
if (values.report !== undefined) writeFileSync(values.report, JSON.stringify(counts));
process.exitCode = counts.failed === 0 ? 0 : 1;
console.log(
  `stress: ${counts.passed} passed, ${counts.failed} failed (${parts.map((part) => part.summary()).join(", ")}; seed ${seed})`,
);
