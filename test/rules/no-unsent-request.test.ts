import rule from "../../rules/no-unsent-request.ts";
import { located } from "./located.ts";
import { ruleTester } from "./rule-tester.ts";

const S3 = `const AWS = require("aws-sdk"); const s3 = new AWS.S3();`;
const MODEL = `import mongoose from "mongoose"; const User = mongoose.model("User", schema);`;
const unsent = (code: string, messageId: string, name: string, sentBy = "promise()") =>
  located(code, [{ messageId, data: { name, sentBy } }]);
const query = (code: string, name: string) => unsent(code, "dropped", name, "exec()");

ruleTester().run("no-unsent-request", rule, {
  valid: [
    `${S3} s3.putObject({ Key }, (err) => {}); s3.putObject({ Key }, done); s3.listBuckets(cb);`,
    `${S3} async function f() { await s3.putObject({ Key }).promise(); s3.putObject({ Key }).send(); }`,
    `${S3} s3.getObject({ Key }).createReadStream().pipe(out); s3.listObjects({ Bucket }).eachPage(each);`,
    `${S3} const request = s3.putObject({ Key }); request.on("success", go).send();`,
    // It may be sent elsewhere, or given something to call back.
    `${S3} function make() { return s3.putObject({ Key }); } send(s3.putObject({ Key }));`,
    `${S3} async function make() { return s3.putObject({ Key }); }`,
    `${S3} function f(params) { s3.listBuckets(params); } s3.putObject(...args);`,
    `${S3} const url = s3.getSignedUrl("getObject", { Key }); s3.createPresignedPost({ Key }); s3.customizeRequests(fn);`,
    `const { S3 } = require("@aws-sdk/client-s3"); const s3 = new S3(); s3.putObject({ Key });`,
    `s3.putObject({ Key }); async function f(s3) { await s3.putObject({ Key }); }`,
    `const AWS = require("aws-sdk"); AWS.config.update({ region }); new AWS.Credentials(a).refresh(); new AWS.Endpoint(b).toString();`,
    `${MODEL} async function f() { await User.updateOne({ a }, { b }); await User.find({}).sort("a"); }`,
    `${MODEL} User.updateOne({ a }, { b }).exec(); User.find({}).then(show); User.deleteOne({ a }, done); User.find({}).cursor();`,
    `${MODEL} const query = User.find({}); query.exec(); function all() { return User.find({}); } run(User.find({}));`,
    `${MODEL} User.create({ a }); User.insertMany([a]); new User({}).save();`,
    `import User from "./user.js"; User.updateOne({ a }, { b });`,
  ],
  invalid: [
    unsent(`${S3} s3.⟦putObject⟧({ Bucket, Key });`, "dropped", "putObject"),
    unsent(`${S3} const params = { Key }; s3.⟦deleteObject⟧(params);`, "dropped", "deleteObject"),
    unsent(`${S3} function f() { const request = s3.⟦putObject⟧({ Key }); }`, "dropped", "putObject"),
    unsent(`${S3} async function f() { const data = await s3.⟦getObject⟧({ Key }); }`, "awaited", "getObject"),
    unsent(`${S3} async function f(params) { await s3.⟦getObject⟧(params); }`, "awaited", "getObject"),
    unsent(`${S3} s3.⟦listBuckets⟧().then(show);`, "chained", "listBuckets"),
    unsent(`${S3} async function f() { await Promise.all([s3.⟦putObject⟧({ Key })]); }`, "awaited", "putObject"),
    unsent(
      `import { DynamoDB } from "aws-sdk"; const db = new DynamoDB.DocumentClient(); async function f() { await db.⟦put⟧({ Item }); }`,
      "awaited",
      "put",
    ),
    unsent(
      `import SQS from "aws-sdk/clients/sqs"; new SQS().⟦sendMessage⟧({ MessageBody });`,
      "dropped",
      "sendMessage",
    ),
    unsent(
      `const AWS = require("aws-sdk"); class Mail { constructor() { this.ses = new AWS.SES(); } async send(m) { await this.ses.⟦sendEmail⟧(m); } }`,
      "awaited",
      "sendEmail",
    ),
    query(`${MODEL} User.⟦updateOne⟧({ a }, { b });`, "updateOne"),
    query(`${MODEL} User.⟦deleteMany⟧();`, "deleteMany"),
    query(`${MODEL} User.⟦find⟧({ a }).sort({ b: 1 }).limit(3);`, "find"),
    query(
      `${MODEL} async function f() { User.⟦findByIdAndUpdate⟧(id, { $inc: { n: 1 } }); await g(); }`,
      "findByIdAndUpdate",
    ),
  ],
});
