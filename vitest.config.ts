import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig, type TestProjectInlineConfiguration } from "vitest/config";
import { BaseSequencer, type Reporter, type TestModule, type TestSpecification } from "vitest/node";

const ROOT = fileURLToPath(new URL(".", import.meta.url));

/** All test files, relative to the repository's root. */
const FILES = readdirSync(join(ROOT, "test"), { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".test.ts"))
  .map((name) => `test/${name.replaceAll("\\", "/")}`);

/** The project that a test file belongs to. */
function projectOf(file: string): Name {
  // A replaced module, and the one service for types that typescript-eslint makes as the first file asks for it, would reach the files after
  // it in the same process.
  if (/\bvi\.mock\(|\bprojectService\b/.test(readFileSync(join(ROOT, file), "utf8"))) return "isolated";
  return (Object.keys(PATHS) as (keyof typeof PATHS)[]).find((name) => PATHS[name].test(file)) ?? "unit";
}

/** Made-up programs, projects and texts; the package as users install it; pages in a browser; programs that run, and work on all fixtures. */
const PATHS = {
  property: /\/random[^/]*\.test|\/damaged\.test|^test\/regular-expressions\//,
  package: /^test\/package\//,
  browser: /^test\/browser\//,
  behaviour:
    /^test\/(?:claims|cli|harness|hosts|migrate|project|seeds|stability)\/|^test\/runtime\/(?:process|web-client|event-programs)\.|\/(?:layouts|text-tests)\.test/,
};

type Name = keyof typeof PATHS | "isolated" | "unit";

/** Milliseconds that a test, or what prepares it, may take on a machine that has other things to do. */
const TIME_OUT: Record<Name, number> = {
  unit: 30_000,
  isolated: 120_000,
  behaviour: 120_000,
  property: 600_000,
  package: 300_000,
  browser: 300_000,
};

/** What runs first, with the longest files of each project first, so that no worker is left alone with one of them at the end. */
const LONGEST_FIRST: readonly (readonly [project: Name, files: readonly string[]])[] = [
  [
    "property",
    [
      "test/migrate/random-begin-end.test.ts",
      "test/migrate/random-events.test.ts",
      "test/migrate/random-countdowns.test.ts",
      "test/project/random.test.ts",
      "test/regular-expressions/linear.test.ts",
      "test/project/random-kinds.test.ts",
      "test/migrate/random-kinds.test.ts",
    ],
  ],
  [
    "behaviour",
    [
      "test/hosts/trees.test.ts",
      "test/hosts/oxlint.test.ts",
      "test/cli/killed.test.ts",
      "test/migrate/seeds.test.ts",
      "test/project/migrate.test.ts",
      "test/migrate/fixtures.test.ts",
      "test/recognize/text-tests.test.ts",
      "test/rules/layouts.test.ts",
      "test/project/references.test.ts",
      "test/migrate/behaviour.test.ts",
    ],
  ],
  ["package", []],
  ["browser", []],
  ["isolated", []],
  ["unit", []],
];

class LongestFirst extends BaseSequencer {
  override async sort(specifications: TestSpecification[]): Promise<TestSpecification[]> {
    return specifications.toSorted((one, other) => rankOf(one) - rankOf(other));
  }
}

function rankOf({ project, moduleId }: TestSpecification): number {
  const index = LONGEST_FIRST.findIndex(([name]) => name === project.name);
  const files = LONGEST_FIRST[index]![1];
  const position = files.indexOf(relative(project.config.root, moduleId).replaceAll("\\", "/"));
  return index * 1_000 + (position === -1 ? files.length : position);
}

/** Says how many tests need something that is not on this machine: a browser. */
class SkippedReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const skipped = modules
      .filter((module) => module.project.name === "browser")
      .flatMap((module) => [...module.children.allTests("skipped")]);
    if (skipped.length > 0)
      console.log(`${skipped.length} tests of pages were skipped: there is no Chromium. CHROME_PATH names one.`);
  }
}

function project(name: Name): TestProjectInlineConfiguration {
  return {
    test: {
      name,
      include: FILES.filter((file) => projectOf(file) === name),
      testTimeout: TIME_OUT[name],
      hookTimeout: TIME_OUT[name],
      pool: "forks",
      // Trees of programs are large and live for moments: with room for them, most are gone before they are moved.
      execArgv: ["--max-semi-space-size=64"],
      // Whoever starts anew for each file loads the compiler, the parser and all of `src` a hundred times, for seconds each.
      isolate: name === "isolated",
    },
  };
}

export default defineConfig({
  test: {
    // For tools that look for tests, as knip does; each project has its own.
    include: ["test/**/*.test.ts"],
    // Programs that really run, servers on loopback, worker threads: two cores are soon full.
    maxWorkers: 2,
    reporters: ["default", new SkippedReporter()],
    sequence: { sequencer: LongestFirst },
    projects: LONGEST_FIRST.map(([name]) => project(name)),
  },
});
