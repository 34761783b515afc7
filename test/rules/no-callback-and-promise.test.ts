import rule from "../../rules/no-callback-and-promise.ts";
import { located } from "./located.ts";
import { ruleTester } from "./rule-tester.ts";

const FS = `const fs = require("fs");`;
const S3 = `const AWS = require("aws-sdk"); const s3 = new AWS.S3();`;

const found = (code: string, messageId: string, name: string, method?: string, rest: object = {}) =>
  located(code, [{ messageId, data: { name, ...(method === undefined ? {} : { method }) } }], rest);

ruleTester().run("no-callback-and-promise", rule, {
  valid: [
    // What async is to call for each is no callback of its own.
    `import async from "async"; async function f() { await async.mapLimit(list, 10, work); await async.map(list, work); }`,
    `const async = require("async"); async function f() { await async.retry({ times: 3 }, work); await async.some(list, work); }`,
    `${FS} async function f() { await fs.promises.readFile(p); fs.readFile(p, () => {}); }`,
    `${FS} async function f() { await fs.readFile(p); }`,
    `${FS} async function f(options) { await fs.readFile(p, options); }`,
    // A return that only leaves the function, and a function that others call back.
    `${FS} function f() { return fs.readFile(p, () => {}); }`,
    `${FS} async function f() { if (a) return fs.readFile(p, () => {}); await g(); }`,
    `${FS} async function f() { if (a) return; return fs.readFile(p, () => {}); }`,
    `${FS} app.get("/", async (req, res) => { return fs.readFile(p, (err, data) => res.send(data)); });`,
    `${FS} app.get("/", async (req, res) => fs.readFile(p, (err, data) => res.send(data)));`,
    `${FS} async function* f() { return fs.readFile(p, () => {}); }`,
    // Somebody else's functions.
    `import fs from "./fs.js"; async function f() { await fs.readFile(p, (err, data) => show(data)); }`,
    `import fs from "fs/promises"; async function f() { await fs.readFile(p, () => {}); }`,
    `async function f(fs) { await fs.readFile(p, (err, data) => show(data)); }`,
    `import { execFile } from "child_process"; const child = execFile(a, b, () => {}); child.on("exit", done); child.stdin.end();`,
    `${FS} async function f() { await new Promise((resolve) => fs.readFile(p, (err, data) => resolve(data))); }`,
    `${S3} async function f() { const request = s3.getObject(p, () => {}); request.on("error", fail); await s3.getObject(p).promise(); }`,
    // A function alone is no callback, but what checks the response.
    `import request from "supertest"; async function f() { await request(app).get("/").expect((res) => check(res)); }`,
    // That its callback is never called is another finding.
    {
      code: `const { MongoClient } = require("mongodb"); async function f() { await new MongoClient(u).connect((err) => go()); }`,
      settings: { tapify: { assume: { mongodb: "6" } } },
    },
  ],
  invalid: [
    // What it returns sends the request as well when it is awaited.
    found(
      `import request from "supertest"; async function f() { await request(app).get("/").expect(200).⟦end⟧((err, res) => show(res)); }`,
      "sentAgain",
      "end",
    ),
    found(`${FS} async function f() { await fs.⟦readFile⟧(p, (err, data) => show(data)); }`, "awaited", "readFile"),
    found(
      `${FS} async function f(callback) { const data = await fs.⟦readFile⟧(p, "utf8", callback); }`,
      "awaited",
      "readFile",
    ),
    found(
      `import { unlink } from "node:fs"; async function f() { await ⟦unlink⟧(p, function () {}); }`,
      "awaited",
      "unlink",
    ),
    found(`${FS} fs.⟦readFile⟧(p, (err, data) => show(data)).then(next);`, "chained", "readFile", "then"),
    found(`${FS} fs.⟦readFile⟧(p, () => {})?.catch(log);`, "chained", "readFile", "catch"),
    found(`${FS} async function f() { return fs.⟦readFile⟧(p, (err, data) => show(data)); }`, "returned", "readFile"),
    found(
      `${FS} async function f() { if (a) { return b; } else { return fs.⟦readFile⟧(p, () => {}); } }`,
      "returned",
      "readFile",
    ),
    found(`${FS} const load = async (p) => fs.⟦readFile⟧(p, (err, data) => show(data));`, "returned", "readFile"),
    found(`${FS} async function f() { await Promise.all([g(), fs.⟦unlink⟧(p, (err) => {})]); }`, "awaited", "unlink"),
    found(
      `${FS} async function f() { const done = fs.⟦unlink⟧(p, (err) => {}); g(); await done; }`,
      "awaited",
      "unlink",
    ),
    found(`${S3} async function f() { await s3.⟦putObject⟧(p, (err, data) => show(data)); }`, "awaited", "putObject"),
    found(
      `${S3} async function f() { await s3.⟦putObject⟧(p, (err, data) => {}).promise(); }`,
      "sentTwice",
      "putObject",
      "promise",
    ),
    found(
      `${S3} exports.handler = async (event, context, callback) => { return s3.⟦getObject⟧(p, callback); };`,
      "returned",
      "getObject",
    ),
    found(
      `const { MongoClient } = require("mongodb"); async function f() { const c = await MongoClient.⟦connect⟧(u, (err, c) => go(c)); }`,
      "awaited",
      "MongoClient.connect",
    ),
  ],
});

const ASYNC = `const async = require("async");`;
const task = (code: string, called: string, name = "cb", rest: object = {}) =>
  located(code, [{ messageId: "asyncTask", data: { called, name } }], rest);

ruleTester().run("no-callback-and-promise: async functions for the library async", rule, {
  valid: [
    `${ASYNC} async.each(list, (item, cb) => cb(null), done);`,
    `${ASYNC} async.each(list, async (item) => { await save(item); }, done);`,
    `${ASYNC} async.each(list, async (item, cb) => { await save(item); }, done);`,
    `${ASYNC} async.each(list, async (item, cb = noop) => { cb(); }, done);`,
    `${ASYNC} async.map(list, async (item, index) => index, done);`,
    `${ASYNC} each(list, async (item, cb) => { cb(); });`,
    // It passes a callback to all functions.
    `const async = require("neo-async"); async.each(list, async (item, cb) => { cb(); }, done);`,
    `import async from "./async.js"; async.each(list, async (item, cb) => { cb(); }, done);`,
    {
      code: `${ASYNC} async.each(list, async (item, cb) => { cb(); }, done);`,
      settings: { tapify: { assume: { async: "1.5" } } },
    },
  ],
  invalid: [
    task(`${ASYNC} async.each(list, async (item, ⟦cb⟧) => { await save(item); cb(); }, done);`, "each"),
    task(
      `import { mapLimit } from "async"; mapLimit(list, 4, async function (item, ⟦callback⟧) { callback(null, await load(item)); });`,
      "mapLimit",
      "callback",
    ),
    task(`import each from "async/each"; each(list, async (item, ⟦cb⟧) => { cb(); });`, "each"),
    task(`${ASYNC} async.series([async (⟦cb⟧) => { cb(null, await load()); }, (next) => next()], done);`, "series"),
    task(`${ASYNC} async.auto({ load: async (⟦cb⟧) => { cb(null, await load()); } }, done);`, "auto"),
    task(
      `${ASYNC} async function run(item, ⟦next⟧) { await save(item); next(); } async.eachSeries(list, run);`,
      "eachSeries",
      "next",
    ),
    task(
      `import * as async from "async"; const q = async.queue(async (job, ⟦done⟧) => { await job.run(); done(); }, 2);`,
      "queue",
      "done",
    ),
  ],
});
