import type { CallbackSetting } from "../../src/dialects/settings.ts";
import type { API } from "jscodeshift";
import * as parser from "@typescript-eslint/parser";
import { Linter } from "eslint";
import { describe, expect, it } from "vitest";
import { rules } from "../../rules/index.ts";
import blockingToAwait from "../../transforms/blocking-to-await.ts";
import contractToAsync from "../../transforms/contract-to-async.ts";
import beginEndToAsync from "../../transforms/begin-end-to-async.ts";
import callbacksToAsync from "../../transforms/callbacks-to-async.ts";
import eventsToAsync from "../../transforms/events-to-async.ts";
import type { TransformName } from "../../src/plan/types.ts";
import { fixtures, type Fixture, migrate } from "./fixtures.ts";

/**
 * Two operations of one file get the same new name in scopes of their own. Whoever takes one suggestion after the other has that name in the text
 * when the second is made, and it gets another one.
 */
const NAMED_ANEW: ReadonlySet<string> = new Set(["child-handles", "continuation-loops"]);

/** A text without its words, which names are among. */
function nameless(text: string): string {
  return text.replaceAll(/[\w$]+/gu, "x");
}

/** The suggestions of the rule, the jscodeshift transform and the planner itself give one text, byte for byte. */

describe.each(fixtures)("$name", (fixture) => {
  const { output } = migrate(fixture, fixture.input);

  // No rule suggests the migration of waits, which goes up through all callers, and that of contracts, which changes more than one place.
  it.runIf(fixture.transform in RULES)("comes out of ESLint's suggestions", () => {
    const suggested = applySuggestions(fixture);
    if (NAMED_ANEW.has(fixture.name)) {
      expect(suggested).not.toBe(output);
      expect(nameless(suggested)).toBe(nameless(output));
    } else expect(suggested).toBe(output);
  });

  // Families that only tests know are no option of a command line.
  it.runIf(fixture.options.families === undefined)("comes out of jscodeshift", () => {
    const reports: string[] = [];
    const api = { report: (line: string) => reports.push(line) } as unknown as API;
    const {
      assume,
      callbacks,
      twins,
      entryPoints,
      operationDecorators,
      yieldInPolls,
      transforms: _,
      ...options
    } = fixture.options;
    const assumed = Object.entries(assume ?? {}).map(([name, version]) => `${name}@${version}`);
    const result = TRANSFORMS[fixture.transform]({ path: fixture.path, source: fixture.input }, api, {
      ...options,
      ...(assume && { assume: assumed.join(",") }),
      ...(callbacks && { callbacks: callbacks.map(callbackText).join(";") }),
      ...(twins && { twins: twins.join(",") }),
      ...(entryPoints && { "entry-points": entryPoints.join(",") }),
      ...(operationDecorators && { "operation-decorators": operationDecorators.join(",") }),
      ...(yieldInPolls !== undefined && { "yield-in-polls": yieldInPolls }),
    });
    // A transform that gives nothing leaves the file as it is.
    expect(result).toBe(output === fixture.input ? undefined : output);
    expect(reports.map((line) => / (\S+): /u.exec(line)?.[1])).toEqual(fixture.refusals.map(({ code }) => code));
  });
});

function callbackText({ awaitable, members, module }: CallbackSetting): string {
  return `${module}:${members.join(",")}=${awaitable}`;
}

/** Applies the first suggestion there is until there is none, as a user would in an editor. */
function applySuggestions({
  path,
  input,
  transform,
  options: { target = "auto", yieldInPolls = false, facade = false, transforms: _, ...settings },
}: Fixture): string {
  const name = RULES[transform as keyof typeof RULES];
  const { meta } = rules[name]!;
  const [schema] = meta!.schema as { properties: object }[];
  // A rule takes those of the options that its schema knows.
  const options = Object.fromEntries(
    Object.entries({ target, yieldInPolls, facade }).filter(([option]) => option in schema!.properties),
  );
  const linter = new Linter({ configType: "flat" });
  const config: Linter.Config = {
    files: ["**/*.{ts,tsx,cts,mts,js,jsx,mjs,cjs}"],
    languageOptions: {
      parser: parser as unknown as Linter.Parser,
      ...(/\.(?:c[jt]s|js)$/u.test(path) && !/^(?:import|export)\b/mu.test(input)
        ? { sourceType: "commonjs" as const }
        : {}),
      parserOptions: { ecmaFeatures: { jsx: path.endsWith("x") } },
    },
    plugins: { tapify: { rules: { [name]: rules[name]! } } },
    rules: { [`tapify/${name}`]: ["error", options] },
    settings: { tapify: settings },
  };
  const mark = input.startsWith("\uFEFF") ? "\uFEFF" : "";
  let text = input.slice(mark.length);
  for (let round = 0; ; round++) {
    const messages = linter.verify(text, config, { filename: path });
    expect(messages.filter(({ fatal }) => fatal)).toEqual([]);
    const fix = messages.flatMap(({ suggestions = [] }) => suggestions.map((suggestion) => suggestion.fix))[0];
    if (fix === undefined) return mark + text;
    expect(round).toBeLessThan(20);
    text = text.slice(0, fix.range[0]) + fix.text + text.slice(fix.range[1]);
  }
}

const TRANSFORMS = {
  "begin-end-to-async": beginEndToAsync,
  "events-to-async": eventsToAsync,
  "blocking-to-await": blockingToAwait,
  "contract-to-async": contractToAsync,
  "callbacks-to-async": callbacksToAsync,
} as const satisfies Readonly<Record<TransformName, unknown>>;
const RULES = {
  "begin-end-to-async": "prefer-await-over-begin-end",
  "events-to-async": "prefer-await-over-events",
  "callbacks-to-async": "prefer-await-over-callbacks",
} as const;
