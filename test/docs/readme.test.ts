import { describe, expect, it } from "vitest";
import { HOST_NAMES, migrateText } from "../../src/core.ts";
import { PRESETS } from "../../rules/presets.ts";
import { readPage, sectionsOf, type CodeBlock } from "./support/markdown.ts";

const sections = sectionsOf(readPage("README.md"));

/** Expects pairs of blocks, each with code and what the migration makes of it, at the beginning. */
function expectMigrations(blocks: readonly CodeBlock[], count: number): void {
  const code = blocks.filter(({ info }) => info === "ts" || info === "js").slice(0, 2 * count);
  expect(code).toHaveLength(2 * count);
  for (let index = 0; index < code.length; index += 2)
    expect(migrateText(code[index]!.code, { filePath: `example.${code[index]!.info}` }).output).toBe(
      code[index + 1]!.code,
    );
}

describe("README.md", () => {
  it("opens with code and what the migration makes of it", () => {
    const [opening] = sections;
    expectMigrations(opening!.blocks, 2);
  });

  it("shows another on the page about decisions", () => {
    expectMigrations(sectionsOf(readPage("docs/how-it-decides.md"))[0]!.blocks, 1);
  });

  it("turns the recommended rules on in oxlint", () => {
    const block = sections.find(({ title }) => title === "Oxlint")!.blocks.find(({ info }) => info === "json")!;
    expect((JSON.parse(block.code) as { rules: object }).rules).toEqual(PRESETS.recommended);
  });

  it("names every preset and every host", () => {
    const text = readPage("README.md");
    for (const name of [...Object.keys(PRESETS), ...HOST_NAMES]) expect(text).toContain(`\`${name}\``);
  });
});
