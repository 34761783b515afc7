import type { HostName } from "./settings.ts";

/**
 * Functions that a host calls with a callback they have to call once, their completion parameter: data, and nothing else. Sources: the
 * Node.js 24 notes of AWS Lambda, and the references of Vitest, Jest, Mocha, Jasmine and node:test. The runners of tests are in
 * `test-runners.ts`.
 */

/** How a function tells its host that it is done, and what the host makes of it. */
export interface CompletionSignals {
  /** Whether the host takes an answer: what is told behind the error. */
  readonly takesAnswer: boolean;
  /** Whether a function that never tells it fails: the host waits for that until its time is up. */
  readonly isAwaited: boolean;
  /** Whether an error that a callback throws fails the function alone, as one does that it rejects with. */
  readonly takesThrown: boolean;
  /** Whether several answers may be told at once, which are given as a list. */
  readonly takesSeveral?: true;
  /** Whether an error is handed on as it is; others make one of a text. */
  readonly keepsErrors?: true;
  /** Whether nothing but `undefined` says that there is no error; anything falsy does elsewhere. */
  readonly isStrict?: true;
  /** Members of the completion parameter that say that the function has failed: `done.fail(error)`. */
  readonly failMembers: ReadonlySet<string>;
  /** The parameter of which members tell the same as the completion parameter, and those members by what they tell. */
  readonly object: {
    readonly index: number;
    readonly members: ReadonlyMap<string, "both" | "answer" | "error">;
  } | null;
}

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
  /** Its types of functions that may answer with nothing: those named so, and one that says so by having no more than some type arguments. */
  readonly emptyAnswers: {
    readonly names: ReadonlySet<string>;
    readonly open: { readonly name: string; readonly upTo: number };
  };
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
  readonly signals: CompletionSignals;
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
  /** Finds the provider, in the group `provider`, in a text without comments; another than `host` speaks against this host. */
  readonly provider?: { readonly comments: RegExp; readonly is: RegExp; readonly host: string };
  /** Whether the path may begin in a folder below that of the file. */
  readonly isBelow: boolean;
}

/** AWS Lambda. With Node.js 24 it ends with `Runtime.CallbackHandlerDeprecated` before the first call. */
const AWS_LAMBDA: ExportingHost = {
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
  emptyAnswers: {
    names: new Set(
      [
        "CloudFormationCustomResource CloudWatchLogs CodeBuildCloudWatchState CodePipeline DynamoDBStream KinesisStream",
        "S3 SES SNS SQS Scheduled",
      ]
        .join(" ")
        .split(" ")
        .map((name) => `${name}Handler`),
    ),
    open: { name: "Handler", upTo: 1 },
  },
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
        comments: /(?:^|\s)#[^\n]*/gu,
        is: /\bprovider["']?\s*:\s*(?:\{\s*)?(?:["']?name["']?\s*:\s*)?["']?(?<provider>\w+)/u,
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
  signals: {
    takesAnswer: true,
    isAwaited: false,
    takesThrown: false,
    failMembers: new Set(),
    object: {
      index: 1,
      members: new Map([
        ["done", "both"],
        ["succeed", "answer"],
        ["fail", "error"],
      ]),
    },
  },
};

/** The hosts that call what modules export with a completion parameter. */
export const EXPORTING_HOSTS: readonly ExportingHost[] = [AWS_LAMBDA];

/** Whether settings name one of these hosts: a file may hold its functions then, whatever its text tells. */
export function isExportingHost(setting: HostName | undefined): boolean {
  return EXPORTING_HOSTS.some((host) => host.setting === setting);
}

/** One that hands a request on: to give an answer in its place is to be done as well. */
export const HANDING_ON_NAME = /^_*next$/;

/** Names that an error goes by, as the last part of a path. */
export const ERROR_NAME = /^(?:\w*[eE]rr(?:ors?)?\d*|_*(?:e|er|ex|exception|E[A-Z]+)\d*|_*ERR\w*)$/;

/** Parameters by which a function gives an answer without its completion parameter. */
export const ANSWERING_PARAMETER_NAME = /^_*(?:ctx|context|client|req|request|reply|res|resp|response|socket)$/;

/** Names of functions that may not return: they let a test fail, throw, or end the program. */
export const ENDING_NAME = /^(?:abort|bail|die|exit|fail|help|panic|quit|showHelp|throw\w*|usage)$/;

/** Globals that call a function right behind the code that runs. */
export const DEFERRING_CALLS: ReadonlySet<string> = new Set(["process.nextTick", "queueMicrotask"]);

/**
 * How a project's own functions are recognised that are called with an error-first callback: the last parameter is named as one, and is given
 * nothing, or an error, as its first argument.
 */
export const OWN_COMPLETION = {
  /** Parameters before it of functions that other code calls, with a callback that is to stay: requests and responses of a server. */
  served: /^_?(?:req|request|res|response)$/,
  /** Words of which one is in a text with such a function, where none of its operations is one that a family describes. */
  words: ["null", "undefined", "Error", "catch"],
} as const;

/** How such a function tells its callers. */
export const OWN_SIGNALS: CompletionSignals = {
  takesAnswer: true,
  isAwaited: true,
  takesThrown: false,
  failMembers: new Set(),
  object: null,
};

const TASK = {
  isAwaited: true,
  takesThrown: false,
  keepsErrors: true,
  failMembers: new Set<string>(),
  object: null,
} as const;

/** How the functions that a library calls tell it that they are done, where it looks at their answers and where it does not. */
export const TASK_SIGNALS = {
  answering: { ...TASK, takesAnswer: true, takesSeveral: true },
  silent: { ...TASK, takesAnswer: false },
} as const satisfies Readonly<Record<string, CompletionSignals>>;
