import { getEventListeners } from "node:events";
import { beforeEach, describe, expect, it } from "vitest";
import {
  clearTrace,
  type EventScript,
  Exception,
  handlerCount,
  handlerCounts,
  readTrace,
  restartVirtualClock,
  ScriptedEvents,
  ScriptedEventsWithTwins,
  TaskCanceledException,
  Thread,
  trace,
} from "../../fixtures/runtime/index.ts";

/** What event-based operations offer beside the event that ends them: cancellation, progress, and awaitable twins. */

beforeEach(() => {
  restartVirtualClock();
  clearTrace();
});

const loads = (...steps: NonNullable<EventScript["Load"]>): ScriptedEventsWithTwins =>
  new ScriptedEventsWithTwins({ Load: steps });

/** What was traced by the test itself. */
const noted = (): readonly string[] => readTrace().filter((line) => !line.includes("#"));

describe("CancelAsync", () => {
  it("only asks: the event comes later and says that it was cancelled", () => {
    const loader = loads({ delay: 50 });
    loader.add_LoadCompleted((_sender, e) => trace("raised", e.Cancelled, e.Error, e.UserState));
    loader.LoadAsync("key", "state");
    loader.CancelAsync("other");
    loader.CancelAsync("state");
    loader.CancelAsync("state");
    expect(loader.IsBusy).toBe(true);
    expect(readTrace()).toEqual(["Load#0(key) started", "Load#0 asked to cancel"]);
    Thread.Sleep(100);
    expect(readTrace().slice(2)).toEqual(["Load#0 cancelled", "raised True  state"]);
    expect(() => loader.CancelAsync("state")).not.toThrow();
  });

  it.each([
    ["ignores the request", { delay: 3, ignoresCancel: true }],
    ["completes before the request takes effect", { delay: 1, cancelDelay: 2 }],
  ])("does not keep an operation from success that %s", (_, step) => {
    const loader = loads({ ...step, value: "answer" });
    loader.add_LoadCompleted((_sender, e) => trace(e.Cancelled, e.Result));
    loader.LoadAsync("");
    loader.CancelAsync();
    Thread.Sleep(10);
    expect(noted()).toEqual(["False answer"]);
  });

  it("without user state asks those that were started without", () => {
    const events = new ScriptedEvents({ Load: [{ delay: 9 }, { delay: 9 }], Save: [{ delay: 9 }] });
    events.LoadAsync("a");
    events.LoadAsync("b", 1);
    events.SaveAsync("a", "");
    events.CancelAsync();
    Thread.Sleep(9);
    expect(readTrace().filter((line) => /cancelled|completed/u.test(line))).toEqual([
      "Load#0 cancelled",
      "Save#0 cancelled",
      "Load#1 completed",
    ]);
  });
});

describe("progress", () => {
  it("is told with the user state, and no more once the operation has ended", () => {
    const progress = [
      [1, 20],
      [3, 60],
      [4, 100],
      [5, 120],
    ] as const;
    const events = new ScriptedEvents({
      Load: [
        { delay: 4, progress },
        { delay: 50, progress },
      ],
      Save: [{ delay: 2, progress: [[1, 50]] }],
    });
    events.add_ProgressChanged((sender, e) => trace(sender === events, e.ProgressPercentage, e.UserState));
    events.add_LoadCompleted((_sender, e) => trace("ended", e.UserState));
    events.LoadAsync("", "load");
    events.SaveAsync("", "", "save");
    Thread.Sleep(10);
    expect(noted()).toEqual(["True 20 load", "True 50 save", "True 60 load", "True 100 load", "ended load"]);
    clearTrace();
    events.LoadAsync("", "load");
    events.CancelAsync("load");
    Thread.Sleep(60);
    // What is due at the tick of the end, but was scheduled before it, still comes.
    expect(noted()).toEqual(["True 20 load", "ended load"]);
  });
});

describe("an awaitable twin", () => {
  it("does the same as the starter and leaves no handler behind", async () => {
    const script = (): EventScript => ({
      Load: [{ value: "x", delay: 2 }, { error: "lost" }],
      Save: [{}],
      Query: [{ value: 1, message: "m" }],
    });
    const awaiting = new ScriptedEventsWithTwins(script());
    const task = awaiting.LoadTaskAsync("a");
    expect(handlerCount(awaiting, "LoadCompleted")).toBe(1);
    trace(await task);
    await expect(awaiting.LoadTaskAsync("b")).rejects.toEqual(new Exception("lost"));
    await expect(awaiting.SaveTaskAsync("a", "b")).resolves.toBeUndefined();
    await expect(awaiting.QueryTaskAsync("q")).resolves.toEqual({ Result: 1, Message: "m", HasMore: false });
    expect(handlerCounts(awaiting)).toEqual({});
    const traced = readTrace();

    restartVirtualClock();
    clearTrace();
    const raising = new ScriptedEvents(script());
    raising.add_LoadCompleted((_sender, e) => {
      if (e.Error === null) trace(e.Result);
    });
    raising.LoadAsync("a");
    Thread.Sleep(2);
    raising.LoadAsync("b");
    Thread.Sleep(1);
    raising.SaveAsync("a", "b");
    Thread.Sleep(1);
    raising.QueryAsync("q");
    Thread.Sleep(1);
    expect(readTrace()).toEqual(traced);
  });

  it("calls the handlers of others, with a user state that is none of theirs", async () => {
    const loader = loads({ value: "x" }, { value: "y", delay: 2 });
    loader.add_LoadCompleted((_sender, e) => trace(e.Result, e.UserState === "mine"));
    loader.LoadAsync("", "mine");
    await loader.LoadTaskAsync("");
    expect(noted()).toEqual(["x True", "y False"]);
  });

  it("may overlap with others, and blocks where it is waited for", () => {
    const loader = loads({ value: "x", delay: 5 }, { value: "y" });
    const tasks = [loader.LoadTaskAsync(""), loader.LoadTaskAsync("")] as const;
    expect([tasks[1].Result, loader.IsBusy, tasks[0].Result, loader.IsBusy]).toEqual(["y", true, "x", false]);
  });

  it("throws usage errors, and leaves no handler behind", () => {
    const loader = loads({ beginThrows: "closed" });
    const { signal } = new AbortController();
    expect(() => loader.LoadTaskAsync("", { signal })).toThrow(new Exception("closed"));
    expect(handlerCounts(loader)).toEqual({});
  });

  it("is cancelled when the operation has ended so, not when that is asked for", async () => {
    const loader = loads({ delay: 9 }, { delay: 9 }, { delay: 9, ignoresCancel: true, value: "answer" });
    const controller = new AbortController();
    const task = loader.LoadTaskAsync("", { signal: controller.signal });
    controller.abort();
    expect(readTrace().at(-1)).toBe("Load#0 asked to cancel");
    expect([loader.IsBusy, handlerCount(loader, "LoadCompleted")]).toEqual([true, 1]);
    await expect(task).rejects.toBeInstanceOf(TaskCanceledException);
    expect(task.IsCanceled).toBe(true);

    const second = loader.LoadTaskAsync("");
    loader.CancelAsync();
    await expect(second).rejects.toBeInstanceOf(TaskCanceledException);

    const third = loader.LoadTaskAsync("");
    loader.CancelAsync();
    await expect(third).resolves.toBe("answer");
    expect(handlerCounts(loader)).toEqual({});
  });

  it("does not start when it is cancelled already, and leaves a signal alone after its end", async () => {
    const loader = loads({ value: "x" });
    await expect(loader.LoadTaskAsync("", { signal: AbortSignal.abort() })).rejects.toBeInstanceOf(
      TaskCanceledException,
    );
    expect(readTrace()).toEqual([]);
    const controller = new AbortController();
    const task = loader.LoadTaskAsync("", { signal: controller.signal });
    expect(getEventListeners(controller.signal, "abort")).toHaveLength(1);
    await task;
    expect(getEventListeners(controller.signal, "abort")).toEqual([]);
  });

  it("is there only where it was asked for", () => {
    expect("LoadTaskAsync" in new ScriptedEvents({})).toBe(false);
    expect("LoadTaskAsync" in loads()).toBe(true);
  });
});
