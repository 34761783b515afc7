import type { Rule } from "eslint";
import * as fs from "node:fs";
import { symlinkSync } from "node:fs";
import { afterEach, describe, expect, it, vi } from "vitest";
import { recordingIo, tapify, Workspace } from "./support/workspace.ts";
import { run } from "../../src/cli/run.ts";

vi.mock("node:fs", { spy: true });
afterEach(() => void vi.restoreAllMocks());

// A plugin with the real one's presets and a rule that a test can steer: what is tested here is the command.
vi.mock("../../src/index.ts", () => {
  const noBad: Rule.RuleModule = {
    meta: { schema: [{ type: "string" }] },
    create: (context) => ({
      "Identifier[name='bad']"(node: Rule.Node) {
        const types = context.sourceCode.parserServices?.program ? "typed" : "untyped";
        context.report({ node, message: `${context.options[0]}, ${JSON.stringify(context.settings)}, ${types}` });
      },
    }),
  };
  const plugin = { rules: { "no-bad": noBad }, configs: {} as Record<string, object> };
  for (const preset of ["recommended", "recommended-type-checked", "migration", "all"]) {
    const severity = preset === "migration" ? "warn" : "error";
    plugin.configs[preset] = { plugins: { tapify: plugin }, rules: { "tapify/no-bad": [severity, preset] } };
  }
  return { default: plugin };
});

interface JsonResult {
  filePath: string;
  errorCount: number;
  warningCount: number;
  fatalErrorCount: number;
  messages: {
    ruleId: string | null;
    line: number;
    column: number;
    message: string;
    fatal?: boolean;
    severity: number;
  }[];
  suppressedMessages: { ruleId: string }[];
}

async function checkJson(cwd: string, ...argv: string[]) {
  const { code, stdout, stderr } = await tapify(cwd, "check", "--format", "json", ...argv);
  return { code, stderr, results: JSON.parse(stdout) as JsonResult[] };
}

describe("tapify check", () => {
  it("exits with 0 and says nothing when all is clean", async () => {
    const workspace = new Workspace({ "a.ts": "let x: number;" });
    expect(await tapify(workspace.root, "check")).toEqual({ code: 0, stdout: "", stderr: "" });
  });

  it("reports in ESLint's format, for every ending, without and despite a configuration", async () => {
    const names = ["a.ts", "b.tsx", "c.mts", "d.cts", "e.js", "f.jsx", "g.mjs", "h.cjs", "i.d.ts"];
    const workspace = new Workspace({
      ...Object.fromEntries(names.map((name) => [name, "bad;"])),
      "b.tsx": "<bad />;bad;",
      "i.d.ts": "declare const bad: number;",
      "eslint.config.js": "throw new Error('read');",
    });
    const { code, results } = await checkJson(workspace.root);
    expect(code).toBe(1);
    expect(results.filter(({ errorCount }) => errorCount === 1).map(({ filePath }) => filePath)).toEqual(
      names.map((name) => workspace.path(name)),
    );
    expect(results[0]!.messages).toMatchObject([{ ruleId: "tapify/no-bad", line: 1, column: 1, severity: 2 }]);
    const { stdout } = await tapify(workspace.root, "check", "a.ts");
    expect(stdout).toContain(`${workspace.path("a.ts")}\n  1:1  error`);
    expect(stdout).toContain("tapify/no-bad");
  });

  it("exits with 1 for warnings too", async () => {
    const workspace = new Workspace({ "a.ts": "bad;" });
    const { code, results } = await checkJson(workspace.root, "--preset", "migration");
    expect({ code, ...results[0] }).toMatchObject({ code: 1, errorCount: 0, warningCount: 1 });
  });

  it("passes the host on, and chooses the preset", async () => {
    const workspace = new Workspace({ "a.ts": "bad;" });
    const message = async (...argv: string[]) =>
      (await checkJson(workspace.root, ...argv)).results[0]!.messages[0]!.message;
    expect(await message()).toBe('recommended, {"tapify":{"host":"none"}}, untyped');
    expect(await message("--preset", "all", "--host", "winrt")).toBe('all, {"tapify":{"host":"winrt"}}, untyped');
    expect(await message("--assume", "mongodb@6", "--assume", "@a/b@>=1 <2")).toBe(
      'recommended, {"tapify":{"host":"none","assume":{"mongodb":"6","@a/b":">=1 <2"}}}, untyped',
    );
  });

  it("reports a file that does not parse with its position, and the others as ever", async () => {
    const workspace = new Workspace({ "a.ts": "let x;\n let = ;", "b.ts": "bad;" });
    const { code, results } = await checkJson(workspace.root);
    expect(code).toBe(1);
    expect(results[0]).toMatchObject({
      errorCount: 1,
      fatalErrorCount: 1,
      messages: [{ fatal: true, ruleId: null, line: 2 }],
    });
    expect(results[1]).toMatchObject({ errorCount: 1, fatalErrorCount: 0 });
  });

  it("is silent about other plugins' comments, and heeds those for its own rules", async () => {
    const workspace = new Workspace({
      "a.ts": `/* eslint other/rule: "error", no-console: "error", tapify/no-bad: "warn" */
        // eslint-disable-next-line other/rule
        console.log(1); // eslint-disable-line @other/more -- unused
        /* eslint no-undef: [[ */
        bad; // eslint-disable-line tapify/no-bad
        bad;`,
    });
    const { results } = await checkJson(workspace.root);
    expect(results[0]!.messages.map(({ ruleId, line }) => [ruleId, line])).toEqual([["tapify/no-bad", 6]]);
    expect(results[0]).toMatchObject({ errorCount: 0, warningCount: 1 });
    expect(results[0]!.suppressedMessages.map(({ ruleId }) => ruleId)).toEqual(["tapify/no-bad"]);
  });

  it("takes files outside the current folder, names with brackets, and links", async () => {
    const workspace = new Workspace({ "p/x.ts": "", "q/[id].ts": "bad;", "q/(g)/a.ts": "bad;" });
    const elsewhere = new Workspace({ "b.ts": "bad;" });
    symlinkSync(workspace.path("q/[id].ts"), workspace.path("p/link.ts"));
    const { code, results } = await checkJson(workspace.path("p"), "../q", elsewhere.root, "x.ts");
    expect(code).toBe(1);
    const found = results.filter(({ errorCount }) => errorCount > 0).map(({ filePath }) => filePath);
    expect(found).toEqual([workspace.path("q/(g)/a.ts"), workspace.path("q/[id].ts"), elsewhere.path("b.ts")].sort());
    expect((await checkJson(workspace.path("p"), "link.ts")).results[0]!.filePath).toBe(workspace.path("p/link.ts"));
  });

  it("never reads node_modules", async () => {
    const workspace = new Workspace({ "node_modules/p/i.js": "bad;", "a.ts": "" });
    const { code, stderr } = await tapify(workspace.root, "check", "node_modules/p/i.js", ".");
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: "tapify: node_modules/p/i.js was skipped: it is in node_modules.\n",
    });
  });

  it("exits with 2 for a file that cannot be read, after reporting the others", async () => {
    const workspace = new Workspace({ "a.ts": "bad;", "b.ts": "bad;" });
    const { openSync } = await vi.importActual<typeof fs>("node:fs");
    vi.mocked(fs.openSync).mockImplementation((path, ...how) => {
      if (path !== workspace.path("a.ts")) return openSync(path, ...how);
      throw Object.assign(new Error("EACCES: permission denied"), { code: "EACCES" });
    });
    const { code, stderr, results } = await checkJson(workspace.root);
    expect(code).toBe(2);
    expect(stderr).toBe("tapify: a.ts cannot be read: EACCES: permission denied.\n");
    expect(results.map(({ filePath }) => filePath)).toEqual([workspace.path("b.ts")]);
  });

  it("takes any formatter, also one by path", async () => {
    const workspace = new Workspace({
      "a.ts": "bad;",
      "tools/count.mjs": "export default (results) => `count ${results.length}`;",
    });
    const count = ["--format", "./tools/count.mjs"];
    expect((await tapify(workspace.root, "check", "a.ts", ...count)).stdout).toBe("count 1\n");
    expect((await tapify(workspace.path("tools"), "check", "../a.ts", "--format", "./count.mjs")).stdout).toBe(
      "count 1\n",
    );
    expect(
      (await tapify(workspace.path("tools"), "check", "../a.ts", "--format", "json-with-metadata")).stdout,
    ).toContain("rulesMeta");
    const unknown = await tapify(workspace.root, "check", "--format", "nonsense");
    expect(unknown.code).toBe(2);
    expect(unknown.stderr).toContain("--format nonsense: there is no formatter of this name");
    const missing = await tapify(workspace.root, "check", "--format", "tools/missing.mjs");
    expect(missing.code).toBe(2);
    expect(missing.stderr).toContain("--format tools/missing.mjs: There was a problem loading formatter");
  });

  it("colours on a terminal only", async () => {
    const workspace = new Workspace({ "a.ts": "bad;" });
    const terminal = recordingIo(workspace.root, { isTTY: true });
    await run(["check"], terminal.io);
    expect(terminal.written.stdout).toContain("\u001B[");
    expect((await tapify(workspace.root, "check")).stdout).not.toContain("\u001B[");
  });
});

describe("tapify check --project", () => {
  const TSCONFIG = JSON.stringify({ compilerOptions: { lib: ["es2022"], types: [] }, include: ["src"] });

  it("gives the rules types, and takes the type-checked preset", async () => {
    const workspace = new Workspace({ "tsconfig.json": TSCONFIG, "src/a.ts": "bad;" });
    const { results, stderr } = await checkJson(workspace.root, "src", "--project", "tsconfig.json");
    expect(results[0]!.messages[0]!.message).toBe('recommended-type-checked, {"tapify":{"host":"none"}}, typed');
    expect(stderr).toBe("");
  });

  it("works from elsewhere", async () => {
    const workspace = new Workspace({ "p/tsconfig.json": TSCONFIG, "p/src/a.ts": "bad;", "q/x.ts": "" });
    const { results } = await checkJson(
      workspace.path("q"),
      "../p/src",
      "--project",
      "../p/tsconfig.json",
      "--preset",
      "all",
    );
    expect(results[0]!.messages[0]!.message).toBe('all, {"tapify":{"host":"none"}}, typed');
  });

  it("checks files that the project does not hold without types, and says so", async () => {
    const workspace = new Workspace({ "tsconfig.json": TSCONFIG, "src/a.ts": "bad;", "x.ts": "bad;", "y.mjs": "bad;" });
    const { code, results, stderr } = await checkJson(workspace.root, "--project", "tsconfig.json");
    expect(code).toBe(1);
    expect(results.map(({ messages }) => messages.map(({ message }) => message.split(", ").at(-1)))).toEqual([
      ["typed"],
      ["untyped"],
      ["untyped"],
    ]);
    expect(stderr).toBe(
      `tapify: ${workspace.path("x.ts")} and 1 more are not part of ${workspace.path("tsconfig.json")}: checked without types.\n`,
    );
  });
});
