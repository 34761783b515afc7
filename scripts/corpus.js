// @ts-check
// `npm run corpus -- FOLDER… [--host NAME] [--sample N] [--json FILE]`: what the rules of `recommended` and the migrations say of any trees. For each
// tree it prints the commit, the size, what crashed, what does not parse, findings by rule, migrations and refusals by code, and the slowest
// files; then a sum. `--sample` prints so many findings of each rule, spread over the tree, to be read. Exits with 1 if anything crashed.
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { ROOT } from "./root.js";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    host: { type: "string", default: "none" },
    sample: { type: "string", default: "0" },
    json: { type: "string" },
  },
});
const sample = Number(values.sample);
if (positionals.length === 0 || !Number.isInteger(sample)) {
  console.error("Usage: npm run corpus -- FOLDER… [--host NAME] [--sample N] [--json FILE]");
  process.exit(2);
}

/** @typedef {{ name: string, path: string, line: number, message: string }} Found */
/** @typedef {{ path: string, command: string, message: string }} Problem */
/**
 * @typedef {{ files: number, minified: number, lines: number, bytes: number, findings: Found[], migrations: Found[], refusals: Found[], notes: Found[],
 *   unparsed: Problem[], crashes: Problem[], times: { path: string, command: string, milliseconds: number }[] }} Report
 */

/** @type {Record<string, Report & { commit: string }>} */
const reports = {};
for (const folder of positionals) {
  const tree = resolve(process.env.INIT_CWD ?? ".", folder);
  const report = { commit: commitOf(tree), ...run(tree) };
  reports[folder] = report;
  show(basename(tree), report);
}
const all = Object.values(reports);
const total = (/** @type {(report: Report) => number} */ count) => all.reduce((sum, report) => sum + count(report), 0);
const crashes = total((report) => report.crashes.length);
console.log(
  `\n${all.length} trees: ${total(({ files }) => files)} files, ${total(({ lines }) => lines)} lines; ${crashes} crashes, ` +
    `${total(({ findings }) => findings.length)} findings, ${total(({ migrations }) => migrations.length)} migrations, ` +
    `${total(({ refusals }) => refusals.length)} refusals.`,
);
if (values.json !== undefined)
  writeFileSync(resolve(process.env.INIT_CWD ?? ".", values.json), JSON.stringify(reports, null, 2));
process.exitCode = crashes > 0 ? 1 : 0;

/** @param {string} tree @returns {Report} */
function run(tree) {
  const { status, signal, stdout, stderr } = spawnSync(
    process.execPath,
    [join(ROOT, "scripts/corpus-tree.js"), tree, values.host],
    { cwd: tree, encoding: "utf8", maxBuffer: 2 ** 30 },
  );
  if (status === 0) return JSON.parse(stdout);
  console.error(`${tree}: the process ended with ${signal ?? status}.\n${stderr}`);
  process.exit(1);
}

/** @param {string} tree The commit of a checkout, or that there is none. */
function commitOf(tree) {
  const { status, stdout } = spawnSync("git", ["rev-parse", "HEAD"], { cwd: tree, encoding: "utf8" });
  return status === 0 ? stdout.trim() : "no checkout";
}

/** @param {string} name @param {Report & { commit: string }} report */
function show(name, report) {
  console.log(`\n## ${name} (${report.commit})\n`);
  console.log(
    `${report.files} files (${report.minified} of them minified), ${report.lines} lines, ${(report.bytes / 1e6).toFixed(1)} MB`,
  );
  list(
    "crashed",
    report.crashes.map(({ path, command, message }) => `${command} ${path}: ${message}`),
  );
  list(
    "not parsed",
    report.unparsed.map(({ path, message }) => `${path}: ${message}`),
  );
  list("findings", counts(report.findings));
  list("migrations", counts(report.migrations));
  list("notes", counts(report.notes));
  list("refusals", counts(report.refusals));
  list(
    "slowest",
    report.times
      .slice(0, 3)
      .map(({ path, command, milliseconds }) => `${command} ${path}: ${Math.round(milliseconds)} ms`),
  );
  if (sample > 0)
    list(
      "to be read",
      spread(report.findings).map(({ name: rule, path, line, message }) => `${path}:${line} ${rule} ${message}`),
    );
}

/** @param {string} title @param {readonly string[]} lines */
function list(title, lines) {
  if (lines.length > 0) console.log(`${title}:\n${lines.map((line) => `  ${line}`).join("\n")}`);
}

/** @param {readonly Found[]} found How many there are by name, most frequent first. */
function counts(found) {
  return [...byName(found)]
    .sort(([, one], [, other]) => other.length - one.length)
    .map(([name, those]) => `${name} ${those.length}`);
}

/** @param {readonly Found[]} found So many of each name, at equal distances. */
function spread(found) {
  return [...byName(found).values()].flatMap((those) =>
    those.filter(
      (_, index) => Math.floor((index * sample) / those.length) !== Math.floor(((index - 1) * sample) / those.length),
    ),
  );
}

/** @param {readonly Found[]} found @returns {Map<string, Found[]>} */
function byName(found) {
  /** @type {Map<string, Found[]>} */
  const groups = new Map();
  for (const one of found) {
    const group = groups.get(one.name);
    if (group === undefined) groups.set(one.name, [one]);
    else group.push(one);
  }
  return groups;
}
