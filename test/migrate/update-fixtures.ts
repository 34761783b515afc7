import { ROOT } from "../harness/transpile.ts";
import { PatternError, updateFixtures } from "./updating-fixtures.ts";

/**
 * `npm run fixtures:update -- PATTERN`: writes what the migrations give now as what is expected of the fixtures whose path matches a regular
 * expression, such as `events/countdown`. Prints each change as a diff, to be read: a fixture says what is right, and not what happens.
 */

try {
  const [pattern, ...more] = process.argv.slice(2);
  if (pattern === undefined || more.length > 0) throw new PatternError("Usage: npm run fixtures:update -- PATTERN");
  updateFixtures(ROOT, pattern, console.log);
} catch (error) {
  if (!(error instanceof PatternError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
