import { execFile } from "node:child_process";
import { pathToFileURL } from "node:url";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildCli, type BuiltCli } from "./support/built-cli.ts";
import { Workspace } from "./support/workspace.ts";

// An analysis that says on which thread it ran, and that can end its thread.
const CORE = `
import { isMainThread } from "node:worker_threads";
export function migrateText(text) {
  if (text.includes("BeginExit")) process.exit(3);
  const output = text.replace(/BeginX/g, isMainThread ? "main" : "worker");
  return { status: output === text ? "unchanged" : "migrated", output, migrations: [], refusals: [] };
}
`;

const FILLER = `// ${"x".repeat(77)}\n`.repeat(8000);

describe("the program", () => {
  let cli: BuiltCli;
  beforeAll(() => {
    cli = buildCli({ "src/core.js": CORE });
  });
  afterAll(() => cli.remove());

  it("ends with the exit code of the run", async () => {
    const workspace = new Workspace({ "a.ts": "BeginX(); // EndX" });
    expect(await cli.run(workspace.root, ["migrate"])).toMatchObject({ code: 0, stderr: "" });
    expect(await cli.run(workspace.root, ["migrate", "gone.ts"])).toMatchObject({ code: 2, stdout: "" });
    expect(await cli.run(workspace.root, ["--version"])).toMatchObject({ code: 0 });
  });

  it("loads neither the compiler nor ESLint when no file passes the text test", async () => {
    const workspace = new Workspace({ "a.ts": "let x;" });
    const probe = new Workspace({
      "probe.cjs": `process.on("exit", () => console.log("LOADED", Object.keys(require.cache)));`,
    });
    const { code, stdout } = await cli.run(workspace.root, ["migrate"], {
      ...process.env,
      NODE_OPTIONS: `--require=${probe.path("probe.cjs")}`,
    });
    expect(code).toBe(0);
    expect(stdout).toContain("1 unchanged");
    expect(stdout.slice(stdout.indexOf("LOADED"))).not.toMatch(/typescript|eslint/);
  });

  it("passes all of a long report through a pipe, and minds no reader that leaves", async () => {
    const workspace = new Workspace({ "a.ts": `BeginX(); // EndX\n${FILLER}` });
    const { stdout } = await cli.run(workspace.root, ["migrate", "--format", "json"]);
    expect(JSON.parse(stdout)).toMatchObject({ summary: { migrated: 1 } });
    const shell = `"${process.execPath}" "${join(cli.dist, "src/cli/bin.js")}" migrate --format json | head -c 10`;
    const { stderr } = await promisify(execFile)("sh", ["-c", shell], { cwd: workspace.root });
    expect(stderr).toBe("");
  });

  it("migrates much text on workers, with the results in order", async () => {
    const texts = Object.fromEntries(
      Array.from({ length: 12 }, (_, index) => [`f${index}.ts`, `BeginX(${index}); // EndX\n${FILLER}`]),
    );
    const workspace = new Workspace({ ...texts, "z.ts": "let x;" });
    const { code, stdout } = await cli.run(workspace.root, ["migrate", "--format", "json"]);
    expect(code).toBe(0);
    const { files } = JSON.parse(stdout) as { files: { path: string; output?: string }[] };
    expect(files.map(({ path }) => path)).toEqual([...Object.keys(texts).sort(), "z.ts"]);
    for (const { path, output } of files.slice(0, -1)) expect(output).toBe(texts[path]!.replace("BeginX", "worker"));
  });

  it("reports a text that ends its worker, and goes on with another worker", async () => {
    const texts = Object.fromEntries(
      Array.from({ length: 6 }, (_, index) => [`f${index}.ts`, `BeginX(); // EndX\n${FILLER}`]),
    );
    const workspace = new Workspace({
      ...texts,
      "f0.ts": `BeginExit(); // EndExit\n${FILLER}`,
      "f3.ts": `BeginExit(); // EndExit\n${FILLER}`,
    });
    const { code, stdout } = await cli.run(workspace.root, ["migrate", "--format", "json"]);
    expect(code).toBe(2);
    const report = JSON.parse(stdout) as { summary: object; files: { error?: { message: string } }[] };
    expect(report.summary).toMatchObject({ migrated: 4, errors: 2 });
    expect(report.files[3]!.error!.message).toBe("ended the worker thread it was migrated on: it exited with code 3");
  });

  it("stays on the main thread for little text", async () => {
    const workspace = new Workspace(
      Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`f${index}.ts`, "BeginX(); // EndX"])),
    );
    const { stdout } = await cli.run(workspace.root, ["migrate", "--format", "json"]);
    expect(stdout).not.toContain("worker");
    expect(stdout).toContain('"output": "main(); // EndX"');
  });

  it("is importable as a module of the package", async () => {
    const { run } = (await import(
      pathToFileURL(join(cli.dist, "src/cli/run.js")).href
    )) as typeof import("../../src/cli/run.ts");
    expect(run).toBeTypeOf("function");
  });
});

const S3 = `function put(client: AmazonS3Client, request: PutObjectRequest): PutObjectResponse | undefined {
  const asyncResult: IAsyncResult = client.BeginPutObject(request, null, null);
  while (!asyncResult.IsCompleted) {
  }
  return client.EndPutObject(asyncResult);
}
`;

describe("the program, on the real analysis", () => {
  let cli: BuiltCli;
  beforeAll(() => {
    cli = buildCli();
  });
  afterAll(() => cli.remove());

  it("gives the same results on workers as in one thread, and writes them", async () => {
    const names = Array.from({ length: 6 }, (_, index) => `f${index}.ts`);
    const workspace = new Workspace(
      Object.fromEntries(names.map((name, index) => [name, `${S3}const f${index} = 1;\n${FILLER}`])),
    );
    const report = async (...argv: string[]) => {
      const { code, stdout } = await cli.runShared(workspace.root, ["migrate", "--format", "json", ...argv]);
      return { code, ...(JSON.parse(stdout) as { files: { path: string; output: string }[] }) };
    };
    const together = await report();
    const alone = await Promise.all(names.map((name) => report(name)));
    expect(together.files).toEqual(alone.flatMap(({ files }) => files));
    expect(together).toMatchObject({ code: 0, summary: { files: 6, migrated: 6 } });
    await report("--write");
    for (const { path, output } of together.files) expect(workspace.read(path)).toBe(output);
    expect(await report()).toMatchObject({ code: 0, summary: { files: 6, unchanged: 6 } });
  });

  it("reports a text that does not parse with its position", async () => {
    const workspace = new Workspace({ "a.ts": `${S3}let = ;\n`, "b.ts": S3 });
    const { code, stdout } = await cli.runShared(workspace.root, ["migrate", "--format", "json"]);
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({
      summary: { migrated: 1, errors: 1 },
      files: [{ status: "error", error: { line: 7, column: 7 } }, { status: "migrated" }],
    });
  });

  it("checks with the real rules", async () => {
    const workspace = new Workspace({ "a.ts": S3, "b.ts": "export {};\n" });
    expect((await cli.run(workspace.root, ["check", "b.ts", "--preset", "all"])).stderr).toBe("");
    const { code, stdout } = await cli.run(workspace.root, ["check", "--preset", "all"]);
    expect(code).toBe(1);
    expect(stdout).toContain("tapify/no-busy-wait");
    expect(stdout).toContain("tapify/prefer-await-over-begin-end");
  });

  it("checks only what a rule may report, so errors of other files are not its business", async () => {
    const workspace = new Workspace({ "a.ts": `${S3}let = ;\n`, "b.ts": "let = ;\n" });
    const { code, stdout } = await cli.runShared(workspace.root, ["check", "--format", "json"]);
    expect(code).toBe(1);
    const results = JSON.parse(stdout) as { fatalErrorCount: number }[];
    expect(results.map(({ fatalErrorCount }) => fatalErrorCount)).toEqual([1, 0]);
  });
});
