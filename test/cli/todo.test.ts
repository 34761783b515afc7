import { describe, expect, it } from "vitest";
import { pageOfCode } from "../../src/addresses.ts";
import { parse } from "../../src/ast/parse.ts";
import { migrateWithTodos } from "../../src/cli/migrate/todo/migrate-with-todos.ts";
import { withoutTodos } from "../../src/cli/migrate/todo/find.ts";
import { withTodos } from "../../src/cli/migrate/todo/write.ts";
import { migrateText } from "../../src/core.ts";
import type { RefusedSite } from "../../src/plan/migration.ts";
import { fixtures } from "../migrate/fixtures.ts";
import { tapify, Workspace } from "./support/workspace.ts";

const todo = (code: string): string => `// TODO(tapify): ${code}, see ${pageOfCode(code)}`;
const ESCAPES = todo("handle-escapes");
const OLD = "// TODO(tapify): work-in-poll-loop, see https://example.org/old#work";

const REFUSED = `export async function two(c: any) {
  const handle = c.BeginWrite(null, null);
  keep(handle);
  return c.EndWrite(handle);
}
`;
const GOOD = `export async function one(c: any) {
  const r = c.BeginRead(null, null);
  return c.EndRead(r);
}
`;

/** A text with a comment at the first place of a word, which `// TODO` marks stand for. */
function commentedAt(text: string, word: string, filePath = "a.tsx"): string {
  const before = text.slice(0, text.indexOf(word)).split(/\r\n|\n|\r/);
  const refusal = { code: "handle-escapes", line: before.length, column: before.at(-1)!.length + 1 } as RefusedSite;
  const commented = withTodos(text, filePath, [refusal]);
  expect(withoutTodos(commented, filePath).text).toBe(text);
  return commented.replaceAll(ESCAPES, "// TODO");
}

describe("tapify migrate --todo", () => {
  it("keeps a comment at each refused place, and changes no byte a second time", async () => {
    const workspace = new Workspace({ "a.ts": GOOD + REFUSED, "b.ts": REFUSED, "c.ts": "let x;\n" });
    const first = await tapify(workspace.root, "migrate", "--todo", "--write");
    expect(first.stdout).toContain("Comments alone changed in 1 file.");
    const files = workspace.snapshot();
    expect(files["a.ts"]).toContain(`}\nexport async function two(c: any) {\n`);
    expect(files["b.ts"]).toBe(REFUSED.replace("  const", `  ${ESCAPES}\n  const`));
    const second = await tapify(workspace.root, "migrate", "--todo", "--write");
    expect(second.stdout).not.toContain("Comments alone");
    expect(workspace.snapshot()).toEqual(files);
  });

  it("counts lines of the text that the user has", async () => {
    const { root } = new Workspace({ "a.ts": REFUSED.replace("  const", `  ${ESCAPES}\n  const`) });
    const { stdout } = await tapify(root, "migrate", "--todo");
    expect(stdout).toMatch(/^a\.ts\n {2}3:20 refused handle-escapes/);
    expect(stdout).toContain("Next: tapify explain a.ts:3 ");
  });

  it("updates comments of other versions, and removes those of places that are refused no more", async () => {
    const workspace = new Workspace({
      "a.ts": REFUSED.replace("  keep", `  ${OLD}\n  keep`),
      "b.ts": `  ${OLD}\nlet x;\n`,
      "c.ts": GOOD.replace("  return", `  ${ESCAPES}\n  return`),
    });
    const { stdout } = await tapify(workspace.root, "migrate", "--todo", "--write", "--target", "twin");
    expect(stdout).toContain("3 files: 1 migrated, 1 refused, 1 unchanged, 0 errors.");
    expect(stdout).toContain("Comments alone changed in 2 files.");
    expect(workspace.snapshot()).toEqual({
      "a.ts": REFUSED.replace("  const", `  ${ESCAPES}\n  const`),
      "b.ts": "let x;\n",
      "c.ts": "export async function one(c: any) {\n  return await c.ReadAsync();\n}\n",
    });
  });

  it("shows the comments in a diff, in JSON and on the page, and writes nothing without --write", async () => {
    const workspace = new Workspace({ "a.ts": REFUSED });
    expect((await tapify(workspace.root, "migrate", "--todo")).stdout).toContain(`\n+  ${ESCAPES}\n`);
    const json = JSON.parse((await tapify(workspace.root, "migrate", "--todo", "-f", "json")).stdout) as {
      files: { status: string; output: string }[];
    };
    expect(json.files[0]).toMatchObject({ status: "refused", output: expect.stringContaining(ESCAPES) as string });
    expect((await tapify(workspace.root, "migrate", "--todo", "-f", "html")).stdout).toContain("TODO(tapify)");
    expect(workspace.read("a.ts")).toBe(REFUSED);
  });

  it("leaves a byte order mark where it is, and writes with the line ends of the file", async () => {
    const text = `\uFEFF${REFUSED.replaceAll("\n", "\r\n")}`;
    const workspace = new Workspace({ "a.ts": text });
    await tapify(workspace.root, "migrate", "--todo", "--write");
    expect(workspace.read("a.ts")).toBe(text.replace("  const", `  ${ESCAPES}\r\n  const`));
  });

  it("goes with whole files that stand alone", async () => {
    const { root } = new Workspace({ "a.ts": REFUSED, "tsconfig.json": "{}" });
    const message = "--todo looks at whole files, each alone, and goes with no --only and no --project.";
    for (const option of [
      ["--only", "a.ts:2"],
      ["-p", "."],
    ])
      expect((await tapify(root, "migrate", "--todo", ...option)).stderr).toContain(message);
  });
});

describe("the comment at a refused place", () => {
  it.each([
    [
      "before the innermost statement that begins a line",
      "{\n\tif (a)\n\t\tf(X);\n}\n",
      "{\n\t// TODO\n\tif (a)\n\t\tf(X);\n}\n",
    ],
    ["without semicolons", "a()\n;[X].map(f)\nb()", "a()\n// TODO\n;[X].map(f)\nb()"],
    [
      "not behind a return",
      "function f() {\n  return (\n    X\n  )\n}\n",
      "function f() {\n  // TODO\n  return (\n    X\n  )\n}\n",
    ],
    ["not in a template", "f(`\n${() => {\n  X;\n}}`);\n", "// TODO\nf(`\n${() => {\n  X;\n}}`);\n"],
    ["behind a template", "const a = `\n`; f(X);\n", "// TODO\nconst a = `\n`; f(X);\n"],
    [
      "in JSX",
      "const a = (\n  <A\n    b={() => {\n      X;\n    }}\n  >\n    text\n    {X2}\n  </A>\n);\n",
      "const a = (\n  <A\n    b={() => {\n      // TODO\n      X;\n    }}\n  >\n    text\n    {X2}\n  </A>\n);\n",
    ],
    [
      "before JSX whose text would take it",
      "const a = (\n  <A>\n    {X}\n  </A>\n);\n",
      "// TODO\nconst a = (\n  <A>\n    {X}\n  </A>\n);\n",
    ],
    ["before members and elements", "class A {\n  m() { X; }\n}\n", "class A {\n  // TODO\n  m() { X; }\n}\n"],
    ["in an array", "run([\n  a,\n  (cb) => X,\n]);\n", "run([\n  a,\n  // TODO\n  (cb) => X,\n]);\n"],
    ["behind #!", "#!/usr/bin/env node\nX;\n", "#!/usr/bin/env node\n// TODO\nX;\n"],
    [
      "above directives for the next line",
      "a;\n// @ts-expect-error\n// eslint-disable-next-line x\nX;\n",
      "a;\n// TODO\n// @ts-expect-error\n// eslint-disable-next-line x\nX;\n",
    ],
    ["below other comments", "/** @license MIT */\nX;\n", "/** @license MIT */\n// TODO\nX;\n"],
    ["where all stands in one line", "/* a */ a(); X;", "// TODO\n/* a */ a(); X;"],
    ["before the line of an else", "if (a) {\n} else if (X) {\n}\n", "// TODO\nif (a) {\n} else if (X) {\n}\n"],
    ["in a case", "switch (a) {\n  case 1:\n    X;\n}\n", "switch (a) {\n  case 1:\n    // TODO\n    X;\n}\n"],
    ["with old line ends", "a;\rX;\r", "a;\r// TODO\rX;\r"],
  ])("stands %s", (_, text, expected) => {
    expect(commentedAt(text, "X")).toBe(expected);
  });

  it("is told from what looks like one", () => {
    const text = `const a = \`\n${ESCAPES}\n\`;\nb(); ${ESCAPES}\n/* ${ESCAPES} */\n// TODO(tapify): ask somebody\n`;
    expect(withoutTodos(text, "a.ts").text).toBe(text);
  });
});

describe("all refused fixtures", () => {
  const refused = fixtures.filter(({ refusals }) => refusals.length > 0);
  const layouts = [
    ["as they are", (text: string) => text],
    ["with \\r\\n", (text: string) => text.replaceAll(/\r?\n/g, "\r\n")],
  ] as const;

  it.each(layouts)("get comments that stay, and go when nothing is refused, %s", (_, layOut) => {
    expect(refused.length).toBeGreaterThan(150);
    let comments = 0;
    for (const { input, options, path: filePath, transform } of refused) {
      const commenting = migrateWithTodos(migrateText);
      const given = { ...options, filePath, transforms: [transform] };
      const text = layOut(input.replace(/^\uFEFF/u, ""));
      const first = commenting(text, given);
      const commented = first.status === "migrated" ? first.output : (first.commented ?? text);
      expect(() => parse(commented, filePath), filePath).not.toThrow();
      const left = commented.split("TODO(tapify): ").length - 1;
      expect(left > 0, filePath).toBe(first.refusals.length > 0);
      comments += left;
      const second = commenting(commented, given);
      expect({ path: filePath, status: second.status, commented: second.commented }).toEqual({
        path: filePath,
        status: "refused",
        commented: undefined,
      });
      const bare = migrateWithTodos((output) => ({ status: "unchanged", output, migrations: [], refusals: [] }));
      const plain = migrateText(text, given);
      expect(bare(commented, given).commented, filePath).toBe(plain.status === "migrated" ? plain.output : text);
    }
    expect(comments).toBeGreaterThan(refused.length);
  });
});
