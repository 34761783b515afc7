import rule from "../../rules/no-dropped-callback.ts";
import { located } from "./located.ts";
import { ruleTester } from "./rule-tester.ts";

const assume = (versions: Record<string, string>) => ({ settings: { tapify: { assume: versions } } });

/** Code for packages of some versions, in which the marked names are reported. */
function dropped(
  code: string,
  versions: Record<string, string>,
  messageId: "ignores" | "throws" | "rejects" | "gone",
  data: { name: string; version: string; package: string },
) {
  return located(code, [{ messageId, data }], assume(versions));
}

const MONGO = `const { MongoClient } = require("mongodb"); const client = new MongoClient(url); const db = client.db("shop");`;
const MODEL = `const mongoose = require("mongoose"); const User = mongoose.model("User", schema);`;
const of5 = (name: string) => ({ name, version: "5", package: "mongodb" });
const of7 = (name: string) => ({ name, version: "7", package: "mongoose" });

ruleTester().run("no-dropped-callback: mongodb", rule, {
  valid: [
    // An older version calls it, and of an unknown one nothing is known.
    { code: `${MONGO} db.collection("a").findOne(q, (err, doc) => show(doc));`, ...assume({ mongodb: "4" }) },
    { code: `${MONGO} db.collection("a").findOne(q, (err, doc) => show(doc));`, ...assume({ mongodb: ">=4" }) },
    `${MONGO} db.collection("a").findOne(q, (err, doc) => show(doc));`,
    { code: `${MONGO} db.collection("a").findOne(q).then((doc) => show(doc));`, ...assume({ mongodb: "6" }) },
    { code: `${MONGO} db.collection("a").find(q).map((doc) => doc.name).toArray();`, ...assume({ mongodb: "6" }) },
    { code: `${MONGO} db.collection("a").find(q).forEach((doc) => show(doc));`, ...assume({ mongodb: "6" }) },
    { code: `${MONGO} db.collection("a").findOne(q, options);`, ...assume({ mongodb: "6" }) },
    // Nobody knows where these come from.
    { code: `db.collection("a").findOne(q, (err, doc) => show(doc));`, ...assume({ mongodb: "6" }) },
    { code: `const db = require("./db"); db.collection("a").findOne(q, () => {});`, ...assume({ mongodb: "6" }) },
    {
      code: `function f(db) { db.collection("a").findOne(q, (e, doc) => show(doc)); } require("mongodb");`,
      ...assume({ mongodb: "6" }),
    },
    {
      code: `const { MongoClient } = require("mongodb-legacy"); new MongoClient(u).connect((err) => go());`,
      ...assume({ mongodb: "6" }),
    },
    {
      code: `${MONGO} const list = [1]; list.find((one) => one > 0); new Map().get(k, () => {});`,
      ...assume({ mongodb: "6" }),
    },
  ],
  invalid: [
    dropped(
      `${MONGO} db.collection("a").⟦findOne⟧(q, (err, doc) => show(doc));`,
      { mongodb: "6" },
      "ignores",
      of5("findOne"),
    ),
    dropped(
      `${MONGO} function f(done) { db.collection("a").⟦insertOne⟧(doc, done); }`,
      { mongodb: "^5.1.0" },
      "ignores",
      of5("insertOne"),
    ),
    dropped(
      `${MONGO} db.collection("a").find(q).sort(s).limit(1).⟦toArray⟧(function (err, docs) {});`,
      { mongodb: "6" },
      "ignores",
      of5("toArray"),
    ),
    dropped(`${MONGO} client.⟦close⟧(() => end());`, { mongodb: "6" }, "ignores", of5("close")),
    dropped(
      `import { MongoClient } from "mongodb"; MongoClient.⟦connect⟧(url, (err, client) => { if (err) throw err; });`,
      { mongodb: "6" },
      "ignores",
      of5("MongoClient.connect"),
    ),
    located(
      `import mongodb from "mongodb"; mongodb.MongoClient.⟦connect⟧(url, function (err, client) { client.db().collection("a").⟦drop⟧(() => {}); });`,
      [
        { messageId: "ignores", data: of5("MongoClient.connect") },
        { messageId: "ignores", data: of5("drop") },
      ],
      assume({ mongodb: "6" }),
    ),
    dropped(
      `import { MongoClient } from "mongodb"; async function f() { const c = await MongoClient.connect(u); c.db().⟦dropDatabase⟧(() => {}); }`,
      { mongodb: "6" },
      "ignores",
      of5("dropDatabase"),
    ),
    dropped(
      `import { MongoClient } from "mongodb"; new MongoClient(u).connect().then((c) => c.db().⟦command⟧(ping, (err, r) => show(r)));`,
      { mongodb: "6" },
      "ignores",
      of5("command"),
    ),
    dropped(
      `const { MongoClient } = require("mongodb"); class Store { constructor(u) { this.client = new MongoClient(u); this.db = this.client.db(); } save(d, cb) { this.db.collection("a").⟦insertOne⟧(d, cb); } }`,
      { mongodb: "6" },
      "ignores",
      of5("insertOne"),
    ),
  ],
});

ruleTester().run("no-dropped-callback: mongoose", rule, {
  valid: [
    { code: `${MODEL} User.find(q, (err, users) => show(users));`, ...assume({ mongoose: "6" }) },
    {
      code: `${MODEL} User.find(q).then((users) => show(users)); User.findOne(q).exec();`,
      ...assume({ mongoose: "8" }),
    },
    {
      code: `const User = require("./user"); User.find(q, (err, users) => show(users));`,
      ...assume({ mongoose: "8" }),
    },
    { code: `${MODEL} users.find((user) => user.name === name);`, ...assume({ mongoose: "8" }) },
    { code: `${MODEL} schema.pre("save", function (next) { next(); });`, ...assume({ mongoose: "8" }) },
  ],
  invalid: [
    dropped(`${MODEL} User.⟦find⟧(q, (err, users) => show(users));`, { mongoose: "8" }, "throws", of7("find")),
    dropped(
      `${MODEL} User.find(q).sort("a").⟦exec⟧((err, users) => show(users));`,
      { mongoose: "8" },
      "rejects",
      of7("exec"),
    ),
    dropped(
      `${MODEL} const user = new User({}); user.⟦save⟧(function (err) { done(err); });`,
      { mongoose: "7" },
      "rejects",
      of7("save"),
    ),
    dropped(`${MODEL} new User({}).⟦save⟧(() => {});`, { mongoose: "7" }, "rejects", of7("save")),
    dropped(
      `import { connect } from "mongoose"; ⟦connect⟧(url, (err) => go());`,
      { mongoose: "7" },
      "rejects",
      of7("connect"),
    ),
    dropped(
      `import { model } from "mongoose"; const A = model<IA>("A", s); A.⟦updateOne⟧(q, u, () => {});`,
      { mongoose: "8" },
      "rejects",
      of7("updateOne"),
    ),
  ],
});

const of4 = (name: string) => ({ name, version: "4", package: "redis" });

ruleTester().run("no-dropped-callback: other packages", rule, {
  valid: [
    {
      code: `const client = require("redis").createClient(); client.get(k, (err, v) => show(v));`,
      ...assume({ redis: "3" }),
    },
    {
      code: `const client = require("redis").createClient({ legacyMode: true }); client.get(k, () => {});`,
      ...assume({ redis: "4" }),
    },
    {
      code: `const client = require("redis").createClient(options); client.get(k, () => {});`,
      ...assume({ redis: "4" }),
    },
    {
      code: `const client = require("redis").createClient(); client.legacy().get(k, () => {});`,
      ...assume({ redis: "5" }),
    },
    {
      code: `const client = require("redis").createClient(); client.subscribe("a", (message) => show(message));`,
      ...assume({ redis: "4" }),
    },
    { code: `const rimraf = require("rimraf"); rimraf(path, () => {});`, ...assume({ rimraf: "3" }) },
    { code: `import { rimraf } from "rimraf"; await rimraf(path); rimraf.sync(path);`, ...assume({ rimraf: "6" }) },
    {
      code: `import { glob } from "glob"; const files = await glob("*.js", { cwd }); glob.sync("*.js");`,
      ...assume({ glob: "11" }),
    },
    { code: `const mkdirp = require("mkdirp"); mkdirp(path, () => {});`, ...assume({ mkdirp: "0.5.6" }) },
    { code: `const { Level } = require("level"); new Level("a").get(k, () => {});`, ...assume({ level: "8" }) },
    { code: `const fs = require("fs"); fs.readFile(p, (err, data) => show(data));`, ...assume({ fs: "9" }) },
  ],
  invalid: [
    dropped(
      `const client = require("redis").createClient({ url }); client.⟦get⟧(k, (err, v) => show(v));`,
      { redis: "4" },
      "ignores",
      of4("get"),
    ),
    dropped(
      `import * as redis from "redis"; const client = redis.createClient("redis://a"); client.⟦set⟧(k, v, () => {});`,
      { redis: "5" },
      "ignores",
      of4("set"),
    ),
    dropped(`const rimraf = require("rimraf"); ⟦rimraf⟧(path, (err) => next(err));`, { rimraf: "4" }, "rejects", {
      name: "rimraf",
      version: "4",
      package: "rimraf",
    }),
    dropped(
      `const { rimraf } = require("rimraf"); ⟦rimraf⟧(path, { glob: false }, () => {});`,
      { rimraf: "6" },
      "ignores",
      {
        name: "rimraf",
        version: "4",
        package: "rimraf",
      },
    ),
    dropped(`const del = require("rimraf"); ⟦del⟧(path, () => {});`, { rimraf: "6" }, "gone", {
      name: "rimraf",
      version: "5",
      package: "rimraf",
    }),
    dropped(`import { glob } from "glob"; ⟦glob⟧("*.js", (err, files) => show(files));`, { glob: "11" }, "ignores", {
      name: "glob",
      version: "9",
      package: "glob",
    }),
    dropped(`var glob = require("glob"); ⟦glob⟧("*.js", {}, function (err, files) {});`, { glob: "10.3.0" }, "gone", {
      name: "glob",
      version: "10",
      package: "glob",
    }),
    dropped(`const mkdirp = require("mkdirp"); ⟦mkdirp⟧(path, (err) => go());`, { mkdirp: "1.0.4" }, "throws", {
      name: "mkdirp",
      version: "1",
      package: "mkdirp",
    }),
    dropped(`import { mkdirp } from "mkdirp"; ⟦mkdirp⟧(path, (err) => go());`, { mkdirp: "3" }, "rejects", {
      name: "mkdirp",
      version: "1",
      package: "mkdirp",
    }),
    dropped(
      `import { Client } from "@elastic/elasticsearch"; const client = new Client({ node }); client.⟦search⟧({ index }, (err, { body }) => show(body));`,
      { "@elastic/elasticsearch": "8" },
      "ignores",
      { name: "search", version: "8", package: "@elastic/elasticsearch" },
    ),
    dropped(
      `import { Client } from "@elastic/elasticsearch"; const client = new Client({ node }); client.indices.⟦create⟧({ index }, (err) => go());`,
      { "@elastic/elasticsearch": "8" },
      "ignores",
      { name: "create", version: "8", package: "@elastic/elasticsearch" },
    ),
    dropped(
      `const { Level } = require("level"); const db = new Level("a"); db.⟦get⟧(k, (err, v) => show(v));`,
      { level: "9" },
      "ignores",
      { name: "get", version: "9", package: "level" },
    ),
    dropped(
      `import { MemoryLevel } from "memory-level"; new MemoryLevel().sublevel("a").⟦put⟧(k, v, () => {});`,
      { "memory-level": "2" },
      "ignores",
      { name: "put", version: "2", package: "memory-level" },
    ),
    dropped(
      `const Web3 = require("web3"); const web3 = new Web3(provider); web3.eth.⟦getBalance⟧(a, (err, b) => show(b));`,
      { web3: "4" },
      "ignores",
      { name: "getBalance", version: "4", package: "web3" },
    ),
  ],
});
