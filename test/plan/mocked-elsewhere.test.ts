import { describe, expect, it } from "vitest";
import { migrateText } from "../../src/plan/migrate.ts";
import { migrateProject } from "../../src/project/migrate-project.ts";
import { Workspace } from "../cli/support/workspace.ts";

/** A test that replaces a function with a callback does not replace what is awaited instead. */

const LOAD = `import fs from "node:fs";
export function load(path: string): void {
  fs.readFile(path, "utf8", (err: Error | null, text: string) => {
    if (err) throw err;
    console.log(text);
  });
}
`;

describe("a file that replaces what it calls", () => {
  it.each([
    ['jest.spyOn(fs, "readFile");', true],
    ['vi.spyOn(fs, "readFile").mockImplementation(answer);', true],
    ["sandbox.stub(fs, 'readFile').yields(null, \"text\");", true],
    ['t.mock.method(fs, "readFile", answer);', true],
    ['spyOn(fs, "readFile");', true],
    ['jest.spyOn(fs, "stat");', false],
    ['jest.spyOn(fs.promises, "readFile");', false],
    ['jest.spyOn(other, "readFile");', false],
    ['text.replace(fs, "readFile", 1);', true],
    ['assert.equal(fs, "readFile");', false],
  ])("is told so: %s", (statement, isNoted) => {
    const { migrations } = migrateText(LOAD + statement, { filePath: "a.ts" });
    const codes = migrations.flatMap(({ notes }) => notes.map(({ code }) => code));
    expect(codes.includes("mocked-elsewhere")).toBe(isNoted);
  });
});

it("a file of a project whose tests replace what it calls is told so", () => {
  const workspace = new Workspace({
    "tsconfig.json": JSON.stringify({ compilerOptions: { types: [], module: "Node16" }, include: ["*.ts"] }),
    "load.ts": LOAD,
    "load.test.ts": 'import fs from "fs";\ndeclare const vi: any;\nvi.spyOn(fs, "readFile");\n',
  });
  const made = migrateProject(workspace.path("tsconfig.json"), { allowExports: true });
  const { migrations, status } = made.get(workspace.path("load.ts"))!;
  expect(status).toBe("migrated");
  expect(migrations.flatMap(({ notes }) => notes.map(({ code }) => code))).toContain("mocked-elsewhere");
});
