// @ts-check
// `npm run check`: everything of `npm test` but the tests, two steps at a time, as most machines of CI have two cores. What a step prints is
// shown in one piece when it has ended. All steps run to their end; one that fails makes the run fail.
import { Buffer } from "node:buffer";
import { spawn } from "node:child_process";
import { performance } from "node:perf_hooks";
import { ROOT } from "./root.js";

const AT_ONCE = 2;

/**
 * A script of package.json, with what it is told, and the step that it needs the outcome of.
 *
 * @typedef {{ script: string, options?: string[], after?: string }} Step
 */

/**
 * The longest first. ESLint keeps no cache: its key does not tell how the rules of this checkout were when they found nothing.
 *
 * @type {Step[]}
 */
const STEPS = [
  // The type check covers what is built.
  { script: "build", options: ["--no-check"] },
  { script: "lint", after: "build" },
  { script: "typecheck" },
  // It runs what is built.
  { script: "typecheck:page", after: "build" },
  { script: "format:check" },
  { script: "knip" },
  { script: "docs:check", after: "build" },
];

/** @type {Map<string, boolean>} */
const succeeded = new Map();
const waiting = [...STEPS];
let running = 0;

startMore();

function startMore() {
  while (running < AT_ONCE) {
    const index = waiting.findIndex(({ after }) => after === undefined || succeeded.get(after) === true);
    const [step] = index === -1 ? [] : waiting.splice(index, 1);
    if (step === undefined) break;
    running++;
    const started = performance.now();
    run(step, (isWell, output) => {
      running--;
      succeeded.set(step.script, isWell);
      console.log(`${isWell ? "✓" : "✗"} ${step.script} ${((performance.now() - started) / 1000).toFixed(1)} s`);
      process.stdout.write(output);
      startMore();
    });
  }
  if (running > 0) return;
  const failed = STEPS.filter(({ script }) => succeeded.get(script) !== true).map(({ script }) => script);
  if (failed.length === 0) return;
  // What comes after a failed step was not run, and has not gone well either.
  console.error(`Failed: ${failed.join(", ")}`);
  process.exitCode = 1;
}

/**
 * @param {Step} step
 * @param {(isWell: boolean, output: string) => void} onEnd
 */
function run({ script, options = [] }, onEnd) {
  // On Windows, npm is a script of the shell.
  const child = spawn("npm", ["run", "-s", script, "--", ...options], {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "pipe"],
    shell: process.platform === "win32",
  });
  /** @type {Buffer[]} */
  const output = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (bytes) => output.push(bytes));
  child.on("error", (error) => output.push(Buffer.from(`${error.message}\n`)));
  child.on("close", (code) => onEnd(code === 0, Buffer.concat(output).toString("utf8")));
}
