import * as typescriptParser from "@typescript-eslint/parser";
import { Linter, type Rule, type SourceCode } from "eslint";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import plugin from "../../../src/index.ts";
import { ROOT } from "../../harness/transpile.ts";

/** A file of the fixtures. */
export interface CodeFile {
  /** Relative to the repository's root. */
  readonly name: string;
  readonly path: string;
  readonly text: string;
}

/**
 * All code of the fixtures, by name: before and after their migrations, projects, ports, and the runtime that these run on. A text that
 * holds several files is left out, as it is no module: two of them may declare one name.
 */
export const codeFiles: readonly CodeFile[] = readdirSync(join(ROOT, "fixtures"), { recursive: true, encoding: "utf8" })
  .filter((name) => /\.[cm]?[jt]sx?$/.test(name))
  .toSorted()
  .map((name) => {
    const path = join(ROOT, "fixtures", name);
    return { name: join("fixtures", name), path, text: readFileSync(path, "utf8") };
  })
  .filter(({ text }) => !/^\/\/ @filename: /m.test(text));

/**
 * A file that declares a name twice is an error to ECMAScript before anything of it runs. The parser of typescript-eslint lets it pass, and
 * there are fixtures of it; other parsers do not.
 */
export function declaresTwice(message: string): boolean {
  return /has already been declared$|: Argument name clash$/.test(message);
}

/** All rules, and what each is told; a rule has those of the options that its schema knows. */
export function allRules(options: Readonly<Record<string, unknown>> = {}): Record<string, ["error", object?]> {
  return Object.fromEntries(
    Object.entries(plugin.rules as Record<string, Rule.RuleModule>).map(([name, { meta }]) => {
      const [schema] = meta!.schema as { properties: object }[];
      const own = Object.entries(options).filter(([option]) => schema !== undefined && option in schema.properties);
      return [`tapify/${name}`, own.length === 0 ? ["error"] : ["error", Object.fromEntries(own)]];
    }),
  );
}

/** How to lint, besides with all rules. */
export interface LintOptions {
  /** `null` is ESLint's own, which knows no types. */
  readonly parser?: Linter.Parser | null;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly options?: Readonly<Record<string, unknown>>;
  /** For files that end in `.md`. */
  readonly processor?: Linter.Processor;
}

const linter = new Linter();

/** What all rules find in a text, as ESLint says it; what it was parsed to is in `linter.getSourceCode()`. */
export function messagesOf(
  text: string | SourceCode,
  filename: string,
  { parser = typescriptParser as Linter.Parser, settings = {}, options = {}, processor }: LintOptions = {},
): Linter.LintMessage[] {
  return linter.verify(
    text,
    [
      {
        files: ["**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}"],
        languageOptions: parser === null ? {} : { parser },
        linterOptions: { reportUnusedDisableDirectives: "off" },
        plugins: { tapify: plugin },
        rules: allRules(options),
        settings: { tapify: settings },
      },
      ...(processor === undefined ? [] : [{ files: ["**/*.md"], processor }]),
    ],
    // ESLint itself lints every block that some configuration is for; a Linter left to itself, those of JavaScript.
    { filename, filterCodeBlock: () => true },
  );
}

/** The tree and all that goes with it of the text that was linted last. */
export function lastSourceCode(): SourceCode {
  return linter.getSourceCode();
}

/** What all rules find in a text: where, which rule, and what it says, sorted. */
export function findingsOf(...args: Parameters<typeof messagesOf>): string[] {
  return findingsIn(messagesOf(...args));
}

/** The same of messages. */
export function findingsIn(messages: readonly Linter.LintMessage[]): string[] {
  return messages.map(({ line, column, ruleId, message }) => `${line}:${column} ${ruleId} ${message}`).sort();
}
