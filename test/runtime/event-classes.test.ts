import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import {
  ArgumentException,
  AsyncExample,
  type AsyncExampleScript,
  BackgroundWorker,
  clearTrace,
  DeadlockError,
  Exception,
  handlerCounts,
  InvalidOperationException,
  ManualResetEvent,
  onUnhandledException,
  readTrace,
  restartVirtualClock,
  TargetInvocationException,
  Thread,
  trace,
} from "../../fixtures/runtime/index.ts";

/** The event-based classes of .NET and of its documentation that need no network. */

beforeEach(() => {
  restartVirtualClock();
  clearTrace();
});

/** What was traced by the test itself. */
const noted = (): readonly string[] => readTrace().filter((line) => !line.includes("#"));

describe("AsyncExample", () => {
  function exampleOf(script?: AsyncExampleScript): AsyncExample {
    const example = new AsyncExample(script);
    example.add_Method1Completed((_sender, e) => {
      if (e.Error !== null) trace("Method1", e.UserState, e.Error);
      else if (e.Cancelled) trace("Method1", e.UserState, "cancelled");
      else trace("Method1", e.UserState, e.Result, e.OutOnly);
    });
    example.add_Method2Completed((_sender, e) => trace("Method2", e.UserState, e.Error ?? e.Cancelled, "Result" in e));
    return example;
  }

  it("goes by itself: longer parameters take longer, and some fail", () => {
    const example = exampleOf();
    example.Method1Async("abc", 1);
    example.Method1Async("", 2);
    example.Method1Async("a", 3);
    example.Method2Async(2.5, 4);
    example.Method2Async(-1, 5);
    Thread.Sleep(30);
    expect(noted()).toEqual([
      "Method1 2 ArgumentException: The value cannot be an empty string. (Parameter 'param')",
      "Method1 3 1 A",
      "Method2 4 False False",
      "Method2 5 ArgumentException: The value cannot be negative. (Parameter 'param') False",
      "Method1 1 3 ABC",
    ]);
  });

  it("goes as a script says, of the constructor or of the environment", () => {
    const script: AsyncExampleScript = {
      Method1: [{ value: 7, outOnly: "out", delay: 2 }, { error: "lost" }],
      Method2: [{ error: "late", delay: 9 }],
    };
    const expected = [
      "Method1 a 7 out",
      "Method1 b Exception: lost",
      "Method1 c 1 C",
      "Method2 d Exception: late False",
    ];
    process.env["TAPIFY_ASYNC_EXAMPLE"] = JSON.stringify(script);
    onTestFinished(() => void delete process.env["TAPIFY_ASYNC_EXAMPLE"]);
    for (const example of [exampleOf(script), exampleOf()]) {
      clearTrace();
      for (const [call, state] of ["a", "b", "c"].entries()) {
        example.Method1Async(state, state);
        if (call === 2) example.Method2Async(1, "d");
        Thread.Sleep(10);
      }
      expect(noted().toSorted()).toEqual(expected);
    }
  });

  it("offers both methods as blocking ones, which raise nothing", () => {
    const example = exampleOf();
    expect(example.Method1("abc")).toBe(3);
    expect(example.Method2(1)).toBeUndefined();
    expect(() => example.Method1("")).toThrow(ArgumentException);
    expect(noted()).toEqual([]);
  });

  it("overlaps with unique user states, and without one only between its methods", () => {
    const example = exampleOf();
    example.Method1Async("abc");
    example.Method2Async(1);
    expect(() => example.Method1Async("abc")).toThrow(InvalidOperationException);
    expect(() => example.Method2Async(1)).toThrow(InvalidOperationException);
    example.Method1Async("abc", "state");
    expect(() => example.Method1Async("abc", "state")).toThrow(ArgumentException);
    expect(() => example.Method2Async(1, "state")).toThrow(ArgumentException);
    expect(example.IsBusy).toBe(true);
    Thread.Sleep(30);
    expect(noted()).toEqual(["Method2  False False", "Method1  3 ABC", "Method1 state 3 ABC"]);
    expect(example.IsBusy).toBe(false);
  });

  it("cancels the call of a user state, later", () => {
    const example = exampleOf();
    example.Method1Async("abc", "a");
    example.Method1Async("abc", "b");
    example.CancelAsync("b");
    expect(noted()).toEqual([]);
    Thread.Sleep(30);
    expect(noted()).toEqual(["Method1 b cancelled", "Method1 a 3 ABC"]);
  });
});

describe("BackgroundWorker", () => {
  function workerOf(work: (worker: BackgroundWorker, argument: unknown) => unknown): BackgroundWorker {
    const worker = new BackgroundWorker();
    worker.WorkerReportsProgress = true;
    worker.WorkerSupportsCancellation = true;
    worker.add_DoWork((sender, e) => {
      e.Result = work(sender as BackgroundWorker, e.Argument);
      if (worker.CancellationPending) e.Cancel = true;
    });
    worker.add_ProgressChanged((_sender, e) => trace("progress", e.ProgressPercentage, e.UserState));
    worker.add_RunWorkerCompleted((_sender, e) => {
      if (e.Error !== null) {
        expect(() => e.Result as unknown).toThrow(TargetInvocationException);
        trace("failed", e.Error);
      } else if (e.Cancelled) {
        expect(() => e.Result as unknown).toThrow(InvalidOperationException);
        trace("cancelled");
      } else trace("completed", e.Result, e.UserState === null, worker.IsBusy);
    });
    return worker;
  }

  it("works when the program blocks or is free, not within the starter", async () => {
    const worker = workerOf((_worker, argument) => {
      trace("works");
      return `${String(argument)} done`;
    });
    worker.RunWorkerAsync("job");
    expect([noted().length, worker.IsBusy]).toEqual([0, true]);
    expect(() => worker.RunWorkerAsync()).toThrow(InvalidOperationException);
    Thread.Sleep(1);
    expect(noted()).toEqual(["works", "completed job done True False"]);
    clearTrace();
    worker.RunWorkerAsync("again");
    for (let turns = 0; turns < 5; turns += 1) await new Promise<void>((resolve) => void setImmediate(resolve));
    expect(noted()).toEqual(["works", "completed again done True False"]);
  });

  it("tells what its work reports before it completes, and as soon as the work blocks", () => {
    const worker = workerOf((self) => {
      self.ReportProgress(10, "a");
      trace("works");
      Thread.Sleep(1);
      self.ReportProgress(90);
      return null;
    });
    worker.RunWorkerAsync();
    Thread.Sleep(5);
    expect(noted()).toEqual(["works", "progress 10 a", "progress 90 ", "completed  True False"]);
  });

  it("gives the error that its work threw", () => {
    const worker = workerOf(() => {
      throw new Exception("lost");
    });
    worker.RunWorkerAsync();
    Thread.Sleep(1);
    expect(noted()).toEqual(["failed Exception: lost"]);
  });

  it("is cancelled only if its work says so", () => {
    const worker = workerOf(() => "answer");
    worker.RunWorkerAsync();
    worker.CancelAsync();
    expect([worker.CancellationPending, noted().length]).toEqual([true, 0]);
    Thread.Sleep(1);
    expect(noted()).toEqual(["cancelled"]);
    expect(worker.CancellationPending).toBe(false);

    const ignoring = new BackgroundWorker();
    ignoring.WorkerSupportsCancellation = true;
    ignoring.add_RunWorkerCompleted((_sender, e) => trace(e.Cancelled, e.Result));
    ignoring.RunWorkerAsync();
    ignoring.CancelAsync();
    Thread.Sleep(1);
    expect(noted().slice(1)).toEqual(["False "]);
  });

  it("refuses what it does not say that it supports", () => {
    const worker = new BackgroundWorker();
    expect(() => worker.CancelAsync()).toThrow(InvalidOperationException);
    expect(() => worker.ReportProgress(1)).toThrow(InvalidOperationException);
  });

  it("lets a loop over IsBusy end", () => {
    const worker = workerOf(() => Thread.Sleep(20));
    worker.RunWorkerAsync();
    while (worker.IsBusy) {
      // Reading it over and over lets the work run.
    }
    expect(noted()).toEqual(["completed  True False"]);
    expect(handlerCounts(worker)).toEqual({ DoWork: 1, ProgressChanged: 1, RunWorkerCompleted: 1 });
  });

  it("does not take a wait without end for a failure", () => {
    const unhandled: unknown[] = [];
    onTestFinished(onUnhandledException((error) => unhandled.push(error)));
    const worker = workerOf(() => new ManualResetEvent(false).WaitOne());
    worker.RunWorkerAsync();
    Thread.Sleep(1);
    expect(unhandled).toEqual([expect.any(DeadlockError)]);
    expect(noted()).toEqual([]);
  });
});
