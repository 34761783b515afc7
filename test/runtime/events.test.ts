import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import {
  ArgumentException,
  AsyncCompletedEventArgs,
  clearTrace,
  type EventScript,
  Exception,
  handlerCount,
  handlerCounts,
  InvalidOperationException,
  LoadCompletedEventArgs,
  LoadCompletedEventHandler,
  onUnhandledException,
  QueryCompletedEventArgs,
  readTrace,
  restartVirtualClock,
  ScriptedEvents,
  TargetInvocationException,
  Thread,
  trace,
} from "../../fixtures/runtime/index.ts";

/** Events and the arguments of those that end operations. */

beforeEach(() => {
  restartVirtualClock();
  clearTrace();
});

const loads = (...steps: NonNullable<EventScript["Load"]>): ScriptedEvents => new ScriptedEvents({ Load: steps });

/** What was traced by the test itself. */
const noted = (): readonly string[] => readTrace().filter((line) => !line.includes("#"));

function caught(act: () => unknown): Error {
  try {
    act();
  } catch (error) {
    return error as Error;
  }
  throw new Error("Nothing was thrown.");
}

describe("an event", () => {
  it("calls a handler as often as it was added, and removes the one added last", () => {
    const loader = loads({}, {}, {});
    const handlers = ["a", "b"].map((name) => () => trace(name));
    const [a, b] = handlers as [() => void, () => void];
    for (const handler of [a, b, a]) loader.add_LoadCompleted(handler);
    loader.LoadAsync("");
    Thread.Sleep(1);
    expect(noted()).toEqual(["a", "b", "a"]);
    expect(handlerCounts(loader)).toEqual({ LoadCompleted: 3 });

    clearTrace();
    loader.remove_LoadCompleted(a);
    loader.LoadAsync("");
    Thread.Sleep(1);
    expect(noted()).toEqual(["a", "b"]);

    for (const handler of [a, a, b]) loader.remove_LoadCompleted(handler);
    loader.LoadAsync("");
    Thread.Sleep(1);
    expect(noted()).toEqual(["a", "b"]);
    expect(handlerCounts(loader)).toEqual({});
  });

  it("goes on with the handlers it had when it was raised", () => {
    const loader = loads({}, {});
    const late = (): void => trace("late");
    const second = (): void => trace("second");
    loader.add_LoadCompleted(() => {
      trace("first");
      loader.remove_LoadCompleted(second);
      loader.add_LoadCompleted(late);
    });
    loader.add_LoadCompleted(second);
    loader.LoadAsync("");
    Thread.Sleep(1);
    expect(noted()).toEqual(["first", "second"]);
    loader.LoadAsync("");
    Thread.Sleep(1);
    expect(noted().slice(2)).toEqual(["first", "late"]);
  });

  it("takes delegates of one method for equal, and nothing for nothing", () => {
    const loader = loads({});
    const method = (sender: unknown, e: LoadCompletedEventArgs): void => trace(sender === loader, e.Result);
    loader.add_LoadCompleted(new LoadCompletedEventHandler(method));
    loader.add_LoadCompleted(null as never);
    expect(handlerCount(loader, "LoadCompleted")).toBe(1);
    loader.LoadAsync("key");
    Thread.Sleep(1);
    expect(noted()).toEqual(["True key"]);
    loader.remove_LoadCompleted(new LoadCompletedEventHandler(method));
    loader.remove_LoadCompleted(null as never);
    expect(handlerCount(loader, "loadcompleted")).toBe(0);
    expect(() => handlerCount(loader, "LoadComplete")).toThrow(ArgumentException);
  });

  it("has handlers whose exceptions no catch around the wait sees", () => {
    const unhandled: unknown[] = [];
    onTestFinished(onUnhandledException((error) => unhandled.push(error)));
    const loader = loads({ error: "lost" });
    loader.add_LoadCompleted((_sender, e) => trace(e.Result));
    loader.add_LoadCompleted(() => trace("not called"));
    loader.LoadAsync("");
    expect(() => Thread.Sleep(1)).not.toThrow();
    expect(unhandled).toEqual([expect.any(TargetInvocationException)]);
    expect(noted()).toEqual([]);
  });
});

describe("arguments of a completed event", () => {
  const error = new Exception("lost");

  it("give what came out of a success only", () => {
    const output = { Result: 1, Message: "text", HasMore: true };
    const e = new QueryCompletedEventArgs(output, null, false, "state");
    expect([e.Error, e.Cancelled, e.UserState, e.Result, e.Message, e.HasMore]).toEqual([
      null,
      false,
      "state",
      1,
      "text",
      true,
    ]);
    for (const read of ["Result", "Message", "HasMore"] as const) {
      const failure = caught(() => new QueryCompletedEventArgs(output, error, false, null)[read]);
      expect(failure).toBeInstanceOf(TargetInvocationException);
      expect((failure as TargetInvocationException).InnerException).toBe(error);
      expect(caught(() => new QueryCompletedEventArgs(output, null, true, null)[read])).toBeInstanceOf(
        InvalidOperationException,
      );
    }
  });

  it("look at the error before the cancellation", () => {
    const e = new LoadCompletedEventArgs("value", error, true, null);
    expect(caught(() => e.Result)).toBeInstanceOf(TargetInvocationException);
    expect([e.Error, e.Cancelled]).toEqual([error, true]);
  });

  it("can be derived from", () => {
    class SizeCompletedEventArgs extends AsyncCompletedEventArgs {
      get Size(): number {
        this.RaiseExceptionIfNecessary();
        return 1;
      }
    }
    expect(new SizeCompletedEventArgs(null, false, undefined)).toMatchObject({ Size: 1, UserState: null });
    expect(caught(() => new SizeCompletedEventArgs(error, false, null).Size)).toBeInstanceOf(TargetInvocationException);
  });
});
