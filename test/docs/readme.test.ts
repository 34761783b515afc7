import { describe, expect, it } from "vitest";
import { HOST_NAMES, migrateText } from "../../src/core.ts";
import { PRESETS } from "../../rules/presets.ts";
import { readPage, sectionsOf } from "./support/markdown.ts";

const sections = sectionsOf(readPage("README.md"));

describe("README.md", () => {
  it("opens with code and what the migration makes of it", () => {
    const [opening] = sections;
    const blocks = opening!.blocks.filter(({ info }) => info === "ts").slice(0, 4);
    expect(blocks).toHaveLength(4);
    for (const index of [0, 2]) {
      expect(migrateText(blocks[index]!.code, { filePath: "example.ts" }).output).toBe(blocks[index + 1]!.code);
    }
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
