import { afterAll, describe, expect, it } from "vitest";
import { migrateText } from "../../src/plan/migrate.ts";
import { TARGETS } from "../../src/plan/types.ts";
import { TracedRunner } from "../harness/run-traced.ts";
import { typeErrors } from "../harness/typecheck.ts";
import { randomProgram } from "./random-programs.ts";
import { type Variant, withVariant } from "./variants.ts";

/** Programs that nobody wrote do the same after their migration. */

const PROGRAMS = 40;
const FIRST_SEED = 1;
const VARIANTS: readonly Variant[] = ["as written", "in reverse", "first fails", "second fails", "all fail"];

const runner = new TracedRunner();
afterAll(() => runner.stop());

const seeds = Array.from({ length: PROGRAMS }, (_, index) => FIRST_SEED + index);

describe.each(TARGETS.filter((target) => target !== "auto"))("%s", (target) => {
  const migrate = (text: string) => migrateText(text, { filePath: "fixtures/seeds/random.ts", target });
  const migrations = seeds.map((seed) => [seed, randomProgram(seed)] as const).map(([seed, before]) => ({ seed, before, ...migrate(before) }));

  it.each(migrations.filter(({ status }) => status === "migrated"))("program $seed does the same, and is done", async ({ before, output, refusals }) => {
    expect(migrate(output).output).toBe(output);
    // In a program that was migrated in part, a wait that stays holds up what follows the awaits.
    if (refusals.length > 0) return;
    for (const variant of VARIANTS) {
      const expected = await runner.run(withVariant(before, variant));
      const { trace, uncaught } = await runner.run(withVariant(output, variant));
      // An error on the way leaves an event set, or nobody to set it; then a wait that was none before is one now.
      if (expected.uncaught !== null || (variant !== "as written" && variant !== "in reverse" && /done\d+\.WaitOne/u.test(before))) continue;
      expect({ variant, trace, uncaught }).toEqual({ variant, trace: expected.trace, uncaught: null });
    }
  });

  it("is done to most programs, and never fails the check that follows it", () => {
    const refusals = migrations.flatMap((migration) => migration.refusals.map(({ code }) => code));
    expect(refusals).not.toContain("check-failed");
    expect(migrations.filter(({ status }) => status === "migrated").length).toBeGreaterThan(PROGRAMS / 2);
  });

  it("gives programs that type-check", () => {
    const texts = migrations.flatMap(({ seed, output }) => [[`fixtures/seeds/random-${seed}.ts`, output] as const]);
    // What nothing uses was not used before.
    expect(typeErrors(Object.fromEntries(texts)).filter((error) => !/TS61(?:33|92)/u.test(error))).toEqual([]);
  });
});
