import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { DIALECTS } from "../../src/dialects/families/index.ts";
import { HOSTS } from "../../src/dialects/hosts.ts";
import { listSources, ROOT } from "../harness/transpile.ts";

/**
 * What a host or a family does is in the fields of its record. Code that asks which one it is has to be found again for each that is added, so
 * nothing that recognises, plans or explains knows a name of one.
 */

const FOLDERS = ["src/recognize", "src/plan", "src/explain"];

/** The names of hosts, and of families with the modules in which they are found. The host "none" is told by the comparison below. */
const NAMES: ReadonlySet<string> = new Set([
  ...Object.keys(HOSTS).filter((name) => name !== "none"),
  ...DIALECTS.flatMap(({ name, starts }) => [
    name,
    ...starts.flatMap((start) => (start.kind === "module" ? start.modules : [])),
  ]),
]);

/** Names that are words of the language as well, which code writes for itself. */
const KEYWORDS: ReadonlySet<string> = new Set(["async"]);

/** The texts and comparisons of a source that name a host or a family, each with its line. */
function namesIn(file: string, text: string): string[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ESNext, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const isNamed =
      ts.isStringLiteralLike(node) &&
      NAMES.has(node.text) &&
      !KEYWORDS.has(node.text) &&
      !ts.isImportDeclaration(node.parent);
    const isCompared = ts.isBinaryExpression(node) && /[=!]==?$/u.test(node.operatorToken.getText()) && asksName(node);
    if (isNamed || isCompared) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      found.push(`${file}:${line + 1}: ${node.getText()}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** Whether the name of a host or a family is compared with a text. */
function asksName({ left, right }: ts.BinaryExpression): boolean {
  const isName = (node: ts.Node): boolean => /\b(?:host|dialect|family)\??\.name$/u.test(node.getText());
  return (isName(left) && ts.isStringLiteralLike(right)) || (isName(right) && ts.isStringLiteralLike(left));
}

describe("what recognises, plans and explains", () => {
  it("names no host and no family", () => {
    expect(NAMES.size).toBeGreaterThan(30);
    const found = FOLDERS.flatMap((folder) => listSources(folder)).flatMap((file) =>
      namesIn(file, readFileSync(join(ROOT, file), "utf8")),
    );
    expect(found).toEqual([]);
  });

  it("would be found to do so", () => {
    const text = `import fs from "fs";
if (context.host.name === "none") f();
if (dialect.name !== "events") f();
if (["edge-js"].includes(name)) f();
`;
    expect(namesIn("a.ts", text)).toEqual([
      'a.ts:2: context.host.name === "none"',
      'a.ts:3: dialect.name !== "events"',
      'a.ts:4: "edge-js"',
    ]);
  });
});
