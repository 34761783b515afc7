import { checkSync } from "recheck";
import { describe, expect, it } from "vitest";
import { writtenExpressions } from "./collect.ts";
import { formsOf } from "./forms.ts";
import { isPlainlyLinear } from "./plainly-linear.ts";
import { REASONS, TRIED_ONCE } from "./tried-once.ts";

// The analyser's own JavaScript: no Java, no program of another make, nothing that is fetched.
process.env.RECHECK_BACKEND = "pure";

/** How long one form may take; what is not decided by then counts as a failure. */
const TIME_OUT = 120_000;

describe("the regular expressions of the package", () => {
  const { expressions, dynamic } = writtenExpressions();

  it("are all written out: one made of strings would escape this test", () => {
    expect(dynamic).toEqual([]);
    expect(expressions.length).toBeGreaterThan(300);
  });

  it(
    "take linear time",
    () => {
      const problems = expressions.flatMap(({ source, flags, places }) => {
        const problem = problemWith(source, flags);
        return problem === null ? [] : [`${places.join(", ")}: /${source}/${flags}: ${problem}`];
      });
      expect(problems).toEqual([]);
    },
    20 * TIME_OUT,
  );

  it("have no exception that is none", () => {
    const written = new Set(expressions.map(({ source, flags }) => `/${source}/${flags}`));
    expect([...TRIED_ONCE.keys()].filter((expression) => !written.has(expression))).toEqual([]);
    expect(new Set(TRIED_ONCE.values())).toEqual(new Set(Object.keys(REASONS)));
  });
});

describe("the check itself", () => {
  it.each([
    /"(?:[^"\\\r\n]+|\\(?:\r\n|[\s\S]))*"/,
    /(?:[^`\\$]+|\\[^]|\$\$)*(?:`|\$\{)/y,
    /(?:Begin|begin)([A-Z_$][\w$]*)["'`]?\s*\]?\s*!?\s*\)*\s*(?:\?\.\s*)?[(</]/g,
    /(?:null|undefined)\s*!?\s*(?:as\s+\w+\s*)?,?\s*\)/,
    /\$\w+[^{}]*\}\s*=\s*puer(?:ts)?\b/,
    /(?<=\.\s*)func\b/y,
    /func\b(?<=\.\s*)/y,
    /x(?=\s*\s*y)/,
    /\/\*[^]*?\*\//g,
    /[\w$]+(?=\??:)/g,
    /(?:\r\n|\n|\r)?[ \t]*$/,
    /@param[ \t]([\w$]+).*\n/,
  ])("finds fault with %s", ({ source, flags }) => {
    expect(problemWith(source, flags)).not.toBeNull();
  });
});

function problemWith(source: string, flags: string): string | null {
  // From one place, and from there only, a sticky expression that is tried once is an anchored one.
  const searched = TRIED_ONCE.has(`/${source}/${flags}`) ? `^(?:${source})` : source;
  try {
    const inParts = problemsOf(formsOf(searched, { flags, split: true }), flags);
    if (inParts.length === 0) return null;
    // The alternatives that an expression is split into may fail where the whole does not.
    const asWhole = problemsOf(formsOf(searched, { flags, split: false }), flags);
    return asWhole.length === 0 ? null : inParts.join("; ");
  } catch (error) {
    return String(error);
  }
}

function problemsOf(forms: readonly string[], flags: string): string[] {
  return forms.flatMap((form) => problemOf(form, flags.replace(/[gy]/g, "")) ?? []);
}

/** What was found of forms that several expressions share. */
const found = new Map<string, string | null>();

function problemOf(form: string, flags: string): string | null {
  const key = `/${form}/${flags}`;
  const known = found.get(key);
  if (known !== undefined) return known;
  const problem = isPlainlyLinear(form, flags) ? null : problemByAutomaton(form, flags);
  found.set(key, problem);
  return problem;
}

function problemByAutomaton(form: string, flags: string): string | null {
  const result = checkSync(form, flags, { checker: "automaton", timeout: TIME_OUT });
  switch (result.status) {
    case "safe":
      return null;
    case "vulnerable":
      return `${form} takes ${result.complexity.summary} time, for one on ${result.attack.pattern}`;
    case "unknown":
      return `${form} is not decided: ${JSON.stringify(result.error)}`;
  }
}
