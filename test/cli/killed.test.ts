import { readdirSync, rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { FileOutcome } from "../../src/cli/migrate/outcome.ts";
import { buildCli, type BuiltCli } from "./support/built-cli.ts";
import { fakeMigrate } from "./support/fake-core.ts";
import { KilledRuns } from "./support/killed-run.ts";
import { tapify, Workspace } from "./support/workspace.ts";

/** Runs that are killed with `kill -9` before each of the steps that they take: what they leave, and what becomes of that. */

const BEFORE = { "a.ts": "BeginX(1);\n", "src/b.ts": "BeginX(2);\n", "notes.txt": "" };
const AFTER = { "a.ts": "await X(1);\n", "src/b.ts": "await X(2);\n", "notes.txt": "" };
const PATHS = ["a.ts", "src/b.ts"] as const;
/** More than a run takes. */
const MOST_STEPS = 200;
/** Very many processes, on a machine that may have other things to do. */
const LONGEST_MS = 1_000 * 60 * 20;

let cli: BuiltCli;
beforeAll(() => {
  cli = buildCli();
});
afterAll(() => cli.remove());

function outcomesIn(made: Workspace): FileOutcome[] {
  return PATHS.map((path) => ({
    file: made.path(path),
    path,
    original: { text: BEFORE[path], hasBom: false },
    outcome: { status: "migrated", output: AFTER[path], migrations: [], refusals: [] },
  }));
}

/** The files of a folder, those of tapify aside. */
function ownFiles(made: Workspace): Record<string, string> {
  return Object.fromEntries(Object.entries(made.snapshot()).filter(([path]) => !path.includes(".tapify-")));
}

function isSame(some: object, others: object): boolean {
  return JSON.stringify(Object.entries(some).sort()) === JSON.stringify(Object.entries(others).sort());
}

/** Kills a run before each of its steps, until it takes no more. @returns the number of steps */
async function killEverywhere(run: (step: number) => Promise<boolean>): Promise<number> {
  for (let step = 1; step < MOST_STEPS; step++) if (!(await run(step))) return step - 1;
  throw new Error("The run has no end.");
}

describe("a run that writes files together and is killed", () => {
  it(
    "leaves nothing half done after it is recovered, whenever it is killed",
    async () => {
      const runs = new KilledRuns(cli);
      const seen = { half: 0, leftovers: 0, all: 0, none: 0 };
      const committed = new Workspace(BEFORE);
      committed.commit();
      const steps = await killEverywhere(async (step) => {
        const made = committed.copy();
        const { code, signal } = await runs.write(made.root, outcomesIn(made), step);
        if (signal === null) {
          expect({ code, files: made.snapshot() }).toEqual({ code: 0, files: AFTER });
          return false;
        }
        expect(signal).toBe("SIGKILL");
        const left = ownFiles(made);
        if (!isSame(left, BEFORE) && !isSame(left, AFTER)) seen.half++;
        if (!isSame(left, made.snapshot())) seen.leftovers++;

        const others = made.copy();
        expect(await tapify(made.root, "recover"), `step ${step}`).toMatchObject({ code: 0, stderr: "" });
        const now = made.snapshot();
        expect([BEFORE, AFTER], `step ${step}`).toContainEqual(now);
        seen[isSame(now, AFTER) ? "all" : "none"]++;
        // Nothing is left that git would call untracked.
        expect(made.git("status", "--porcelain")).not.toContain("??");

        // The next run does the same, and then its own.
        expect((await fakeMigrate(others.root, "--write", "--allow-dirty")).code, `step ${step}`).toBe(0);
        expect(others.snapshot(), `step ${step}`).toEqual(AFTER);
        return true;
      });
      expect(steps).toBeGreaterThan(30);
      // The steps are those that matter: after some of them, some files are written and others are not.
      expect(seen.half).toBeGreaterThan(0);
      expect(seen.leftovers).toBeGreaterThan(20);
      expect(seen.all).toBeGreaterThan(5);
      expect(seen.none).toBeGreaterThan(10);
    },
    LONGEST_MS,
  );

  it.each([
    ["finished", AFTER, () => {}],
    ["taken back, where new texts are gone", BEFORE, removeNewCopies],
  ])(
    "is %s by a run that is killed itself",
    async (_name, expected, change) => {
      const runs = new KilledRuns(cli);
      const half = new Workspace(BEFORE);
      await runs.write(half.root, outcomesIn(half), 2, "renameSync");
      expect(ownFiles(half)).toEqual({ ...BEFORE, "a.ts": AFTER["a.ts"] });
      change(half);
      const steps = await killEverywhere(async (step) => {
        const made = half.copy();
        const { signal } = await runs.recover(made.root, step);
        if (signal === "SIGKILL") expect((await tapify(made.root, "recover")).code).toBe(0);
        expect(made.snapshot(), `step ${step}`).toEqual(expected);
        return signal === "SIGKILL";
      });
      expect(steps).toBeGreaterThan(5);
    },
    LONGEST_MS,
  );
});

describe("a run that writes files one by one and is killed", () => {
  it(
    "leaves whole files, and its temporary file is removed by the next run",
    async () => {
      const runs = new KilledRuns(cli);
      let leftovers = 0;
      const committed = new Workspace(BEFORE);
      committed.commit();
      await killEverywhere(async (step) => {
        const made = committed.copy();
        const { signal } = await runs.writeEach(made.root, outcomesIn(made), step);
        if (signal === null) return false;
        if (!isSame(ownFiles(made), made.snapshot())) leftovers++;
        for (const path of PATHS) expect([BEFORE[path], AFTER[path]]).toContain(made.read(path));
        made.git("add", ...PATHS);
        made.git("commit", "-q", "--allow-empty", "-m", "as far as it went");
        // The tree is clean but for what the killed run left, which is no change of the user's.
        const { code, stderr } = await fakeMigrate(made.root, "--write");
        expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
        expect(made.snapshot()).toEqual(AFTER);
        return true;
      });
      expect(leftovers).toBeGreaterThan(5);
    },
    LONGEST_MS,
  );
});

function removeNewCopies(made: Workspace): void {
  const { changes } = JSON.parse(made.read(".tapify-journal")) as { changes: { path: string; newCopy: string }[] };
  for (const folder of [".", "src"]) {
    for (const name of readdirSync(made.path(folder)))
      if (changes.some(({ newCopy }) => newCopy === name)) rmSync(made.path(folder, name));
  }
}
