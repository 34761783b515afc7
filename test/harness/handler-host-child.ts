import { pathToFileURL } from "node:url";

/*
 * A host that calls what a module exports as `handler` once, and prints the answer. The old one passes a callback, takes the first call of it
 * or a returned promise, and waits until nothing is running unless it is told not to; the context tells the same. The new one starts no function that
 * declares a callback, and its context has no members that tell an answer.
 */

const [path, kind, event] = process.argv.slice(2) as [string, "old" | "new", string];

interface HostContext {
  readonly awsRequestId: string;
  callbackWaitsForEmptyEventLoop: boolean;
  readonly done?: Callback;
  readonly succeed?: (answer?: unknown) => void;
  readonly fail?: (error?: unknown) => void;
}

type Callback = (error?: unknown, answer?: unknown) => void;
type Handler = (event: unknown, context: HostContext, callback?: Callback) => unknown;

let outcome: string | null = null;
const told = { done, succeed: (answer?: unknown) => done(null, answer), fail: (error?: unknown) => done(error) };
const context: HostContext = {
  awsRequestId: "1",
  callbackWaitsForEmptyEventLoop: true,
  ...(kind === "old" ? told : {}),
};

function say(): void {
  console.log(outcome ?? "answer null");
  process.exit();
}

function done(error?: unknown, answer?: unknown): void {
  if (outcome !== null) return;
  const told = error instanceof Error ? `${error.name} ${error.message}` : `${typeof error} ${String(error)}`;
  outcome = error ? `error ${told}` : `answer ${JSON.stringify(answer) ?? "null"}`;
  if (!context.callbackWaitsForEmptyEventLoop) say();
}

function take(result: Promise<unknown>): void {
  context.callbackWaitsForEmptyEventLoop = false;
  result.then(
    (answer) => done(null, answer),
    (error: unknown) => done(error ?? new Error("none")),
  );
}

process.on("beforeExit", say);
process.on("uncaughtException", (error) => done(error));

interface Loaded {
  readonly handler?: Handler;
  readonly default?: { readonly handler: Handler };
}

const loaded = (await import(pathToFileURL(path).href)) as Loaded;
// Of a file of CommonJS this is what it exports, also where its names cannot be told from its text.
const handler = loaded.default?.handler ?? loaded.handler!;
if (kind === "new" && handler.length > 2) {
  console.log("not started");
  process.exit();
} else {
  try {
    const result = kind === "old" ? handler(JSON.parse(event), context, done) : handler(JSON.parse(event), context);
    if (kind === "new") take(Promise.resolve(result));
    else if (result instanceof Promise) take(result);
  } catch (error) {
    done(error);
  }
}
