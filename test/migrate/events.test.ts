import { afterAll, describe, expect, it } from "vitest";
import { parse } from "../../src/ast/parse.ts";
import { nodesOf } from "../../src/ast/node-index.ts";
import type { CompletionMembers } from "../../src/dialects/eap.ts";
import { branchesOf } from "../../src/plan/events/completion-branches.ts";
import { migrateText } from "../../src/plan/migrate.ts";
import { analyze } from "../../src/recognize/analysis.ts";
import { completionReads } from "../../src/recognize/events/event-reads.ts";
import { TracedRunner } from "../harness/run-traced.ts";

/** What the migration of events does beyond the fixtures: what it leaves on events, what it is made of, how it goes with others. */

describe("the handlers on an event", () => {
  const runner = new TracedRunner();
  afterAll(() => runner.stop());

  const program = (
    step: string,
  ): string => `import { handlerCounts, type LoadCompletedEventArgs, ScriptedEvents, trace } from "../runtime/index.ts";

const loader = new ScriptedEvents({ Load: [${step}] });

function load(signal: AbortSignal): void {
  signal.addEventListener("abort", () => loader.CancelAsync());
  loader.add_ProgressChanged(() => trace("progress"));
  loader.add_LoadCompleted((_sender: object, e: LoadCompletedEventArgs) => {
    trace("left", JSON.stringify(handlerCounts(loader)));
    if (e.Error) {
      trace("failed", e.Error.message);
      return;
    }
    if (e.Cancelled) {
      trace("cancelled");
      return;
    }
    trace("loaded", e.Result);
  });
  loader.LoadAsync("key");
}

const controller = new AbortController();
load(controller.signal);
controller.abort();
`;

  it.each([
    ["success", '{ value: "text", delay: 5, ignoresCancel: true, progress: [[1, 20]] }', "loaded text"],
    ["failure", '{ error: "lost", delay: 5, ignoresCancel: true }', "failed lost"],
    ["cancellation", '{ value: "text", delay: 5 }', "cancelled"],
    ["a start that throws", '{ beginThrows: "refused" }', "failed refused"],
  ])("are as many as before after %s", async (_, step, last) => {
    const { output, refusals } = migrateText(program(step), { filePath: "fixtures/events/left.ts" });
    expect(refusals).toEqual([]);
    const { trace } = await runner.run(output);
    expect(trace).toContain("left {}");
    expect(trace.at(-1)).toBe(last);
  });

  it("are more without the migration", async () => {
    const { trace } = await runner.run(program('{ value: "text", delay: 5, ignoresCancel: true }'));
    const left = trace.find((line) => line.startsWith("left "))!;
    expect(Object.values(JSON.parse(left.slice("left ".length)) as object)).toEqual([1, 1]);
  });
});

describe("the cases of an outcome", () => {
  /** As `AsyncResult` of the Office API has them: the roles are the same under other names. */
  const OFFICE: CompletionMembers = {
    error: new Set(["error"]),
    cancelled: new Set(),
    value: new Set(["value"]),
    state: new Set(["asyncContext"]),
    others: new Set(),
  };

  function casesOf(body: string): {
    error: string | null | undefined;
    cancelled: string | null | undefined;
    success: string[];
    isNested: boolean;
  } | null {
    const source = parse(`api.getAsync((result) => {${body}});`, "a.js");
    const context = analyze(source);
    const [fn] = nodesOf(source).of("ArrowFunctionExpression");
    const reads = completionReads(context, fn!, fn!.params[0]!, OFFICE);
    const branches = fn!.body.type === "BlockStatement" ? branchesOf(context, fn!.body.body, reads) : null;
    const textOf = (node: { range: readonly [number, number] } | null | undefined): string | null | undefined =>
      node == null ? node : source.text.slice(...node.range);
    return branches === null
      ? null
      : {
          error: textOf(branches.error),
          cancelled: textOf(branches.cancelled),
          success: branches.success.map((each) => textOf(each)!),
          isNested: branches.isNested,
        };
  }

  it("are found under the names of another API", () => {
    expect(casesOf("if (result.error) { fail(result.error); return; } show(result.value); done();")).toEqual({
      error: "{ fail(result.error); return; }",
      cancelled: undefined,
      success: ["show(result.value);", "done();"],
      isNested: false,
    });
  });

  it("are found in each other's else, and the other way round", () => {
    expect(casesOf("if (!result.error) { show(result.value); } else { fail(result.error); }")).toEqual({
      error: "{ fail(result.error); }",
      cancelled: undefined,
      success: ["show(result.value);"],
      isNested: true,
    });
  });

  it("are not told apart where the condition asks for more", () => {
    expect(
      casesOf("if (result.error && retries > 0) { again(); } else { show(result.value); }")?.error,
    ).toBeUndefined();
  });

  it("end where what follows runs in each of them", () => {
    expect(casesOf("if (result.error) { fail(result.error); } show(result.value);")).toEqual({
      error: "{ fail(result.error); }",
      cancelled: undefined,
      success: [],
      isNested: false,
    });
  });
});

describe("a file with both patterns", () => {
  const text = `import { ScriptedChannel, ScriptedEvents, trace } from "../runtime/index.ts";

function both(channel: ScriptedChannel, loader: ScriptedEvents): void {
  const ar = channel.BeginQuery(null, null);
  while (!ar.IsCompleted) {
    // Wait.
  }
  trace(channel.EndQuery(ar));
}

function refused(loader: ScriptedEvents, done: (e: unknown) => void): void {
  loader.add_LoadCompleted((_sender, e) => {
    if (e.Error) trace("failed");
    done(e);
  });
  loader.LoadAsync("key");
}
`;

  it("has the positions of the second migration in the text as it was", () => {
    const { migrations, refusals } = migrateText(text, { filePath: "fixtures/events/both.ts" });
    expect(migrations.map(({ transform, line }) => [transform, line])).toEqual([["begin-end-to-async", 4]]);
    expect(refusals.map(({ code, column, line, transform }) => [transform, code, line, column])).toEqual([
      ["events-to-async", "completion-args-escape", 14, 10],
    ]);
  });
});
