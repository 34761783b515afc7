import { describe, expect, it } from "vitest";
import { parse } from "../../src/ast/parse.ts";
import { positionsIn } from "../../src/ast/lines.ts";
import { explainer } from "../../src/explain/explain.ts";
import type { Explanation } from "../../src/explain/explanation.ts";
import { TRANSFORMS } from "../../src/plan/transforms.ts";
import { settingsOf, type MigrateOptions, type RefusedSite } from "../../src/plan/migration.ts";
import type { SiteTransformName } from "../../src/plan/types.ts";
import { analyze } from "../../src/recognize/analysis.ts";
import { fixtures, migrate, type Fixture } from "../migrate/fixtures.ts";

/** What `tapify explain` says of a place is what `tapify migrate` does there. */

function explained({ input, options, path, transform }: Fixture): (line: number, column: number | null) => Explanation {
  const all: MigrateOptions = { filePath: path, transforms: [transform], ...options };
  const text = input.replace(/^\uFEFF/u, "");
  const explain = explainer(text, all);
  return (line, column) => explain({ line, column });
}

/** Where the sites of a fixture's migration stand. A contract has its own test: its sites are what types declare. */
function placesOf({ input, options, path, transform }: Fixture): { line: number; column: number }[] {
  if (transform === "contract-to-async") return [];
  const text = input.replace(/^\uFEFF/u, "");
  const context = analyze(parse(text, path), settingsOf(options));
  return TRANSFORMS[transform as SiteTransformName]
    .sitesOf(context)
    .map(({ nameNode }) => positionsIn(text)(nameNode.range[0]));
}

function codesOf(refusals: readonly Pick<RefusedSite, "code" | "line" | "column">[]): string[] {
  return [...new Set(refusals.map(({ code, line, column }) => `${code} ${line}:${column}`))].toSorted();
}

describe.each(fixtures)("$path", (fixture) => {
  const at = explained(fixture);
  const { migrations, refusals } = migrate(fixture, fixture.input);

  it("is explained at each of its sites", () => {
    const found = placesOf(fixture).flatMap(({ line, column }) => {
      const site = at(line, column).sites.find((each) => each.line === line && each.column === column);
      expect(site, `${line}:${column}`).toBeDefined();
      expect(site!.dialect).not.toBeNull();
      // What a migration passes over has a reason of its own.
      if (site!.untouched === null) expect(site!.migrations, `${line}:${column}`).not.toEqual([]);
      return site!.migrations;
    });
    if (found.length === 0) return;
    const reasons = found.flatMap((each) => each.refusals);
    expect(codesOf(reasons)).toEqual(codesOf(refusals));
    expect(found.some(({ outcome }) => outcome === "migrated")).toBe(migrations.length > 0);
    // What was left of the strategies says what came of the site.
    for (const { outcome, strategies } of found) {
      const verdicts = strategies.map(({ verdict }) => verdict);
      expect(verdicts.slice(0, -1).every((verdict) => verdict === "passed-over")).toBe(true);
      if (verdicts.length > 0) expect(verdicts.at(-1) === "taken").toBe(outcome === "migrated");
    }
  });

  it("is explained at each place that a report names", () => {
    for (const { code, line, column } of refusals) {
      const named = at(line, column).sites.flatMap((site) => site.migrations.flatMap((each) => each.refusals));
      expect(codesOf(named), `${line}:${column}`).toContain(`${code} ${line}:${column}`);
    }
    for (const { line, transform } of migrations) {
      const made = at(line, null).sites.flatMap((site) => site.migrations);
      expect(
        made.some((each) => each.outcome === "migrated" && each.transform === transform),
        `line ${line}`,
      ).toBe(true);
    }
  });
});
