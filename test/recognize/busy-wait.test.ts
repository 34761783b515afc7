import { expect, it } from "vitest";
import { textOf } from "../../src/ast/source.ts";
import { busyWaitsOf } from "../../src/recognize/busy-waits/busy-wait.ts";
import { analyzed } from "./analyzed.ts";

/** What the planner reads of each busy wait. */
function waits(text: string) {
  const context = analyzed(text);
  const { source } = context;
  return busyWaitsOf(context).map(({ cause, node, handle, operation, body }) => ({
    cause,
    node: textOf(source, node).split(/[({]/, 1)[0]!.trim(),
    handle: handle?.name ?? null,
    begin: operation === null ? null : textOf(source, operation.nameNode),
    body,
  }));
}

const begin = "const ar = client.BeginGetObject(request, null, null);";
const end = "client.EndGetObject(ar);";

it.each([
  ["nothing", "{ /* wait */ ; }", "empty"],
  ["a log and a sleep", "{ Console.WriteLine(1); Thread.Sleep(1); }", "idle"],
  ["the next turn", "{ continue; }", "empty"],
  ["work", "{ work(); }", "work"],
  ["work in `catch`", "{ try { Thread.Sleep(1); } catch { work(); } }", "work"],
  ["work in `finally`", "{ try { Thread.Sleep(1); } finally { work(); } }", "work"],
])("tells what the loop does besides asking: %s", (_, body, kind) => {
  expect(waits(`${begin} while (!ar.IsCompleted) ${body} ${end}`)).toEqual([
    { cause: "handle", node: "while", handle: "ar", begin: "BeginGetObject", body: kind },
  ]);
});

it("does not count the way out as work", () => {
  expect(waits(`${begin} for (;;) { if (ar.IsCompleted) { finish(); break; } } ${end}`)).toMatchObject([
    { node: "for", body: "empty" },
  ]);
});

it("follows the handle into a helper", () => {
  expect(
    waits(`const isDone = (handle) => handle.IsCompleted; ${begin} do { work(); } while (!isDone(ar)); ${end}`),
  ).toMatchObject([{ node: "do", handle: "ar", begin: "BeginGetObject" }]);
});

it("gives the operation behind a wait handle", () => {
  expect(waits(`${begin} while (!ar.AsyncWaitHandle.WaitOne(0)) {} ${end}`)).toMatchObject([
    { cause: "zero-wait", handle: "ar", begin: "BeginGetObject" },
  ]);
});

it("gives the operation behind a predicate", () => {
  expect(waits(`${begin} SpinWait.SpinUntil(() => ar.IsCompleted); ${end}`)).toMatchObject([
    { cause: "spin-until", handle: "ar", begin: "BeginGetObject" },
  ]);
});

it("gives the operation whose callback sets a flag, where it is one alone", () => {
  const callback = (name: string) =>
    `client.Begin${name}(request, (ar) => { client.End${name}(ar); done = true; }, null);`;
  const loop = "while (!done) {}";
  expect(waits(`let done = false; ${callback("GetObject")} ${loop}`)).toMatchObject([
    { cause: "flag", handle: null, begin: "BeginGetObject" },
  ]);
  expect(waits(`let done = false; ${callback("GetObject")} ${callback("PutObject")} ${loop}`)).toMatchObject([
    { cause: "flag", begin: null },
  ]);
});

it("gives them in source order", () => {
  expect(
    waits(
      "do {} while (!operation.isDone); deasync.loopWhile(() => !done); for (; Date.now() < end; ); while (evt.WaitOne(0) === false) {}",
    ).map(({ cause }) => cause),
  ).toEqual(["handle", "loop-while", "clock", "zero-wait"]);
});
