import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { migrateText } from "../../src/plan/migrate.ts";
import { compareRuns } from "../harness/compare.ts";
import { type ProgramRun, runProgram } from "../harness/run-program.ts";
import { typeErrors } from "../harness/typecheck.ts";

/** The ports of the services and their clients really run, before and after their migration. */

type Seed = "service-begin-end" | "service-client" | "service-events" | "service-one-way" | "service-task";

function pathOf(seed: Seed): string {
  return `fixtures/seeds/${seed}.ts`;
}

function sourceOf(seed: Seed): string {
  return readFileSync(new URL(`../../${pathOf(seed)}`, import.meta.url), "utf8");
}

function migrated(seed: Seed): string {
  return migrateText(sourceOf(seed), { filePath: pathOf(seed) }).output;
}

/** The class of the seed with its events kept beside the awaitable methods. */
function withFacade(): string {
  return migrateText(sourceOf("service-events"), {
    filePath: pathOf("service-events"),
    transforms: ["contract-to-async"],
    facade: true,
  }).output;
}

async function runs(seed: Seed, args: readonly string[]): Promise<readonly [ProgramRun, ProgramRun]> {
  const [before, after] = [sourceOf(seed), migrated(seed)];
  expect(after).not.toBe(before);
  return Promise.all([
    runProgram(before, { fileName: pathOf(seed), args }),
    runProgram(after, { fileName: pathOf(seed), args }),
  ]);
}

describe("service-begin-end", () => {
  it.each([[[]], [["some more words"]], [[""]]])("serves the same with awaitable methods: %j", async (args) => {
    const [before, after] = await runs("service-begin-end", args);
    expect(compareRuns(before, after).diff).toBe("");
    expect(after).toMatchObject({ exitCode: 0, stderr: "" });
  });

  it("has nothing left of the pairs", () => {
    expect(migrated("service-begin-end")).not.toMatch(
      /\b(?:Begin|End)(?:DoWork|OperationOne\b(?!\())|IAsyncResult\b(?! asynchronous pattern)|AsyncCallback/u,
    );
    expect(migrated("service-begin-end")).toContain(
      "async DoWorkAsync(data: string, inout: string): Promise<{ result: number; inout: string; outonly: string }> {",
    );
  });
});

describe("service-client", () => {
  it.each(
    ["begin-end", "events", "task"].flatMap((model) => [
      [model, "hello"],
      [model, ""],
    ]),
  )("prints the same in the calling model %s for %j", async (...args) => {
    const [before, after] = await runs("service-client", args);
    expect(compareRuns(before, after).diff).toBe("");
    expect(after).toMatchObject({ exitCode: 0, stderr: "" });
    expect(after.stdout).toHaveLength(1);
  });

  it("awaits in every model", () => {
    const bodies = migrated("service-client").split(/^(?:async )?function /mu);
    for (const name of ["callWithBeginEnd", "callWithEvents", "callWithTask"])
      expect(bodies.find((body) => body.startsWith(name))).toMatch(
        /\{ result, inout, outonly \} = await |const response = await /u,
      );
  });

  it("takes all values of the event out of what the declared task gives", () => {
    const body = /^async function callWithEvents[^]*?^\}/mu.exec(migrated("service-client"))![0];
    expect(body).toContain('const { result, inout, outonly } = await client.DoWorkTaskAsync(data, "inout:");');
    expect(body).not.toMatch(/new Promise|DoWorkCompleted|ManualResetEvent/u);
  });
});

describe("service-one-way", () => {
  // The service divides by zero, and nobody hears of it; that the service is gone is heard of.
  it.each([[[]], [["4", "5", "0"]]])(
    "sends the same messages, and fails where no message can be sent: %j",
    async (args) => {
      const [before, after] = await runs("service-one-way", args);
      expect(compareRuns(before, after).diff).toBe("");
      expect(after).toMatchObject({ exitCode: 0, stderr: "" });
      expect(after.stdout.at(-1)).toMatch(/^The message could not be sent: /u);
    },
  );

  it("awaits that a message is sent", () => {
    expect(migrated("service-one-way")).toContain("await client.DivideByAsync(divisor);");
    expect(migrated("service-one-way")).toContain("DivideByAsync(n: number): Promise<void>;");
  });
});

describe("service-task", () => {
  it.each([[[]], [[""]]])("waits without blocking, with the error in the same handler: %j", async (args) => {
    const [before, after] = await runs("service-task", args);
    expect(compareRuns(before, after).diff).toBe("");
    expect(after).toMatchObject({ exitCode: 0, stderr: "" });
  });
});

describe("service-events", () => {
  /** Calls the awaitable methods: with a result, with an error, with a signal before and after the start. */
  const CALLS = `
async function callAwaitable(): Promise<void> {
  const { handlerCount } = await import("../runtime/index.ts");
  const example = new AsyncExample();
  const fields = example as unknown as { method1Completed: { count: number }; method2Completed: { count: number } };
  const told = (call: Promise<unknown>): Promise<string> => call.then(String, (error: Error) => \`\${error.name}: \${error.message}\`);
  const controller = new AbortController();
  const calls = [example.Method1TaskAsync("hello"), example.Method1TaskAsync(""), example.Method2TaskAsync(1), example.Method1TaskAsync("late", { signal: controller.signal })];
  controller.abort();
  calls.push(example.Method1TaskAsync("never", { signal: controller.signal }));
  for (const call of calls.map(told)) Console.WriteLine(await call);
  Console.WriteLine("Handlers: {0}", fields.method1Completed.count + fields.method2Completed.count + handlerCount(example, "Method1Completed"));
}

void callAwaitable();
`;

  it.each([[[]], [["", "-1"]], [["hi", "1", "cancel"]]])("does the same with its events kept: %j", async (args) => {
    const run = (text: string): Promise<ProgramRun> => runProgram(text, { fileName: pathOf("service-events"), args });
    const [before, after] = [await run(sourceOf("service-events")), await run(withFacade())];
    expect(compareRuns(before, after).diff).toBe("");
    expect(after).toMatchObject({ exitCode: 0, stderr: "" });
  });

  it("has awaitable methods that settle and leave no handlers", async () => {
    const text = withFacade().replace("main(process.argv.slice(2));", `void main;\n${CALLS}`);
    expect(typeErrors({ [pathOf("service-events")]: text })).toEqual([]);
    const { stdout, stderr } = await runProgram(text, { fileName: pathOf("service-events") });
    expect(stderr).toBe("");
    expect(stdout).toEqual([
      "5",
      "FaultException: The text is empty.",
      "undefined",
      "AbortError: Method1Async was cancelled.",
      "AbortError: Method1Async was cancelled.",
      "Handlers: 0",
    ]);
  });

  it("type-checks, and is left alone by a second run", () => {
    const text = withFacade();
    expect(typeErrors({ [pathOf("service-events")]: text })).toEqual([]);
    expect(
      migrateText(text, { filePath: pathOf("service-events"), transforms: ["contract-to-async"], facade: true }).output,
    ).toBe(text);
  });

  it("stays as it is without, as its own program cancels", () => {
    const { output, refusals } = migrateText(sourceOf("service-events"), {
      filePath: pathOf("service-events"),
      transforms: ["contract-to-async"],
    });
    expect(output).toBe(sourceOf("service-events"));
    expect(refusals.map(({ code }) => code)).toEqual([
      "pair-still-called",
      "pair-still-called",
      "pair-implemented-elsewhere",
      "pair-implemented-elsewhere",
    ]);
  });
});

it("the migrated services type-check and are left alone by a second run", () => {
  const seeds: readonly Seed[] = ["service-begin-end", "service-client", "service-one-way", "service-task"];
  const texts = Object.fromEntries(seeds.map((seed) => [pathOf(seed), migrated(seed)]));
  expect(typeErrors(texts)).toEqual([]);
  for (const [path, text] of Object.entries(texts)) expect(migrateText(text, { filePath: path }).output).toBe(text);
});
