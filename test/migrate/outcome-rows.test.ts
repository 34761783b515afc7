import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { Workspace } from "../cli/support/workspace.ts";
import { rootsOf } from "../../src/dialects/makers.ts";
import type { Manner } from "../dialects/outcome-rows/host.ts";
import { OUTCOME_ROWS } from "../dialects/outcome-rows/index.ts";
import { ProgramHost } from "../harness/program-host.ts";
import { ROOT, transpile } from "../harness/transpile.ts";
import { fixtures, migrate } from "./fixtures.ts";

/**
 * Each row of the table of outcomes can be said as data: programs of families that only tests know do the same in the same order when
 * they await instead, in a folder of their own each, with a host that is as small as it can be.
 */

const all = fixtures.filter(({ path }) => path.startsWith("fixtures/outcome-rows/"));
/** Functions of which some are refused are called by nobody. */
const programs = all.filter(
  ({ name, path, input, output }) => input !== output && !path.endsWith(".ts") && !name.endsWith("-refused"),
);
const HOST = transpile(readFileSync(join(ROOT, "test/dialects/outcome-rows/host.ts"), "utf8"), "host.ts");

const programHost = new ProgramHost();
afterAll(() => programHost.stop());

describe.each(programs)("$path", (fixture) => {
  const { output, migrations } = migrate(fixture, fixture.input);

  it.each<Manner>(["well", "fail", "second"])("does the same where its operations go %j", async (manner) => {
    const before = await run(fixture.path, fixture.input, manner);
    expect(before.stdout).not.toBe("");
    expect(await run(fixture.path, output, manner)).toEqual(before);
  });

  it("ends with the error of an operation that throws at once, or a note says that it is caught now", async () => {
    const before = await run(fixture.path, fixture.input, "throws");
    const after = await run(fixture.path, output, "throws");
    const isNoted = migrations.some(({ notes }) => notes.some(({ code }) => code === "begin-errors-now-caught"));
    expect(before.error).toBe("TypeError: no such call");
    expect(after.error === before.error || isNoted).toBe(true);
  });
});

it("each row has programs that run, and code that is refused", () => {
  const rowsOf = (some: typeof all): Set<string> => new Set(some.map(({ name }) => name.replace(/-.*/u, "")));
  expect(rowsOf(programs).size).toBe(OUTCOME_ROWS.length);
  const refused = all.filter(({ refusals }) => refusals.length > 0);
  expect(rowsOf(refused).size).toBe(OUTCOME_ROWS.length);
  expect(refused.length / all.length).toBeGreaterThanOrEqual(0.25);
});

it("nothing that recognises, decides or writes knows a name of these families", () => {
  const names = OUTCOME_ROWS.flatMap(({ starts }) =>
    starts.flatMap((start) =>
      start.kind === "global"
        ? [start.path.split(".")[0]!]
        : start.kind === "made"
          ? rootsOf(start.by).methods
          : start.modules,
    ),
  );
  const texts = ["src/recognize", "src/plan"].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts"))
      .map((file) => readFileSync(join(ROOT, folder, file), "utf8")),
  );
  expect(texts.length).toBeGreaterThan(100);
  expect(names.filter((name) => texts.some((text) => new RegExp(`\\b${name}\\b`, "u").test(text)))).toEqual([]);
});

async function run(
  path: string,
  text: string,
  manner: Manner,
): Promise<{ status: number | null; stdout: string; error: string }> {
  const name = `program${/\.\w+$/u.exec(path)![0]}`;
  const workspace = new Workspace({ [name]: text, "host.mjs": HOST });
  const { status, stdout, stderr } = await programHost.run({
    cwd: workspace.root,
    file: workspace.path(name),
    preloads: [workspace.path("host.mjs")],
    argv: [manner],
  });
  return { status, stdout, error: /\b\w*Error: [^\]\n]*/u.exec(stderr)?.[0] ?? "" };
}
