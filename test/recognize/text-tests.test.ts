import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { parse } from "../../src/ast/parse.ts";
import { mayContain, type Candidate } from "../../src/dialects/text/text-test.ts";
import { mayMigrate } from "../../src/plan/candidates.ts";
import { TRANSFORMS } from "../../src/plan/transforms.ts";
import { TRANSFORM_NAMES, type TransformName } from "../../src/plan/types.ts";
import { analyze } from "../../src/recognize/analysis.ts";
import { blockingCallsOf } from "../../src/recognize/twins/async-twins.ts";
import { operationsOf } from "../../src/recognize/begin-end/begin-end.ts";
import { busyWaitsOf } from "../../src/recognize/busy-waits/busy-wait.ts";
import { contractFaultsOf } from "../../src/recognize/contracts/contract-faults.ts";
import { EXPORTING_HOSTS } from "../../src/dialects/completion-parameters.ts";
import { completionFaultsOf } from "../../src/recognize/completion/completion-paths.ts";
import { exportedHandlersOf } from "../../src/recognize/completion/exported-handlers.ts";
import { testCallbacksOf } from "../../src/recognize/completion/test-callbacks.ts";
import type { Context } from "../../src/recognize/context.ts";
import { pairMembersOf } from "../../src/recognize/contracts/contract-pairs.ts";
import { declaredEventGroupsOf } from "../../src/recognize/contracts/declared-event-groups.ts";
import { lateSubscriptionsOf } from "../../src/recognize/events/event-late.ts";
import { uncheckedReadsOf } from "../../src/recognize/events/event-unchecked.ts";
import { ineffectiveAwaitsOf } from "../../src/recognize/tasks/ineffective-awaits.ts";
import { promisesLostInTry } from "../../src/recognize/tasks/lost-in-try.ts";
import { nestedTasksOf } from "../../src/recognize/tasks/nested-tasks.ts";
import { unawaitedTasks } from "../../src/recognize/tasks/unawaited.ts";
import { asyncTasksOf } from "../../src/recognize/operations/async-tasks.ts";
import { waitsOf } from "../../src/recognize/waits/waits.ts";
import { inOtherLayout, withoutMark } from "../harness/layouts.ts";

/** What must not be found in a text that the test for it rejects. */
const FINDINGS: Readonly<Partial<Record<Candidate, (context: Context) => number>>> = {
  asyncTwin: (context) => blockingCallsOf(context).length,
  beginEnd: (context) => operationsOf(context).length,
  blockingWait: (context) => waitsOf(context).length,
  busyWait: (context) => busyWaitsOf(context).length,
  completionCall: (context) => completionFaultsOf(context).length,
  completionParameter: (context) =>
    EXPORTING_HOSTS.flatMap((host) => exportedHandlersOf(context, host)).length + testCallbacksOf(context).length,
  callbackAndPromise: (context) => asyncTasksOf(context).length,
  contract: (context) => contractFaultsOf(context).length,
  eventHandler: (context) => uncheckedReadsOf(context).length,
  eventOperation: (context) => lateSubscriptionsOf(context).length,
  ineffectiveAwait: (context) => ineffectiveAwaitsOf(context).length,
  nestedTask: (context) => nestedTasksOf(context).tasks.length + nestedTasksOf(context).types.length,
  promiseInTry: (context) => promisesLostInTry(context).length,
  unawaitedTask: (context) => unawaitedTasks(context).length,
};

/** The tests that wrongly say "impossible" of a text. */
function wrongRejections(text: string, filePath: string): string[] {
  const context = analyze(parse(text, filePath), {});
  const rejected = (Object.keys(FINDINGS) as Candidate[]).filter(
    (candidate) => !mayContain(text, candidate) && FINDINGS[candidate]!(context) > 0,
  );
  return [...rejected, ...TRANSFORM_NAMES.filter((name) => !mayMigrate(text, [name]) && sitesOf(context, name) > 0)];
}

function sitesOf(context: Context, name: TransformName): number {
  return name === "contract-to-async"
    ? pairMembersOf(context).length + declaredEventGroupsOf(context).length
    : TRANSFORMS[name].sitesOf(context).length;
}

const FIXTURES = fileURLToPath(new URL("../../fixtures", import.meta.url));
/** All but the claims: what a text test loses in one of those is a known fault, and is told there. */
const files = readdirSync(FIXTURES, { recursive: true, encoding: "utf8" }).filter(
  (name) => /\.tsx?$/.test(name) && !/^claims[\\/]/.test(name),
);

/** Ways to write the same program that a parser does not tell apart. */
const VARIANTS: Readonly<Record<string, (text: string, filePath: string) => string>> = {
  "as they are": (text) => text,
  "with CRLF and tabs": (text, filePath) => withoutMark(inOtherLayout(text, filePath).text),
  "with prose in front": (text) =>
    text.startsWith("#!") ? text : `// It's a task's: (await x).Result, and \`done\`.\n/* don't ( [ { */\n${text}`,
  "with a line break before each member": (text) => outsideQuotes(text, /(?<=[\w)\]])\.(?=[A-Za-z_])/g, "\n    ."),
  "with a comment after each dot": (text) => outsideQuotes(text, /(?<=[\w)\]])\.(?=[A-Za-z_])/g, "./* of it */"),
};

/** Replaces in the lines that are nothing but code, as far as that shows; a text that no longer parses is left as it was. */
function outsideQuotes(text: string, expression: RegExp, replacement: string): string {
  const lines = text
    .split("\n")
    .map((line) => (/["'`/]|^\s*\*/.test(line) ? line : line.replace(expression, replacement)));
  const changed = lines.join("\n");
  try {
    parse(changed, "file.ts");
    return changed;
  } catch {
    return text;
  }
}

describe("the text tests reject no fixture in which something is found", () => {
  it.each(Object.entries(VARIANTS))("%s", (_, variant) => {
    const wrong = files.flatMap((name) => {
      const text = variant(readFileSync(join(FIXTURES, name), "utf8"), name);
      return wrongRejections(text, name).map((test) => `${name}: ${test}`);
    });
    expect(wrong).toEqual([]);
  });
});

describe("the text test of awaits that do not wait", () => {
  const IN_ASYNC = (code: string): string =>
    `const xs: number[] = [];\nasync function g() {}\nasync function f(t: Promise<number[]>, C: Client) {\n  ${code}\n}\nclass Client { loadAsync(): void {} }`;
  it.each([
    "await setTimeout(() => 1, 1)",
    "await (setTimeout(() => 1, 1))",
    "await /* a (while */ setTimeout(() => 1, 1)",
    "await // a ( while\n    setTimeout(() => 1, 1)",
    "await <any>setTimeout(() => 1, 1)",
    "await window.setTimeout(() => 1, 1)",
    "await window // the global object, of course\n    .setTimeout(() => 1, 1)",
    "await (window as any)['setTimeout'](() => 1, 1)",
    "await xs.forEach(async (x) => { await g(); })",
    "await xs!.forEach(async (x) => { await g(); })",
    "await xs?.forEach(async (x) => { await g(); })",
    "await xs\r\n    .forEach(async (x) => { await g(); })",
    "await xs // of (them\n    .forEach(async (x) => { await g(); })",
    "await xs /* of ) them */ .forEach(async (x) => { await g(); })",
    "await [1, 2].forEach(async (x) => { await g(); })",
    "await [/[(]/, /'/].forEach(async (x) => { await g(); })",
    "await ['it\\'s', \"(\"].forEach(async (x) => { await g(); })",
    "await [`(${1}`].forEach(async (x) => { await g(); })",
    "await Object.keys({ a: /\\(/ }).forEach(async (x) => { await g(); })",
    "await xs.map(async (x) => x)",
    "await xs.map /* each */ (async (x) => x)",
    "await xs.map<Promise<number>>(async (x) => x)",
    "await (xs.map(async (x) => x))",
    "await (<any[]>xs).map(async (x) => x)",
    "await [g(), g()]",
    "await (/* both */ [g(), g()])",
    "await <Promise<void>[]>[g(), g()]",
    "await C.loadAsync()",
    "await C // of (ours\n    .loadAsync()",
    "await (C.loadAsync() as any)",
    "(await t).Result",
    "(await t)!.Result",
    "(await t)\n    .Result",
    "(await t)?.Result",
    "(await t)['Result']",
    "(await t) // what ) it gives\n    .Result",
    "(await t) // as https://example.org has it\n    .Result",
    "(await t)/* :) */./* :( */Result",
    "((await t) as any).result",
    "(await (/\\(/.test('') ? t : t)).result",
  ])("lets pass: %s", (code) => {
    const text = IN_ASYNC(code);
    expect(mayContain(text, "ineffectiveAwait")).toBe(true);
    expect(wrongRejections(text, "file.ts")).toEqual([]);
  });

  it.each([
    "await Promise.all(xs.map(async (x) => x))",
    "xs.forEach((x) => x)\n  await g()",
    "await g()\n  // for each of them\n  xs.forEach((x) => x)",
    "const all = [1, 2].map((x) => x)\n  await g()",
    "const { result } = read()\n  await g()",
    "const o = {\n    a: 1, // first\n    result: await g(),\n  }",
  ])("stops: %s", (code) => {
    expect(mayContain(IN_ASYNC(code), "ineffectiveAwait")).toBe(false);
  });
});

describe("the text test of the migrations", () => {
  it.each([
    "function f(t: Task<number>) { return t.Result; }",
    "function f(t: Task<number>) { return t. Result; }",
    "function f(t: Task<number>) { return t['Result']; }",
    "function f(t: Task<number>) { return `${t.Result}`; }",
    "function f(t: Task<number>) { return `}${`${t.Result}`}`; }",
    "function f(t: Task<number>) { return 4 / t.Result / 2; }",
    "function f(t: Task<number>) { return 4\n    * t.Result; }",
    "function f(t: Task<number>) { return /['\"`]/.test('') ? t.Result : 0; }",
    "function f(t: Task<number>) { return x.return / 2 + '/' + t.Result; }",
    "function f(t: Task<number>) { return (a) / 2 + '/' + t.Result; }",
    "function f(t: Task<number>) { return i++ / 2 + '/' + t.Result; }",
    "function f(t: Task<number>) { return i! / 2 + '/' + t.Result; }",
    "function f(t: Task<number>) { // it's\n  return t // and so\n    .Result; }",
    "function f(t: Task<number>) { const glob = 'src/**/*.ts';\n  return 2\n  * t.Result; }",
    "const e = <p>it's {t.Result} isn't</p>; type T = Task<number>;",
    "function f(t: Task<number>) { const { Result } = t; }",
    "function f(t: Task<number>) { t.Wait(); }",
    "function f(t: Task<number>) { t.wait(); }",
    "async function f(t: Task<number>) { await g(); t.wait(); }",
    "async function f(t: Task<number>) { // then await\n  t.wait(); }",
    "async function f(t: Task<number>) { /* await */ t.wait(); }",
    "async function f() { Thread.Sleep(5); }",
    "Task.WaitAll(a, b)",
  ])("lets pass: %s", (text) => {
    expect(mayMigrate(text, ["blocking-to-await"])).toBe(true);
  });

  it.each([
    "async function f() { log(`The query was executed. Result: `); }",
    "async function f() {\n  // Wait for all.\n  await g();\n}",
    "async function f(s: Statement) { await s.executeAsync(); await s.wait(); const result = 1; }",
    "function f(done: ManualResetEvent) { done.WaitOne(); Atomics.wait(c, 0, 0); }",
    "/** The upload is completed. */\nfunction f(c: Client) { c.startAsync(); c.run(); }",
  ])("stops: %s", (text) => {
    expect(mayMigrate(text)).toBe(false);
  });
});
