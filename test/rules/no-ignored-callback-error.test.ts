import rule from "../../rules/no-ignored-callback-error.ts";
import { located } from "./located.ts";
import { ruleTester } from "./rule-tester.ts";

const FS = `const fs = require("fs");`;
const ignored = (code: string, name: string, value: string, error: string, rest: object = {}) =>
  located(code, [{ messageId: "ignored", data: { name, value, error } }], rest);
const underscores = { options: [{ reportUnderscores: true }] };

ruleTester().run("no-ignored-callback-error", rule, {
  valid: [
    `${FS} fs.readFile(p, (err, data) => { if (err) throw err; show(data); });`,
    `${FS} fs.readFile(p, (err, data) => { show(data); log(err); });`,
    `${FS} fs.readFile(p, (err, data) => cb(err, data));`,
    `${FS} fs.readFile(p, (err, data) => { later(() => { log(err); }); show(data); });`,
    `${FS} fs.readFile(p, (...all) => cb(...all)); fs.readFile(p, cb);`,
    `${FS} fs.readFile(p, function (err, data) { show(data); cb.apply(null, arguments); });`,
    `${FS} fs.readFile(p, ({ code }, data) => { show(code, data); });`,
    // No value is used.
    `${FS} fs.unlink(p, (err) => {}); fs.unlink(p, () => done()); fs.readFile(p, (err, data) => done());`,
    // Who asks for the value knows that there may be none.
    `${FS} fs.readdir(p, (err, files) => { if (!files) return; show(files); });`,
    `${FS} fs.readdir(p, (err, files) => { for (const file of files || []) show(file); });`,
    `${FS} fs.stat(p, (err, stats) => { use(stats && stats.size); });`,
    `${FS} fs.stat(p, (err, stats) => { use(stats?.size); });`,
    `${FS} fs.stat(p, (err, stats) => { if (stats != null) use(stats); });`,
    `${FS} fs.readFile(p, (err, data = "") => { show(data); });`,
    // A name that says so.
    `${FS} fs.readFile(p, (_, data) => show(data)); fs.readFile(p, (_err, data) => show(data));`,
    // What is there beside an error may tell of it.
    `import { exec } from "node:child_process"; exec(a, (err, stdout, stderr) => { show(stdout, stderr); });`,
    `import request from "supertest"; request(app).get("/").end((err, res) => { expect(res.status).toBe(403); });`,
    `import request from "supertest"; request(app).get("/").end((err, res) => { expect(res).toBeForbidden(); });`,
    `const agent = require("superagent"); agent.get(url).end((err, res) => { if (res["ok"]) show(res.body); });`,
    // It has no error.
    `${FS} fs.exists(p, (there) => show(there));`,
    `readFile(p, (err, data) => show(data)); import fs from "./fs.js"; fs.readFile(p, (err, data) => show(data));`,
    {
      code: `import { glob } from "glob"; glob("*.js", (err, files) => show(files));`,
      settings: { tapify: { assume: { glob: "11" } } },
    },
  ],
  invalid: [
    // With supertest there is a response beside the error.
    located(
      `import request from "supertest"; request(app).get("/").expect(200).end((⟦err⟧, res) => { show(res.body); });`,
      [{ messageId: "alone", data: { name: "end", value: "res", error: "err" } }],
    ),
    ignored(`${FS} fs.readFile(p, (⟦err⟧, data) => { show(data); });`, "readFile", "data", "err"),
    ignored(
      `${FS} fs.readFile(p, "utf8", function (⟦error⟧, text) { show(text.length); });`,
      "readFile",
      "text",
      "error",
    ),
    ignored(`${FS} fs.readFile(p, onRead); function onRead(⟦err⟧, data) { show(data); }`, "readFile", "data", "err"),
    ignored(
      `${FS} new Promise((resolve) => fs.readFile(p, (⟦err⟧, data) => resolve(data)));`,
      "readFile",
      "data",
      "err",
    ),
    ignored(`${FS} fs.readFile(p, (⟦err⟧, data) => cb(null, data));`, "readFile", "data", "err"),
    // What a process has written is there beside the error.
    located(`import { exec } from "node:child_process"; exec(a, (⟦e⟧, stdout) => { show(stdout); });`, [
      { messageId: "alone", data: { name: "exec", value: "stdout", error: "e" } },
    ]),
    ignored(
      `const s3 = new (require("aws-sdk").S3)(); s3.getObject(p, (⟦err⟧, data) => show(data.Body));`,
      "getObject",
      "data",
      "err",
    ),
    ignored(`${FS} fs.readFile(p, (⟦_⟧, data) => show(data));`, "readFile", "data", "_", underscores),
    ignored(
      `const User = require("mongoose").model("User", s); User.find({}, function (⟦err⟧, users) { res.json(users); });`,
      "find",
      "users",
      "err",
    ),
  ],
});
