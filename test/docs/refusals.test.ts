import { describe, expect, it } from "vitest";
import { migrateText, NOTES, REFUSALS } from "../../src/core.ts";
import { STRATEGIES } from "../../src/plan/strategies.ts";
import type { FileMigration } from "../../src/plan/migration.ts";
import { migrateProject } from "../../src/project/migrate-project.ts";
import { OUTCOME_ROWS } from "../dialects/outcome-rows/index.ts";
import { TemporaryProject } from "../project/projects.ts";
import { withRefusalTexts, withStrategies } from "./support/texts.ts";
import { readPage, sectionsOf, type Section } from "./support/markdown.ts";

const CODE = /^`([\w-]+)`$/;
const [refusalPart, notePart] = readPage("docs/refusals.md").split(/^# Notes$/m);
const refusals = codeSections(refusalPart!);
const notes = codeSections(notePart!);

/** What only a whole project can show. */
const IN_PROJECT: ReadonlySet<string> = new Set(["exported-api", "module-out-of-sight", "would-not-compile"]);

/** What becomes of a text as the one file of a project. */
function migratedInProject(text: string, isLibrary: boolean): FileMigration {
  const compilerOptions = {
    strict: true,
    types: [],
    target: "ES2022",
    module: "ES2022",
    moduleResolution: "Bundler",
    declaration: isLibrary,
  };
  const project = TemporaryProject.of({ "tsconfig.json": JSON.stringify({ compilerOptions }), "example.ts": text });
  return [...migrateProject(project.config).values()][0]!;
}

function codeSections(page: string): Map<string, Section> {
  return new Map(
    sectionsOf(page).flatMap((section) =>
      section.level === 2 && CODE.test(section.title) ? [[CODE.exec(section.title)![1]!, section] as const] : [],
    ),
  );
}

describe("docs/refusals.md", () => {
  it("has one section for each refusal code, in the order of the list", () => {
    expect([...refusals.keys()]).toEqual(Object.keys(REFUSALS));
  });

  it("has one section for each note code, in the order of the list", () => {
    expect([...notes.keys()]).toEqual(Object.keys(NOTES));
  });

  it("says what the tool says, which `npm run docs` writes", () => {
    const page = readPage("docs/refusals.md");
    expect(withRefusalTexts(page)).toBe(page);
    for (const [code, { text }] of refusals)
      expect(text).toContain(`> To change: ${REFUSALS[code as keyof typeof REFUSALS].hint}`);
  });

  for (const [code, { text, blocks }] of refusals) {
    it(`says what to do about ${code}`, () => {
      expect(text).toMatch(/^What to do: \S/m);
    });

    // A defect cannot be shown on an example that stays one.
    if (code === "check-failed" || code === "does-not-settle") continue;
    it(`shows code that is refused with ${code}`, () => {
      expect(blocks).toHaveLength(1);
      const { status, refusals: found } = IN_PROJECT.has(code)
        ? migratedInProject(blocks[0]!.code, code !== "module-out-of-sight")
        : migrateText(blocks[0]!.code, { filePath: "example.ts", families: OUTCOME_ROWS });
      // What stays because of another operation has an entry beside that one's.
      const codes = found.map((refusal) => refusal.code).filter((each) => each === code || each !== "refused-together");
      if (code === "refused-together") expect([status, codes]).toEqual(["refused", expect.arrayContaining([code])]);
      else expect([status, ...new Set(codes)]).toEqual(["refused", code]);
    });
  }
});

describe("docs/cli.md", () => {
  it("has every strategy, with what the tool says of it", () => {
    const page = readPage("docs/cli.md");
    expect(withStrategies(page)).toBe(page);
    for (const [name, sentences] of Object.entries(STRATEGIES))
      expect(page).toContain(`| \`${name}\` | ${sentences} |`);
  });
});

describe("README.md", () => {
  it("lists every refusal code, with a link to its section", () => {
    const section = sectionsOf(readPage("README.md")).find(({ title }) => title === "Refusals");
    const listed = [...section!.text.matchAll(/^\| \[`([\w-]+)`\]\(docs\/refusals\.md#([\w-]+)\) \|/gm)];
    expect(listed.map(([, code]) => code)).toEqual(Object.keys(REFUSALS));
    for (const [, code, anchor] of listed) expect(anchor).toBe(code);
  });
});
