import { describe, expect, it } from "vitest";
import type { Settings } from "../../src/dialects/settings.ts";
import { natureOf } from "../../src/recognize/tasks/tasks.ts";
import { analyzed, marked } from "./analyzed.ts";

function kinds(text: string, settings?: Settings): string[] {
  const context = analyzed(text, settings);
  return marked(context).map((expression) => natureOf(context, expression).kind);
}

function isCertain(text: string): boolean {
  const context = analyzed(text);
  return natureOf(context, marked(context)[0]!).isCertain;
}

describe("natureOf: tasks", () => {
  it.each([
    ["a parameter's type", "function f(t: Task<number>) { $(t); }"],
    ["a qualified type", "function f(t: System.Threading.Tasks.Task) { $(t); }"],
    ["a bridge's generic name", "function f(t: CS.System.Threading.Tasks.Task$1<string>) { $(t); }"],
    ["OneJS's name", "function f(t: $Task<number>) { $(t); }"],
    ["ValueTask", "const t = x() as ValueTask<number>; $(t);"],
    ["UniTask", "let t: UniTask | null = x(); $(t);"],
    ["an alias", "type Pending = Task<number>; let t: Pending = x(); $(t);"],
    ["Task.Run", "$(Task.Run(() => 1));"],
    ["a qualified Task.Run", "const t = System.Threading.Tasks.Task.Run(work); $(t);"],
    ["Task.Factory.StartNew", "$(Task.Factory.StartNew(work));"],
    ["Task.WhenAll", "$(Task.WhenAll(a, b));"],
    ["ContinueWith on a task", "$(Task.Run(work).ContinueWith(next));"],
    ["ConfigureAwait on a task", "declare const t: Task; $(t.ConfigureAwait(false));"],
    ["a field", "class C { pending: Task<number>; m() { $(this.pending); } }"],
    ["a field's initialiser", "class C { pending = Task.Run(work); m() { $(this.pending); } }"],
    [
      "a field that the constructor sets",
      "class C { constructor() { this.pending = Task.Run(work); } m() { $(this.pending); } }",
    ],
    ["a parameter property", "class C { constructor(private readonly pending: Task) {} m() { $(this.pending); } }"],
    ["a static field by its class", "class C { static pending: Task; } $(C.pending);"],
    ["a function's annotation", "function load(): Task<number> { return x; } $(load());"],
    ["a declared function", "declare function load(): Task<number>; $(load());"],
    ["an interface's method", "interface Client { load(): Task<number> } function f(c: Client) { $(c.load()); }"],
    [
      "an interface's function property",
      "interface Client { load: () => Task<number> } declare const c: Client; $(c.load());",
    ],
    ["an object type's method", "declare const c: { load(): Task<number> }; $(c.load());"],
    ["an abstract method", "abstract class C { abstract load(): Task<number>; m() { $(this.load()); } }"],
    ["what a function returns", "function load() { return Task.Run(work); } $(load());"],
    ["a variable that is written once", "let t; t = Task.Run(work); $(t);"],
    ["the last of several writes", "let t = 1; t = Task.Run(work); $(t);"],
    ["both branches", "$(x ? Task.Run(a) : Task.Run(b));"],
    ["a value or nothing", "$(x ? Task.Run(a) : null);"],
    ["a known type's twin", "function f(socket: Socket) { $(socket.ConnectAsync(endpoint)); }"],
    ["an element of an array", "function f(tasks: Task<number>[]) { $(tasks[0]); }"],
    ["the variable of a loop over literals", "for (const t of [Task.Run(a), Task.Run(b)]) $(t);"],
    ["the parameter of a mapper", "function f(tasks: Array<Task>) { tasks.map((t) => $(t)); }"],
    ["what was pushed", "const tasks = []; tasks.push(Task.Run(a)); for (const t of tasks) $(t);"],
    ["the Task of a completion source", "const source = new TaskCompletionSource<number>(); $(source.Task);"],
  ])("%s", (_, text) => {
    expect(kinds(text)).toEqual(["task"]);
  });

  it("a twin that the settings name", () => {
    expect(kinds("$(client.PutObjectAsync(request));", { twins: ["PutObjectAsync"] })).toEqual(["task"]);
    expect(
      kinds("function f(c: Client) { $(c.PutAsync()); } $(other.PutAsync());", { twins: ["Client.PutAsync"] }),
    ).toEqual(["task", "named"]);
  });
});

describe("natureOf: promises", () => {
  it.each([
    ["an async function", "async function load() {} $(load());"],
    ["an async arrow", "const load = async () => 1; $(load());"],
    ["an async method", "class C { async load() {} m() { $(this.load()); } }"],
    ["an async static method", "class C { static async load() {} } $(C.load());"],
    ["a method of an instance", "class C { async load() {} } const c = new C(); $(c.load());"],
    ["a method of an object literal", "const api = { async load() {} }; $(api.load());"],
    ["an annotated function", "function load(): Promise<void> { return x; } $(load());"],
    ["a parameter of function type", "function f(load: () => Promise<void>) { $(load()); }"],
    ["new Promise", "$(new Promise(() => {}));"],
    ["a class that extends Promise", "class Deferred extends Promise<void> {} $(new Deferred(() => {}));"],
    ["Promise.all", "$(Promise.all([a, b]));"],
    ["then on a promise", "$(Promise.resolve().then(next));"],
    ["finally on what an async function gives", "async function load() {} $(load().finally(done));"],
    ["import()", "$(import('./x'));"],
    ["an annotated variable", "let p: PromiseLike<number> = x; $(p);"],
    ["fetch", "$(fetch(url));"],
    ["node:fs/promises", "import { readFile } from 'node:fs/promises'; $(readFile(path));"],
    ["fs.promises", "const fs = require('fs'); $(fs.promises.readFile(path));"],
    ["imported promises", "import { promises as fs } from 'fs'; $(fs.readFile(path));"],
    ["an immediately invoked function", "$((async () => {})());"],
    [
      "a function that returns a promise of the file",
      "async function load() {} const again = () => load(); $(again());",
    ],
    ["puer.$promise", "$(puer.$promise(task));"],
    ["a destructured $promise", "const { $promise } = puer; $($promise(task));"],
    ["Yield of jsb", "import { Yield } from 'jsb'; $(Yield(task));"],
    ["ToPromise of ClearScript", "$(task.ToPromise());"],
  ])("%s", (_, text) => {
    expect(kinds(text)).toEqual(["promise"]);
  });

  it.each(["winrt", "node-api-dotnet"] as const)("every xxxAsync call under %s", (host) => {
    expect(kinds("$(file.readAsync()); $(file.read());", { host })).toEqual(["promise", "unknown"]);
  });

  it("remembers the async function", () => {
    const context = analyzed("async function load() {} const p: Promise<void> = load(); $(p);");
    const { fn, origin } = natureOf(context, marked(context)[0]!);
    expect(fn?.id?.name).toBe("load");
    expect(origin?.range).toEqual([50, 56]);
  });
});

describe("natureOf: names, nothing, unknown", () => {
  it.each([
    ["named", "$(client.GetAsync(url));"],
    ["named", "const t = client.getAsync(url); $(t);"],
    ["named", "$(client.getAsync(url).then(next));"],
    ["named", "$(anything.then(next));"],
    ["none", "$(await client.GetAsync(url));"],
    ["none", "$('text');"],
    ["none", "const n = 1; $(n);"],
    ["none", "function log() {} $(log());"],
    ["none", "function startAsync() { start(); } $(startAsync());"],
    ["none", "declare function startAsync(): void; $(startAsync());"],
    ["none", "async function* items() {} $(items());"],
    ["none", "class Job {} $(new Job());"],
    ["none", "let n: number = loadAsync(); $(n);"],
    ["unknown", "$(client.get(url));"],
    ["unknown", "function f(x) { $(x); }"],
    ["unknown", "function f(onDone: () => void) { onDone; $(f2); }"],
    ["unknown", "$(useAsync(load));"],
    ["unknown", "$(isAsync(load));"],
    ["unknown", "class Task { title: string } function f(t: Task) { $(t); }"],
    ["unknown", "function load() { if (x) return; return Task.Run(work); } $(load());"],
    ["unknown", "$(x ? Task.Run(a) : Promise.resolve());"],
    ["unknown", "let a = b; let b = a; $(a);"],
    ["unknown", "let t = Task.Run(a); if (x) t = 1; $(t);"],
    ["unknown", "const Promise = require('bluebird'); $(Promise.delay(1));"],
  ])("%s: %s", (kind, text) => {
    expect(kinds(text)).toEqual([kind]);
  });

  it("does not take a parameter for the function it belongs to", () => {
    expect(kinds("async function status(onLog?: (line: string) => void) { $(onLog?.('x')); }")).toEqual(["none"]);
  });

  it("does not take a shadowed fetch for the platform's", () => {
    expect(kinds("function fetch(url) { return 1; } $(fetch(url));")).toEqual(["none"]);
  });
});

describe("natureOf: how certain a name is", () => {
  it.each([
    [false, "function f(t: Task<number>) { $(t); }"],
    [false, "import { Task } from './models/task'; function f(t: Task) { $(t); }"],
    [true, "import { Task } from 'System.Threading.Tasks'; function f(t: Task) { $(t); }"],
    [true, "declare class Task<T> { Wait(): void; readonly Result: T; } function f(t: Task<number>) { $(t); }"],
    [true, "function f(t: System.Threading.Tasks.Task) { $(t); }"],
    [false, "function f(t: models.Task) { $(t); }"],
    [true, "$(Task.Run(work));"],
    [false, "$(Task.run(work));"],
  ])("%s: %s", (certain, text) => {
    expect(isCertain(text)).toBe(certain);
  });

  it("knows what is complete from the start", () => {
    const context = analyzed(
      "$(Task.FromResult(1)); $(Task.CompletedTask); $(Promise.resolve()); $(Task.Run(work)); $(Promise.resolve(x));",
    );
    expect(marked(context).map((expression) => natureOf(context, expression).isComplete)).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
  });
});
