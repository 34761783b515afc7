// @ts-check
// npm run bench -- TREE
//
// What tapify costs on a tree, beside what others cost on the same files in the same run:
//
// 1. The rules of `recommended` as a share of an ESLint run. ESLint's own statistics: the time of all rules of a plugin, over all
//    files, divided by the time of all of ESLint's passes over them (parsing, scopes, traversal and all rules of both plugins).
// 2. `tapify migrate` beside jscodeshift with a transform that changes nothing: whole processes, CPU time in user and system mode.
//
// And on a project that it makes itself:
//
// 3. What `tapify migrate --project` adds to the compiler's own work: planning beside building the program, and beside what
//    `tsc --noEmit` does in all; the final check apart.
import { statSync } from "node:fs";
import { createRequire } from "node:module";
import { relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { measure } from "./measure.js";

const require = createRequire(import.meta.url);
const TAPIFY = fileURLToPath(new URL("../dist/src/cli/bin.js", import.meta.url));
const RULES = fileURLToPath(new URL("rules.js", import.meta.url));
const PROJECT = fileURLToPath(new URL("project.js", import.meta.url));
const NO_OP = fileURLToPath(new URL("no-op.cjs", import.meta.url));
const JSCODESHIFT = require.resolve("jscodeshift/bin/jscodeshift.js");

const [argument] = process.argv.slice(2);
if (argument === undefined) {
  console.error("Usage: npm run bench -- TREE");
  process.exit(2);
}
const tree = resolve(process.env.INIT_CWD ?? ".", argument);

// 2: there are files that cannot be parsed, which the others get as well.
const DONE = { exitCodes: [0, 2] };

// The files that tapify takes are those that the others get.
const report = JSON.parse(measure([TAPIFY, "migrate", "--format", "json", tree], DONE).stdout);
/** @type {string[]} */
const files = report.files.map(({ path }) => path);
const megabytes = files.reduce((total, file) => total + statSync(file).size, 0) / 1e6;
const { migrated, refused, errors } = report.summary;
console.log(
  `${relative(process.cwd(), tree) || "."}: ${files.length} files, ${megabytes.toFixed(1)} MB; with Begin/End operations: ${migrated + refused}; not parsed: ${errors}.`,
);

const rules = measure([RULES], { input: files.join("\n") });
const stats = JSON.parse(rules.stdout);
console.log(`
1. Rules, as a share of ESLint's run over ${stats.files} files (${seconds(stats.totalMilliseconds / 1000)}, of which parsing ${seconds(stats.parseMilliseconds / 1000)}; ${stats.unparsed} do not parse)
   eslint-plugin-tapify, recommended    ${share(stats.tapify)}
   eslint-plugin-promise, recommended   ${share(stats.promise)}
   peak memory of the run: ${rules.peakMegabytes.toFixed(0)} MB`);

const tapify = measure([TAPIFY, "migrate", tree], DONE);
const jscodeshift = measure([JSCODESHIFT, "-t", NO_OP, "--silent", "--stdin"], { input: files.join("\n") });
console.log(`
2. Migration, whole processes
   tapify migrate       ${usage(tapify)}
   jscodeshift, no-op   ${usage(jscodeshift)}
   jscodeshift : tapify = ${(jscodeshift.cpuSeconds / tapify.cpuSeconds).toFixed(1)} : 1 in CPU time, ${(jscodeshift.peakMegabytes / tapify.peakMegabytes).toFixed(1)} : 1 in memory`);

for (const [title, kind] of [
  ["most files change", "every"],
  ["few files change", "few"],
]) {
  const project = JSON.parse(measure([PROJECT, kind]).stdout);
  console.log(`
3. A project of ${project.files} files in which ${title}: ${project.waits} waits, ${project.changed} files; CPU time, one process
   planning : building (parsing, resolving and binding)       ${ratio(project.planning, project.building)}
   planning : compiling (building, and checking every file)   ${ratio(project.planning, project.building + project.checking)}
   final check (building and checking what is affected) : compiling   ${ratio(project.finishing, project.building + project.checking)}`);
}

/** @param {number} part @param {number} whole */
function ratio(part, whole) {
  return `${(part / whole).toFixed(2)} : 1  (${part.toFixed(0)} ms : ${whole.toFixed(0)} ms)`;
}

/** @param {{ milliseconds: number, findings: number }} plugin */
function share({ milliseconds, findings }) {
  return `${((milliseconds / stats.totalMilliseconds) * 100).toFixed(2).padStart(5)} %  (${milliseconds.toFixed(0)} ms, ${findings} findings)`;
}

/** @param {{ cpuSeconds: number, peakMegabytes: number }} used */
function usage({ cpuSeconds, peakMegabytes }) {
  return `${seconds(cpuSeconds).padStart(8)} of CPU time, ${peakMegabytes.toFixed(0).padStart(5)} MB at the peak`;
}

/** @param {number} value */
function seconds(value) {
  return `${value.toFixed(2)} s`;
}
