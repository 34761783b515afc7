import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { extname, join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { createTwoFilesPatch } from "diff";
import { type ExpectedRefusal, type Fixture, fixturesIn, migrate } from "./fixtures.ts";

/** Says what is wrong with a pattern. */
export class PatternError extends Error {}

/**
 * Writes what the migrations give now as what is expected of the fixtures of a checkout whose path matches a regular expression.
 *
 * @param print is told each change as a diff, and how many fixtures changed
 * @throws {PatternError} when the pattern is no regular expression, or no path matches it; nothing is written then.
 */
export function updateFixtures(root: string, pattern: string, print: (text: string) => void): void {
  const matcher = matcherOf(pattern);
  const chosen = fixturesIn(root).filter(({ path }) => matcher.test(path));
  if (chosen.length === 0) throw new PatternError(`No fixture has a path that matches ${pattern}.`);
  const changed = chosen.filter((fixture) => update(root, fixture, print)).length;
  print(`${changed} of ${chosen.length} fixtures changed`);
}

function matcherOf(source: string): RegExp {
  try {
    return new RegExp(source, "u");
  } catch (error) {
    throw new PatternError(`${source} is no regular expression: ${(error as Error).message}`, { cause: error });
  }
}

/** @returns whether something was written or removed */
function update(root: string, fixture: Fixture, print: (text: string) => void): boolean {
  const { output, refusals } = migrate(fixture, fixture.input);
  const extension = extname(fixture.path);
  const base = fixture.path.slice(0, -extension.length);
  const found = refusals.map(({ code, line, column }) => ({ code, line, column }));
  const isOutputChanged = output !== fixture.output;
  const isRefusalChanged = !isDeepStrictEqual(found, fixture.refusals);
  // Where everything is refused there is no output: it would be the input.
  if (isOutputChanged) print(replace(root, `${base}.output${extension}`, output === fixture.input ? null : output));
  // Others are left as they are laid out.
  if (isRefusalChanged) print(replace(root, `${base}.refused.json`, found.length === 0 ? null : jsonOf(found)));
  return isOutputChanged || isRefusalChanged;
}

/** One refusal a line. */
function jsonOf(refusals: readonly ExpectedRefusal[]): string {
  const lines = refusals.map(
    ({ code, line, column }) => `  { "code": ${JSON.stringify(code)}, "line": ${line}, "column": ${column} }`,
  );
  return `[\n${lines.join(",\n")}\n]\n`;
}

/**
 * @param text `null` for a file that is to go
 * @returns the change as a diff
 */
function replace(root: string, path: string, text: string | null): string {
  const file = join(root, path);
  const before = existsSync(file) ? readFileSync(file, "utf8") : null;
  const [from, to] = [before === null ? "/dev/null" : path, text === null ? "/dev/null" : path];
  if (text === null) rmSync(file, { force: true });
  else writeFileSync(file, text);
  return createTwoFilesPatch(from, to, before ?? "", text ?? "");
}
