// @ts-check
// Runs the rules of `recommended` and all migrations over one tree and prints what came of it as JSON. A process of its own for each tree, so
// that what one tree takes of memory, or breaks, is none of the others' business. Nothing in the tree is executed or written.
import { readFileSync } from "node:fs";
import { relative, resolve } from "node:path";
import { performance } from "node:perf_hooks";
import { ESLint } from "eslint";
import { FileLinter } from "../dist/src/cli/check/file-linter.js";
import { discover } from "../dist/src/cli/files/discover.js";
import { isMinifiedName, isMinifiedText } from "../dist/src/cli/files/minified.js";
import { mayMigrate } from "../dist/src/plan/candidates.js";
import { migrateText } from "../dist/src/core.js";

const tree = resolve(process.argv[2] ?? ".");
const host = process.argv[3] ?? "none";

/** @typedef {{ name: string, path: string, line: number, message: string }} Found */
const report = {
  files: 0,
  /** Those that `tapify check` passes over: what they hold may crash nothing, and nobody reads it. */
  minified: 0,
  lines: 0,
  bytes: 0,
  /** @type {Found[]} */ findings: [],
  /** @type {Found[]} */ refusals: [],
  /** @type {Found[]} */ migrations: [],
  /** @type {Found[]} */ notes: [],
  /** @type {{ path: string, message: string }[]} */ unparsed: [],
  /** @type {{ path: string, command: string, message: string }[]} */ crashes: [],
  /** @type {{ path: string, command: string, milliseconds: number }[]} */ times: [],
};

const { files } = await discover([tree], { cwd: tree, declarations: true, linksAnywhere: false });
const linter = new FileLinter(
  { preset: "recommended", settings: { host: /** @type {"none"} */ (host) }, project: null },
  tree,
  ESLint,
);
for (const { file } of files) {
  const path = relative(tree, file);
  const text = readFileSync(file, "utf8");
  report.files++;
  report.bytes += text.length;
  report.lines += text.split("\n").length;
  await timed(path, "check", () => lint(path, file, text));
  if (!/\.d\.[mc]?ts$/.test(file)) await timed(path, "migrate", () => migrate(path, file, text));
}
report.times = report.times.sort((one, other) => other.milliseconds - one.milliseconds).slice(0, 20);
process.stdout.write(JSON.stringify(report));

/** @param {string} path @param {string} file @param {string} text */
async function lint(path, file, text) {
  const { result } = await linter.lint(file, text);
  if (isMinifiedName(file) || isMinifiedText(file, text)) {
    report.minified++;
    return;
  }
  for (const { ruleId, line, message, fatal } of result?.messages ?? [])
    if (fatal) report.unparsed.push({ path, message });
    else report.findings.push({ name: ruleId ?? "", path, line, message });
}

/** @param {string} path @param {string} file @param {string} text */
function migrate(path, file, text) {
  const options = { filePath: file, host: /** @type {"none"} */ (host) };
  if (!mayMigrate(text, undefined, options)) return;
  const { migrations, refusals } = migrateText(text, options);
  for (const { transform, operation, line, notes } of migrations) {
    report.migrations.push({ name: transform, path, line, message: operation });
    for (const { code, message } of notes) report.notes.push({ name: code, path, line, message });
  }
  for (const { code, line, message } of refusals) report.refusals.push({ name: code, path, line, message });
}

/** @param {string} path @param {string} command @param {() => void | Promise<void>} run */
async function timed(path, command, run) {
  const start = performance.now();
  try {
    await run();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    // What does not parse was reported by the rules, if they had to read it.
    if (/** @type {Error} */ (error).name !== "ParseError") report.crashes.push({ path, command, message });
  }
  report.times.push({ path, command, milliseconds: performance.now() - start });
}
