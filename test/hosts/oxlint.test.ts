import { spawnSync } from "node:child_process";
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildCli, type BuiltCli } from "../cli/support/built-cli.ts";
import { Workspace } from "../cli/support/workspace.ts";
import { ROOT } from "../harness/transpile.ts";
import { allRules, codeFiles, declaresTwice, findingsIn, messagesOf } from "./support/eslint.ts";

const CLEAN = "export const sum = (a: number, b: number): number => a + b;\n";

/** What ESLint says of each file. */
const messages = new Map(codeFiles.map(({ name, path, text }) => [name, messagesOf(text, path)] as const));
/** What it finds in each, without those in which it finds nothing. */
const expected = new Map([...messages].map(([name, ofFile]) => [name, findingsIn(ofFile)] as const));
for (const [name, findings] of expected) if (findings.length === 0) expected.delete(name);

describe("oxlint", { timeout: 600_000 }, () => {
  let built: BuiltCli;
  beforeAll(() => {
    built = buildCli();
  }, 600_000);
  afterAll(() => built.remove());

  /** What oxlint finds in each file of one run; with one thread, it lints them in this order. */
  function run(paths: readonly string[], threads: number, ...more: readonly string[]): Map<string, string[]> {
    const config = new Workspace({
      "oxlint.json": JSON.stringify({
        jsPlugins: [join(built.dist, "src/index.js")],
        plugins: [],
        categories: { correctness: "off" },
        rules: allRules(),
      }),
    });
    const { stdout, stderr } = spawnSync(
      process.execPath,
      [
        join(ROOT, "node_modules/oxlint/bin/oxlint"),
        ...["-c", config.path("oxlint.json"), "--no-ignore", "--format", "json", "--threads", String(threads)],
        ...more,
        ...paths,
      ],
      { cwd: ROOT, encoding: "utf8", maxBuffer: 2 ** 28 },
    );
    if (!stdout.includes("diagnostics")) throw new Error(`oxlint failed:\n${stdout}${stderr}`);
    const { diagnostics, number_of_files } = JSON.parse(stdout) as {
      diagnostics: {
        message: string;
        code?: string;
        filename: string;
        labels: { span: { line: number; column: number } }[];
      }[];
      number_of_files: number;
    };
    expect(number_of_files).toBe(paths.length);
    const found = new Map<string, string[]>();
    for (const { message, code, filename, labels } of diagnostics) {
      const { line, column } = labels[0]!.span;
      const rule = code?.replace(/^tapify\((.+)\)$/, "tapify/$1");
      found.set(filename, [...(found.get(filename) ?? []), `${line}:${column} ${rule} ${message}`]);
    }
    for (const findings of found.values()) findings.sort();
    return found;
  }

  it.each([1, 4])("finds in each of many files what ESLint finds, on %i threads, between clean ones", (threads) => {
    const clean = new Workspace({ "first.ts": CLEAN, "last.ts": CLEAN });
    const paths = [clean.path("first.ts"), ...codeFiles.map(({ name }) => name), clean.path("last.ts")];
    const found = run(paths, threads);
    const unparsed = [...found].filter(([, messages]) => messages.some(declaresTwice)).map(([name]) => name);
    expect(unparsed).toEqual(["fixtures/contracts/one-name.input.ts"]);
    for (const name of unparsed) found.delete(name);
    expect(found).toEqual(expected);
  });

  it("finds it in whatever order the files come", () => {
    const names = [...expected.keys()].filter((_, index) => index % 20 === 0);
    const found = new Map([...expected].filter(([name]) => names.includes(name)));
    expect(run(names, 1)).toEqual(found);
    expect(run(names.toReversed(), 1)).toEqual(found);
  });

  it("changes what ESLint changes", () => {
    // Of several suggestions each host applies those that it gets to first.
    const files = codeFiles.flatMap(({ name, text }) => {
      const fixes = new Map(
        messages.get(name)!.flatMap(({ suggestions = [] }) => suggestions.map(({ fix }) => [JSON.stringify(fix), fix])),
      );
      const [fix] = fixes.values();
      if (fix === undefined || fixes.size > 1) return [];
      // Ranges count from after a byte order mark.
      const [start, end] = fix.range.map((offset) => offset + Number(text.startsWith("\ufeff"))) as [number, number];
      return [{ name, text, output: text.slice(0, start) + fix.text + text.slice(end) }];
    });
    expect(files.length).toBeGreaterThan(100);
    const workspace = new Workspace(Object.fromEntries(files.map(({ name, text }) => [name, text])));
    // What is installed beside a file decides about some of its calls.
    symlinkSync(join(ROOT, "node_modules"), workspace.path("node_modules"));
    run(
      files.map(({ name }) => workspace.path(name)),
      4,
      "--fix-suggestions",
    );
    for (const { name, output } of files) expect([name, workspace.read(name)]).toEqual([name, output]);
  });
});
