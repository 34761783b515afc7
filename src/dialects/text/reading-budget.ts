/**
 * The steps that text tests may take where they read back and forth from the places of their words. In what people and bundlers write
 * such readings are short. A text in which many of them go over the same long stretch is made to be slow; it goes to the parser, as
 * "possible" is never a wrong answer.
 */

const STEPS_PER_CHARACTER = 50;
/** For short texts, which cost next to nothing whatever they hold. */
const STEPS_IN_ANY_CASE = 10_000;

class BudgetSpent extends Error {
  override readonly name = "BudgetSpent";
}

const WITHOUT_LIMIT = Number.POSITIVE_INFINITY;
let left = WITHOUT_LIMIT;

/** Takes steps from the budget of the reading that goes on; a reading outside of {@link testWithin} has no limit. */
export function spend(steps: number): void {
  left -= steps;
  if (left < 0) throw new BudgetSpent("The text takes more steps than a text test may.");
}

/**
 * What a text test says of a text.
 *
 * @param reader It tells {@link spend} how far it goes back and forth.
 * @returns `true` as well where the budget does not suffice.
 */
export function testWithin(text: string, reader: { test(text: string): boolean }): boolean {
  left = STEPS_PER_CHARACTER * text.length + STEPS_IN_ANY_CASE;
  try {
    return reader.test(text);
  } catch (error) {
    if (error instanceof BudgetSpent) return true;
    throw error;
  } finally {
    left = WITHOUT_LIMIT;
  }
}
