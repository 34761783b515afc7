import { afterAll, expect, it } from "vitest";
import { migrateText } from "../../src/plan/migrate.ts";
import { TracedRunner } from "../harness/run-traced.ts";

/** Every way to implement a pair with every way to call it, for each outcome: the same is done in the same order, before and after. */

const runner = new TracedRunner();
afterAll(() => runner.stop());

/** Members of a class `Service`, whose operation takes a text and gives a text. */
const IMPLEMENTATIONS = {
  forwarded: pair("return channel.BeginQuery(callback, state);", "return channel.EndQuery(ar);"),
  "with work on both sides": pair(
    'trace("begin", text);\n    return channel.BeginQuery(callback, state);',
    'const answer = channel.EndQuery(ar);\n    trace("end");\n    return `${answer}!`;',
  ),
  "with work before the end": pair(
    "return channel.BeginQuery(callback, state);",
    'trace("ending");\n    return channel.EndQuery(ar);',
  ),
  "with a try around the end": pair(
    "return channel.BeginQuery(callback, state);",
    'try {\n      return channel.EndQuery(ar);\n    } catch (error) {\n      trace("caught", error);\n      return "none";\n    } finally {\n      trace("ended");\n    }',
  ),
  checked: pair(
    'if (text === "") throw new RangeError("nothing to ask");\n    return channel.BeginQuery(callback, state);',
    "return channel.EndQuery(ar);",
  ),
  "on a task": pair("return TaskToApm.Begin(answer(), callback, state);", "return TaskToApm.End(ar);"),
  "with a handle that keeps the outcome": pair(
    "const own = new Handle(text, callback, state);\n    channel.BeginQuery((inner) => {\n      try {\n        own.result = channel.EndQuery(inner) + own.text;\n      } catch (error) {\n        own.error = error;\n      }\n      own.complete();\n    }, null);\n    return own;",
    "const own = ar as Handle;\n    if (!own.IsCompleted) {\n      own.AsyncWaitHandle.WaitOne();\n    }\n    if (own.error !== undefined) throw own.error;\n    return own.result!;",
  ),
  "with a handle around another": pair(
    "const own = new Handle(text, callback, state);\n    channel.BeginQuery((inner) => own.completeWith(inner), null);\n    return own;",
    "const own = ar as Handle;\n    own.AsyncWaitHandle.WaitOne();\n    return channel.EndQuery(own.inner!) + own.text;",
  ),
  "by reference": pair(
    "return channel.BeginQuery(callback, state);",
    "const value = channel.EndQuery(ar);\n    length.Value = value.length;\n    return value;",
    true,
  ),
} as const;

/** Code that asks `service`; with `out`, the End takes a holder first. */
const CALLERS = {
  "by a callback": (out: boolean) =>
    `service.BeginAsk("a", (ar) => {\n  try {\n    ${ended(out)}\n  } catch (error) {\n    trace("failed", error);\n  }\n}, null);\ntrace("asked");`,
  "by a callback that knows its state": (out: boolean) =>
    `function told(ar: IAsyncResult): void {\n  try {\n    ${ended(out)}\n    trace(ar.AsyncState);\n  } catch (error) {\n    trace("failed", error, ar.AsyncState);\n  }\n}\nservice.BeginAsk("b", told, "state");\ntrace("asked");`,
  "at once": (out: boolean) =>
    `try {\n  const ar = service.BeginAsk("c", null, null);\n  ${ended(out)}\n} catch (error) {\n  trace("failed", error);\n}`,
  "with work in between": (out: boolean) =>
    `const ar = service.BeginAsk("d", null, null);\ntrace("between");\ntry {\n  ${ended(out)}\n} catch (error) {\n  trace("failed", error);\n}`,
  "twice, overlapping": (out: boolean) =>
    `for (const text of ["e", "f"]) {\n  service.BeginAsk(text, (ar) => {\n    try {\n      ${ended(out)}\n    } catch (error) {\n      trace("failed", error);\n    }\n  }, null);\n}`,
  "with nothing": (out: boolean) =>
    `try {\n  service.BeginAsk("", (ar) => {\n    try {\n      ${ended(out)}\n    } catch (error) {\n      trace("failed", error);\n    }\n  }, null);\n} catch (error) {\n  trace("not begun", error);\n}`,
} as const;

const SCRIPTS = {
  succeeds: '[{ value: "one", delay: 2 }, { value: "two", delay: 1 }]',
  fails: '[{ error: "lost", delay: 2 }, { error: "lost again" }]',
} as const;

/** What may be told in another order or by another way, with the reason. */
const DIFFERS: ReadonlySet<string> = new Set([
  // What the Begin throws comes out of what is awaited: in the callback's handler and not in that around the call.
  "checked, with nothing",
  // What the End does before it takes the outcome was done before the operation was complete, by callers that block.
  "with work before the end, at once",
  "with work before the end, with work in between",
]);

function pair(begin: string, end: string, hasOut = false): { readonly members: string; readonly hasOut: boolean } {
  const out = hasOut ? "length: Out<number>, " : "";
  return {
    hasOut,
    members: `  BeginAsk(text: string, callback: AsyncCallback | null, state: unknown): IAsyncResult {\n    ${begin}\n  }\n\n  EndAsk(${out}ar: IAsyncResult): string {\n    ${end}\n  }\n`,
  };
}

function ended(hasOut: boolean): string {
  return hasOut
    ? 'const length = new Out<number>();\n    const given = service.EndAsk(length, ar);\n    trace("given", given, length.Value);'
    : 'trace("given", service.EndAsk(ar));';
}

function program(members: string, caller: string, script: string): string {
  return `import { type AsyncCallback, type IAsyncResult, ManualResetEvent, Out, ScriptedChannel, trace } from "../runtime/index.ts";

const channel = new ScriptedChannel({ Query: ${script} });
const TaskToApm = {
  Begin(task: Promise<unknown>, callback: AsyncCallback | null, state: unknown): any {
    return channel.BeginQuery(callback, state);
  },
  End(ar: IAsyncResult): any {
    return channel.EndQuery(ar);
  },
};

async function answer(): Promise<string> {
  return await channel.QueryAsync();
}

class Handle implements IAsyncResult {
  readonly AsyncWaitHandle = new ManualResetEvent(false);
  readonly CompletedSynchronously = false;
  IsCompleted = false;
  result: string | undefined;
  error: unknown;
  inner: IAsyncResult | undefined;

  constructor(
    readonly text: string,
    private readonly callback: AsyncCallback | null,
    readonly AsyncState: unknown,
  ) {}

  complete(): void {
    this.IsCompleted = true;
    this.AsyncWaitHandle.Set();
    this.callback?.(this);
  }

  completeWith(inner: IAsyncResult): void {
    this.inner = inner;
    this.complete();
  }
}

class Service {
${members}}

const service = new Service();
${caller}
`;
}

const CASES = Object.entries(IMPLEMENTATIONS).flatMap(([implementation, { members, hasOut }]) =>
  Object.entries(CALLERS).flatMap(([caller, code]) =>
    Object.entries(SCRIPTS).map(
      ([outcome, script]) => [`${implementation}, ${caller}`, outcome, program(members, code(hasOut), script)] as const,
    ),
  ),
);
let migrated = 0;

it.each(CASES)("%s, which %s", async (name, _, text) => {
  const { output, refusals, status } = migrateText(text, { filePath: "program.ts", transforms: ["contract-to-async"] });
  if (status !== "migrated") {
    expect(refusals.map(({ code }) => code)).not.toContain("check-failed");
    return;
  }
  migrated++;
  expect(output).not.toMatch(/\b(?:Begin|End)Ask\b/u);
  expect(migrateText(output, { filePath: "program.ts", transforms: ["contract-to-async"] }).output).toBe(output);
  // The class that makes handles of tasks here begins an operation of its own instead.
  if (name.startsWith("on a task")) return;
  const [before, after] = [await runner.run(text), await runner.run(output)];
  if (DIFFERS.has(name)) expect(after).not.toEqual(before);
  else expect(after).toEqual(before);
});

it("is done to most of them", () => {
  expect(migrated).toBeGreaterThan(CASES.length * 0.8);
});
