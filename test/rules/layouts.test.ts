import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as parser from "@typescript-eslint/parser";
import { Linter } from "eslint";
import { expect, it } from "vitest";
import { PRESETS } from "../../rules/presets.ts";
import plugin from "../../src/index.ts";
import { inOtherLayout } from "../harness/layouts.ts";
import { ROOT } from "../harness/transpile.ts";

/** What rules find, and what they offer, does not depend on line ends, indentation or a byte order mark. */

const FOLDER = join(ROOT, "fixtures");
const config: Linter.Config[] = [
  { files: ["**/*.?([cm])[jt]s?(x)"], languageOptions: { parser }, plugins: { tapify: plugin }, rules: PRESETS.all },
];

const linter = new Linter();

function findings(text: string, path: string): unknown[] {
  return linter
    .verify(text, config, path)
    .map(({ ruleId, line, message, suggestions = [] }) => [ruleId, line, message, suggestions.map(({ desc }) => desc)]);
}

it("all fixtures are told the same with CRLF, tabs and a byte order mark", { timeout: 600_000 }, () => {
  // What a migration has made of a fixture holds little to find.
  const paths = readdirSync(FOLDER, { recursive: true, encoding: "utf8" }).filter(
    (path) => /\.[jt]sx?$/u.test(path) && !/\.output\.|[\\/]expected[\\/]/u.test(path),
  );
  const different = paths.filter((path) => {
    const text = readFileSync(join(FOLDER, path), "utf8");
    return JSON.stringify(findings(text, path)) !== JSON.stringify(findings(inOtherLayout(text, path).text, path));
  });
  expect(different).toEqual([]);
});
