/**
 * The hosts of the programs in `fixtures/outcome-rows`, as small as they can be: they keep to what the families say. How their operations
 * go is the first argument of the process: well, or all `fail`, or the `second` one does, or each call `throws`.
 */

const [, , manner] = process.argv;
let calls = 0;

/** Begins an operation, which is over a moment later. */
function begin(value: unknown, end: (error: Error | null, value: unknown) => void): void {
  if (manner === "throws") throw new TypeError("no such call");
  const isFailed = manner === "fail" || (manner === "second" && ++calls === 2);
  setTimeout(() => end(isFailed ? new Error("failed on purpose") : null, isFailed ? undefined : value), 5);
}

type Callback = (...values: unknown[]) => void;

const runtime: { lastError: Error | undefined } = { lastError: undefined };

/** A function of a browser: its error is there as long as the callback runs, or it rejects a promise. */
function browser(value: (...args: readonly unknown[]) => unknown): (...args: unknown[]) => unknown {
  return (...args) => {
    const callback = typeof args.at(-1) === "function" ? (args.pop() as Callback) : null;
    if (callback === null) {
      return promised((settle) => begin(value(...args), settle));
    }
    begin(value(...args), (error, given) => {
      runtime.lastError = error ?? undefined;
      try {
        callback(given);
      } finally {
        runtime.lastError = undefined;
      }
    });
    return undefined;
  };
}

/** What throws at once does so in either form. */
function promised(start: (settle: (error: unknown, value: unknown) => void) => void): Promise<unknown> {
  const { promise, resolve, reject } = withResolvers();
  start((error, value) => (error === null ? resolve(value) : reject(error)));
  return promise;
}

function withResolvers(): { promise: Promise<unknown>; resolve: Callback; reject: Callback } {
  let settle: { resolve: Callback; reject: Callback } | undefined;
  const promise = new Promise<unknown>((resolve, reject) => {
    settle = { resolve, reject };
  });
  return { promise, ...settle! };
}

const chrome = {
  runtime,
  tabs: {
    get: browser((id) => ({ id, title: `tab ${id}`, url: "about:blank" })),
    create: browser((options) => options),
    remove: browser(() => undefined),
  },
  storage: { local: { get: browser((key) => ({ [String(key)]: "dark" })) } },
};

/** A function of an office: its callback is given one object, in which the state comes back. It never gives a promise. */
function office(value: (...args: readonly unknown[]) => unknown): (...args: unknown[]) => void {
  return (...args) => {
    const callback = args.at(-1) as Callback;
    const options = args.find((each) => typeof each === "object" && each !== null) as { asyncContext?: unknown };
    begin(value(...args), (error, given) =>
      callback({
        status: error === null ? "succeeded" : "failed",
        value: given,
        error: error ?? undefined,
        asyncContext: options?.asyncContext,
      }),
    );
  };
}

const Office = {
  AsyncResultStatus: { Failed: "failed", Succeeded: "succeeded" },
  context: {
    mailbox: {
      getCallbackTokenAsync: office(() => "token"),
      item: {
        body: { getAsync: office((type) => `body as ${String(type)}`) },
        subject: { setAsync: office(() => undefined) },
      },
    },
  },
};

const geolocation = {
  getCurrentPosition(success: Callback, failure?: Callback | null): void {
    begin({ coords: { latitude: 52 } }, (error, position) => (error === null ? success(position) : failure?.(error)));
  },
};

const plugins = {
  scan(place: string, success: Callback, failure?: Callback | null): void {
    begin(`text from ${place}`, (error, text) => (error === null ? success(text, "qr") : failure?.("too dark")));
  },
};

interface Options {
  success?: Callback;
  fail?: Callback;
  complete?: Callback;
}

/** A function of a small program: it gives a promise only where nothing is called back. */
function mini(value: (options: Options) => unknown, given?: object): (options: Options) => unknown {
  return (options) => {
    const { complete, fail, success } = options;
    const end = (error: Error | null, result: unknown): void => {
      if (error === null) success?.(result);
      else fail?.({ errMsg: error.message });
      complete?.();
    };
    if (given === undefined && success === undefined && fail === undefined && complete === undefined)
      return promised((settle) =>
        begin(value(options), (error, result) => settle(error === null ? null : { errMsg: error.message }, result)),
      );
    begin(value(options), end);
    return given;
  };
}

const wx = {
  getStorage: mini(() => ({ data: "dark" })),
  setStorage: mini(() => ({})),
  login: mini(() => ({ code: 42 })),
  request: mini(() => ({ statusCode: 200 }), { abort() {} }),
};

/** A request to a store, which tells by events what came of it. */
class StoreRequest extends EventTarget {
  result: unknown = undefined;
  error: Error | null = null;

  constructor(value: unknown) {
    super();
    begin(value, (error, result) => {
      [this.error, this.result] = [error, result];
      const event = new Event(error === null ? "success" : "error");
      (this as unknown as Record<string, Callback | undefined>)[`on${event.type}`]?.call(
        this,
        Object.defineProperty(event, "target", { value: this, configurable: true }),
      );
      this.dispatchEvent(new Event(event.type));
    });
  }
}

const store = {
  get: (key: unknown) => new StoreRequest({ text: `note ${String(key)}` }),
  put: () => new StoreRequest(7),
};
const database = { transaction: () => ({ objectStore: () => store }) };

const hosts = { chrome, Office, navigator: { geolocation }, plugins, wx, database, window: globalThis };
for (const [name, value] of Object.entries(hosts))
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
