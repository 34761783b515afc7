import { beforeEach, describe, expect, it } from "vitest";
import {
  ArgumentException,
  clearTrace,
  DeadlockError,
  type EventScript,
  Exception,
  InvalidOperationException,
  LoadCompletedEventArgs,
  ManualResetEvent,
  readTrace,
  restartVirtualClock,
  ScriptedEvents,
  Thread,
  trace,
} from "../../fixtures/runtime/index.ts";

/** Event-based operations from their start to the event that ends them. */

beforeEach(() => {
  restartVirtualClock();
  clearTrace();
});

const loads = (...steps: NonNullable<EventScript["Load"]>): ScriptedEvents => new ScriptedEvents({ Load: steps });
const turn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

/** What was traced by the test itself. */
const noted = (): readonly string[] => readTrace().filter((line) => !line.includes("#"));

describe("an operation", () => {
  it.each([
    ["success", { value: "answer" }, { Error: null, Cancelled: false, Result: "answer", UserState: "state" }],
    ["failure", { error: "lost" }, { Error: new Exception("lost"), Cancelled: false, UserState: "state" }],
  ])("raises its event once on %s, when the object is not busy any more", (_, step, expected) => {
    const loader = loads({ ...step, delay: 5 }, {});
    const raised: LoadCompletedEventArgs[] = [];
    loader.add_LoadCompleted((_sender, e) => {
      raised.push(e);
      expect(loader.IsBusy).toBe(false);
    });
    loader.LoadAsync("key", "state");
    Thread.Sleep(4);
    expect([raised.length, loader.IsBusy]).toEqual([0, true]);
    Thread.Sleep(10);
    expect(raised).toHaveLength(1);
    expect(raised[0]).toMatchObject(expected);
  });

  it("gives no result and has out values beside it where it is of that kind", () => {
    const events = new ScriptedEvents({ Save: [{}], Query: [{ value: 7, message: "text", hasMore: true }] });
    events.add_SaveCompleted((_sender, e) => trace("Result" in e, e.Error, e.UserState));
    events.add_QueryCompleted((_sender, e) => trace(e.Result, e.Message, e.HasMore));
    events.SaveAsync("key", "value", 3);
    events.QueryAsync("text");
    Thread.Sleep(1);
    expect(noted()).toEqual(["False  3", "7 text True"]);
  });

  it("raises its event from the event loop when nothing blocks", async () => {
    const loader = loads({ delay: 3 });
    loader.add_LoadCompleted(() => trace("raised"));
    loader.LoadAsync("key");
    trace("goes on");
    await turn();
    await turn();
    expect(readTrace()).toEqual(["Load#0(key) started", "goes on", "Load#0 completed", "raised"]);
  });

  it("ends a wait for an event that its handler sets, but not one that nobody ends", () => {
    const loader = loads({ delay: 3 });
    const done = new ManualResetEvent(false);
    loader.add_LoadCompleted(() => done.Set());
    loader.LoadAsync("");
    expect(done.WaitOne()).toBe(true);
    done.Reset();
    expect(() => done.WaitOne()).toThrow(DeadlockError);
  });

  it("may be started by the handler that ended the last", () => {
    const loader = loads({}, {}, {});
    let count = 0;
    loader.add_LoadCompleted((_sender, e) => {
      trace(e.Result);
      count += 1;
      if (count < 3) loader.LoadAsync(`key ${count}`);
    });
    loader.LoadAsync("key 0");
    Thread.Sleep(3);
    expect(noted()).toEqual(["key 0", "key 1", "key 2"]);
  });

  it("raises its event within the starter, with what it throws, when the script says so", () => {
    const loader = loads({ completesSynchronously: true });
    loader.add_LoadCompleted(() => {
      throw new Exception("escaped");
    });
    expect(() => loader.LoadAsync("")).toThrow("escaped");
    expect(loader.IsBusy).toBe(false);
  });

  it("is not started when its starter throws, and raises nothing", () => {
    const loader = loads({ beginThrows: "closed" }, {});
    loader.add_LoadCompleted(() => trace("raised"));
    expect(() => loader.LoadAsync("")).toThrow(new Exception("closed"));
    expect(loader.IsBusy).toBe(false);
    Thread.Sleep(5);
    expect(readTrace()).toEqual(["Load#0 refused"]);
    loader.LoadAsync("");
  });
});

describe("operations that overlap", () => {
  it("are told apart by user state, which is unique among all that are pending", () => {
    const events = new ScriptedEvents({ Load: [{ delay: 5 }, { delay: 2 }, {}], Save: [{}] });
    events.add_LoadCompleted((_sender, e) => trace(e.UserState));
    events.LoadAsync("a", "first");
    events.LoadAsync("b", "second");
    expect(() => events.LoadAsync("c", "first")).toThrow(ArgumentException);
    expect(() => events.SaveAsync("c", "", "second")).toThrow(ArgumentException);
    Thread.Sleep(3);
    expect(noted()).toEqual(["second"]);
    expect(events.IsBusy).toBe(true);
    events.SaveAsync("c", "", "second");
    Thread.Sleep(3);
    expect(noted()).toEqual(["second", "first"]);
  });

  it("are refused without user state, but those of different kinds are not", () => {
    const events = new ScriptedEvents({ Load: [{}, {}], Save: [{}] });
    events.LoadAsync("a");
    expect(() => events.LoadAsync("b", null)).toThrow(InvalidOperationException);
    events.SaveAsync("a", "");
    events.LoadAsync("b", "state");
    expect(readTrace()).toHaveLength(3);
  });
});

describe("IsBusy", () => {
  it("lets no event in where a guard reads it, and ends a loop that spins on it", () => {
    const loader = loads({ delay: 1 }, { delay: 50 });
    loader.LoadAsync("");
    expect([loader.IsBusy, loader.IsBusy]).toEqual([true, true]);
    expect(readTrace()).toHaveLength(1);
    Thread.Sleep(1);
    loader.LoadAsync("");
    while (loader.IsBusy) {
      // Reading it over and over lets the time pass.
    }
    expect(readTrace()).toHaveLength(4);
  });
});
