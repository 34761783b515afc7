import { describe, expect, it } from "vitest";
import { textOf } from "../../src/ast/source.ts";
import { mayContain } from "../../src/dialects/text/text-test.ts";
import { waitsOf } from "../../src/recognize/waits/waits.ts";
import { analyzed } from "./analyzed.ts";

function waits(text: string, filePath = "file.ts") {
  const context = analyzed(text, {}, filePath);
  const textAt = (node: Parameters<typeof textOf>[1] | null) => (node === null ? null : textOf(context.source, node));
  return waitsOf(context).map(
    ({ kind, node, nameNode, subjects, operation, timeout, entryPoint, deadlock, pending }) => ({
      kind,
      node: textAt(node),
      name: textAt(nameNode),
      subjects: subjects.map(textAt),
      stem: operation?.stem ?? null,
      timeout: textAt(timeout),
      entryPoint: entryPoint?.kind ?? null,
      setters: deadlock?.kind === "setter" ? deadlock.setters.map(textAt) : [],
      pending: pending.map((start) => (start.kind === "operation" ? start.operation.stem : start.task.name)),
    }),
  );
}

describe("waitsOf", () => {
  it("tells of the handle, its operation and the time-out", () => {
    expect(
      waits("function f() { const ar = s.BeginRead(b, null, null); ar.AsyncWaitHandle.WaitOne(500); s.EndRead(ar); }"),
    ).toEqual([
      {
        kind: "waitHandle",
        node: "ar.AsyncWaitHandle.WaitOne(500)",
        name: "WaitOne",
        subjects: ["ar"],
        stem: "Read",
        timeout: "500",
        entryPoint: null,
        setters: [],
        pending: [],
      },
    ]);
  });

  it("tells of the operation behind a constant handle", () => {
    expect(
      waits(
        "function f() { const ar = s.BeginRead(b, null, null); const h = ar.AsyncWaitHandle; h.WaitOne(); s.EndRead(ar); }",
      ),
    ).toMatchObject([{ kind: "waitHandle", subjects: ["ar"], stem: "Read", timeout: null }]);
  });

  it("tells of an operation that is waited for without a variable", () => {
    expect(waits("function f() { s.BeginRead(b, null, null).AsyncWaitHandle.WaitOne(); }")).toMatchObject([
      { kind: "waitHandle", subjects: ["s.BeginRead(b, null, null)"], stem: "Read" },
    ]);
  });

  it("tells of the operation that an early End ends", () => {
    expect(waits("function f() { return s.EndRead(s.BeginRead(b, null, null)); }")).toMatchObject([
      { kind: "end", name: "EndRead", subjects: ["s.BeginRead(b, null, null)"], stem: "Read" },
    ]);
  });

  it("tells who sets an event", () => {
    expect(
      waits(
        "const done = new ManualResetEvent(false); setTimeout(() => { done.Reset(); done.Set(); }, 1); function f() { done.WaitOne(); }",
      ),
    ).toMatchObject([{ kind: "event", subjects: ["done"], setters: ["done.Set()"] }]);
  });

  it("lists the tasks that are waited for together, and the time-out after them", () => {
    expect(
      waits(
        "function f() { Task.WaitAll(a, ...rest); Task.WaitAll([a, b], 100); Task.WaitAny(tasks, 100); Task.WaitAny(a, b); }",
      ),
    ).toMatchObject([
      { subjects: ["a", "rest"], timeout: null },
      { subjects: ["a", "b"], timeout: "100" },
      { subjects: ["tasks"], timeout: "100" },
      { subjects: ["a", "b"], timeout: null },
    ]);
  });

  it("tells what a sleep is for", () => {
    const text =
      "async function save() {} function main() { save(); c.BeginPut(x, (ar) => c.EndPut(ar), null); run(() => { save(); }); Thread.Sleep(5); save(); }";
    expect(waits(text)).toMatchObject([
      { kind: "sleep", timeout: "5", entryPoint: "main", pending: ["save()", "Put"] },
    ]);
  });

  it("does not take an operation that has been waited for to be pending", () => {
    const text =
      "function f() { const ar = c.BeginPut(x, null, null); ar.AsyncWaitHandle.WaitOne(); c.EndPut(ar); Thread.Sleep(5); }";
    expect(waits(text)).toMatchObject([{ kind: "waitHandle" }, { kind: "sleep", pending: [] }]);
  });

  it("keeps to the order of the text", () => {
    const text =
      "function f(t: Task<number>) { Thread.Sleep(1); use(t.Result); Atomics.wait(c, 0, 0); const { Result } = g.XAsync(); }";
    expect(waits(text).map(({ name }) => name)).toEqual(["Sleep", "Result", "wait", "Result"]);
  });
});

describe("the text test of waits", () => {
  it.each([
    "client.GetAsync(url).Result",
    "client.GetAsync(url)\n  .Result",
    "client.GetAsync(url)./* the */Result",
    "client.GetAsync(url)['Result']",
    "const { Result } = client.GetAsync(url)",
    "const { a, result: r } = client.getAsync(url)",
    "function f(t: Task$1) { return t.result; }",
    "t.Wait()",
    "t.GetAwaiter().GetResult()",
    "done.WaitOne()",
    "done.wait(); new CountdownEvent(1)",
    "Thread.Sleep(1)",
    "deasync.sleep(1)",
    "s.EndRead(s.BeginRead(null, null))",
    "Atomics.wait(c, 0, 0)",
    "require('fibers/future'); f.wait()",
    'import request from "sync-request"',
    "new XMLHttpRequest().open(m, u, false)",
    "new ActiveXObject('Msxml2.XMLHTTP').open(m, u, !1)",
    "edge.func(f)(x, true)",
    "p.operation.getResults()",
  ])("lets pass: %s", (text) => {
    expect(mayContain(text, "blockingWait")).toBe(true);
  });

  it.each([
    "type Result = { ok: true }; async function f(): Promise<Result> {}",
    "const result = await load(); return result;",
    "const request = store.get(1); use(request.result);",
    "await page.wait(10);",
    "path.open(); beginPath();",
    "async function f() { await sleep(1); }",
  ])("stops: %s", (text) => {
    expect(mayContain(text, "blockingWait")).toBe(false);
  });
});
