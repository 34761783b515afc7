import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { PAGES, pageOfCode, pageOfRule, REPOSITORY } from "../../src/addresses.ts";
import { NOTES, REFUSALS } from "../../src/core.ts";
import plugin from "../../src/index.ts";
import { ROOT } from "../harness/transpile.ts";
import { readPage } from "./support/markdown.ts";

const addresses = [
  ...Object.keys(plugin.rules!).map((name) => [name, pageOfRule(name)] as const),
  ...[...Object.keys(REFUSALS), ...Object.keys(NOTES)].map((code) => [code, pageOfCode(code)] as const),
];

it("the addresses of rules and codes lead to pages and sections that there are", () => {
  const lost = addresses.filter(([, address]) => {
    const [path = "", section] = address.slice(`${PAGES}/`.length).split("#");
    const page = `docs/${path}`;
    return (
      !existsSync(join(ROOT, page)) || (section !== undefined && !readPage(page).includes(`\n## \`${section}\`\n`))
    );
  });
  expect(lost).toEqual([]);
});

it("rules give the address of their page", () => {
  for (const [name, { meta }] of Object.entries(plugin.rules!)) expect(meta?.docs?.url).toBe(pageOfRule(name));
});

it("the package names the same home", () => {
  const { bugs, homepage, repository } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
    bugs: { url: string };
    homepage: string;
    repository: { url: string };
  };
  expect([homepage, bugs.url, repository.url]).toEqual([
    `${REPOSITORY}#readme`,
    `${REPOSITORY}/issues`,
    `git+${REPOSITORY}.git`,
  ]);
});
