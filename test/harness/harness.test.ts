import { afterAll, describe, expect, it } from "vitest";
import { compareRuns } from "./compare.ts";
import { TracedRunner } from "./run-traced.ts";
import { typeErrors } from "./typecheck.ts";

const TIMEOUT = 60_000;

describe("compareRuns", () => {
  const run = { stdout: ["a 1", "b"], exitCode: 0, effects: ["PUT"] };

  it("tells runs apart by what they print, do, and end with", () => {
    expect(compareRuns(run, { ...run })).toEqual({ isEqual: true, diff: "" });
    const others = [{ stdout: ["b", "a 1"] }, { exitCode: 1 }, { effects: [] }, { uncaught: "Error: x" }];
    for (const other of others) {
      const { isEqual, diff } = compareRuns(run, { ...run, ...other });
      expect(isEqual).toBe(false);
      expect(diff).toMatch(/^[-+][^-+]/mu);
    }
  });

  it("leaves out what it is told to", () => {
    expect(compareRuns(run, { ...run, stdout: ["b", "a 1"] }, { ordered: false }).isEqual).toBe(true);
    expect(compareRuns(run, { ...run, stdout: ["a 2", "b"] }, { varying: [/\d/u] }).isEqual).toBe(true);
    expect(compareRuns(run, { ...run, stdout: ["a 1", "b", "c"], exitCode: 1 }, { asPrefix: true }).isEqual).toBe(true);
    expect(compareRuns(run, { ...run, stdout: ["a 1"] }, { asPrefix: true }).isEqual).toBe(false);
  });
});

describe("typeErrors", { timeout: TIMEOUT }, () => {
  it("checks several programs under strict options", () => {
    const runtime = `import { ScriptedChannel } from "../runtime/index.ts";`;
    expect(
      typeErrors({
        "fixtures/seeds/good.ts": `${runtime}\nexport const text: Promise<string> = new ScriptedChannel({}).QueryAsync();`,
        "fixtures/seeds/bad.ts": `${runtime}\nexport const text: string = new ScriptedChannel({}).QueryAsync();`,
        "fixtures/seeds/unparsable.ts": "export const = 1;",
      }),
    ).toEqual([
      "fixtures/seeds/bad.ts(2,14): TS2322: Type 'Task<string>' is not assignable to type 'string'.",
      "fixtures/seeds/unparsable.ts(1,14): TS1134: Variable declaration expected.",
      "fixtures/seeds/unparsable.ts(1,16): TS1134: Variable declaration expected.",
    ]);
  });
});

describe("TracedRunner", { timeout: TIMEOUT }, () => {
  const runner = new TracedRunner();
  afterAll(() => runner.stop());

  const start = `
    import { Console, ManualResetEvent, ScriptedChannel, trace } from "../runtime/index.ts";
    const channel = new ScriptedChannel({ Query: [{ value: "x", delay: 2 }, { error: "lost" }] });
  `;

  it("gives a program that blocks and one that awaits the same trace", async () => {
    const blocking = await runner.run(`${start}
      const done = new ManualResetEvent(false);
      channel.BeginQuery((ar) => { Console.Write(channel.EndQuery(ar)); done.Set(); }, null);
      trace("begun");
      done.WaitOne();
    `);
    expect(blocking).toEqual({
      trace: ["Query#0() started", "begun", "Query#0 completed", 'print "x"'],
      uncaught: null,
      isStalled: false,
    });
    const awaiting = await runner.run(`${start}
      const query = channel.QueryAsync();
      trace("begun");
      Console.Write(await query);
    `);
    expect(awaiting).toEqual(blocking);
  });

  it("stops the trace where the program would have ended", async () => {
    const escaped = `channel.QueryAsync(); channel.BeginQuery((ar) => void channel.EndQuery(ar), null);`;
    const rejected = `channel.QueryAsync(); void channel.QueryAsync();`;
    for (const program of [escaped, rejected]) {
      expect(await runner.run(start + program)).toMatchObject({
        trace: ["Query#0() started", "Query#1() started", "Query#1 failed"],
        uncaught: "Exception: lost",
      });
    }
    expect((await runner.run(`${start} new ManualResetEvent(false).WaitOne();`)).uncaught).toMatch(/^DeadlockError: /u);
  });

  it("notices programs that wait for ever, and survives programs that never end", async () => {
    expect(await runner.run("await new Promise(() => {});")).toMatchObject({ isStalled: true, uncaught: null });
    await expect(runner.run("for (;;);", 200)).rejects.toThrow("has not ended");
    expect(await runner.run(`${start} trace("again");`)).toMatchObject({ trace: ["again"] });
  });
});
