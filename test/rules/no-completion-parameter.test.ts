import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import rule from "../../rules/no-completion-parameter.ts";
import { located } from "./located.ts";
import { ruleTester } from "./rule-tester.ts";

const tester = ruleTester();
const LAMBDA = { host: "AWS Lambda", version: "Node.js 24" };
const refused = { messageId: "refused", data: { ...LAMBDA, name: "callback" } };

tester.run("no-completion-parameter: handlers that are fine, or are none", rule, {
  valid: [
    "exports.handler = async (event, context) => ({ statusCode: 200 });",
    "export const handler = async (event) => event.name;",
    // Another order: a host that still serves it.
    "exports.handler = (context, event, callback) => { callback(null, event); };",
    // Nobody calls it from outside.
    "const handler = (event, context, callback) => { callback(null, event); }; run(handler);",
    "function handler(event, context, callback) { callback(null, event); }",
    "class Api { handler(event, context, callback) { callback(null, event); } }\nexport { Api };",
    // What is exported is what the wrapper gives.
    "exports.handler = middy((event, context, callback) => { callback(null, event); });",
    // The names are another framework's.
    "exports.handler = (req, res, next) => { next(); };",
    "export function handler(request, reply, done) { done(); }",
    "exports.create = (event, context, callback) => { callback(null, event); };",
    "export function handler(error, result, callback) { callback(error, result); }",
    // Modules of another host.
    'import functions from "firebase-functions"; exports.handler = (event, context, callback) => { callback(null, event); };',
    'const { app } = require("@azure/functions"); exports.handler = (event, context, callback) => { callback(); };',
    // A library of helpers in a file of the host.
    'const AWS = require("aws-sdk"); exports.zip = (left, right, combine) => left.map((x, i) => combine(x, right[i]));',
    // An async function that answers by what it gives.
    "exports.handler = async (event, context, callback = noop) => { callback(null); return event; };",
    "exports.handler = async (event, context, ...rest) => event;",
    // Hidden, and not used.
    "exports.handler = (event, context, callback = noop) => event;",
    // Types of another module.
    'import type { Handler } from "./types"; export const create: Handler = (event, context, callback) => { callback(null); };',
  ],
  invalid: [],
});

tester.run("no-completion-parameter: handlers", rule, {
  valid: [],
  invalid: [
    located("exports.handler = (event, context, ⟦callback⟧) => { callback(null, event); };", [refused]),
    located("module.exports.handler = function (event, context, ⟦callback⟧) { callback(null, event); };", [refused]),
    located("module.exports = { handler(event, context, ⟦callback⟧) { callback(null, event); } };", [refused]),
    located("export const handler = (event, context, ⟦callback⟧) => callback(null, event);", [refused]),
    located("export function handler(event, context, ⟦callback⟧) { callback(null, event) }", [refused]),
    located("function run(event, context, ⟦callback⟧) { callback(null, event); }\nexport { run as handler };", [
      refused,
    ]),
    located("const run = (event, context, ⟦callback⟧) => { callback(null, event); };\nexports.handler = run;", [
      refused,
    ]),
    located("exports.handler = (_event, ctx, ⟦cb⟧) => { cb(null, 1); };", [
      { messageId: "refused", data: { ...LAMBDA, name: "cb" } },
    ]),
    located("exports.handler = (event, _, ⟦done⟧) => { done(null, event); };", [
      { messageId: "refused", data: { ...LAMBDA, name: "done" } },
    ]),
    // Any export, where the file is the host's otherwise.
    located(
      'const AWS = require("aws-sdk/clients/s3");\nmodule.exports.create = (event, context, ⟦callback⟧) => { callback(null, event); };',
      [refused],
    ),
    located(
      "exports.create = (event, context, ⟦callback⟧) => { context.callbackWaitsForEmptyEventLoop = false; callback(null, event); };",
      [refused],
    ),
    located(
      'import type { Handler } from "aws-lambda";\nexport const create: Handler<In, Out> = (e, c, ⟦done⟧) => { done(null, e); };',
      [{ messageId: "refused", data: { ...LAMBDA, name: "done" } }],
    ),
    located(
      'import type { Callback } from "aws-lambda";\nexport function create(e: In, c: unknown, ⟦reply: Callback<Out>⟧) { reply(null, e); }',
      [{ messageId: "refused", data: { ...LAMBDA, name: "reply" } }],
    ),
    located("exports.create = (event, context, ⟦callback⟧) => { callback(null, event); };", [refused], {
      settings: { tapify: { host: "aws-lambda" } },
    }),
    // Several a file.
    located(
      'const AWS = require("aws-sdk");\nexports.a = (event, context, ⟦callback⟧) => { callback(null); };\nexports.b = (event, context, ⟦callback⟧) => { callback(null); };',
      [refused, refused],
    ),
    // Where nothing uses it, it can go.
    located("exports.handler = async (event, context, ⟦callback⟧) => event.name;", [
      {
        messageId: "unused",
        data: { ...LAMBDA, name: "callback" },
        suggestions: [
          {
            messageId: "remove",
            data: { name: "callback" },
            output: "exports.handler = async (event, context) => event.name;",
          },
        ],
      },
    ]),
    located(
      'import type { APIGatewayProxyHandler } from "aws-lambda";\nexport const get: APIGatewayProxyHandler = async (\n  event,\n  context,\n  ⟦_callback⟧,\n) => {\n  return reply(event);\n};',
      [
        {
          messageId: "unused",
          data: { ...LAMBDA, name: "_callback" },
          suggestions: [
            {
              messageId: "remove",
              data: { name: "_callback" },
              output:
                'import type { APIGatewayProxyHandler } from "aws-lambda";\nexport const get: APIGatewayProxyHandler = async (\n  event,\n  context,\n) => {\n  return reply(event);\n};',
            },
          ],
        },
      ],
    ),
    // Nothing is taken away where a comment, or the function's `arguments`, says more of it.
    located("exports.handler = async (event, context, /* unused */ ⟦callback⟧) => event.name;", [
      { messageId: "unused", data: { ...LAMBDA, name: "callback" }, suggestions: [] },
    ]),
    located("exports.handler = async function (event, context, ⟦callback⟧) { return arguments[2]; };", [
      { messageId: "unused", data: { ...LAMBDA, name: "callback" }, suggestions: [] },
    ]),
    // The host does not see that it takes one.
    located("exports.handler = (event, context, ⟦callback = () => {}⟧) => { callback(null, event); };", [
      { messageId: "unanswered", data: { ...LAMBDA, name: "callback" } },
    ]),
    located("exports.handler = (event = {}, context, ⟦callback⟧) => { callback(null, event); };", [
      { messageId: "unanswered", data: { ...LAMBDA, name: "callback" } },
    ]),
    located(
      'const AWS = require("aws-sdk");\nexports.handler = (event, context, ⟦...[callback]⟧) => { callback(null, event); };',
      [{ messageId: "unanswered", data: { ...LAMBDA, name: "callback" } }],
    ),
  ],
});

/** Code of a file in a folder that a deployment is described in. */
const code = "module.exports.create = (event, context, callback) => { callback(null, event); };";
const marked = code.replace(", callback)", ", ⟦callback⟧)");
const root = realpathSync(mkdtempSync(join(tmpdir(), "tapify-deployed-")));
afterAll(() => rmSync(root, { recursive: true }));

/** The path of a file in a folder of its own with the description of a deployment. */
function deployed(file: string, description: string, text: string): string {
  const folder = mkdtempSync(join(root, "project-"));
  writeFileSync(join(folder, description), text);
  return join(folder, file);
}

const YAML = "provider:\n  name: aws\n  runtime: nodejs18.x\nfunctions:\n  create:\n    handler: src/items.create\n";

tester.run("no-completion-parameter: what a deployment names", rule, {
  valid: [
    { code, filename: deployed("src/items.js", "serverless.yml", YAML.replace("items.create", "items.remove")) },
    { code, filename: deployed("lib/items.js", "serverless.yml", YAML) },
    { code, filename: deployed("src/items.js", "serverless.yml", YAML.replace("name: aws", "name: google")) },
    {
      code,
      filename: deployed(
        "src/items.js",
        "serverless.yml",
        YAML.replace(
          "provider:\n  name: aws",
          "provider: # where: it runs\n  # name: aws\n\n  # name: azure\n  name: google",
        ),
      ),
    },
    { code, filename: deployed("src/items.js", "serverless.txt", YAML) },
    // Another host's module, and nothing that names the function.
    { code: `const twilio = require("twilio");\n${code}`, filename: deployed("lib/items.js", "serverless.yml", YAML) },
    // A helper that the deployment does not name.
    {
      code: "exports.create = (a, b, combine) => combine(a, b);",
      filename: deployed("src/items.js", "serverless.yml", YAML),
    },
  ],
  invalid: [
    located(marked, [refused], { filename: deployed("src/items.js", "serverless.yml", YAML) }),
    // A client of the other's service.
    located(`const twilio = require("twilio");\n${marked}`, [refused], {
      filename: deployed("src/items.js", "serverless.yml", YAML),
    }),
    located(marked, [refused], {
      filename: deployed("src/items.ts", "serverless.yaml", YAML.replace("src/", "./src/")),
    }),
    located(marked, [refused], {
      filename: deployed(
        "src/items.js",
        "serverless.json",
        '{ "provider": { "name": "aws" }, "functions": { "create": { "handler": "src/items.create" } } }',
      ),
    }),
    located(marked, [refused], {
      filename: deployed(
        "src/items.js",
        "serverless.ts",
        'export default { provider: { name: "aws" }, functions: { create: { handler: "src/items.create" } } };',
      ),
    }),
    located(marked, [refused], {
      filename: deployed(
        "functions/items.js",
        "template.yaml",
        "Resources:\n  Create:\n    Properties:\n      CodeUri: functions/\n      Handler: items.create\n",
      ),
    }),
  ],
});

const vitest = 'import { beforeEach, it, test } from "vitest";\n';

tester.run("no-completion-parameter: tests that are fine, or are none", rule, {
  valid: [
    'it("reads", (done) => { read((error, text) => { expect(text).toBe("a"); done(error); }); });',
    'it("reads", async () => { expect(await read()).toBe("a"); });',
    // The context of a test is what it is for.
    `${vitest}it("reads", async ({ expect }) => { expect(await read()).toBe("a"); });`,
    `${vitest}it("reads", (context) => { context.skip(); });`,
    `${vitest}it("reads", (context) => { read(context); });`,
    `${vitest}it("reads", (done) => { setTimeout(finish, 1); });`,
    // Nobody's test, or an assertion object.
    'import { it } from "./mine.js"; it("reads", async (done) => { done(); });',
    'function it(name, run) {} it("reads", async (done) => { done(); });',
    'import test from "ava"; test("reads", async (t) => { t.is(await read(), "a"); });',
    'import test from "node:test"; test("reads", async (t) => { await t.test("more", run); });',
    'import test from "node:test"; test("reads", (t, done) => { read(done); });',
    'it("reads", async (t) => { t.pass(); });',
    // Nothing but the name says that this is a test.
    'it("reads", async (done) => { done(); });',
    'each([1, 2])("reads %s", async (value, done) => { done(); });',
  ],
  invalid: [],
});

tester.run("no-completion-parameter: tests", rule, {
  valid: [],
  invalid: [
    located(`${vitest}it("reads", (done) => { read((error, text) => { expect(text).toBe("a"); ⟦done⟧(); }); });`, [
      { messageId: "noCompletion", data: { host: "Vitest", called: "it", name: "done" } },
    ]),
    located(`${vitest}test.only("waits", (finish) => { setTimeout(⟦finish⟧, 10); });`, [
      { messageId: "noCompletion", data: { host: "Vitest", called: "test", name: "finish" } },
    ]),
    located(`${vitest}beforeEach(function (next) { connect(() => ⟦next⟧()); });`, [
      { messageId: "noCompletion", data: { host: "Vitest", called: "beforeEach", name: "next" } },
    ]),
    located('const vitest = require("vitest");\nvitest.it("reads", (done) => { read().then(() => ⟦done⟧()); });', [
      { messageId: "noCompletion", data: { host: "Vitest", called: "it", name: "done" } },
    ]),
    located(
      'it("reads", async (⟦done⟧) => { expect(await read()).toBe("a"); done(); });',
      [{ messageId: "promiseAsWell", data: { host: "The test runner", called: "it", name: "done" } }],
      { filename: "reads.test.ts" },
    ),
    located(
      "beforeAll(async ⟦done⟧ => { await connect(); });",
      [
        {
          messageId: "promiseUnused",
          data: { host: "The test runner", called: "beforeAll", name: "done" },
          suggestions: [
            { messageId: "remove", data: { name: "done" }, output: "beforeAll(async () => { await connect(); });" },
          ],
        },
      ],
      { filename: "test/connect.ts" },
    ),
    located('import { test } from "@jest/globals";\ntest("reads", async function (⟦done⟧) { await read(); });', [
      {
        messageId: "promiseUnused",
        data: { host: "Jest", called: "test", name: "done" },
        suggestions: [
          {
            messageId: "remove",
            data: { name: "done" },
            output: 'import { test } from "@jest/globals";\ntest("reads", async function () { await read(); });',
          },
        ],
      },
    ]),
    located('import test from "node:test";\ntest("reads", async (t, ⟦done⟧) => { await read(); done(); });', [
      { messageId: "promiseAsWell", data: { host: "node:test", called: "test", name: "done" } },
    ]),
  ],
});
