import { describe, expect, it } from "vitest";
import { readClaims } from "./read.ts";

/** What a text claims is read as it is written, and nothing that is misspelt is passed over. */

const read = (text: string) => readClaims("fixtures/claims/kind/name.ts", text);

it("reads claims, known faults and marks", () => {
  const text = read(`// A shape, and why: it is one.
// claims: same, text
// fails: same: it is late
// rules: require-end
// runs: as written, first fails
// has: /await/
start(); //~ migrated; note export-now-async
start(); //~ fails require-end "of \`start\`"
start(); //~ fails no refused callers-unknown
`);
  expect(text).toMatchObject({
    kind: "kind",
    claims: ["same", "text"],
    rules: ["require-end"],
    variants: ["as written", "first fails"],
    has: [/await/u],
    marks: [
      { line: 7, told: "migrated", code: null, isAbsent: false, fails: false },
      { line: 7, told: "note", code: "export-now-async", isAbsent: false, fails: false },
      { line: 8, told: "require-end", message: "of `start`", isAbsent: false, fails: true },
      { line: 9, told: "refused", code: "callers-unknown", isAbsent: true, fails: true },
    ],
  });
  expect([...text.fails]).toEqual([["same", "it is late"]]);
});

it("reads the files of a project, and lines within each", () => {
  const text = read("// Two files.\n// as: project\none(); //~ entry\n// @filename: two.ts\n\ntwo(); //~ migrated\n");
  expect(text.files).toEqual({
    "name.ts": "// Two files.\n// as: project\none(); //~ entry\n",
    "two.ts": "\ntwo(); //~ migrated\n",
  });
  expect(text.marks.map(({ file, line }) => `${file}:${line}`)).toEqual(["name.ts:3", "two.ts:2"]);
});

describe("throws at", () => {
  it.each([
    ["no sentence that says which shape it is", "// claims: same\nstart();\n"],
    ["a misspelt directive", "// A shape.\n// rules: require-end\n// claim: same\nstart();\n"],
    ["a claim that does not exist", "// A shape.\n// claims: sane\nstart();\n"],
    ["a fault of what is not claimed", "// A shape.\n// claims: same\n// fails: compiles: it does not\nstart();\n"],
    ["a fault that does not say what happens", "// A shape.\n// claims: same\n// fails: same\nstart();\n"],
    ["a variant that does not exist", "// A shape.\n// claims: same\n// runs: as ever\nstart();\n"],
    ["a mark of a rule that is not run", "// A shape.\n// rules: require-end\nstart(); //~ no-busy-wait\n"],
    ["a code that does not exist", "// A shape.\nstart(); //~ refused because-of-the-weather\n"],
    ["a misspelt mark", "// A shape.\nstart(); //~ migrate\n"],
    ["an excuse that does not exist", "// A shape.\n// claims: same\n// excuses: it-rains: as written\nstart();\n"],
  ])("%s", (_, text) => {
    expect(() => read(text)).toThrow("fixtures/claims/kind/name.ts");
  });
});
