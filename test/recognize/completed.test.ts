import { describe, expect, it } from "vitest";
import { proofOfCompletion } from "../../src/recognize/tasks/completed.ts";
import { analyzed, marked } from "./analyzed.ts";

/** How the task in the last `$(…)` of a text is known to be complete there. */
function proof(body: string): string {
  const context = analyzed(`async function f(t: Task<number>, u: Task<number>) { ${body} }`);
  const subject = marked(context).at(-1)!;
  return proofOfCompletion(context, subject, subject)?.kind ?? "none";
}

describe("proofOfCompletion", () => {
  it.each([
    ["await t; $(t);"],
    ["await Promise.all([t, u]); $(t);"],
    ["await Task.WhenAll(t, u); $(u);"],
    ["await Task.WhenAll([t, u]); $(u);"],
    ["const all = Promise.allSettled([t, u]); await all; $(t);"],
    ["const tasks = [t, u]; await Promise.all(tasks); $(u);"],
    ["const tasks = []; tasks.push(t); await Task.WhenAll(tasks); $(t);"],
    ["const tasks = load(); await Promise.all(tasks); for (const each of tasks) $(each);"],
    ["const tasks = load(); await Promise.all(tasks); $(tasks[0]);"],
    ["const tasks = load(); await Promise.all(tasks); tasks.map((each) => $(each));"],
    ["await puer.$promise(t); $(t);"],
    ["const p = puer.$promise(t); await p; $(t);"],
    ["await t.ConfigureAwait(false); $(t);"],
    ["await t.then(log); $(t);"],
    ["const same = t; await same; $(t);"],
    ["await t; run(() => $(t));"],
    ["try { await t; } catch (e) { log(e); } $(t);"],
    ["try { await t; return; } finally { close(); } $(t);"],
    ["log(await t, $(t));"],
  ])("after an await: %s", (body) => {
    expect(proof(body)).toBe("awaited");
  });

  it.each([
    ["t.ContinueWith(() => $(t));"],
    ["t.ContinueWith((done) => $(done));"],
    ["t.ContinueWith(next); function next(done: Task<number>) { $(done); }"],
    ["Task.WhenAll(t, u).ContinueWith(() => $(u));"],
    ["t.GetAwaiter().OnCompleted(() => $(t));"],
    ["Promise.all([t, u]).then(() => { if (x) $(t); });"],
    ["t.finally(() => { items.forEach(() => $(t)); });"],
  ])("in a continuation: %s", (body) => {
    expect(proof(body)).toBe("continuation");
  });

  it.each([
    ["if (t.IsCompleted) $(t);"],
    ["if (t.IsCompletedSuccessfully && x) { $(t); }"],
    ["if (!t.IsCompleted) return; $(t);"],
    ["if (!t.IsCompleted || !u.IsCompleted) { throw new Error(); } $(u);"],
    ["x = t.IsCompleted ? $(t) : 0;"],
    ["x = t.IsCompleted && $(t);"],
    ["x = !t.IsCompleted || $(t);"],
    ["if (t.IsCompleted === false) return; $(t);"],
    ["if (t.Status === TaskStatus.RanToCompletion) $(t);"],
    ["if (t.Status !== TaskStatus.RanToCompletion) return; $(t);"],
    ["const done = t.IsCompleted; if (done) $(t);"],
    ["if (t.Wait(100)) $(t);"],
    ["while (!t.IsCompleted) { await tick(); } $(t);"],
    ["if (!t.IsCompleted) { log(); } else { $(t); }"],
    ["for (; t.IsCompleted; ) { $(t); }"],
    ["if (t.IsCompleted) run(() => $(t));"],
  ])("behind a guard: %s", (body) => {
    expect(proof(body)).toBe("guard");
  });

  it.each([
    ["$(t);"],
    ["$(t); await t;"],
    ["if (x) await t; $(t);"],
    ["await u; $(t);"],
    ["await Promise.race([t, u]); $(t);"],
    ["await Task.WhenAny(t, u); $(t);"],
    ["await t; t = start(); $(t);"],
    ["run(async () => { await t; }); $(t);"],
    ["if (t.IsFaulted) return; $(t);"],
    ["if (t.IsCompleted || x) $(t);"],
    ["if (t.IsCompleted && x) return; $(t);"],
    ["if (!t.IsCompleted) log(); $(t);"],
    ["if (u.IsCompleted) $(t);"],
    ["while (!t.IsCompleted) { if (x) break; } $(t);"],
    ["x = t.IsCompleted ?? $(t);"],
    ["setTimeout(() => $(t), 10);"],
    ["u.ContinueWith(() => $(t));"],
    ["t.map((each) => $(u));"],
    ["x && (await t); $(t);"],
    ["await t; function later() { $(t); }"],
    ["const tasks = load(); await Promise.all(others); for (const each of tasks) $(each);"],
  ])("not known: %s", (body) => {
    expect(proof(body)).toBe("none");
  });
});
