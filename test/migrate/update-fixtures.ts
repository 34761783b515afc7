import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { extname, join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { createTwoFilesPatch } from "diff";
import { ROOT } from "../harness/transpile.ts";
import { type ExpectedRefusal, type Fixture, fixtures, migrate } from "./fixtures.ts";

/**
 * `npm run fixtures:update -- PATTERN`: writes what the migrations give now as what is expected of the fixtures whose path matches a regular
 * expression, such as `events/countdown`. Prints each change as a diff, to be read: a fixture says what is right, and not what happens.
 */

const [pattern] = process.argv.slice(2);
if (pattern === undefined || process.argv.length > 3) fail("Usage: npm run fixtures:update -- PATTERN");
const chosen = fixtures.filter(({ path }) => matcherOf(pattern).test(path));
if (chosen.length === 0) fail(`No fixture has a path that matches ${pattern}.`);
const changed = chosen.filter((fixture) => update(fixture)).length;
console.log(`${changed} of ${chosen.length} fixtures changed`);

function matcherOf(source: string): RegExp {
  try {
    return new RegExp(source, "u");
  } catch (error) {
    return fail(`${source} is no regular expression: ${(error as Error).message}`);
  }
}

function fail(message: string): never {
  console.error(message);
  process.exit(2);
}

/** @returns whether something was written or removed */
function update(fixture: Fixture): boolean {
  const { output, refusals } = migrate(fixture, fixture.input);
  const extension = extname(fixture.path);
  const base = fixture.path.slice(0, -extension.length);
  const found = refusals.map(({ code, line, column }) => ({ code, line, column }));
  const isOutputChanged = output !== fixture.output;
  const isRefusalChanged = !isDeepStrictEqual(found, fixture.refusals);
  // Where everything is refused there is no output: it would be the input.
  if (isOutputChanged) replace(`${base}.output${extension}`, output === fixture.input ? null : output);
  // Others are left as they are laid out.
  if (isRefusalChanged) replace(`${base}.refused.json`, found.length === 0 ? null : jsonOf(found));
  return isOutputChanged || isRefusalChanged;
}

/** One refusal a line. */
function jsonOf(refusals: readonly ExpectedRefusal[]): string {
  const lines = refusals.map(
    ({ code, line, column }) => `  { "code": ${JSON.stringify(code)}, "line": ${line}, "column": ${column} }`,
  );
  return `[\n${lines.join(",\n")}\n]\n`;
}

/** @param text `null` for a file that is to go */
function replace(path: string, text: string | null): void {
  const file = join(ROOT, path);
  const before = existsSync(file) ? readFileSync(file, "utf8") : null;
  const [from, to] = [before === null ? "/dev/null" : path, text === null ? "/dev/null" : path];
  console.log(createTwoFilesPatch(from, to, before ?? "", text ?? ""));
  if (text === null) rmSync(file, { force: true });
  else writeFileSync(file, text);
}
