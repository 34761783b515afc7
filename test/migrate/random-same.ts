import { expect } from "vitest";
import { migrateText } from "../../src/plan/migrate.ts";
import type { FileMigration } from "../../src/plan/migration.ts";
import type { Target } from "../../src/plan/types.ts";
import type { TracedRunner } from "../harness/run-traced.ts";
import type { PrintedProgram } from "./random-print.ts";
import { type Variant, withVariant } from "./variants.ts";

const VARIANTS: readonly Variant[] = [
  "as written",
  "in reverse",
  "first fails",
  "second fails",
  "all fail",
  "first cancelled",
  "all cancelled",
];

const FILE = "fixtures/seeds/random.ts";

/** Migrates a random program, as a file of that name. */
export function migrateRandom(text: string, target: Target, filePath = FILE): FileMigration {
  return migrateText(text, { filePath, target });
}

/** A program that was migrated does the same as before, and there is nothing left to do. */
export async function expectSame(
  runner: TracedRunner,
  { text: before, shapes }: PrintedProgram,
  { status, output, refusals }: FileMigration,
  target: Target,
  filePath = FILE,
): Promise<void> {
  expect(refusals.map(({ code }) => code)).not.toContain("check-failed");
  if (status !== "migrated") return;
  expect(migrateRandom(output, target, filePath).output).toBe(output);
  // In a program that was migrated in part, a wait that stays holds up what follows the awaits.
  if (refusals.length > 0) return;
  // An error that comes before the Set in a `try` leaves nobody to set the event, so the program hung; a promise is settled in any case.
  const variants = variantsOf(before).filter((variant) => isTold(variant, shapes, target));
  await Promise.all(variants.map((variant) => expectSameRun(runner, before, output, variant)));
}

/** The variants that differ: in a small program the second call of an operation cannot fail, say. */
export function variantsOf(text: string): readonly Variant[] {
  const texts = VARIANTS.map((variant) => withVariant(text, variant).replaceAll(/(?<="error":)"[^"]*"/gu, "failed"));
  return VARIANTS.filter((_, index) => texts.indexOf(texts[index]!) === index);
}

/** Whether a program is asked to do the same in a variant: what it lost before, or did not ask for, is another way now. */
export function isTold(variant: Variant, shapes: ReadonlySet<string>, target: Target): boolean {
  if (/cancelled$/u.test(variant))
    return (
      target === "adapter" &&
      [...shapes].some((shape) => shape.startsWith("asking")) &&
      !shapes.has("cancellation unasked")
    );
  return !isFailure(variant) || !(shapes.has("set in try") || shapes.has("asking: nothing"));
}

function isFailure(variant: Variant): boolean {
  return /(?:fails?|refused)$/u.test(variant);
}

/** A program does the same before and after its migration, if its operations go in one way. */
export async function expectSameRun(
  runner: TracedRunner,
  before: string,
  after: string,
  variant: Variant,
): Promise<void> {
  const [expected, actual] = await Promise.all([
    runner.run(withVariant(before, variant)),
    runner.run(withVariant(after, variant)),
  ]);
  if (!isFailure(variant)) expect(expected.uncaught).toBeNull();
  // An error that a callback lets escape ended the program on the spot. It still ends it, but only where the callback is awaited: what
  // the program does until then, and in the `finally` blocks on its way out, comes on top, and another error may be the first.
  const isCrash = expected.uncaught !== null;
  const trace = isCrash ? actual.trace.slice(0, expected.trace.length) : actual.trace;
  expect({ variant, trace, isCrash: actual.uncaught !== null }).toEqual({ variant, trace: expected.trace, isCrash });
}
