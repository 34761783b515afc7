import type { API } from "jscodeshift";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import transform from "../../transforms/begin-end-to-async.ts";
import { choicesOf } from "../../transforms/options.ts";
import { buildCli, type BuiltCli } from "../cli/support/built-cli.ts";
import { Workspace } from "../cli/support/workspace.ts";
import { ROOT } from "../harness/transpile.ts";

const POLL = "export {};\nconst r = client.BeginRead(null, null);\nwhile (!r.IsCompleted) {}\nclient.EndRead(r);\n";
const JSCODESHIFT = join(ROOT, "node_modules/jscodeshift/bin/jscodeshift.js");

describe("the options of a transform", () => {
  it("are spelled as in tapify migrate", () => {
    expect(
      choicesOf({
        host: "puerts",
        target: "twin",
        facade: true,
        "yield-in-polls": false,
        twins: "A,B",
        "entry-points": ["go", "start,stop"],
        "operation-decorators": "Act",
        assume: ["mongodb@6", "@a/b@>=1 <2"],
        verbose: 2,
        dry: true,
      }),
    ).toEqual({
      host: "puerts",
      target: "twin",
      facade: true,
      yieldInPolls: false,
      twins: ["A", "B"],
      entryPoints: ["go", "start", "stop"],
      operationDecorators: ["Act"],
      assume: { mongodb: "6", "@a/b": ">=1 <2" },
    });
  });

  const exitCode = process.exitCode;
  afterEach(() => {
    process.exitCode = exitCode;
  });

  it.each([
    [
      { yieldInPolls: true },
      "Unknown option --yieldInPolls. Did you mean --yield-in-polls? This transform takes --host,",
    ],
    [{ hosts: "puerts" }, "Unknown option --hosts. Did you mean --host?"],
    [{ target: "nope" }, 'cannot be "nope". It is one of: auto, twin, adapter.'],
    [{ host: "puerst" }, 'Did you mean "puerts"?'],
    [{ host: true }, "cannot be true."],
    [{ facade: "a.ts" }, 'takes true or false, and not "a.ts".'],
    [{ assume: "mongodb" }, 'and not "" for "mongodb".'],
  ])("%j are an error, whatever the file holds", (options, message) => {
    for (const source of [POLL, ""]) {
      process.exitCode = 0;
      expect(() => transform({ path: "a.ts", source }, {} as API, options)).toThrow(message);
      expect(process.exitCode).toBe(2);
    }
  });
});

describe("jscodeshift", { timeout: 300_000 }, () => {
  let built: BuiltCli;
  beforeAll(() => {
    built = buildCli();
  }, 300_000);
  afterAll(() => built.remove());

  const run = (cwd: string, ...options: readonly string[]) =>
    spawnSync(
      process.execPath,
      [JSCODESHIFT, "-t", join(built.dist, "transforms/begin-end-to-async.js"), "--parser=ts", ...options, "a.ts"],
      { cwd, encoding: "utf8" },
    );

  it("takes its own options beside those of the transform", () => {
    const { stdout } = spawnSync(process.execPath, [JSCODESHIFT, "--help"], { encoding: "utf8" });
    const own = [...stdout.matchAll(/^ {2}(?:-\w, | {4})--(?:\(no-\))?([\w-]+)/gm)].map(([, name]) => name!);
    expect(own.length).toBeGreaterThan(10);
    const camel = own.map((name) => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase()));
    expect(choicesOf(Object.fromEntries(camel.map((name) => [name, "x"])))).toEqual({});
  });

  it("writes nothing with an option that is none, and ends with 2 where the transform runs in its process", () => {
    const workspace = new Workspace({ "a.ts": POLL });
    const wrong = run(workspace.root, "--run-in-band", "--target=nope");
    expect(wrong.stdout).toContain('cannot be "nope". It is one of: auto, twin, adapter.');
    expect(wrong.status).toBe(2);
    expect(run(workspace.root, "--target=nope", "--fail-on-error").status).toBe(1);
    expect(workspace.read("a.ts")).toBe(POLL);

    expect(run(workspace.root, "--run-in-band", "--twins=ReadAsync", "--entry-points=go").status).toBe(0);
    expect(workspace.read("a.ts")).toBe("export {};\nawait client.ReadAsync();\n");
  });
});
