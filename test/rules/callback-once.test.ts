import rule from "../../rules/callback-once.ts";
import { located } from "./located.ts";
import { ruleTester } from "./rule-tester.ts";

const tester = ruleTester();
const at = (messageId: string, line: number, name = "cb") => ({ messageId, data: { name, line: String(line) } });
const never = (messageId = "never", name = "cb") => ({ messageId, data: { name } });

tester.run("callback-once: calls that exclude each other, or may", rule, {
  valid: [
    "function f(p, cb) { if (p) return cb(new Error(p)); cb(null, p); }",
    "function f(p, cb) { if (p) { cb(new Error(p)); return; } cb(null, p); }",
    "function f(p, cb) { if (p) cb(new Error(p)); else cb(null, p); }",
    "function f(err, cb) { if (err) cb(err); if (!err) cb(null, 1); }",
    "function f(err, data, cb) { if (err) cb(err); if (data) cb(null, data); }",
    "function f(p, cb) { g(p, (err, r) => { if (err) return cb(err); cb(null, r); }); }",
    "function f(p, cb) { g(p, (err) => { if (err) { cb(err); throw err; } cb(null); }); }",
    "function f(err, cb) { if (err) { cb(err); process.exit(1); } cb(null); }",
    "function bail() { log(); process.exit(1); } function f(err, cb) { if (err) { cb(err); bail(); } cb(null); }",
    "function f(p, cb) { switch (p) { case 1: cb(null, 1); break; case 2: cb(new Error(p)); break; } }",
    // Each in a function of its own: one of them is called.
    "function f(p, cb) { g(p, (r) => cb(null, r), (err) => cb(err)); }",
    // Several values, one after the other.
    "function f(cb) { cb(null, 1); cb(null, 2); }",
    "function walk(list, cb) { for (const each of list) cb(null, each); }",
    "function walk(list, cb) { for (const each of list) { if (each.err) cb(each.err); else cb(null, each); } }",
    // No completion parameters: called with values, not last, with another use.
    "function map(list, cb) { cb(list[0]); cb(list[1]); }",
    "function f(cb, options) { cb(new Error('a')); cb(null); }",
    "function f(err, cb) { if (err) cb(err); g(cb); }",
    "function f(err, cb) { if (err) cb(err); this.cb = cb; }",
    "function f(err, cb) { cb = once(cb); if (err) cb(err); cb(null); }",
    "function f(x, handler) { handler(null, x); handler(null); }",
    "list.sort((a, b) => { a(null); b(new Error()); });",
    // Functions in which something else has the name.
    "function f(p, cb) { if (p) return cb(new Error(p)); cb(null, (cb) => { cb(p); cb(p); }); }",
    // The handler may be for something else, or does not call.
    "function f(p, cb) { try { cb(null, g(p)); } catch (e) { log(e); } }",
    "function f(p, cb) { let r; try { r = g(p); } catch (e) { return cb(e); } cb(null, r); }",
    "function f(p, cb) { try { cb(null, g(p)); } catch (e) { if (e instanceof ParseError) return cb(e); throw e; } }",
    "function f(p, cb) { let called; try { called = true; cb(null, g(p)); } catch (e) { if (!called) cb(e); } }",
    "function f(p, cb) { try { setTimeout(() => cb(null, p), 1); } catch (e) { cb(e); } }",
    // What a runner or a host passes throws nothing.
    "import { it } from 'mocha'; it('x', (done) => { get((r) => { try { expect(r).to.equal(1); done(); } catch (e) { done(e); } }); });",
    "const check = (r, done) => { try { expect(r).to.equal(1); done(); } catch (e) { done(e); } };",
    "exports.handler = (event, context, callback) => { try { callback(null, run(event)); } catch (e) { callback(e); } };",
    // Vitest passes no callback.
    "import { it } from 'vitest'; it('x', (done) => { done(); done(); });",
  ],
  invalid: [],
});

tester.run("callback-once: calls that meet", rule, {
  valid: [],
  invalid: [
    located("function f(err, cb) {\n  if (err) ⟦cb(err)⟧;\n  cb(null, 1);\n}", [at("again", 3)]),
    located(
      "function f(p, cb) {\n  g(p, function (err, r) {\n    if (err) { ⟦cb(err)⟧; }\n    cb(null, r);\n  });\n}",
      [at("again", 4)],
    ),
    located("const f = (p, callback) => {\n  if (!p) ⟦callback(new Error('p'))⟧;\n  callback();\n};", [
      at("again", 3, "callback"),
    ]),
    located("class A {\n  f(p, done) {\n    if (!p) ⟦done('no p')⟧;\n    log(p);\n    return done(null, p);\n  }\n}", [
      at("again", 5, "done"),
    ]),
    located("app.use((req, res, next) => {\n  if (!req.user) ⟦next(new Error('user'))⟧;\n  next();\n});", [
      at("again", 3, "next"),
    ]),
    // Another name, with an error in one call and none in the other.
    located("function f(p, reply) {\n  if (!p) ⟦reply(new Error('p'))⟧;\n  reply(null, p);\n}", [
      at("again", 3, "reply"),
    ]),
    located("function f(p, cb = noop) {\n  if (!p) ⟦cb(new Error('p'))⟧;\n  cb(null, p);\n}", [at("again", 3)]),
    located(
      "function f(p: string, cb: (err: Error | null) => void): void {\n  if (!p) ⟦cb!(new Error('p'))⟧;\n  cb(null);\n}",
      [at("again", 3)],
    ),
    // Both ways of what follows call.
    located("function f(err, x, cb) {\n  if (err) ⟦cb(err)⟧;\n  if (x) return cb(null, x);\n  cb(null);\n}", [
      at("again", 3),
    ]),
    located("function f(p, cb) {\n  if (cache[p]) ⟦cb(null, cache[p])⟧;\n  cb(null, read(p));\n}", [at("again", 3)]),
    // A loop that goes on.
    located(
      "function f(list, cb) {\n  for (const each of list) {\n    if (!each) ⟦cb(new Error('empty'))⟧;\n  }\n  cb(null, list);\n}",
      [at("again", 3)],
    ),
    located(
      "function f(list, cb) {\n  list.forEach((each) => {\n    if (!each) ⟦cb(new Error('empty'))⟧;\n    cb(null, each);\n  });\n}",
      [at("again", 4)],
    ),
    // Some way behind a call that is always made.
    located("function f(p, cb) {\n  cb(null, p);\n  if (p.log) ⟦cb(new Error('log'))⟧;\n}", [at("already", 2)]),
    located("import { it } from 'mocha';\nit('x', (done) => {\n  ⟦done()⟧;\n  done();\n});", [at("again", 4, "done")]),
    located(
      "import { it } from 'mocha';\nit('x', (done) => {\n  get((err, r) => {\n    if (err) ⟦done(err)⟧;\n    expect(r).to.equal(1);\n    done();\n  });\n});",
      [at("again", 6, "done")],
    ),
    located("import test from 'node:test';\ntest('x', (t, done) => {\n  ⟦done()⟧;\n  done();\n});", [
      at("again", 4, "done"),
    ]),
    located(
      "exports.handler = (event, context, callback) => {\n  if (!event.id) ⟦callback('no id')⟧;\n  callback(null, event);\n};",
      [at("again", 3, "callback")],
    ),
  ],
});

tester.run("callback-once: calls that are caught", rule, {
  valid: [],
  invalid: [
    located("function f(p, cb) {\n  try {\n    ⟦cb(null, JSON.parse(p))⟧;\n  } catch (e) {\n    cb(e);\n  }\n}", [
      at("caught", 5),
    ]),
    located(
      "function f(p, cb) {\n  try {\n    return ⟦cb(null, JSON.parse(p))⟧;\n  } catch (e) {\n    return cb(e);\n  }\n}",
      [at("caught", 5)],
    ),
    located(
      "function f(p, cb) {\n  g(p, (err, r) => {\n    if (err) return cb(err);\n    try { ⟦cb(null, parse(r))⟧; } catch (e) { cb(e); }\n  });\n}",
      [at("caught", 4)],
    ),
    located(
      "function f(p, cb) {\n  try {\n    if (!p) return ⟦cb(null)⟧;\n    cb(null, p);\n  } catch (e) {\n    cb(e);\n  }\n}",
      [at("caught", 6)],
    ),
    located(
      "function f(p, cb) {\n  try {\n    ⟦cb(null, g(p))⟧;\n  } catch (e) {\n    log(e);\n  }\n  cb(new Error('p'));\n}",
      [at("again", 7)],
    ),
  ],
});

tester.run("callback-once: ways without a call", rule, {
  valid: [
    // Where others may call, or the way may be none.
    "function f(p, cb) { if (!p) return; g(p, (err) => cb(err, null)); }",
    "function f(p, cb) { if (!p) throw new Error('p'); cb(null, p); }",
    "function f(p, cb) { if (!p) process.exit(1); else cb(null, p); }",
    "function f(p, cb) { if (!p) { log(p); process.exit(1); return; } cb(null, p); }",
    "function f(p, cb) { while (!p.err) p.step(); if (p.err) return cb(p.err); cb(null); }",
    "function f(p, cb) { if (p) { return g(p); } cb(null); }",
    "function f(p, cb) { if (p) { g(p, cb); return; } cb(null); }",
    "function f(p, cb) { if (p) cb(null, p); if (!p) cb(new Error('p')); }",
    "function f(p, cb) { if (p === 1) cb(null, p); else if (p === 2) cb(new Error('p')); }",
    "function f(p, cb) { switch (p) { case 1: return cb(null, 1); case 2: return cb(new Error('p')); } }",
    "function f(p, cb) { for (;;) { if (p.next()) return cb(null, p); } }",
    "function f(p, cb) { if (cb) cb(null, p); }",
    "function f(p, cb) { if (!p) return; cb?.(null, p); }",
    // State that is shared decides.
    "let finished = false; function f(err, cb) { if (finished) return; finished = true; cb(err, null); }",
    "class A { f(p, cb) { if (this.closed) return; cb(null, p); } }",
    "class A { f(p, cb) { if (!this.closed) cb(null, p); } }",
    // An answer of another kind.
    "function f(req, res, next) { if (!req.user) { res.end(); return; } next(null); }",
    "function f(req, reply, done) { if (!req.user) { reply.send(); return; } done(null); }",
    "async function f(p, cb) { if (!p) return; cb(null, p); }",
    "function f(p, cb) { if (!p) { g.apply(this, arguments); return; } cb(null, p); }",
    "socket.on('x', (p, cb) => { if (!p) return; cb(null, p); });",
    "exports.handler = (event, context, callback) => { if (!event.id) { context.fail('id'); return; } callback(null, event); };",
  ],
  invalid: [
    located("function f(p, cb) {\n  if (!p) ⟦return;⟧\n  cb(null, p);\n}", [never()]),
    located(
      "function f(p, cb) {\n  let r;\n  try { r = JSON.parse(p); } catch (e) { log(e); ⟦return;⟧ }\n  cb(null, r);\n}",
      [never()],
    ),
    located("function f(err, r, cb) {\n  if (⟦err⟧) {\n    console.error(err);\n  } else {\n    cb(null, r);\n  }\n}", [
      never("neverElse"),
    ]),
    located("function f(err, cb) {\n  if (⟦err⟧) cb(err);\n}", [never("neverElse")]),
    located(
      "exports.handler = (event, context, callback) => {\n  if (!event.id) ⟦return;⟧\n  callback(null, event);\n};",
      [never("never", "callback")],
    ),
    located("import { it } from 'mocha';\nit('x', (done) => {\n  if (⟦ready()⟧) done();\n});", [
      never("neverElse", "done"),
    ]),
  ],
});
