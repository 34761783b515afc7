// @ts-check
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const METER = fileURLToPath(new URL("meter.cjs", import.meta.url));

/**
 * Runs a Node.js program as a process of its own and measures it together with every process that it starts.
 *
 * @param {readonly string[]} args The program and its arguments.
 * @param {{ input?: string, exitCodes?: readonly number[] }} [options] `exitCodes` are those that mean that it did its job.
 * @returns {{ cpuSeconds: number, peakMegabytes: number, stdout: string }} CPU time in user and system mode, summed; the sum of the
 *   peaks of the processes, which is an upper bound where they did not peak together.
 * @throws {Error} when the program fails.
 */
export function measure(args, { input = "", exitCodes = [0] } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "tapify-bench-"));
  const report = join(folder, "meter.jsonl");
  try {
    const { status, stdout, stderr, error } = spawnSync(process.execPath, args, {
      input,
      encoding: "utf8",
      maxBuffer: 2 ** 30,
      env: { ...process.env, NODE_OPTIONS: `--require ${JSON.stringify(METER)}`, TAPIFY_METER: report },
    });
    if (error !== undefined || status === null || !exitCodes.includes(status))
      throw new Error(`${args.join(" ")} failed (${error?.message ?? status}):\n${stderr}`);
    /** @type {{ cpuSeconds: number, peakMegabytes: number }[]} */
    const processes = readFileSync(report, "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    return {
      cpuSeconds: sum(processes.map((each) => each.cpuSeconds)),
      peakMegabytes: sum(processes.map((each) => each.peakMegabytes)),
      stdout,
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** @param {readonly number[]} numbers */
export function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}
