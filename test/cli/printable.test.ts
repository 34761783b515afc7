import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fillIn } from "../../src/plan/codes.ts";
import { migrateText } from "../../src/plan/migrate.ts";
import { migrate } from "../../src/cli/migrate/command.ts";
import { printable, printableLines } from "../../src/printable.ts";
import { fakeCore } from "./support/fake-core.ts";
import { EVIL, hostileIn, isHostile } from "./support/hostile-names.ts";
import { recordingIo, tapify, Workspace } from "./support/workspace.ts";
import { run } from "../../src/cli/run.ts";

const HOSTILE = [
  ..."\n\r\t\u001B\u0007\u007F\u0085\u009B\u061C\u200E\u2028\u2029\u202A\u202E\u2066\u2069\uFEFF",
  "\uD800",
  "\uDC00",
];
const texts = fc
  .array(fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: "binary" }), fc.constantFrom("a", "é", "👩‍💻", "\\")))
  .map((parts) => parts.join(""));

describe("printable", () => {
  it("leaves nothing that a terminal obeys, and no second line", () => {
    fc.assert(fc.property(texts, (text) => [...printable(text)].every((character) => !isHostile(character))));
    fc.assert(
      fc.property(texts, (text) =>
        [...printableLines(text)].every(
          (character) => !isHostile(character) || character === "\n" || character === "\t",
        ),
      ),
    );
  });

  it("gives back what prints, and changes nothing when it is asked again", () => {
    fc.assert(
      fc.property(texts, (text) => {
        const prints = [...text].filter((character) => !isHostile(character)).join("");
        expect(printable(prints)).toBe(prints);
        expect(printable(printable(text))).toBe(printable(text));
        expect(printableLines(printable(text))).toBe(printable(text));
      }),
    );
    expect(printable("été 👩‍💻 日本 C:\\new")).toBe("été 👩‍💻 日本 C:\\new");
  });

  it("escapes as JSON does, so that JSON stays the same document", () => {
    expect(printable("a\n\r\t\u001B[31m\u202E\uD800")).toBe("a\\n\\r\\t\\u001b[31m\\u202e\\ud800");
    fc.assert(
      fc.property(texts, (text) => {
        expect(JSON.parse(printableLines(JSON.stringify([text], null, 2)))).toEqual([text]);
      }),
    );
  });

  it("is applied to what is filled into a message, in which `$` stands for itself", () => {
    expect(fillIn("{{name}} and {{name}}.", "$& $$ \u001B\n")).toBe("$& $$ \\u001b\\n and $& $$ \\u001b\\n.");
  });
});

const NAME = `${EVIL}.ts`;

describe("every report", () => {
  it.each(["text", "json"])("of tapify migrate shows names and source escaped: %s", async (format) => {
    const workspace = new Workspace({
      [NAME]: `// ${EVIL}\nBeginX();\n`,
      [`refused${NAME}`]: "BeginRefused();",
      [`broken${NAME}`]: "BeginSyntax(",
      [`crash${NAME}`]: "BeginCrash()",
      [`bytes${NAME}`]: Buffer.from([0xff]),
    });
    const { io, written } = recordingIo(workspace.root, { isTTY: true, env: { NO_COLOR: "1" } });
    await migrate(["--format", format], io, fakeCore().core);
    const shown = written.stdout + written.stderr.replaceAll("\r\u001B[K", "");
    // The first line of a text ends with a carriage return and a line feed.
    expect(hostileIn(shown.replaceAll("\r\n", "\n"))).toEqual([]);
    expect(shown).not.toMatch(/^0 files/m);
    if (format === "json") {
      const { files } = JSON.parse(written.stdout) as { files: { path: string }[] };
      expect(files.map(({ path }) => path).sort()).toEqual(Object.keys(workspace.snapshot()).sort());
    }
  });

  it("of tapify migrate is a diff that git applies where no person reads it", async () => {
    const text = `// ${EVIL.replace(/[\r\n]/g, "")}\nBeginX();\n`;
    const workspace = new Workspace({ [NAME]: text });
    workspace.git("init", "-q");
    const { io, written } = recordingIo(workspace.root);
    await migrate([], io, fakeCore().core);
    execFileSync("git", ["apply", "-p1"], { cwd: workspace.root, input: written.stdout });
    expect(workspace.read(NAME)).toBe(text.replace("BeginX", "await X"));
    expect(hostileIn(written.stdout.replace(text.split("\n")[0]!, ""))).toEqual([]);
  });

  it("keeps the carriage return that ends a line, and no other", async () => {
    const workspace = new Workspace({ "a.ts": "a\rb;\r\nBeginX();\r\n" });
    const { io, written } = recordingIo(workspace.root, { isTTY: true, env: { NO_COLOR: "1" } });
    await migrate([], io, fakeCore().core);
    expect(written.stdout).toContain(" a\\rb;\r\n-BeginX();\r\n");
  });

  it.each(["stylish", "json", "html", "json-with-metadata"])(
    "of tapify check shows names, messages and source escaped: %s",
    async (format) => {
      const workspace = new Workspace({
        [NAME]: "function f(task: Task<number>) { return task.Result; }",
        [`broken${NAME}`]: `let \u001B[2J = 1;`,
      });
      const { code, stdout, stderr } = await tapify(workspace.root, "check", "--format", format);
      expect(code).toBe(1);
      expect(hostileIn(stdout + stderr)).toEqual([]);
      expect(stdout).not.toMatch(/^0 files/m);
      if (format === "json")
        expect((JSON.parse(stdout) as { filePath: string }[]).map(({ filePath }) => filePath)).toContain(
          workspace.path(NAME),
        );
    },
  );

  it.each([
    ["check", EVIL],
    ["migrate", EVIL],
    ["check", "--project", EVIL],
    ["migrate", "--host", EVIL],
    ["migrate", `--${EVIL}`],
    [EVIL],
    [`-${EVIL}`],
    ["check", "--format", EVIL],
  ])("on what cannot be done shows it escaped: %s %s", async (...argv) => {
    const workspace = new Workspace({ "a.ts": "let x;" });
    const { io, written } = recordingIo(workspace.root);
    expect(await run(argv, io)).toBe(2);
    expect(hostileIn(written.stdout + written.stderr)).toEqual([]);
    expect(written.stderr).toContain("0 files: all well.");
    expect(written.stderr).not.toMatch(/^0 files/m);
  });

  it("on a file of the project that does not parse shows its name escaped", async () => {
    const workspace = new Workspace({ "tsconfig.json": '{ "compilerOptions": { "types": [] } }', [NAME]: "let = ;" });
    const { code, stderr } = await tapify(workspace.root, "migrate", "--project", "tsconfig.json");
    expect(code).toBe(2);
    expect(hostileIn(stderr)).toEqual([]);
    expect(stderr).not.toMatch(/^0 files/m);
  });

  it("on a git tree with changes, and on files without one, shows names escaped", async () => {
    const workspace = new Workspace({ [`${EVIL}/${NAME}`]: "BeginX();\n" });
    execFileSync("git", ["init", "-q", EVIL], { cwd: workspace.root });
    const { io, written } = recordingIo(workspace.root);
    expect(await migrate(["--write"], io, fakeCore().core)).toBe(2);
    expect(written.stderr).toContain("has uncommitted changes");
    rmSync(workspace.path(EVIL, ".git"), { recursive: true });
    expect(await migrate(["--write"], io, fakeCore().core)).toBe(0);
    expect(written.stderr).toContain("not under git");
    expect(hostileIn(written.stdout + written.stderr)).toEqual([]);
    expect(written.stdout + written.stderr).not.toMatch(/^0 files/m);
  });

  it("on a project shows what it leaves, and what it lists and is not there, escaped", async () => {
    const config = { compilerOptions: { types: [] }, include: ["*.ts"] };
    const workspace = new Workspace({
      "p/tsconfig.json": JSON.stringify({ ...config, include: ["*.ts", "../*.ts"] }),
      "p/a.ts": "let x;",
      [NAME]: "let y;",
      [`q/${EVIL}/tsconfig.json`]: JSON.stringify({ ...config, files: ["gone.ts"] }),
      [`o/${NAME}`]: "let z;",
    });
    for (const argv of [
      ["--project", "p/tsconfig.json"],
      ["--project", "p/tsconfig.json", `o/${NAME}`],
      ["--project", `q/${EVIL}/tsconfig.json`],
    ]) {
      const { stdout, stderr } = await tapify(workspace.root, "migrate", ...argv);
      expect(stderr).toContain("0 files: all well.");
      expect(hostileIn(stdout + stderr)).toEqual([]);
      expect(stdout + stderr).not.toMatch(/^0 files: all/m);
    }
  });

  it("of a refusal shows what it names escaped", () => {
    const text = `class A { f(task: Task<number>) { return task["Result"]; } static x = g("\u202E"); get p() { return h["\u009B"](1).Result; } }`;
    const { refusals, migrations } = migrateText(text, { filePath: "a.ts" });
    expect(hostileIn(JSON.stringify([refusals, migrations]))).toEqual([]);
  });
});
