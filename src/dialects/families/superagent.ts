import { alike, errorFirst, type AwaitedForm, type Dialect, type Maker, type OperationForm } from "../dialect.ts";

const VERBS = ["del", "delete", "get", "head", "options", "patch", "post", "put"];
/** What gives the request again. */
const CHAIN = [
  ...["accept", "attach", "auth", "buffer", "ca", "cert", "field", "http2", "key", "maxResponseSize", "ok", "parse"],
  ...["pfx", "query", "redirects", "responseType", "retry", "send", "serialize", "set", "sortQuery", "timeout"],
  ...["trustLocalhost", "type", "unset", "use", "withCredentials", "on", "once", "expect"],
];

/** The members of a response that tell how the server has answered. */
const TOLD = [
  ...[
    "status",
    "statusCode",
    "statusType",
    "ok",
    "error",
    "info",
    "clientError",
    "serverError",
    "accepted",
    "noContent",
  ],
  ...["badRequest", "unauthorized", "notAcceptable", "forbidden", "notFound", "unprocessableEntity"],
];

/** A request that fails, or an expectation that does, gives the response beside the error. */
function sent(kind: "receiver" | "sameCall", behind = 0): OperationForm {
  const awaited: AwaitedForm = { kind, gives: "value" };
  return {
    ...errorFirst("res"),
    delivery: { kind: "callback", behind },
    awaited,
    returns: "request",
    valuesAfterError: "given",
    failureToldBy: TOLD,
    stoppedBy: ["abort"],
    isCallbackOptional: true,
  };
}

function requests(modules: readonly string[], agents: readonly Maker[]): readonly Maker[] {
  return [
    { kind: "method", names: VERBS, of: agents },
    { kind: "export", how: "call", modules, names: VERBS },
    { kind: "itself", names: CHAIN },
  ];
}

const AGENT = ["superagent"];
const AGENTS: readonly Maker[] = [
  { kind: "export", how: "call", modules: AGENT, names: ["agent"] },
  { kind: "export", how: "new", modules: AGENT, names: ["agent"] },
  { kind: "itself", names: [...CHAIN, "jar"] },
];

const TEST = ["supertest"];
const TESTS: readonly Maker[] = [
  { kind: "export", how: "call", modules: TEST, names: ["", "agent", "default"] },
  { kind: "export", how: "new", modules: TEST, names: ["agent"] },
  { kind: "itself", names: [...CHAIN, "host"] },
];

/**
 * Requests of `superagent`, and those of `supertest` with what is expected of them: `end` sends, as an await of the request does, which calls
 * `end` with a callback of its own. Source: `then` in superagent's `request-base.js`, `end`, `expect` and `assert` in supertest's `test.js`.
 */
export const SUPERAGENT: readonly Dialect[] = [
  {
    name: "superagent",
    starts: [{ kind: "module", modules: AGENT }],
    operations: new Map(alike(VERBS.join(" "), sent("sameCall", 1))),
  },
  {
    name: "Requests of superagent",
    starts: [{ kind: "made", by: requests(AGENT, AGENTS) }],
    operations: new Map(alike("end", sent("receiver"))),
  },
  {
    name: "Requests of supertest",
    starts: [{ kind: "made", by: requests([], TESTS) }],
    operations: new Map([
      ...alike("end", sent("receiver")),
      // A function alone is what checks the response.
      ...alike("expect", sent("sameCall", 1)),
    ]),
  },
];
