import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import {
  AggregateException,
  ArgumentException,
  ArgumentNullException,
  AsyncCallback,
  AutoResetEvent,
  clearTrace,
  Console,
  DateTime,
  DeadlockError,
  Encoding,
  Exception,
  FormatException,
  type IAsyncResult,
  InvalidOperationException,
  ManualResetEvent,
  onUnhandledException,
  readTrace,
  restartVirtualClock,
  type Script,
  ScriptedChannel,
  StringBuilder,
  Task,
  Thread,
  TimeSpan,
  trace,
  WaitHandle,
} from "../../fixtures/runtime/index.ts";

beforeEach(() => {
  restartVirtualClock();
  clearTrace();
});

const channelOf = (...steps: NonNullable<Script["Query"]>): ScriptedChannel => new ScriptedChannel({ Query: steps });
const turn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

async function untilIdle(): Promise<void> {
  for (let turns = 0; turns < 20; turns += 1) await turn();
}

describe("Begin and End", () => {
  it("returns the value of an operation that has completed", () => {
    const channel = channelOf({ value: "answer" });
    const ar = channel.BeginQuery(null, "state");
    Thread.Sleep(1);
    expect(ar.IsCompleted).toBe(true);
    expect(ar.AsyncState).toBe("state");
    expect(ar.CompletedSynchronously).toBe(false);
    expect(channel.EndQuery(ar)).toBe("answer");
  });

  it("blocks in End while the operation is pending", () => {
    const channel = channelOf({ value: "answer", delay: 100 });
    expect(channel.EndQuery(channel.BeginQuery())).toBe("answer");
  });

  it("throws the operation's error out of End, not out of Begin", () => {
    const channel = channelOf({ error: "lost" });
    const ar = channel.BeginQuery();
    expect(() => channel.EndQuery(ar)).toThrow(new Exception("lost"));
  });

  it("refuses a second End, also after a failure", () => {
    const channel = channelOf({ value: "answer" }, { error: "lost" });
    for (const ar of [channel.BeginQuery(), channel.BeginQuery()]) {
      try {
        channel.EndQuery(ar);
      } catch {
        // The failure of the operation is not what is tested.
      }
      expect(() => channel.EndQuery(ar)).toThrow(InvalidOperationException);
    }
  });

  it("refuses a handle of another operation, of another object, and of another make", () => {
    const channel = new ScriptedChannel({ Query: [{}], Write: [{}] });
    const foreign = { AsyncState: null, IsCompleted: true } as unknown as IAsyncResult;
    for (const ar of [channel.BeginWrite("text"), channelOf({}).BeginQuery(), foreign]) {
      expect(() => channel.EndQuery(ar)).toThrow(ArgumentException);
    }
    expect(() => channel.EndQuery(null as unknown as IAsyncResult)).toThrow(ArgumentNullException);
    expect(channel.EndQuery(channel.BeginQuery())).toBe("");
  });

  it("throws usage errors out of Begin and never calls back", () => {
    const channel = channelOf({ beginThrows: "closed" });
    expect(() => channel.BeginQuery(() => trace("called back"))).toThrow(new Exception("closed"));
    Thread.Sleep(10);
    expect(readTrace()).toEqual(["Query#0 refused"]);
  });

  it.each([
    ["success", { value: "answer" }],
    ["failure", { error: "lost" }],
  ])("calls back once on %s, when the handle is complete", (_, step) => {
    const channel = channelOf(step);
    const handles: IAsyncResult[] = [];
    const ar = channel.BeginQuery((handle) => {
      expect(handle.IsCompleted).toBe(true);
      expect(handle.AsyncWaitHandle.WaitOne(0)).toBe(true);
      handles.push(handle);
    });
    expect(handles).toEqual([]);
    Thread.Sleep(10);
    expect(handles).toEqual([ar]);
  });

  it("calls back from the event loop when nothing blocks", async () => {
    channelOf({ value: "answer" }).BeginQuery(new AsyncCallback(() => trace("called back")));
    trace("goes on");
    await untilIdle();
    expect(readTrace()).toEqual(["Query#0() started", "goes on", "Query#0 completed", "called back"]);
  });

  it("calls back before Begin returns when the operation completes synchronously", () => {
    const channel = channelOf({ value: "answer", completesSynchronously: true });
    const ar = channel.BeginQuery((handle) => trace("called back", handle.CompletedSynchronously));
    trace("Begin has returned");
    expect(ar.CompletedSynchronously).toBe(true);
    expect(readTrace().slice(2)).toEqual(["called back True", "Begin has returned"]);
  });

  it("lets a callback begin again", () => {
    const channel = new ScriptedChannel({ Read: [{ value: 2 }, { value: 1 }, { value: 0 }] });
    const buffer = new Uint8Array(4);
    const done = new ManualResetEvent(false);
    const callback = (ar: IAsyncResult): void => {
      const count = channel.EndRead(ar);
      trace(Encoding.ASCII.GetString(buffer, 0, count));
      if (count === 0) done.Set();
      else channel.BeginRead(buffer, 0, 4, callback);
    };
    channel.BeginRead(buffer, 0, 4, callback);
    done.WaitOne();
    expect(readTrace().filter((line) => !line.includes("#"))).toEqual(["AA", "B", ""]);
  });
});

describe("the order of completions", () => {
  it("is by due tick, then by start", () => {
    const channel = channelOf({ delay: 3 }, { delay: 1 }, { delay: 3 }, { delay: 2 });
    for (const name of ["a", "b", "c", "d"]) channel.BeginQuery((ar) => trace(ar.AsyncState), name);
    Thread.Sleep(3);
    expect(readTrace().filter((line) => !line.includes("#"))).toEqual(["b", "d", "a", "c"]);
  });

  it("is the same whether the thread blocks or the program awaits", async () => {
    const steps = [{ delay: 2, value: "x" }, { delay: 1, error: "lost" }, { value: "y" }];
    const blocking = channelOf(...steps);
    const handles = [blocking.BeginQuery(), blocking.BeginQuery()] as const;
    trace(blocking.EndQuery(handles[0]));
    expect(() => blocking.EndQuery(handles[1])).toThrow("lost");
    trace(blocking.Query());
    const expected = readTrace();

    restartVirtualClock();
    clearTrace();
    const awaiting = channelOf(...steps);
    const tasks = [awaiting.QueryAsync(), awaiting.QueryAsync()] as const;
    tasks[1].catch(() => {});
    trace(await tasks[0]);
    await expect(tasks[1]).rejects.toThrow("lost");
    trace(await awaiting.QueryAsync());
    expect(readTrace()).toEqual(expected);
  });
});

describe("blocking waits", () => {
  it("deliver what falls due while they block", () => {
    channelOf({ delay: 5 }).BeginQuery(() => trace("called back"));
    Thread.Sleep(TimeSpan.FromMilliseconds(4));
    expect(readTrace()).not.toContain("called back");
    Thread.Sleep(TimeSpan.FromMilliseconds(1));
    expect(readTrace()).toContain("called back");
  });

  it("end when a callback sets the event", () => {
    const done = new ManualResetEvent(false);
    channelOf({ delay: 5 }).BeginQuery(() => done.Set());
    expect(done.WaitOne()).toBe(true);
    expect(done.WaitOne(0)).toBe(true);
  });

  it("end when the time is up", () => {
    const channel = channelOf({ delay: 5, value: "answer" });
    const ar = channel.BeginQuery();
    expect(ar.AsyncWaitHandle.WaitOne(4)).toBe(false);
    expect(new ManualResetEvent(false).WaitOne(TimeSpan.Zero)).toBe(false);
    expect(ar.AsyncWaitHandle.WaitOne(1)).toBe(true);
    expect(channel.EndQuery(ar)).toBe("answer");
  });

  it("let a loop over IsCompleted end", () => {
    const channel = channelOf({ delay: 50, value: "answer" });
    const ar = channel.BeginQuery();
    while (!ar.IsCompleted) {
      // Reading it lets the time pass.
    }
    expect(channel.EndQuery(ar)).toBe("answer");
  });

  it("release one wait for each Set of an AutoResetEvent", () => {
    const ready = new AutoResetEvent(true);
    expect(ready.WaitOne(0)).toBe(true);
    expect(ready.WaitOne(0)).toBe(false);
    ready.Set();
    expect(WaitHandle.WaitAny([new ManualResetEvent(false), ready])).toBe(1);
    expect(WaitHandle.WaitAny([ready], 0)).toBe(WaitHandle.WaitTimeout);
  });

  it("wait for all handles", () => {
    const channel = channelOf({ delay: 2 }, { delay: 1 });
    const handles = [channel.BeginQuery(), channel.BeginQuery()].map((ar) => ar.AsyncWaitHandle);
    expect(WaitHandle.WaitAll(handles, 1)).toBe(false);
    expect(WaitHandle.WaitAll(handles)).toBe(true);
  });
});

describe("a wait that can never end", () => {
  it("throws, for an event that nobody sets", () => {
    expect(() => new ManualResetEvent(false).WaitOne()).toThrow(DeadlockError);
  });

  it("throws once everything pending has been delivered", () => {
    channelOf({ delay: 5 }).BeginQuery(() => trace("called back"));
    expect(() => new ManualResetEvent(false).WaitOne()).toThrow(DeadlockError);
    expect(readTrace()).toContain("called back");
  });

  it("throws, for a task that an async function must finish", () => {
    const channel = channelOf({});
    const task = Task.Run(async () => {
      await channel.QueryAsync();
    });
    expect(() => task.Wait()).toThrow(/Task\.Wait blocks the only thread/u);
  });

  it("throws, for a loop over IsCompleted", () => {
    const task = new Task(() => {});
    expect(() => {
      while (!task.IsCompleted) {
        // Nothing can complete it.
      }
    }).toThrow(DeadlockError);
  });
});

describe("an exception that a callback lets escape", () => {
  it("is unhandled: no catch around the wait sees it", () => {
    const unhandled: unknown[] = [];
    onTestFinished(onUnhandledException((error) => unhandled.push(error)));
    channelOf({}).BeginQuery(() => {
      throw new Exception("escaped");
    });
    expect(() => Thread.Sleep(1)).not.toThrow();
    expect(unhandled).toEqual([new Exception("escaped")]);
  });

  it("is thrown out of Begin when the operation completed synchronously", () => {
    const channel = channelOf({ completesSynchronously: true });
    const begin = (): unknown =>
      channel.BeginQuery(() => {
        throw new Exception("escaped");
      });
    expect(begin).toThrow("escaped");
  });
});

describe("Task", () => {
  const caught = (act: () => unknown): unknown => {
    try {
      act();
    } catch (error) {
      return error;
    }
    throw new Error("Nothing was thrown.");
  };

  it("is a promise, and its reactions are plain promises", async () => {
    const task = channelOf({ value: "answer" }).QueryAsync();
    expect(task).toBeInstanceOf(Promise);
    expect(task.then()).not.toBeInstanceOf(Task);
    await expect(task).resolves.toBe("answer");
  });

  it("blocks in Result and Wait until it has completed", () => {
    const channel = channelOf({ value: "answer", delay: 5 });
    const task = channel.QueryAsync();
    expect(task.Wait(4)).toBe(false);
    expect(task.Result).toBe("answer");
    expect(task.IsCompleted).toBe(true);
    expect(task.Exception).toBeNull();
  });

  it("wraps its error in an AggregateException in Result and Wait only", async () => {
    const error = new Exception("lost");
    const task = channelOf({ error }).QueryAsync();
    for (const wait of [() => task.Result, () => task.Wait()]) {
      const wrapped = caught(wait);
      expect(wrapped).toBeInstanceOf(AggregateException);
      expect((wrapped as AggregateException).InnerException).toBe(error);
      expect((wrapped as AggregateException).InnerExceptions).toEqual([error]);
    }
    expect(caught(() => task.GetAwaiter().GetResult())).toBe(error);
    expect(task.IsFaulted).toBe(true);
    await expect(task).rejects.toBe(error);
  });

  it("collects the errors of all tasks", async () => {
    const channel = channelOf({ error: "first" }, { value: "answer" }, { error: "second" });
    const whole = Task.WhenAll([channel.QueryAsync(), channel.QueryAsync(), channel.QueryAsync()]);
    expect((caught(() => whole.Wait()) as AggregateException).InnerExceptions.map(String)).toEqual([
      "Exception: first",
      "Exception: second",
    ]);
    await expect(whole).rejects.toThrow("first");
  });

  it("combines tasks", async () => {
    const channel = channelOf({ value: "slow", delay: 3 }, { value: "fast" });
    const tasks = [channel.QueryAsync(), channel.QueryAsync()];
    expect(Task.WaitAny(tasks)).toBe(1);
    expect(Task.WhenAny(tasks).Result).toBe(tasks[1]);
    expect(Task.WaitAll(tasks, 1)).toBe(false);
    await expect(Task.WhenAll(tasks)).resolves.toEqual(["slow", "fast"]);
    await expect(Task.WhenAll([])).resolves.toEqual([]);
  });

  it("runs work when the thread blocks or is free", async () => {
    const task = Task.Run(() => "done");
    expect(task.Result).toBe("done");
    await expect(Task.Run(async () => Task.FromResult(1))).resolves.toBe(1);
    await expect(Task.FromException(new Exception("lost"))).rejects.toThrow("lost");
    Task.Delay(10).Wait();
  });
});

describe("text", () => {
  it("is formatted as on .NET", () => {
    const written: string[] = [];
    const standardOutput = Console.Out;
    onTestFinished(() => Console.SetOut(standardOutput));
    Console.SetOut({ Write: (text) => written.push(text) });
    Console.WriteLine("{1} {{0}} {0}", new StringBuilder().Append("a").Append(1), true);
    Console.WriteLine("{not a format}");
    Console.WriteLine(new Exception("lost"));
    Console.Write(null);
    expect(written.join("")).toBe("True {0} a1\n{not a format}\nException: lost\n");
    expect(() => Console.WriteLine("{1}", 0)).toThrow(FormatException);
  });

  it("is encoded and built", () => {
    expect(Encoding.ASCII.GetString(Encoding.ASCII.GetBytes("aé€<EOF>"))).toBe("a??<EOF>");
    expect(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes("aé€"), 1, 2)).toBe("é");
    expect(new StringBuilder("ab").Append("c").Length).toBe(3);
    expect(TimeSpan.FromSeconds(3723).toString()).toBe("01:02:03");
    expect(DateTime.Now.Add(TimeSpan.FromMinutes(1)).toString()).toBe("01/01/1970 00:01:00");
  });
});
