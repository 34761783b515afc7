import rule from "../../rules/require-await-in-try.ts";
import unawaited from "../../rules/no-unawaited-task.ts";
import { located } from "./located.ts";
import { ruleTester } from "./rule-tester.ts";

const ASYNC = "async function f(x) { await g(x); return x; }\n";

/** A finding in the second line, and what the suggestion makes of it; `null` where there is none. */
const found = (code: string, messageId: string, output: string | null, call = /⟦f⟧\(\)/.test(code) ? "f()" : "f(…)") =>
  located(ASYNC + code, [
    {
      messageId,
      data: { call },
      ...(output === null ? {} : { suggestions: [{ messageId: "addAwait", data: { call }, output: ASYNC + output }] }),
    },
  ]);

ruleTester().run("require-await-in-try", rule, {
  valid: [
    `${ASYNC}async function h() { try { await f(); } catch (e) { log(e); } }`,
    `${ASYNC}async function h() { try { return await f(); } catch (e) { log(e); } }`,
    `${ASYNC}async function h() { try { void f(); } catch (e) { log(e); } }`,
    `${ASYNC}async function h() { try { f().catch(log); } catch (e) { log(e); } }`,
    `${ASYNC}async function h() { try { return f().then(a, b); } catch (e) { log(e); } }`,
    `${ASYNC}async function h() { try { const p = f(); start(); await p; } catch (e) { log(e); } }`,
    `${ASYNC}async function h() { try { g(); } catch (e) { f(); } }`,
    `${ASYNC}async function h() { try { g(); } catch (e) { return f(); } }`,
    `${ASYNC}async function h() { try { list.map(() => f()); later(() => { f(); }); } catch (e) { log(e); } }`,
    // Nothing is done with the failure that would not come of it anyway.
    `${ASYNC}async function h() { try { return f(); } catch (e) { throw e; } }`,
    `${ASYNC}function h() { try { return f(); } catch (e) { return Promise.reject(e); } }`,
    `${ASYNC}async function h() { try { return f(); } finally { } }`,
    // The catch may be meant for something else.
    `${ASYNC}function h(t) { try { return f(JSON.parse(t)); } catch (e) { return null; } }`,
    `${ASYNC}function h(t) { try { const x = read(t); return f(x); } catch (e) { return null; } }`,
    // A generator waits by itself, a function that handles its failures has none.
    `${ASYNC}async function* h() { try { return f(); } catch (e) { log(e); } }`,
    "async function f() { try { await g(); } catch { log(); } } function h() { try { f(); } catch (e) { log(e); } }",
    "async function f(n) { try { return f(n - 1); } catch (e) { log(e); } }",
    // Nobody knows what these give.
    "async function h() { try { f(); return g(); } catch (e) { log(e); } }",
    "import { f } from './f.js'; async function h() { try { return f(); } catch (e) { log(e); } }",
    "function f() { return 1; } async function h() { try { return f(); } catch (e) { log(e); } }",
  ],
  invalid: [
    found(
      "async function h() { try { ⟦f⟧(); } catch (e) { log(e); } }",
      "droppedCatch",
      "async function h() { try { await f(); } catch (e) { log(e); } }",
    ),
    found(
      "async function h() { try { return ⟦f⟧(1); } catch { return null; } }",
      "returnedCatch",
      "async function h() { try { return await f(1); } catch { return null; } }",
    ),
    found(
      "const h = async (c) => { try { return c ? ⟦f⟧(c) : null; } catch (e) { log(e); } }",
      "returnedCatch",
      "const h = async (c) => { try { return c ? await f(c) : null; } catch (e) { log(e); } }",
    ),
    found(
      "async function h(c) { await c.open(); try { return ⟦f⟧(c); } finally { c.close(); } }",
      "returnedFinally",
      "async function h(c) { await c.open(); try { return await f(c); } finally { c.close(); } }",
    ),
    found(
      "async function h(c) { try { if (c) { ⟦f⟧(c); } } finally { c.close(); } }",
      "droppedFinally",
      "async function h(c) { try { if (c) { await f(c); } } finally { c.close(); } }",
    ),
    // The handler inside hands it on to the one around.
    found(
      "async function h() { try { try { return ⟦f⟧(); } catch (e) { throw e; } } catch (e) { log(e); } }",
      "returnedCatch",
      "async function h() { try { try { return await f(); } catch (e) { throw e; } } catch (e) { log(e); } }",
    ),
    found(
      "async function h() { try { return f().⟦then⟧(use); } catch (e) { log(e); } }",
      "returnedCatch",
      "async function h() { try { return await f().then(use); } catch (e) { log(e); } }",
      "f().then(…)",
    ),
    // No suggestion where there can be no await.
    found("function h() { try { ⟦f⟧(); go(); } catch (e) { return deny(e); } }", "droppedCatch", null),
    found("function h(t) { try { return ⟦f⟧(t); } catch (e) { return null; } }", "returnedCatch", null),
    // A declared promise, and a method.
    located(
      "declare function load(): Promise<string>;\nasync function h() { try { return ⟦load⟧(); } catch { return ''; } }",
      [
        {
          messageId: "returnedCatch",
          data: { call: "load()" },
          suggestions: [
            {
              messageId: "addAwait",
              data: { call: "load()" },
              output:
                "declare function load(): Promise<string>;\nasync function h() { try { return await load(); } catch { return ''; } }",
            },
          ],
        },
      ],
    ),
    located(
      "class A { async check() { await g(); }\n  open() { try { this.⟦check⟧(); } catch { return null; } return 1; } }",
      [{ messageId: "droppedCatch", data: { call: "this.check()" } }],
    ),
  ],
});

ruleTester().run("no-unawaited-task: silent where require-await-in-try reports", unawaited, {
  valid: [`${ASYNC}async function h() { try { f(); } catch (e) { log(e); } }`],
  invalid: [
    located(`${ASYNC}async function h() { try { f(); } catch (e) { ⟦f⟧(); } }`, [
      {
        messageId: "discardedOrVoid",
        data: { call: "f()", thing: "promise" },
        suggestions: [
          {
            messageId: "addAwait",
            data: { call: "f()" },
            output: `${ASYNC}async function h() { try { f(); } catch (e) { await f(); } }`,
          },
          {
            messageId: "addVoid",
            data: { call: "f()" },
            output: `${ASYNC}async function h() { try { f(); } catch (e) { void f(); } }`,
          },
        ],
      },
    ]),
  ],
});
