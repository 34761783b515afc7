import type { CompletionSignals } from "./completion-parameters.ts";

/** Runners of tests, and what they make of a test that takes a completion parameter: data, and nothing else. */

export interface TestRunner {
  /** As messages call it. */
  readonly name: string;
  /** The modules that its functions come from, without `node:`; none where they are globals only. */
  readonly modules: readonly string[];
  /** The packages by which a `package.json` says that its functions are globals of the tests. */
  readonly packages: readonly string[];
  /** The functions that are given a function to call. */
  readonly functions: ReadonlySet<string>;
  /** The place of the completion parameter among the parameters. */
  readonly index: number;
  /** Whether there is such a parameter at all: what stands in its place is an object. */
  readonly hasCompletion: boolean;
  /** Whether it has an `expect` that knows rejections. */
  readonly expectsRejections: boolean;
  readonly signals: CompletionSignals;
}

/** Functions to which tests, and what goes around them, are given. Every runner waits for a promise that such a function gives. */
const FUNCTIONS: ReadonlySet<string> = new Set([
  ..."it test specify before after beforeAll afterAll beforeEach afterEach".split(" "),
  ..."fit xit setup teardown suiteSetup suiteTeardown".split(" "),
]);

/** Members of these functions that are called in their place. */
export const TEST_MODIFIERS: ReadonlySet<string> = new Set(["concurrent", "fails", "only", "sequential", "skip"]);

/** Members of these functions that are given a table, and give what is called in their place with each row of it. */
export const TABLE_MODIFIERS: ReadonlySet<string> = new Set(["each", "for"]);

/** What falls short of its time fails, and so does what throws an error at any time. */
const SIGNALS: CompletionSignals = {
  takesAnswer: false,
  isAwaited: true,
  takesThrown: true,
  failMembers: new Set(["fail"]),
  object: null,
};

const RUNNER = { functions: FUNCTIONS, index: 0, hasCompletion: true, expectsRejections: false, signals: SIGNALS };

/** The runners that are known. */
export const TEST_RUNNERS: readonly TestRunner[] = [
  {
    ...RUNNER,
    name: "Vitest",
    modules: ["vitest"],
    packages: ["vitest"],
    hasCompletion: false,
    expectsRejections: true,
  },
  {
    ...RUNNER,
    name: "Playwright",
    modules: ["@playwright/test"],
    packages: [],
    hasCompletion: false,
    expectsRejections: true,
  },
  { ...RUNNER, name: "node:test", modules: ["test"], packages: [], index: 1 },
  {
    ...RUNNER,
    name: "Jest",
    modules: ["@jest/globals"],
    packages: ["jest", "react-scripts", "ts-jest"],
    expectsRejections: true,
  },
  { ...RUNNER, name: "Bun", modules: ["bun:test"], packages: [], expectsRejections: true },
  { ...RUNNER, name: "Mocha", modules: ["mocha"], packages: ["mocha"] },
  {
    ...RUNNER,
    name: "Jasmine",
    modules: [],
    packages: ["jasmine", "jasmine-core"],
    signals: { ...SIGNALS, isStrict: true },
  },
];

/** Modules whose `expect` knows rejections. */
export const EXPECT_MODULES: ReadonlySet<string> = new Set(
  TEST_RUNNERS.filter(({ expectsRejections }) => expectsRejections).flatMap(({ modules }) => modules),
);

/** The runner whose functions are globals where nothing tells which it is: one of several, which agree in what matters here. */
export const GLOBAL_TEST_RUNNER: TestRunner = { ...RUNNER, name: "The test runner", modules: [], packages: [] };

/** Parts of a path that say that a file holds tests. */
export const TEST_PATH = /(?:^|[^a-z\d])(?:tests?|specs?|e2e)(?:[^a-z\d]|$)/iu;

/** Modules, with those below them, that a file takes for its tests. */
export const TEST_MODULES: readonly string[] = [
  ...TEST_RUNNERS.flatMap(({ modules }) => modules),
  "assert",
  "chai",
  "expect",
  "nock",
  "power-assert",
  "should",
  "sinon",
  "supertest",
  "unexpected",
];
