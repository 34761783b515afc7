import { afterAll, beforeAll, describe, expect, it, type TestFunction } from "vitest";
import { parse } from "../../src/ast/parse.ts";
import { runProject } from "../harness/run-project.ts";
import { TracedRunner, type TracedRun } from "../harness/run-traced.ts";
import { typeErrors } from "../harness/typecheck.ts";
import { withVariant } from "../migrate/variants.ts";
import { lintWithOptions, migrateAgain, observe, type Observed, projectErrors, type Told } from "./observe.ts";
import { CLAIMS, type Claim, type ClaimedText, claimedTexts, type Mark } from "./read.ts";

/** What the texts in `fixtures/claims` claim is true, or is known not to be and fails as expected. */

const runner = new TracedRunner();
afterAll(() => runner.stop());

const ENTRIES: ReadonlySet<string> = new Set(["migrated", "refused", "entry"]);

describe.each(claimedTexts)("$path", (text) => {
  let observed: Observed;
  // Not within an expected failure: a text that does not parse, or a tool that throws, is none.
  beforeAll(() => {
    for (const [file, content] of Object.entries(text.files)) parse(content, file);
    observed = observe(text);
  });

  it("tells what is marked, and nothing else", () => {
    for (const mark of text.marks) if (!mark.fails) expectMark(mark, observed.told);
    expect(observed.told.filter((told) => isUnmarked(told, text))).toEqual([]);
  });

  for (const mark of text.marks.filter(({ fails }) => fails))
    it.fails(`${mark.file}:${mark.line} ${mark.isAbsent ? "no " : ""}${mark.told} ${mark.code ?? ""}`, () => {
      expectMark(mark, observed.told);
    });

  function claim(name: Claim, test: TestFunction): void {
    if (!text.claims.includes(name)) return;
    const today = text.fails.get(name);
    if (today === undefined) it(CLAIMS[name], test);
    else it.fails(`${CLAIMS[name]} (today: ${today})`, test);
  }

  if (text.claims.includes("same"))
    it("runs to its end before its migration", async () => {
      const run = await runText(text, text.files);
      expect(run.trace.length).toBeGreaterThan(0);
      expect(run.uncaught !== null).toBe(text.endsUncaught);
      if (!text.endsUncaught) expect(run.isStalled).toBe(false);
    });
  claim("same", async () => {
    for (const variant of text.variants) {
      const excuse = text.excuses.get(variant);
      if (excuse !== undefined && observed.told.some(({ code }) => code === excuse)) continue;
      const before = await runText(text, variantOf(text.files, variant));
      const after = await runText(text, variantOf(observed.output, variant));
      const trace = before.uncaught === null ? after.trace : after.trace.slice(0, before.trace.length);
      expect({ variant, ...after, trace, uncaught: after.uncaught !== null }).toEqual({
        variant,
        ...before,
        uncaught: before.uncaught !== null,
      });
    }
  });

  if (text.claims.includes("compiles"))
    it("compiles before its migration", () => {
      expect(errorsOf(text, text.files)).toEqual([]);
    });
  claim("compiles", () => {
    expect(errorsOf(text, observed.output)).toEqual([]);
  });

  claim("text", () => {
    // Without the directives, which hold the patterns.
    const output = Object.values(observed.output)
      .join("\n")
      .replace(/^(?:\/\/.*\n)+/u, "");
    for (const pattern of text.has) expect(output).toMatch(pattern);
    for (const pattern of text.lacks) expect(output).not.toMatch(pattern);
  });

  claim("options", () => lintWithOptions(text));

  claim("settled", () => {
    expect(migrateAgain(text, observed.output)).toEqual(observed.output);
  });
});

function expectMark({ file, line, told, code, message, isAbsent }: Mark, all: readonly Told[]): void {
  const found = all.filter(
    (each) =>
      each.file === file &&
      each.line === line &&
      (each.told === told || (told === "entry" && ENTRIES.has(each.told) && each.code !== "check-failed")) &&
      (code === null || each.code === code) &&
      (message === null || each.message.includes(message)),
  );
  if (isAbsent) expect(found).toEqual([]);
  else expect({ on: `${file}:${line}`, told: found.length > 0, all }).toMatchObject({ told: true });
}

/** Whether something is told that no mark of its line names; of what a mark with "fails" is about, nothing is held against a text. */
function isUnmarked({ file, line, told }: Told, { marks }: ClaimedText): boolean {
  if (told === "note") return false;
  const isEntry = ENTRIES.has(told);
  if (isEntry && !marks.some((mark) => ENTRIES.has(mark.told))) return false;
  return !marks.some(
    (mark) =>
      mark.file === file &&
      mark.line === line &&
      (isEntry ? ENTRIES.has(mark.told) : mark.told === told) &&
      (mark.fails || !mark.isAbsent),
  );
}

type Files = Readonly<Record<string, string>>;

function variantOf(files: Files, variant: Parameters<typeof withVariant>[1]): Files {
  return Object.fromEntries(Object.entries(files).map(([file, content]) => [file, withVariant(content, variant)]));
}

/** A program of one file runs on the virtual clock; one of several in a process of its own, and what it prints is its trace. */
async function runText({ path }: ClaimedText, files: Files): Promise<TracedRun> {
  const [main, ...others] = Object.keys(files);
  if (others.length === 0) {
    const run = await runner.run(files[main!]!);
    return run.uncaught === null ? run : { ...run, isStalled: false };
  }
  const folder = path.slice(0, path.lastIndexOf("/"));
  const { stdout, uncaught } = await runProject(
    Object.fromEntries(Object.entries(files).map(([file, content]) => [`${folder}/${file}`, content])),
    { main: `${folder}/${main!}` },
  );
  return { trace: stdout, uncaught, isStalled: false };
}

/** What nothing uses was not used before. */
function errorsOf({ path, isProject }: ClaimedText, files: Files): readonly string[] {
  if (isProject) return projectErrors(files);
  const folder = path.slice(0, path.lastIndexOf("/"));
  return typeErrors(
    Object.fromEntries(Object.entries(files).map(([file, content]) => [`${folder}/${file}`, content])),
  ).filter((error) => !/TS61(?:33|92|96|98)/u.test(error));
}
