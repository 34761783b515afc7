// @ts-check
// `node test/packages/run.js [--report FILE]`: installs the packages of this folder's lock file, and runs programs with callbacks of theirs before and
// after `tapify migrate`: after it with the major that calls no callback any more, where there is one. Also runs aws-sdk-js-codemod on what comes
// of a program for S3, which it leaves alone with callbacks. Needs `npm run build`. Ends with the line "N passed, N failed".
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";

const FOLDER = import.meta.dirname;
const ROOT = join(FOLDER, "../..");
const BIN = join(ROOT, "dist/src/cli/bin.js");

/** A program, the package that it uses, and the names under which an older major and the one of after the migration are installed. */
const PROGRAMS = [
  { file: "bcryptjs.mjs", name: "bcryptjs" },
  { file: "fs-extra.cjs", name: "fs-extra" },
  { file: "glob.cjs", name: "glob", old: "glob-7", now: "glob-9" },
  { file: "glob.cjs", name: "glob", old: "glob-7", now: "glob-11" },
  { file: "graceful-fs.mjs", name: "graceful-fs" },
  { file: "jsonwebtoken.cjs", name: "jsonwebtoken" },
  { file: "mkdirp.cjs", name: "mkdirp", old: "mkdirp-0", now: "mkdirp-1" },
  { file: "mkdirp.cjs", name: "mkdirp", old: "mkdirp-0", now: "mkdirp-3" },
  { file: "nedb.mjs", name: "@seald-io/nedb" },
  { file: "nodemailer.cjs", name: "nodemailer" },
  { file: "rimraf.cjs", name: "rimraf", old: "rimraf-3", now: "rimraf-4" },
  { file: "rimraf.cjs", name: "rimraf", old: "rimraf-3", now: "rimraf-6" },
  { file: "supertest.cjs", name: "supertest" },
];

const { values } = parseArgs({ options: { report: { type: "string" } } });
let passed = 0;
let failed = 0;
/** @type {string[]} */
const folders = [];

try {
  const { status } = spawnSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], {
    cwd: FOLDER,
    stdio: "inherit",
  });
  expect("the packages are installed", status, 0);
  if (status === 0) {
    for (const program of PROGRAMS) sameAfterwards(program);
    convertsToVersion3();
  }
} finally {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
}
if (values.report !== undefined) writeFileSync(values.report, JSON.stringify({ passed, failed }));
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

/** @param {{ file: string, name: string, old?: string, now?: string }} program */
function sameAfterwards({ file, name, old = name, now = name }) {
  const text = readFileSync(join(FOLDER, "programs", file), "utf8");
  const folder = workspace({ [file]: text }, name, now);
  const { stderr } = run(folder, [BIN, "migrate", "--write", file]);
  const output = readFileSync(join(folder, file), "utf8");
  // Only what is of Node.js may keep its callback.
  if (!expect(`${file} is migrated`, output !== text && /\bawait\b/.test(output), true)) console.error(output, stderr);
  for (const args of [[], ["missing"]]) {
    const before = outcome(workspace({ [file]: text }, name, old), [file, ...args]);
    const after = outcome(workspace({ [file]: output }, name, now), [file, ...args]);
    expect(`${file} ${args.join(" ")} does with ${now} what it did with ${old}`, after, before);
    expect(`${file} ${args.join(" ")} does something`, before.stdout !== "" || before.error !== "", true);
  }
  if (old === now) return;
  const silent = outcome(workspace({ [file]: text }, name, now), [file]);
  const before = outcome(workspace({ [file]: text }, name, old), [file]);
  expect(`${file} does something else with ${now} where it is not migrated`, silent.stdout !== before.stdout, true);
}

function convertsToVersion3() {
  const codemod = join(FOLDER, "node_modules/aws-sdk-js-codemod/bin/aws-sdk-js-codemod");
  const [before, after] = ["input", "output"].map((kind) => {
    const text = readFileSync(join(ROOT, `fixtures/callbacks/aws-s3.${kind}.cjs`), "utf8");
    const folder = workspace({ "s3.js": text });
    run(folder, [codemod, "-t", "v2-to-v3", "s3.js"]);
    return readFileSync(join(folder, "s3.js"), "utf8");
  });
  expect("aws-sdk-js-codemod leaves callbacks with version 2", before?.includes(`require("aws-sdk")`), true);
  expect("aws-sdk-js-codemod takes awaited calls to version 3", after?.includes("@aws-sdk/client-s3"), true);
  expect(
    "aws-sdk-js-codemod leaves nothing of version 2",
    /require\("aws-sdk"\)|\.promise\(\)/.test(after ?? ""),
    false,
  );
  expect("aws-sdk-js-codemod knows the waiter", after?.includes("waitUntilBucketExists"), true);
}

/**
 * A folder with some files, in which a package has been installed under its name.
 *
 * @param {Record<string, string>} files
 * @param {string} [name]
 * @param {string} [installed]
 */
function workspace(files, name, installed) {
  const folder = mkdtempSync(join(tmpdir(), "tapify-packages-"));
  folders.push(folder);
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
  if (name !== undefined && installed !== undefined) {
    const place = join(folder, "node_modules", name);
    mkdirSync(dirname(place), { recursive: true });
    symlinkSync(join(FOLDER, "node_modules", installed), place, "junction");
  }
  return folder;
}

/**
 * @param {string} cwd
 * @param {readonly string[]} args
 */
function run(cwd, args) {
  return spawnSync(process.execPath, args, { cwd, encoding: "utf8", timeout: 60_000 });
}

/**
 * What a program did: the message of an error that ended it is told without its place.
 *
 * @param {string} cwd
 * @param {readonly string[]} args
 */
function outcome(cwd, args) {
  const { status, stdout, stderr } = run(cwd, args);
  return { status, stdout, error: /\bError: [^\]\n]*/.exec(stderr)?.[0] ?? "" };
}

/**
 * @param {string} what
 * @param {unknown} found
 * @param {unknown} wanted
 */
function expect(what, found, wanted) {
  const [given, expected] = [JSON.stringify(found), JSON.stringify(wanted)];
  if (given === expected) {
    passed += 1;
    return true;
  }
  failed += 1;
  console.error(`failed: ${what}\n  found  ${given}\n  wanted ${expected}`);
  return false;
}
