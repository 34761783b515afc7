import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { run } from "../../src/cli/run.ts";
import { recordingIo, tapify, Workspace } from "./support/workspace.ts";

const POLL =
  "export async function poll(client) {\n  const r = client.BeginRead(null, null);\n  while (!r.IsCompleted) {}\n  return client.EndRead(r);\n}\n";
const CLEAN = "export const sum = (a, b) => a + b;\n";

async function withStdin(cwd: string, text: string | Uint8Array, ...argv: string[]) {
  const { io, written } = recordingIo(cwd);
  const code = await run(argv, { ...io, stdin: Readable.from([text]) });
  return { code, ...written };
}

describe("tapify check --stdin", () => {
  it("checks one text under the name that it is given, and reads no file", async () => {
    const { root } = new Workspace({ "a.js": CLEAN });
    const { code, stdout } = await withStdin(root, POLL, "check", "--stdin", "--stdin-filename", "src/a.js");
    expect(stdout).toContain(`${root}/src/a.js\n  3:`);
    expect(code).toBe(1);
    expect(await withStdin(root, CLEAN, "check", "--stdin")).toEqual({ code: 0, stdout: "", stderr: "" });
    expect((await withStdin(root, `${POLL}let x: = 1;`, "check", "--stdin")).stdout).toContain("stdin.ts");
  });

  it.each([
    [["--stdin", "a.js"], "--stdin reads one text, and takes no paths."],
    [["--stdin-filename", "a.js"], "--stdin-filename names the text of --stdin, which is not given."],
    [["--stdin", "--stdin-filename", "a.md"], "a.md is no TypeScript or JavaScript by its name."],
    [["--max-warnings", "few"], '--max-warnings takes a number, and not "few".'],
    [["--format", "sarfi"], 'there is no formatter of this name. Did you mean "sarif"?'],
    [["--output-file", "."], "--output-file . cannot be written: "],
  ])("answers %j with what is wrong", async (options, message) => {
    const { root } = new Workspace({ "a.js": CLEAN });
    const { code, stdout, stderr } = await withStdin(root, CLEAN, "check", ...options);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(message);
  });

  it("says that a text is no UTF-8", async () => {
    const { root } = new Workspace();
    const { code, stderr } = await withStdin(root, Uint8Array.of(0xff, 0xfe), "check", "--stdin");
    expect(stderr).toBe("tapify: the text of --stdin is not valid UTF-8. Convert it to UTF-8, or leave it out.\n");
    expect(code).toBe(2);
  });
});

describe("warnings", () => {
  // The preset reports what can be migrated as warnings.
  const warned = { "a.js": POLL, "b.js": POLL };

  it.each([
    [[], 1],
    [["--max-warnings", "2"], 0],
    [["--max-warnings", "1"], 1],
    [["--quiet"], 0],
    [["--quiet", "--max-warnings", "0"], 1],
  ])("%j give %i", async (options, code) => {
    const { root } = new Workspace(warned);
    const result = await tapify(root, "check", "--preset", "migration", ...options);
    expect(result.code).toBe(code);
    expect(result.stdout.includes("prefer-await-over-begin-end")).toBe(!options.includes("--quiet"));
    const isOverLimit = code === 1 && options.includes("--max-warnings");
    expect(result.stderr).toBe(
      isOverLimit ? `tapify: 2 warnings are more than ${options.slice(-2).join(" ")} allows.\n` : "",
    );
  });
});

it("--output-file writes what stdout would have got, into folders that it makes", async () => {
  const workspace = new Workspace({ "a.js": POLL });
  const { stdout } = await tapify(workspace.root, "check", "--format", "json");
  expect(await tapify(workspace.root, "check", "-f", "json", "-o", "out/report.json")).toEqual({
    code: 1,
    stdout: "",
    stderr: "",
  });
  expect(workspace.read("out/report.json")).toBe(stdout);
});

describe("formats for other programs", () => {
  const files = { "src/a b.js": POLL, "src/clean.js": CLEAN, "src/broken,1.js": `let = ;\n${POLL}` };
  const report = async (format: string) => {
    const { root } = new Workspace(files);
    const { code, stdout, stderr } = await tapify(root, "check", "--format", format);
    expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
    return stdout;
  };

  it("are SARIF, with rules that link to their pages", async () => {
    const { version, runs } = JSON.parse(await report("sarif")) as {
      version: string;
      runs: [
        {
          tool: { driver: { rules: { id: string; helpUri: string }[] } };
          artifacts: object[];
          results: { ruleId?: string; ruleIndex?: number; level: string; locations: [object] }[];
        },
      ];
    };
    const [{ tool, artifacts, results }] = runs;
    expect(version).toBe("2.1.0");
    expect(tool.driver.rules).toEqual([
      {
        id: "tapify/no-busy-wait",
        helpUri: expect.stringMatching(/^https:.*\/docs\/rules\/no-busy-wait\.md$/) as string,
      },
    ]);
    expect(artifacts).toHaveLength(3);
    expect(results).toMatchObject([
      {
        ruleId: "tapify/no-busy-wait",
        ruleIndex: 0,
        level: "error",
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: "src/a%20b.js" },
              region: { startLine: 3, startColumn: 11, endLine: 3 },
            },
          },
        ],
      },
      { level: "error", locations: [{ physicalLocation: { artifactLocation: { uri: "src/broken%2C1.js" } } }] },
    ]);
    expect(results[1]).not.toHaveProperty("ruleId");
  });

  it("are annotations of GitHub Actions", async () => {
    const [first, second, ...others] = (await report("github")).split("\n");
    expect(first).toMatch(
      /^::error file=src\/a b\.js,line=3,col=11,endLine=3,endColumn=\d+,title=tapify\/no-busy-wait::This loop .* https:\S+$/,
    );
    expect(second).toMatch(/^::error file=src\/broken%2C1\.js,line=1,col=\d+::Parsing error: /);
    expect(others).toEqual([""]);
  });

  it("are JUnit's XML, in which a clean file is a test that passed", async () => {
    const xml = await report("junit");
    expect(xml).toMatch(/^<\?xml version="1\.0" encoding="utf-8"\?>\n<testsuites name="tapify">\n/);
    expect(xml.match(/<testsuite /g)).toHaveLength(3);
    expect(xml).toContain('<testsuite name="src/a b.js" tests="1" failures="1" errors="0">');
    expect(xml).toContain('<testcase classname="src/clean.js" name="tapify" />');
    expect(xml).toContain('<failure type="tapify/no-busy-wait" message="This loop ');
  });
});

it("remarks of ESLint on comments for other tools make no file fail", async () => {
  const { root } = new Workspace({
    "a.js": `/* eslint-env node, mocha */\n/* globals a: nope */\n/* eslint no-undef: [[ */\n${CLEAN}// BeginRead EndRead IAsyncResult\nc.IsCompleted;\n`,
  });
  expect(await tapify(root, "check")).toEqual({ code: 0, stdout: "", stderr: "" });
});

describe("minified files", () => {
  const MINIFIED = `${"a();".repeat(1_000)}while(!r.IsCompleted){}\n`;
  const files = { "a.min.js": POLL, "b-min.cjs": "poll(r);\nwhile (!r.IsCompleted) {}\n", "c.js": MINIFIED };

  it("are skipped, with a count", async () => {
    const { root } = new Workspace({ ...files, "d.js": CLEAN });
    expect(await tapify(root, "check")).toEqual({
      code: 0,
      stdout: "",
      stderr:
        "tapify: a.min.js and 2 more are minified, and not checked. Name such a file in full to have it checked all the same.\n",
    });
  });

  it("are checked where they are named", async () => {
    const { root } = new Workspace(files);
    const { code, stdout } = await tapify(root, "check", ...Object.keys(files), "--format", "json");
    expect(code).toBe(1);
    expect((JSON.parse(stdout) as { errorCount: number }[]).map(({ errorCount }) => errorCount)).toEqual([1, 1, 1]);
  });

  it("are none for one long line among others", async () => {
    const { root } = new Workspace({
      "a.js": `${POLL}const data = "${"x".repeat(3_000)}";\n${"// A line.\n".repeat(400)}`,
    });
    expect((await tapify(root, "check")).code).toBe(1);
  });
});
