import { readdirSync } from "node:fs";
import * as parser from "@typescript-eslint/parser";
import { Linter } from "eslint";
import { describe, expect, it } from "vitest";
import plugin from "../../src/index.ts";
import { readPage, sectionsOf, type CodeBlock } from "./support/markdown.ts";

const linter = new Linter();

/** Lints a block of code with one rule. After `ts`, the fence may give the rule's options as JSON, or the plugin's `settings`. */
function lint(rule: string, { info, code }: CodeBlock): Linter.LintMessage[] {
  const { settings, ...own } = JSON.parse(info === "ts" ? "{}" : info.slice(2)) as { settings?: object };
  const options: unknown[] = Object.keys(own).length === 0 ? [] : [own];
  return linter.verify(
    code,
    {
      files: ["**/*.ts"],
      languageOptions: { parser: parser as Linter.Parser },
      plugins: { tapify: plugin },
      settings: { tapify: settings ?? {} },
      rules: { [`tapify/${rule}`]: ["error", ...options] },
    },
    "example.ts",
  );
}

function examplesOf(rule: string, title: "Incorrect" | "Correct"): CodeBlock[] {
  return sectionsOf(readPage(`docs/rules/${rule}.md`))
    .filter((section) => section.title === title)
    .flatMap(({ blocks }) => blocks.filter(({ info }) => info.startsWith("ts")));
}

const rules = Object.keys(plugin.rules!);
const pages = readdirSync(new URL("../../docs/rules", import.meta.url)).map((page) => page.replace(/\.md$/, ""));

it("has a page for each rule, and no other", () => {
  expect(pages.sort()).toEqual([...rules].sort());
});

describe.each(rules.filter((rule) => pages.includes(rule)))("docs/rules/%s.md", (rule) => {
  const incorrect = examplesOf(rule, "Incorrect");
  const correct = examplesOf(rule, "Correct");

  it("has both kinds of examples", () => {
    expect(incorrect.length).toBeGreaterThan(0);
    expect(correct.length).toBeGreaterThan(0);
  });

  it.each(incorrect)("shows incorrect code in line $line", (block) => {
    const messages = lint(rule, block);
    expect(messages.length).toBeGreaterThan(0);
    for (const { ruleId } of messages) expect(ruleId).toBe(`tapify/${rule}`);
  });

  it.each(correct)("shows correct code in line $line", (block) => {
    expect(lint(rule, block)).toEqual([]);
  });
});

describe("docs/rules/prefer-await-over-begin-end.md", () => {
  const rule = "prefer-await-over-begin-end";
  const pairs = examplesOf(rule, "Incorrect").map((before, index) => ({
    before,
    after: examplesOf(rule, "Correct")[index],
    line: before.line,
  }));

  it.each(pairs)("shows what the suggestion makes of line $line", ({ before, after }) => {
    const fix = lint(rule, before)[0]!.suggestions![0]!.fix;
    expect(before.code.slice(0, fix.range[0]) + fix.text + before.code.slice(fix.range[1])).toBe(after?.code);
  });
});
