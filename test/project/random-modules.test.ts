import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { env } from "node:process";
import fc from "fast-check";
import ts from "typescript";
import { afterAll, expect, it } from "vitest";
import { migrateProject } from "../../src/project/migrate-project.ts";
import { Project } from "../../src/project/project.ts";
import { SEED } from "../harness/seeds.ts";
import { ROOT } from "../harness/transpile.ts";
import { arbitraryModuleProject, printModuleProject } from "./random-modules.ts";

/**
 * Projects of functions with a callback of their own, and of their callers in other files, do the same when the functions return promises
 * instead. `TAPIFY_SEED` takes another seed, and `TAPIFY_PROJECTS` more projects; `npm run stress` takes 2,000.
 */
const PROJECTS = Number(env["TAPIFY_PROJECTS"] ?? 200);

const folder = realpathSync(mkdtempSync(join(tmpdir(), "tapify-modules-")));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What a migration makes of a project, and where it is refused. */
function migrated(texts: Readonly<Record<string, string>>, number: number) {
  const root = join(folder, String(number));
  mkdirSync(root);
  const files = Object.entries(texts).map(([name, text]) => {
    writeFileSync(join(root, name), text);
    return join(root, name);
  });
  const made = [...migrateProject(new Project({ folder: root, files }), { transforms: ["callbacks-to-async"] })];
  const outputs = made.flatMap(([file, migration]) =>
    migration.status === "migrated" ? [[relative(root, file), migration.output] as const] : [],
  );
  rmSync(root, { recursive: true });
  return {
    texts: { ...texts, ...Object.fromEntries(outputs) },
    codes: made.flatMap(([, { refusals }]) => refusals.map(({ code }) => code)),
    isChanged: outputs.length > 0,
  };
}

/** The files as the host runs them. */
function runnable(texts: Readonly<Record<string, string>>): Record<string, string> {
  const compilerOptions = {
    module: ts.ModuleKind.CommonJS,
    target: ts.ScriptTarget.ES2022,
    esModuleInterop: true,
  };
  return Object.fromEntries(
    Object.entries(texts).map(([name, text]) => [
      name,
      name.endsWith(".js") ? text : ts.transpileModule(text, { compilerOptions }).outputText,
    ]),
  );
}

const projects = fc.sample(arbitraryModuleProject, { seed: SEED, numRuns: PROJECTS }).map((project, number) => {
  const before = printModuleProject(project);
  return { trap: project.trap.kind, before, after: migrated(before, number), number };
});

it(`${PROJECTS} projects of seed ${SEED} do the same`, () => {
  const input = JSON.stringify(projects.flatMap(({ after, before }) => [runnable(before), runnable(after.texts)]));
  const { stderr, stdout } = spawnSync(process.execPath, [join(ROOT, "test/harness/callback-host.mjs")], {
    encoding: "utf8",
    input,
    maxBuffer: 2 ** 28,
  });
  expect(stderr).toBe("");
  const traces = JSON.parse(stdout) as string[][];
  for (const [index, { after, before }] of projects.entries()) {
    const [expected, actual] = [traces[2 * index]!, traces[2 * index + 1]!];
    // An error that a callback threw ended the program; now it may be told to the callers, who go on.
    const end = expected.findIndex((line) => line.startsWith("uncaught"));
    const [told, seen] = end === -1 ? [expected, actual] : [expected.slice(0, end), actual.slice(0, end)];
    expect(seen, `${textOf(before)}\nbecame\n${textOf(after.texts)}`).toEqual(told);
  }
});

it("most of the projects are migrated, in several files, and again nothing is left to do", () => {
  const changed = projects.filter(({ after }) => after.isChanged);
  expect(changed.length).toBeGreaterThan(PROJECTS / 2);
  for (const { after, number } of changed) expect(migrated(after.texts, PROJECTS + number).texts).toEqual(after.texts);
  const codes = projects.flatMap(({ after }) => after.codes);
  for (const code of ["check-failed", "does-not-settle"]) expect(codes).not.toContain(code);
});

/** What a function is refused for whose callers are hidden. */
const HIDING: ReadonlySet<string> = new Set(["module-out-of-sight", "function-used-as-value"]);

it("who hides a function keeps it as it is", () => {
  const trapped = projects.filter(({ trap }) => trap !== "none");
  expect(trapped.length).toBeGreaterThan(PROJECTS / 10);
  // A function that is refused for something else as well may be told that first.
  for (const { after, before } of trapped) expect(after.codes.length, textOf(before)).toBeGreaterThan(0);
  const told = trapped.filter(({ after }) => after.codes.some((code) => HIDING.has(code)));
  expect(told.length).toBeGreaterThan(trapped.length / 2);
});

function textOf(texts: Readonly<Record<string, string>>): string {
  return Object.entries(texts)
    .map(([name, text]) => `// ${name}\n${text}`)
    .join("\n");
}
