import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type ProgramRun, runProgram } from "../harness/run-program.ts";
import { typeErrors } from "../harness/typecheck.ts";

/** The ports about services, before any migration, do what the originals say. Each runs in a process of its own. */

const SEEDS = ["service-task", "service-events", "service-begin-end", "service-client", "service-one-way"] as const;
type Seed = (typeof SEEDS)[number];

const sourceOf = (seed: Seed): string =>
  readFileSync(new URL(`../../fixtures/seeds/${seed}.ts`, import.meta.url), "utf8");

function run(seed: Seed, ...args: readonly string[]): Promise<ProgramRun> {
  return runProgram(sourceOf(seed), { fileName: `fixtures/seeds/${seed}.ts`, args });
}

it("the ports type-check", () => {
  const files = Object.fromEntries(SEEDS.map((seed) => [`fixtures/seeds/${seed}.ts`, sourceOf(seed)]));
  expect(typeErrors(files)).toEqual([]);
});

const NO_ENDPOINT =
  "The message could not be sent: There was no endpoint listening at http://localhost:8000/servicemodelsamples/service that could " +
  "accept the message. This is often caused by an incorrect address or SOAP action.";

it.each<[seed: Seed, args: readonly string[], stdout: readonly string[]]>([
  ["service-task", [], ["SampleMethod returned 'hello, world'.", "CountWords returned 2."]],
  ["service-task", [""], ["SampleMethod returned ''.", "CountWords failed: There is nothing to count."]],
  [
    "service-events",
    [],
    [
      "An object:",
      "IsBusy: True",
      "Method1 (first) returned 5.",
      "Method2 (second) has completed.",
      "IsBusy: False",
      "A service:",
      "Method1 (first) returned 5.",
      "Method2 (second) has completed.",
    ],
  ],
  [
    "service-events",
    ["", "-1"],
    [
      "An object:",
      "IsBusy: True",
      "Method1 (first) failed: The text is empty.",
      "Method2 (second) failed: The number is negative.",
      "IsBusy: False",
      "A service:",
      "Method1 (first) failed: The text is empty.",
      "Method2 (second) failed: The number is negative.",
    ],
  ],
  [
    "service-events",
    ["hi", "1", "cancel"],
    [
      "An object:",
      "IsBusy: True",
      "Method1 (first) was cancelled.",
      "Method2 (second) has completed.",
      "IsBusy: False",
      "A service:",
      "Method1 (first) returned 2.",
      "Method2 (second) has completed.",
    ],
  ],
  [
    "service-begin-end",
    [],
    ["DoWork returned 2; inout is 'inout, changed', outonly is 'HELLO WORLD'.", "OperationOne returned 2."],
  ],
  [
    "service-begin-end",
    [""],
    ["DoWork failed: There is nothing to count.", "OperationOne failed: There is nothing to count."],
  ],
  [
    "service-one-way",
    [],
    ["Result(1)", "Result(3)", "All messages have been sent.", "Result(1)", "Equation(0 + 1 + 2 / 3 = 1)", NO_ENDPOINT],
  ],
  // The service divides by zero, and nobody hears of it.
  [
    "service-one-way",
    ["4", "5", "0"],
    ["Result(4)", "Result(9)", "All messages have been sent.", "Equation(0 + 4 + 5 = 9)", NO_ENDPOINT],
  ],
])("%s %j", async (seed, args, stdout) => {
  expect(await run(seed, ...args)).toMatchObject({ stdout, stderr: "", exitCode: 0 });
});

describe("service-client", () => {
  it.each([
    ["hello", "DoWork returned 5; inout is 'inout: hello', outonly is 'HELLO'."],
    ["", "DoWork failed: There is no data."],
  ])("prints the same in all calling models for %j", async (data, line) => {
    const runs = [];
    for (const model of ["sync", "begin-end", "events", "task"]) runs.push(await run("service-client", model, data));
    for (const result of runs) expect(result).toMatchObject({ stdout: [line], stderr: "", exitCode: 0 });
  });

  it("says how it is called", async () => {
    expect((await run("service-client")).stdout).toEqual(["Usage: sync|begin-end|events|task <data>"]);
  });
});
