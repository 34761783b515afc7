import * as parser from "@typescript-eslint/parser";
import { Linter } from "eslint";
import { describe, expect, it } from "vitest";
import plugin from "../../src/index.ts";

const CODE = `function main(): void {
  const response: Task<string> = fetchAsync();
  console.log(response.Result);
}
function put(client: AmazonS3Client, request: PutObjectRequest) {
  const ar = client.BeginPutObject(request, null, null);
  return client.EndPutObject(ar);
}
class Store {
  BeginFetch(key: string, callback: AsyncCallback | null, state: unknown): IAsyncResult {
    return channel.BeginRead(key, callback, state);
  }
  EndFetch(ar: IAsyncResult): string {
    return channel.EndRead(ar);
  }
}
`;

const MIGRATIONS = ["prefer-async-contract", "prefer-await-over-begin-end", "prefer-await-over-blocking"];

/** The rules that report something, each once. */
function reporting(filename: string, text: string, processor?: Linter.Processor): string[] {
  const config: Linter.Config = {
    files: ["**"],
    languageOptions: { parser: parser as Linter.Parser },
    plugins: { tapify: plugin },
    rules: {
      ...plugin.configs.migration.rules,
      ...plugin.configs.recommended.rules,
      "tapify/prefer-async-twin": "off",
      "tapify/prefer-await-over-begin-end": ["warn", { reportRefusals: true }],
    },
    ...(processor === undefined ? {} : { processor }),
  };
  const messages = new Linter().verify(text, config, { filename, filterCodeBlock: () => true });
  return [...new Set(messages.map(({ ruleId }) => ruleId!.replace("tapify/", "")))].sort();
}

describe("code in a file of another kind", () => {
  it("is migrated where the file is code as a whole, or there is none", () => {
    for (const file of ["a.ts", "a.mts", "a.tsx", "<input>"])
      expect([file, reporting(file, CODE)]).toEqual([file, expect.arrayContaining(MIGRATIONS)]);
  });

  it.each(["a.vue", "a.svelte", "a.astro", "a.md"])("is linted and not migrated: %s", (file) => {
    const rules = reporting(file, CODE);
    expect(rules).toContain("no-blocking-wait");
    expect(rules.filter((rule) => MIGRATIONS.includes(rule))).toEqual([]);
  });

  it("is linted and not migrated where a processor takes it out", () => {
    const processor: Linter.Processor = {
      preprocess: (text) => [{ text: text.replaceAll(/```\w*\n/g, ""), filename: "0.ts" }],
      postprocess: (messages) => messages.flat(),
    };
    const rules = reporting("a.md", `\`\`\`ts\n${CODE}\`\`\`\n`, processor);
    expect(rules).toContain("no-blocking-wait");
    expect(rules.filter((rule) => MIGRATIONS.includes(rule))).toEqual([]);
  });
});
