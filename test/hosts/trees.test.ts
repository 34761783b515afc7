import * as typescriptParser from "@typescript-eslint/parser";
import type { Linter } from "eslint";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { codeFiles, declaresTwice, messagesOf, type LintOptions } from "./support/eslint.ts";

type Tree = Record<string, unknown> & { readonly type: string };

function isTree(value: unknown): value is Tree {
  return typeof value === "object" && value !== null && typeof (value as Tree).type === "string";
}

/** Says `null` of everything that is not written, as oxlint does. */
function sayNull(tree: Tree): void {
  for (const [key, value] of Object.entries(tree)) {
    if (value === undefined) tree[key] = null;
    else if (key !== "parent") for (const child of [value].flat()) if (isTree(child)) sayNull(child);
  }
}

const nullParser: Linter.Parser = {
  parseForESLint(text, options) {
    const parsed = typescriptParser.parseForESLint(text, { ...options, suppressDeprecatedPropertyWarnings: true });
    sayNull(parsed.ast as unknown as Tree);
    return parsed as unknown as Linter.ESLintParseResult;
  },
};

/** Everything that all rules say, with the edits of their suggestions. */
function reportsOf(text: string, path: string, options: LintOptions): string[] {
  return messagesOf(text, path, options).map(reportOf);
}

function reportOf({ line, column, ruleId, message, suggestions = [] }: Linter.LintMessage): string {
  return `${line}:${column} ${ruleId} ${message} ${JSON.stringify(suggestions.map(({ fix }) => fix))}`;
}

// The plans of what is refused otherwise read more of the tree.
const OPTIONS = [{}, { facade: true, yieldInPolls: true, reportRefusals: true, target: "adapter" }];

const inputs = codeFiles.filter(({ name }) => !/\.output\.|\/expected\/|\/runtime\//.test(name));

describe.each(OPTIONS)("with the options %j", (options) => {
  it("all rules say the same of trees in which what is not written is null", () => {
    for (const { path, text } of inputs)
      expect([path, ...reportsOf(text, path, { options, parser: nullParser })]).toEqual([
        path,
        ...reportsOf(text, path, { options }),
      ]);
  });

  it("all rules say the same of the trees of ESLint's own parser, which knows no types", () => {
    let compared = 0;
    const unparsed: string[] = [];
    for (const { name, path, text } of inputs) {
      const plain = plainText(path, text);
      if (plain === null) continue;
      const messages = messagesOf(plain, "a.js", { options, parser: null });
      if (messages.some(({ message }) => declaresTwice(message))) {
        unparsed.push(name);
        continue;
      }
      const expected = reportsOf(plain, "a.js", { options });
      compared += expected.length;
      expect([path, ...messages.map(reportOf)]).toEqual([path, ...expected]);
    }
    expect(unparsed).toEqual(["fixtures/contracts/one-name.input.ts"]);
    expect(compared).toBeGreaterThan(300);
  });
});

/** A text without its types; `null` where it is no module, or has decorators, which espree does not read. */
function plainText(path: string, text: string): string | null {
  if (/\.js$/.test(path)) return text;
  if (!/(?<!\.d)\.ts$/.test(path)) return null;
  const { outputText } = ts.transpileModule(text, {
    compilerOptions: { target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext, verbatimModuleSyntax: true },
  });
  return /^\s*@|__decorate/m.test(outputText) ? null : outputText;
}
