import { beforeEach, describe, expect, it } from "vitest";
import {
  BackgroundWorker,
  clearTrace,
  type EventScript,
  type EventSpelling,
  handlerCounts,
  type MemberCasing,
  readTrace,
  restartVirtualClock,
  ScriptedEvents,
  spelled,
  TargetInvocationException,
  Thread,
  trace,
} from "../../fixtures/runtime/index.ts";

/** One component, with its events spelled as on the hosts that scripts run in. */

beforeEach(() => {
  restartVirtualClock();
  clearTrace();
});

type Handler = (...args: never[]) => void;

const SCRIPT: EventScript = { Load: [{ value: "x" }, { error: "lost" }, { delay: 9 }] };

/** What was traced by the test itself. */
const noted = (): readonly string[] => readTrace().filter((line) => !line.includes("#"));

/** How each spelling adds and removes a handler of the event that ends a load, and tells of it. */
const SPELLINGS = [
  {
    spelling: "accessors",
    add: (view, handler) => view.add_LoadCompleted(handler),
    remove: (view, handler) => view.remove_LoadCompleted(handler),
  },
  {
    spelling: "accessors",
    casing: "camel",
    add: (view, handler) => view.add_loadCompleted(handler),
    remove: (view, handler) => view.remove_loadCompleted(handler),
  },
  {
    spelling: "calls",
    add: (view, handler) => view.LoadCompleted("add", handler),
    remove: (view, handler) => view.LoadCompleted("remove", handler),
  },
  {
    spelling: "objects",
    add: (view, handler) => view.LoadCompleted.connect(handler),
    remove: (view, handler) => view.LoadCompleted.disconnect(handler),
  },
  {
    spelling: "objects",
    casing: "camel",
    add: (view, handler) => view.loadCompleted.add(handler),
    remove: (view, handler) => view.loadCompleted.remove(handler),
  },
  {
    spelling: "listeners",
    add: (view, handler) => view.addEventListener("loadcompleted", handler),
    remove: (view, handler) => view.removeEventListener("loadcompleted", handler),
  },
  {
    spelling: "listeners",
    add: (view, handler) => {
      view.onloadcompleted = handler;
    },
    remove: (view) => {
      view.onloadcompleted = null;
    },
  },
  {
    spelling: "emitter",
    add: (view, handler) => view.on("loadCompleted", handler),
    remove: (view, handler) => view.off("loadCompleted", handler),
  },
] as const satisfies readonly {
  readonly spelling: EventSpelling;
  readonly casing?: MemberCasing;
  add(view: ReturnType<typeof spelled>, handler: Handler): void;
  remove(view: ReturnType<typeof spelled>, handler: Handler): void;
}[];

it.each(SPELLINGS)(
  "$spelling calls the handler as the host does, and leaves none behind ($#)",
  ({ spelling, add, remove, ...rest }) => {
    const component = new ScriptedEvents(SCRIPT);
    const casing = "casing" in rest ? rest.casing : undefined;
    const view = spelled(component, spelling, casing);
    const isCamel = casing === "camel" || spelling === "listeners" || spelling === "emitter";
    const takesArgsOnly = spelling === "listeners" || spelling === "emitter";
    const handler = (...args: readonly unknown[]): void => {
      const e = args.at(-1) as Record<string, unknown>;
      const [error, result, state] = isCamel
        ? (["error", "result", "userState"] as const)
        : (["Error", "Result", "UserState"] as const);
      expect(args).toHaveLength(takesArgsOnly ? 1 : 2);
      if (!takesArgsOnly) expect(args[0]).toBe(view);
      expect([error in e, "other" in e]).toEqual([true, false]);
      if (e[error] === null) trace(e[result], e[state]);
      else expect(() => e[result]).toThrow(TargetInvocationException);
    };
    add(view, handler);
    expect(handlerCounts(view)).toEqual({ LoadCompleted: 1 });
    expect(handlerCounts(component)).toEqual({ LoadCompleted: 1 });
    if (isCamel) view.loadAsync("key", "state");
    else view.LoadAsync("key", "state");
    expect(view.IsBusy).toBe(true);
    Thread.Sleep(1);
    view.LoadAsync("key");
    Thread.Sleep(1);
    expect(noted()).toEqual(["x state"]);
    remove(view, handler);
    expect(handlerCounts(component)).toEqual({});
    const isDotNet = spelling === "accessors" && !isCamel;
    expect(["add_LoadCompleted" in view, typeof view.add_LoadCompleted]).toEqual([
      isDotNet,
      isDotNet ? "function" : "undefined",
    ]);
  },
);

describe("a spelling", () => {
  const raise = (view: ScriptedEvents): void => {
    view.LoadAsync("");
    Thread.Sleep(1);
  };
  const component = (): ScriptedEvents => new ScriptedEvents({ Load: [{}, {}, {}] });

  it("of listeners adds a listener once, and has one property", () => {
    const view = spelled(component(), "listeners");
    const listener = (): void => trace("listener");
    view.addEventListener("loadcompleted", listener);
    view.addEventListener("loadcompleted", listener);
    view.addEventListener("nothing", listener);
    view.onloadcompleted = () => trace("first");
    view.onloadcompleted = () => trace("second");
    raise(view);
    expect(noted()).toEqual(["listener", "second"]);
    expect(handlerCounts(view)).toEqual({ LoadCompleted: 2 });
    view.onloadcompleted = null;
    view.onloadcompleted = null;
    view.removeEventListener("loadcompleted", listener);
    expect(handlerCounts(view)).toEqual({});
    expect(view.onloadcompleted).toBeNull();
  });

  it.each([
    ["emitter", (view: ReturnType<typeof spelled>, listener: Handler) => view.once("loadCompleted", listener)],
    [
      "listeners",
      (view: ReturnType<typeof spelled>, listener: Handler) =>
        view.addEventListener("loadcompleted", listener, { once: true }),
    ],
  ] as const)("of %s has listeners that are called once and are gone by then", (spelling, once) => {
    const view = spelled(component(), spelling);
    once(view, () => trace("raised", Object.keys(handlerCounts(view)).length));
    raise(view);
    raise(view);
    expect(noted()).toEqual(["raised 0"]);
  });

  it("of an emitter adds as often as it is told to, and removes what is called once as well", () => {
    const view = spelled(component(), "emitter");
    const listener = (): void => trace("raised");
    view.on("loadCompleted", listener);
    view.on("loadCompleted", listener);
    view.once("loadCompleted", listener);
    view.off("loadCompleted", listener);
    raise(view);
    expect(noted()).toEqual(["raised", "raised"]);
    view.off("loadCompleted", listener);
    expect(handlerCounts(view)).toEqual({ LoadCompleted: 1 });
  });

  it("of objects gives connections", () => {
    const view = spelled(component(), "objects");
    const connection = view.LoadCompleted.connect(() => trace("raised"));
    raise(view);
    connection.disconnect();
    connection.disconnect();
    raise(view);
    expect(noted()).toEqual(["raised"]);
    expect(handlerCounts(view)).toEqual({});
  });

  it("goes for every object with events, and for the properties it has", () => {
    const worker = new BackgroundWorker();
    const view = spelled(worker, "emitter");
    view.workerReportsProgress = true;
    view.on("doWork", (e: { argument: string; result: string }) => {
      e.result = `done ${e.argument}`;
    });
    view.on("runWorkerCompleted", (e: { result: string }) => trace(e.result));
    view.runWorkerAsync("job");
    Thread.Sleep(1);
    expect(worker.WorkerReportsProgress).toBe(true);
    expect(noted()).toEqual(["done job"]);
  });
});
