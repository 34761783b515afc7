import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { withoutComments } from "../../src/ast/comments.ts";
import { REFUSALS } from "../../src/plan/codes.ts";
import { ROOT } from "../harness/transpile.ts";

/**
 * One cause, one code, one place that raises it. What stands in several places all the same, and why, with the number of places: a number
 * goes down with the places, and up only with a reason.
 */
const SEVERAL: readonly { readonly why: string; readonly codes: Readonly<Record<string, number>> }[] = [
  {
    why: "one cause that each way of delivery shows in another tree: a callback, a handle, a completed event, a declared type",
    codes: {
      "callback-begins-again": 6,
      "callback-unsupported": 5,
      "callback-used-elsewhere": 2,
      "completed-synchronously": 2,
      "completion-args-escape": 3,
      "end-elsewhere": 4,
      "end-mismatch": 4,
      "event-unsupported": 2,
      "exported-pair": 4,
      "global-hidden": 2,
      "handle-ambiguous": 4,
      "handle-escapes": 8,
      "handle-member-read": 7,
      "handlers-several": 2,
      "may-override": 6,
      "pair-faulty": 2,
      "pair-implemented-elsewhere": 2,
      "pair-twin-differs": 2,
      "pair-unsupported": 7,
      "state-unsupported": 5,
      "subscription-unsupported": 3,
      "work-in-poll-loop": 2,
    },
  },
  {
    why: "one cause that a start, a wait and a caller have each to ask for where they are written",
    codes: {
      "await-not-allowed": 3,
      "callers-unknown": 5,
      "function-used-as-value": 7,
      "nested-operations": 4,
      "no-awaitable-target": 4,
      "optional-call": 3,
      "receiver-has-effects": 4,
      "sleep-unresolved": 5,
      "try-boundary": 10,
      "wait-out-of-scope": 2,
      "wait-with-time-out": 6,
      "aggregate-exception": 3,
    },
  },
  {
    why: "a wait for an event ends in one of several places: its own, a chain's, a countdown's",
    codes: {
      "event-for-several": 2,
      "event-not-counted": 2,
      "event-set-too-early": 3,
      "event-used-elsewhere": 2,
      "wait-needs-place": 2,
    },
  },
  {
    why: "a walk from the inside out asks at each step",
    codes: { "code-follows": 4, "callback-not-plain": 3, "error-not-divided": 3, "result-not-given": 2 },
  },
  {
    why: "a completion parameter is asked about where it is declared, where it is called, and where its function is used, is typed and returns",
    codes: { "completion-parameter": 7, "completion-unclear": 9 },
  },
  {
    why: "a chain of promises whose functions tell a completion parameter is asked what a call by itself is asked",
    codes: { "completion-not-last": 4, "completion-not-told": 4, "completion-passed-on": 3 },
  },
  {
    why: "a function that is called with a callback, what calls it and what it calls back are asked alike",
    codes: { "outcome-passed-on": 2, "throws-at-once": 4 },
  },
  {
    why: "a library's call is asked for its functions by itself, with the others that are given them, and with whoever sees when it calls back",
    codes: { "completion-at-once": 3, "version-not-known": 2 },
  },
  {
    why: "a function that keeps its callback stops what is in it, and the library's call that the function is given to",
    codes: { "completion-kept": 2 },
  },
  {
    why: "whether a callback is given is asked in the function, and told by those that call it",
    codes: { "completion-optional": 2 },
  },
  {
    why: "a value beside an error is read by what follows the error, or by what never asks for one",
    codes: { "result-after-error": 2 },
  },
  {
    why: "a function starts itself in its own code, or by way of others, which shows when all of them are decided",
    codes: { "callback-shared": 2 },
  },
  {
    why: "one file and a whole project are checked by each of them",
    codes: { "check-failed": 7, "does-not-settle": 2, "exported-api": 2, "would-not-compile": 2 },
  },
];

/** How often the name of each code stands in the code of the package, its text aside. */
function placesOf(): Map<string, number> {
  const files = readdirSync(join(ROOT, "src"), { recursive: true, encoding: "utf8" }).filter(
    (name) => name.endsWith(".ts") && !/(?:^|-)codes\.ts$/.test(name.replace(/^.*[\\/]/, "")),
  );
  const text = files.map((name) => withoutComments(readFileSync(join(ROOT, "src", name), "utf8"))).join("\n");
  return new Map(Object.keys(REFUSALS).map((code) => [code, text.split(`"${code}"`).length - 1]));
}

it("each refusal code is raised in one place, but for those that say why not", () => {
  const allowed = new Map(SEVERAL.flatMap(({ codes }) => Object.entries(codes)));
  const found = [...placesOf()].filter(([, count]) => count !== 1);
  expect(Object.fromEntries(found.toSorted())).toEqual(Object.fromEntries([...allowed].toSorted()));
});
