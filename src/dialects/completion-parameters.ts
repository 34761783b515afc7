import type { HostName } from "./settings.ts";

/**
 * Functions that a host calls with a callback they have to call once, their completion parameter: data, and nothing else. Sources: the
 * Node.js 24 notes of AWS Lambda, and the references of Vitest, Jest, Mocha, Jasmine and node:test.
 */

/** A host that calls what a module exports, and tells the styles apart by the number of declared parameters. */
export interface ExportingHost {
  /** As messages call it. */
  readonly name: string;
  /** As settings call it. */
  readonly setting: HostName;
  /** The host's newest version, which starts no function that declares a completion parameter. */
  readonly version: string;
  /** What the exported function is called, where nothing else is agreed on. */
  readonly exports: ReadonlySet<string>;
  /** What the parameters are called, in their order, but for underscores before a name. The last is the completion parameter. */
  readonly parameters: readonly ParameterNames[];
  /** The module whose types say that a function is called by the host. */
  readonly types: string;
  /** Modules, with those below them, that such a function often needs. */
  readonly modules: readonly string[];
  /** Members that the host's objects alone have. */
  readonly members: ReadonlySet<string>;
  /** The member of one of them that is set to false where it need not wait for what still runs; for no async function it does. */
  readonly waits: string;
  /** What describes a deployment, and names the functions that the host is to call. */
  readonly deployments: readonly Deployment[];
  /** Modules, with those below them, that serve other hosts. */
  readonly others: readonly string[];
}

/** The usual names of a parameter, and whether it may as well have any other that is not one of its neighbours'. */
export interface ParameterNames {
  readonly names: ReadonlySet<string>;
  readonly isFree?: true;
}

/** A kind of files that describe deployments. */
export interface Deployment {
  /** Their names. */
  readonly files: readonly string[];
  /** Finds each function that they name, in the group `path`: that of the module without its ending, a dot, and the name of the export. */
  readonly functions: RegExp;
  /** Finds the provider, in the group `provider`; another than `host` speaks against this host. */
  readonly provider?: { readonly is: RegExp; readonly host: string };
  /** Whether the path may begin in a folder below that of the file. */
  readonly isBelow: boolean;
}

/** AWS Lambda. With Node.js 24 it ends with `Runtime.CallbackHandlerDeprecated` before the first call. */
export const AWS_LAMBDA: ExportingHost = {
  name: "AWS Lambda",
  setting: "aws-lambda",
  version: "Node.js 24",
  exports: new Set(["handler"]),
  parameters: [
    { names: new Set(["event", "evt"]), isFree: true },
    { names: new Set(["context", "ctx", "lambdaContext"]) },
    { names: new Set(["callback", "cb", "done", "lambdaCallback"]) },
  ],
  types: "aws-lambda",
  modules: ["aws-sdk", "@aws-sdk"],
  members: new Set([
    "callbackWaitsForEmptyEventLoop",
    "awsRequestId",
    "invokedFunctionArn",
    "getRemainingTimeInMillis",
  ]),
  waits: "callbackWaitsForEmptyEventLoop",
  deployments: [
    {
      files: ["serverless.yml", "serverless.yaml", "serverless.json", "serverless.ts", "serverless.js"],
      functions: /\bhandler["']?\s*:\s*["']?(?<path>[\w$./-]+)/gu,
      provider: {
        is: /\bprovider["']?\s*:\s*(?:#[^\n]*\n\s*)?(?:\{\s*)?(?:["']?name["']?\s*:\s*)?["']?(?<provider>\w+)/u,
        host: "aws",
      },
      isBelow: false,
    },
    {
      files: ["template.yaml", "template.yml", "template.json"],
      functions: /\bHandler["']?\s*:\s*["']?(?<path>[\w$./-]+)/gu,
      isBelow: true,
    },
  ],
  others: [
    "twilio",
    "firebase-functions",
    "@google-cloud/functions-framework",
    "@azure/functions",
    "@netlify/functions",
  ],
};

/** What a host makes of a test that takes a completion parameter. */
export interface TestRunner {
  /** As messages call it. */
  readonly name: string;
  /** The modules that its functions come from, without `node:`; none where they are globals. */
  readonly modules: readonly string[];
  /** The functions that are given a function to call. */
  readonly functions: ReadonlySet<string>;
  /** The place of the completion parameter among the parameters. */
  readonly index: number;
  /** Whether there is such a parameter at all: what stands in its place is an object. */
  readonly hasCompletion: boolean;
}

/** Functions to which tests, and what goes around them, are given. Every runner waits for a promise that such a function gives. */
export const TEST_FUNCTIONS: ReadonlySet<string> = new Set(
  "it test specify before after beforeAll afterAll beforeEach afterEach".split(" "),
);

/** The same with names that other code has as well. */
const FUNCTIONS: ReadonlySet<string> = new Set([
  ...TEST_FUNCTIONS,
  ..."fit xit setup teardown suiteSetup suiteTeardown".split(" "),
]);

/** Modules whose `expect` knows rejections. */
export const EXPECT_MODULES: ReadonlySet<string> = new Set(["@jest/globals", "@playwright/test", "bun:test", "vitest"]);

/** Members of these functions that are called in their place. */
export const TEST_MODIFIERS: ReadonlySet<string> = new Set(["concurrent", "fails", "only", "sequential", "skip"]);

/** The runners whose functions are imported. */
export const TEST_RUNNERS: readonly TestRunner[] = [
  { name: "Vitest", modules: ["vitest"], functions: FUNCTIONS, index: 0, hasCompletion: false },
  { name: "node:test", modules: ["test"], functions: FUNCTIONS, index: 1, hasCompletion: true },
  { name: "Jest", modules: ["@jest/globals"], functions: FUNCTIONS, index: 0, hasCompletion: true },
  { name: "Mocha", modules: ["mocha"], functions: FUNCTIONS, index: 0, hasCompletion: true },
];

/** The runner whose functions are globals: one of several, which agree in what matters here. */
export const GLOBAL_TEST_RUNNER: TestRunner = {
  name: "The test runner",
  modules: [],
  functions: FUNCTIONS,
  index: 0,
  hasCompletion: true,
};

/** Names that a completion parameter of a test goes by. */
export const COMPLETION_NAMES: ReadonlySet<string> = new Set(["done", "cb", "callback", "finish", "finished"]);

/** Names that a completion parameter goes by in functions that the project calls itself. */
export const CALLBACK_PARAMETER_NAME = /^_*(?:cb|callback|done|finish|finished|next)$|[a-z](?:Callback|Done)$/;

/** One that hands a request on: to give an answer in its place is to be done as well. */
export const HANDING_ON_NAME = /^_*next$/;

/** Names that an error goes by, as the last part of a path. */
export const ERROR_NAME = /^(?:\w*[eE]rr(?:ors?)?\d*|_*(?:e|er|ex|exception|E[A-Z]+)\d*|_*ERR\w*)$/;

/** Parameters by which a function gives an answer without its completion parameter. */
export const ANSWERING_PARAMETER_NAME = /^_*(?:ctx|context|client|req|request|reply|res|resp|response|socket)$/;

/** Names of functions that may not return: they let a test fail, throw, or end the program. */
export const ENDING_NAME = /^(?:abort|bail|die|exit|fail|help|panic|quit|showHelp|throw\w*|usage)$/;

/**
 * How a project's own functions are recognised that are called with an error-first callback: the last parameter has such a name, and is given
 * nothing, or an error, as its first argument.
 */
export const OWN_COMPLETION = {
  /** What the parameter is called. */
  names: /^_{0,2}(?:cb|callback|done|next|finish(?:ed)?|[\w$]*(?:Callback|Cb))$/,
  /** Parameters before it of functions that other code calls, with a callback that is to stay: requests and responses of a server. */
  served: /^_?(?:req|request|res|response)$/,
  /** Words of which one is in a text with such a function, where none of its operations is one that a family describes. */
  words: ["null", "undefined", "Error", "catch"],
} as const;
