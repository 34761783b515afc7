// @ts-check
// What `tapify migrate --project` costs on top of the compiler, on a project that is made here: several hundred files of functions that
// call one another across files, with a wait at the bottom of each tenth of them. Prints one JSON document.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { BlockingPlanner, blockingWaitsOf } from "../dist/src/plan/blocking.js";
import { errorsOf } from "../dist/src/project/check.js";
import { MAY_WAIT, migrateProject } from "../dist/src/project/migrate-project.js";
import { Project } from "../dist/src/project/project.js";
import { ProjectReach } from "../dist/src/project/project-reach.js";

const FILES = 400;
const FUNCTIONS = 12;
/** So many functions above it wait for each wait. */
const DEPTH = 8;

const folder = mkdtempSync(join(tmpdir(), "tapify-bench-"));
try {
  writeProject();
  const config = join(folder, "tsconfig.json");
  // The first of its kind reads and parses the library, for all that follow.
  new Project(config).program.getTypeChecker();

  const { milliseconds: building, value: project } = timed(() => {
    const built = new Project(config);
    // Parsed, resolved and bound, as the compiler has it before it checks anything.
    built.program.getTypeChecker().getAmbientModules();
    return built;
  });
  const { milliseconds: planning, value: components } = timed(() => {
    const planner = new BlockingPlanner(new ProjectReach(project, false));
    for (const file of project.files.filter((each) => MAY_WAIT.test(project.textOf(each)))) planner.add(project.contextOf(file), blockingWaitsOf(project.contextOf(file)));
    return planner.finish();
  });
  const { milliseconds: checking } = timed(() => errorsOf(project));
  const { milliseconds: whole, value: migrated } = timed(() => migrateProject(config));
  const files = [...migrated.values()];
  console.log(JSON.stringify({
    files: files.length,
    waits: components.flatMap(({ operations }) => operations).length,
    changed: files.filter(({ status }) => status === "migrated").length,
    building,
    planning,
    checking,
    whole,
  }));
} finally {
  rmSync(folder, { recursive: true });
}

function writeProject() {
  mkdirSync(join(folder, "src"));
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions: { strict: true, types: [], target: "ES2022", module: "ES2022", moduleResolution: "Bundler", noEmit: true }, include: ["src"] }));
  writeFileSync(join(folder, "src/task.ts"), "export interface Task<T> extends PromiseLike<T> {\n  readonly Result: T;\n  Wait(): void;\n}\n");
  for (let file = 0; file < FILES; file++) writeFileSync(join(folder, `src/file${file}.ts`), textOf(file));
}

/** @param {number} file */
function textOf(file) {
  const waits = file % 10 === 0;
  const above = file % 10 <= DEPTH ? file - 1 : -1;
  const lines = [
    'import type { Task } from "./task";',
    ...(above >= 0 && !waits ? [`import { run${above}, Service${above} } from "./file${above}";`] : []),
    `export function run${file}(task: Task<number>, value: number): number {`,
    waits ? "  return task.Result + value;" : above >= 0 ? `  return run${above}(task, value) + new Service${above}().read${above}(task);` : "  return value;",
    "}",
    `export class Service${file} {`,
    `  read${file}(task: Task<number>): number {\n    return run${file}(task, 1);\n  }`,
    ...Array.from({ length: FUNCTIONS }, (_, index) => `  part${index}(values: readonly number[]): Map<string, number[]> {\n    const groups = new Map<string, number[]>();\n    for (const value of values.filter((each) => each % ${index + 2} === 0)) groups.set(\`\${value}\`, [...(groups.get(\`\${value}\`) ?? []), value + ${file}]);\n    return groups;\n  }`),
    "}",
  ];
  return `${lines.join("\n")}\n`;
}

/**
 * @template T
 * @param {() => T} work
 */
function timed(work) {
  const start = performance.now();
  const value = work();
  return { milliseconds: performance.now() - start, value };
}
