import { expect, it } from "vitest";
import { parse } from "../../src/ast/parse.ts";
import { decideFile, isPlan } from "../../src/plan/decide.ts";
import { applyEdits } from "../../src/plan/edits.ts";
import { finishEdits } from "../../src/plan/finish.ts";
import { settingsOf } from "../../src/plan/migration.ts";
import { planFile } from "../../src/plan/plan-file.ts";
import { TRANSFORM_NAMES, type SiteTransformName } from "../../src/plan/types.ts";
import { analyze } from "../../src/recognize/analysis.ts";
import { fixtures } from "./fixtures.ts";

const TRANSFORMS = TRANSFORM_NAMES.filter((name): name is SiteTransformName => name !== "contract-to-async");

/** How many plans the fixtures have, and in how many decisions. */
const counted = { alone: 0, ofSeveral: 0 };

it.each(fixtures)("gives each suggestion of $path the edits that it needs by itself", ({ input, options, path }) => {
  const source = parse(input.replace(/^\uFEFF/, ""), path);
  const context = analyze(source, settingsOf(options));
  for (const transform of TRANSFORMS) {
    const planned = planFile(context, transform, options).filter(({ outcome }) => isPlan(outcome));
    if (planned.length === 1) counted.alone++;
    else counted.ofSeveral += planned.length;
    // What each would be if there were no other: its result is parsed, and its names are looked up.
    const alone = planned.map(({ outcome, sites }) =>
      isPlan(outcome) ? finishEdits(context, transform, sites, outcome.edits) : null,
    );
    const offered = decideFile(context, transform, options).flatMap(({ outcome }) =>
      isPlan(outcome) ? [applyEdits(source.text, outcome.edits)] : [],
    );
    expect(offered).toEqual(alone.map((finished) => finished?.output ?? "a result that does not pass"));
  }
});

it("has seen suggestions that stand beside others", () => {
  expect(counted.alone).toBeGreaterThan(100);
  expect(counted.ofSeveral).toBeGreaterThan(80);
});
