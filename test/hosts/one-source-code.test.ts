import type { Linter, Rule, SourceCode } from "eslint";
import { describe, expect, it } from "vitest";
import plugin from "../../src/index.ts";
import { codeFiles, lastSourceCode, messagesOf } from "./support/eslint.ts";

/**
 * A host that has one frozen `SourceCode` object for all files, as oxlint has: it makes text and tree when they are first asked for, and
 * hands out nothing once a file is done with.
 */
class OneSourceCode {
  /** How many trees have been asked for. */
  trees = 0;
  #file: SourceCode | null = null;
  #isTreeMade = false;
  readonly #sourceCode: SourceCode;

  constructor() {
    const file = () => {
      if (this.#file === null) throw new Error("The file is done with.");
      return this.#file;
    };
    const tree = () => {
      if (!this.#isTreeMade) this.trees++;
      this.#isTreeMade = true;
      return file().ast;
    };
    this.#sourceCode = Object.freeze({
      get text() {
        return file().text;
      },
      get ast() {
        return tree();
      },
      get scopeManager() {
        tree();
        return file().scopeManager;
      },
      get visitorKeys() {
        return file().visitorKeys;
      },
      parserServices: Object.freeze({}),
    }) as unknown as SourceCode;
  }

  /** What all rules find in a file that ESLint has parsed. */
  lint(filename: string, parsed: SourceCode): string[] {
    const found: string[] = [];
    this.#file = parsed;
    this.#isTreeMade = false;
    const listeners = Object.entries(plugin.rules as Record<string, Rule.RuleModule>).map(([name, rule]) =>
      rule.create({
        filename,
        sourceCode: this.#sourceCode,
        options: [],
        settings: {},
        report: ({ node }: { node: Rule.Node }) => {
          const { line, column } = node.loc!.start;
          found.push(`${line}:${column + 1} tapify/${name}`);
        },
      } as unknown as Rule.RuleContext),
    );
    if (this.#isTreeMade) throw new Error("A rule asked for the tree before it was to be visited.");
    for (const listener of listeners) (listener["Program:exit"] as (() => void) | undefined)?.();
    this.#file = null;
    return found.sort();
  }
}

const CLEAN = "export const sum = (a: number, b: number): number => a + b;\n";

const files = [{ path: "first.ts", text: CLEAN }, ...codeFiles.filter((_, index) => index % 5 === 0)];
files.push({ path: "last.ts", text: CLEAN });
const parsed = files.map(({ path, text }) => {
  const messages: Linter.LintMessage[] = messagesOf(text, path);
  const expected = messages.map(({ line, column, ruleId }) => `${line}:${column} ${ruleId}`).sort();
  return { path, expected, sourceCode: lastSourceCode() };
});

describe("a host with one SourceCode object for all files", () => {
  it("finds in each file what ESLint finds, with a clean file first and last", () => {
    const host = new OneSourceCode();
    for (const { path, expected, sourceCode } of parsed) expect(host.lint(path, sourceCode)).toEqual(expected);
    for (const { path, expected, sourceCode } of parsed.toReversed())
      expect(host.lint(path, sourceCode)).toEqual(expected);
  });

  it("is not asked for the tree of a file that no rule has to look at", () => {
    const host = new OneSourceCode();
    const [clean] = parsed;
    expect(host.lint(clean!.path, clean!.sourceCode)).toEqual([]);
    expect(host.trees).toBe(0);
    for (const { path, sourceCode } of parsed) host.lint(path, sourceCode);
    expect(host.trees).toBeGreaterThan(10);
    expect(host.trees).toBeLessThan(parsed.length);
  });
});
