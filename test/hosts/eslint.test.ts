import type { Linter } from "eslint";
import { describe, expect, it } from "vitest";
import type { Settings } from "../../src/dialects/settings.ts";
import plugin from "../../src/index.ts";
import { codeFiles, findingsOf, lastSourceCode, messagesOf } from "./support/eslint.ts";

const CLEAN = "export const sum = (a: number, b: number): number => a + b;\n";

/** Files in which much is found, little, and nothing, one after the other. */
const mixed = codeFiles.filter((_, index) => index % 10 === 0);
const expected = mixed.map(({ path, text }) => findingsOf(text, path));

/** The rules that offer migrations, which part of a file cannot have. */
const offers = Object.keys(plugin.rules ?? {}).filter((name) => /^prefer-(?:await-over-|async-contract)/.test(name));
const isOffer = (finding: string): boolean => offers.some((name) => finding.includes(` tapify/${name} `));

describe("ESLint", () => {
  it("finds the same in a text whatever it linted before under its name", () => {
    const clean = { text: CLEAN, found: [] };
    const files = mixed.flatMap(({ path, text }, index) =>
      /(?<!\.d)\.ts$/.test(path) ? [{ text, found: expected[index]! }] : [],
    );
    // Each comes after another, and after a clean one.
    for (const { text, found } of [...files, ...files.toReversed().flatMap((file) => [clean, file])])
      expect(findingsOf(text, "a.ts")).toEqual(found);
  });

  it("finds the same in a file whatever it linted before", () => {
    for (const index of [...mixed.keys()].toReversed())
      expect(findingsOf(mixed[index]!.text, mixed[index]!.path)).toEqual(expected[index]);
  });

  it("heeds the settings with which one parsed file is linted again", () => {
    const text = `
      import { load, start } from "./api";
      class Service {
        @Act({ IsOneWay: true }) Add(): number { return 1; }
        @Other({ IsOneWay: true }) Subtract(): number { return 1; }
      }
      export async function read(store: Store) { store.Fetch(); store.Other(); }
      export function go() { start().Wait(); }
      async function twice() { await Task.Run(async () => 1); }
    `;
    const all: readonly Settings[] = [
      {},
      { host: "puerts" },
      { host: "winrt" },
      { entryPoints: ["go"] },
      { operationDecorators: ["Act"] },
      { operationDecorators: ["Act,Other"] },
      { operationDecorators: ["Act", "Other"] },
      { twins: ["FetchAsync", "OtherAsync"] },
      { twins: ["FetchAsync,OtherAsync"] },
      { twins: ["Store.OtherAsync"], host: "puerts" },
    ];
    const first = all.map((settings) => findingsOf(text, "service.ts", { settings: { ...settings } }));
    // Otherwise the test shows nothing.
    expect(new Set(first.map((findings) => findings.join("\n"))).size).toBeGreaterThan(4);
    findingsOf(text, "service.ts");
    const parsed = lastSourceCode();
    for (const index of [...all.keys(), ...[...all.keys()].toReversed()])
      expect(findingsOf(parsed, "service.ts", { settings: { ...all[index] } })).toEqual(first[index]);
  });

  it("heeds the name under which one parsed file is linted again", () => {
    // In what is not TypeScript, no types are written.
    const { text } = codeFiles.find(({ name }) => name.endsWith("adapter-runs.input.ts"))!;
    const suggestions = (source: Parameters<typeof messagesOf>[0], name: string) =>
      messagesOf(source, name).map(({ ruleId, suggestions }) => [ruleId, suggestions?.map(({ fix }) => fix.text)]);
    const names = ["a.ts", "a.js", "a.cts", "a.cjs", "a.ts", "a.js"];
    const first = names.map((name) => suggestions(text, name));
    suggestions(text, "a.ts");
    const parsed = lastSourceCode();
    expect(names.map((name) => suggestions(parsed, name))).toEqual(first);
    expect(first[0]).not.toEqual(first[1]);
  });

  it("finds in each block of a processor what it finds in the block alone, but for migrations", () => {
    expect(expected.flat().some(isOffer)).toBe(true);
    const FENCE = /^```(\w+)\n(.*?)^```$/gms;
    const processor: Linter.Processor = {
      preprocess: (text) =>
        [...text.matchAll(FENCE)].map(([, ending, block], index) => ({ text: block!, filename: `${index}.${ending}` })),
      postprocess: (blocks) =>
        blocks.flatMap((messages, block) => messages.map((each) => ({ ...each, column: block }))),
    };
    const blocks = mixed.flatMap(({ path, text }, index) =>
      /\.(?:ts|js)$/.test(path) ? [{ text, ending: path.slice(-2), expected: expected[index]! }] : [],
    );
    const all = [{ text: CLEAN, ending: "ts", expected: [] }, ...blocks, { text: CLEAN, ending: "ts", expected: [] }];
    const text = all.map((block) => `\`\`\`${block.ending}\n${block.text.replace(/\n?$/, "\n")}\`\`\`\n`).join("\n");
    const found = messagesOf(text, "all.md", { processor });
    for (const [index, block] of all.entries()) {
      const withoutColumn = (finding: string) => finding.replace(/:\d+ /, " ");
      expect(
        found
          .filter(({ column }) => column === index)
          .map(({ line, ruleId, message }) => `${line} ${ruleId} ${message}`)
          .sort(),
      ).toEqual(
        block.expected
          .map(withoutColumn)
          .filter((finding) => !isOffer(finding))
          .sort(),
      );
    }
  });
});
