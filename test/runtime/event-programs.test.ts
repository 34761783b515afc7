import { afterAll, describe, expect, it } from "vitest";
import { TracedRunner } from "../harness/run-traced.ts";

/** A program and what a careful maintainer would migrate it to leave the same trace on a scripted component. */

const runner = new TracedRunner();
afterAll(() => runner.stop());

const STEPS: Readonly<Record<string, object>> = {
  success: { value: "x", delay: 3 },
  failure: { error: "lost", delay: 3 },
  "success at once": { value: "x", completesSynchronously: true },
  "a refused start": { beginThrows: "closed" },
  "no cancellation": { value: "x", delay: 9, ignoresCancel: true },
  "progress until its end": {
    delay: 4,
    progress: [
      [1, 25],
      [4, 100],
      [5, 125],
    ],
  },
};

const head = (step: object): string => `
  import { handlerCounts, ScriptedEventsWithTwins, spelled, trace } from "../runtime/index.ts";
  const loader = new ScriptedEventsWithTwins(${JSON.stringify({ Load: [step, { value: "other", delay: 5 }] })});
  const show = (e) => trace(e.Error ? "failed: " + e.Error.message : e.Cancelled ? "cancelled" : "loaded " + e.Result);
  const onProgress = (sender, e) => trace("progress", e.ProgressPercentage);
`;

const before = (step: object, cancels: boolean): string => `${head(step)}
  loader.add_ProgressChanged(onProgress);
  function load(key) {
    const onCompleted = (sender, e) => {
      loader.remove_LoadCompleted(onCompleted);
      show(e);
      trace(JSON.stringify(handlerCounts(loader)));
    };
    loader.add_LoadCompleted(onCompleted);
    try {
      loader.LoadAsync(key);
      ${cancels ? "loader.CancelAsync();" : ""}
    } catch (error) {
      loader.remove_LoadCompleted(onCompleted);
      trace("refused: " + error.message);
    }
  }
  load("a");
  trace("goes on");
`;

const after = (step: object, start: string, cancels: boolean): string => `${head(step)}
  const started = ${start};
  loader.add_ProgressChanged(onProgress);
  async function load(key) {
    let task;
    try {
      task = started(key);
    } catch (error) {
      return trace("refused: " + error.message);
    }
    ${cancels ? "loader.CancelAsync();" : ""}
    try {
      show({ Result: await task });
    } catch (error) {
      show(error.name === "TaskCanceledException" ? { Cancelled: true } : { Error: error });
    }
    trace(JSON.stringify(handlerCounts(loader)));
  }
  void load("a");
  trace("goes on");
`;

const TWIN = "(key) => loader.LoadTaskAsync(key)";
const TWIN_OF_VIEW = `(key) => spelled(loader, "emitter").loadTaskAsync(key)`;
const ADAPTER = `(key) => {
  let refused;
  const task = new Promise((resolve, reject) => {
    const onCompleted = (sender, e) => {
      if (e.UserState !== null) return;
      loader.remove_LoadCompleted(onCompleted);
      if (e.Error) reject(e.Error);
      else if (e.Cancelled) reject(Object.assign(new Error("cancelled"), { name: "TaskCanceledException" }));
      else resolve(e.Result);
    };
    loader.add_LoadCompleted(onCompleted);
    try {
      loader.LoadAsync(key);
    } catch (error) {
      loader.remove_LoadCompleted(onCompleted);
      refused = error;
    }
  });
  if (refused) throw refused;
  return task;
}`;

describe.each([
  ["twin", TWIN],
  ["twin on another host", TWIN_OF_VIEW],
  ["adapter", ADAPTER],
])("migrated to the %s", (_, start) => {
  it.each(Object.entries(STEPS).filter(([name]) => name !== "success at once"))(
    "does the same: %s",
    async (__, step) => {
      for (const cancels of [false, true]) {
        const expected = await runner.run(before(step, cancels));
        expect(await runner.run(after(step, start, cancels))).toEqual(expected);
        expect(expected).toMatchObject({ uncaught: null, isStalled: false });
        expect(expected.trace).toContain("goes on");
        // The handler of the progress event is the program's, for as long as it runs.
        if (!("beginThrows" in step)) expect(expected.trace.at(-1)).toBe('{"ProgressChanged":1}');
        if (cancels)
          expect(expected.trace.includes("cancelled")).toBe(!("ignoresCancel" in step) && !("beginThrows" in step));
      }
    },
  );

  it("goes on first where the event was raised within the starter", async () => {
    const step = STEPS["success at once"]!;
    expect((await runner.run(before(step, false))).trace.slice(-3)).toEqual([
      "loaded x",
      '{"ProgressChanged":1}',
      "goes on",
    ]);
    expect((await runner.run(after(step, start, false))).trace.slice(-3)).toEqual([
      "goes on",
      "loaded x",
      '{"ProgressChanged":1}',
    ]);
  });
});
