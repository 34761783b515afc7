// @ts-check
// node bench/project.js (every | few)
//
// What `tapify migrate --project` costs on top of the compiler, on a project that is made here: several hundred files of functions that
// call one another across files, with waits at the bottom. In `every`, all but every tenth file change; in `few`, every eleventh. One
// process takes the steps of one migration, each once and none warmed up, as the command line does. Prints one JSON document.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cpuUsage } from "node:process";
import { errorsOf } from "../dist/src/project/check.js";
import { planAcross } from "../dist/src/project/migrate-project.js";
import { ProjectResult } from "../dist/src/project/project-result.js";
import { Project } from "../dist/src/project/project.js";
// Loaded before anything is timed: the compiler alone takes longer to load than a small project to migrate.
import "@typescript-eslint/parser";
import "typescript";

const FILES = 400;
const FUNCTIONS = 12;
/** So many functions above it wait for each wait. */
const DEPTH = 8;
/** Files that call one another. */
const GROUP = 10;

const isDense = process.argv[2] !== "few";
const folder = mkdtempSync(join(tmpdir(), "tapify-bench-"));
try {
  writeProject();
  const config = join(folder, "tsconfig.json");
  // Read, parsed, resolved and bound, the language's library included.
  const { milliseconds: building, value: project } = timed(() => {
    const built = new Project(config);
    built.program.getTypeChecker();
    return built;
  });
  const { milliseconds: planning, value: components } = timed(() => planAcross(project, "blocking-to-await"));
  // The changed files written, built and checked, and all that depends on them.
  const { milliseconds: finishing, value: decided } = timed(() =>
    new ProjectResult(project, "blocking-to-await", components).checked(),
  );
  // What `tsc --noEmit` does beside building, on the texts as they were.
  const untouched = new Project(config);
  untouched.program.getTypeChecker();
  const { milliseconds: checking } = timed(() => errorsOf(untouched));
  console.log(
    JSON.stringify({
      files: project.files.length,
      waits: components.flatMap(({ operations }) => operations).length,
      changed: [...decided.values()].filter(({ finished }) => finished !== null).length,
      building,
      planning,
      finishing,
      checking,
    }),
  );
} finally {
  rmSync(folder, { recursive: true });
}

function writeProject() {
  mkdirSync(join(folder, "src"));
  writeFileSync(
    join(folder, "tsconfig.json"),
    JSON.stringify({
      compilerOptions: {
        strict: true,
        types: [],
        target: "ES2022",
        module: "ES2022",
        moduleResolution: "Bundler",
        noEmit: true,
      },
      include: ["src"],
    }),
  );
  writeFileSync(
    join(folder, "src/task.ts"),
    "export interface Task<T> extends PromiseLike<T> {\n  readonly Result: T;\n  Wait(): void;\n}\n",
  );
  for (let file = 0; file < FILES; file++) writeFileSync(join(folder, `src/file${file}.ts`), textOf(file));
}

/** @param {number} file */
function textOf(file) {
  const isBottom = file % GROUP === 0;
  const waits = isBottom && (isDense || (file / GROUP) % 10 === 0);
  const above = !isBottom && file % GROUP <= DEPTH ? file - 1 : -1;
  const lines = [
    'import type { Task } from "./task";',
    ...(above >= 0 ? [`import { run${above}, Service${above} } from "./file${above}";`] : []),
    `export function run${file}(task: Task<number>, value: number): number {`,
    waits
      ? "  return task.Result + value;"
      : above >= 0
        ? `  return run${above}(task, value) + new Service${above}().read${above}(task);`
        : "  return value;",
    "}",
    `export class Service${file} {`,
    `  read${file}(task: Task<number>): number {\n    return run${file}(task, 1);\n  }`,
    ...Array.from(
      { length: FUNCTIONS },
      (_, index) =>
        `  part${index}(values: readonly number[]): Map<string, number[]> {\n    const groups = new Map<string, number[]>();\n    for (const value of values.filter((each) => each % ${index + 2} === 0)) groups.set(\`\${value}\`, [...(groups.get(\`\${value}\`) ?? []), value + ${file}]);\n    return groups;\n  }`,
    ),
    "}",
  ];
  return `${lines.join("\n")}\n`;
}

/**
 * What some work costs in CPU time: what else the machine does at the time does not count.
 *
 * @template T
 * @param {() => T} work
 */
function timed(work) {
  const start = cpuUsage();
  const value = work();
  const { user, system } = cpuUsage(start);
  return { milliseconds: (user + system) / 1000, value };
}
