// @ts-check
// `npm run demo`: what tapify finds in the seed programs, and what it makes of them. Nothing is written.
import { spawnSync } from "node:child_process";
import { ROOT } from "./root.js";

const SEEDS = "fixtures/seeds";

show("What is wrong with the seed programs", ["check", SEEDS], [1]);
show("What the migration makes of them", ["migrate", SEEDS], [0]);

/**
 * Runs the built program in the checkout and shows what it prints.
 *
 * @param {string} title
 * @param {string[]} argv
 * @param {number[]} expected The exit codes that mean that the command did its job; `check` ends with 1 when it finds something.
 */
function show(title, argv, expected) {
  console.log(`\n## ${title}\n\n$ tapify ${argv.join(" ")}`);
  const { status, error } = spawnSync(process.execPath, ["dist/src/cli/bin.js", ...argv], {
    cwd: ROOT,
    stdio: "inherit",
  });
  if (error === undefined && status !== null && expected.includes(status)) return;
  console.error(`tapify ${argv.join(" ")} ended with ${error?.message ?? `exit code ${status}`}.`);
  process.exit(1);
}
