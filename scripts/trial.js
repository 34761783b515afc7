// @ts-check
// `npm run trial -- FOLDER [--command "npm test"] [--options "--host aws-lambda"] [--commit HASH] [--name NAME] [--output FOLDER]`: migrates a copy of
// a checkout, looks whether what was changed still parses, runs the project's own test command before and after, and writes a page about it
// into docs/trials. The checkout stays as it is, and nothing is fetched. What people have written into the page stays.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { parseArgs, stripVTControlCharacters } from "node:util";
import { ROOT } from "./root.js";
import { trialPage } from "./trial-page.js";
import { brokenIn } from "./trial-syntax.js";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    command: { type: "string" },
    options: { type: "string", default: "" },
    commit: { type: "string" },
    name: { type: "string" },
    output: { type: "string", default: join(ROOT, "docs/trials") },
  },
});
const [folder] = positionals;
const bin = join(ROOT, "dist/src/cli/bin.js");
if (folder === undefined || positionals.length > 1 || !existsSync(bin)) {
  console.error(
    existsSync(bin)
      ? 'Usage: npm run trial -- FOLDER [--command "npm test"]'
      : "tapify is not built. Run `npm run build` first.",
  );
  process.exit(2);
}
const tree = resolve(process.env.INIT_CWD ?? ".", folder);
const name = (values.name ?? basename(tree)).replace("+", "/");
const options = values.options.split(" ").filter((option) => option !== "");

const root = mkdtempSync(join(tmpdir(), "tapify-trial-"));
try {
  const copy = join(root, basename(tree));
  cpSync(tree, copy, { recursive: true, verbatimSymlinks: true });
  const before = values.command === undefined ? null : ownTests(copy, values.command);
  const report = migrate(copy);
  const after = values.command === undefined ? null : ownTests(copy, values.command);
  const broken = report.files
    .filter(({ status }) => status === "migrated")
    .flatMap(({ path }) => brokenIn(path, join(tree, path), join(copy, path)));
  const output = resolve(process.env.INIT_CWD ?? ".", values.output);
  const page = join(output, `${name.replace("/", "-")}.md`);
  mkdirSync(output, { recursive: true });
  const known = existsSync(page) ? readFileSync(page, "utf8") : null;
  writeFileSync(
    page,
    trialPage(
      {
        name,
        commit: values.commit ?? commitOf(tree),
        options,
        report,
        broken,
        command: values.command ?? null,
        before,
        after,
      },
      known,
    ),
  );
  console.log(`${name}: ${page}${broken.length > 0 ? `, ${broken.length} files broken` : ""}`);
  process.exitCode = broken.length > 0 ? 1 : 0;
} finally {
  rmSync(root, { recursive: true, force: true });
}

/** @param {string} copy @returns {import("./trial-page.js").Report} */
function migrate(copy) {
  const argv = [bin, "migrate", ".", ...options, "--write", "--allow-dirty", "--format", "json"];
  const { status, stderr, stdout } = spawnSync(process.execPath, argv, {
    cwd: copy,
    encoding: "utf8",
    maxBuffer: 2 ** 30,
  });
  // With 2, some files could not be read or parsed; the report names them.
  if ((status === 0 || status === 2) && stdout !== "") return JSON.parse(stdout);
  throw new Error(`tapify ended with ${status}.\n${stderr}`);
}

/**
 * What a test command says in the end: how it exits, and the last lines in which it counts.
 *
 * @param {string} copy @param {string} command
 */
function ownTests(copy, command) {
  const { status, signal, stdout, stderr } = spawnSync(command, {
    cwd: copy,
    shell: true,
    encoding: "utf8",
    maxBuffer: 2 ** 28,
    timeout: 900_000,
    env: { ...process.env, NO_COLOR: "1", CI: "1" },
  });
  const lines = stripVTControlCharacters(`${stdout}\n${stderr}`).split("\n");
  const counts = lines.filter((line) =>
    /^\s*(?:\d+ (?:passing|failing|pending)\b|(?:Tests|Test Suites):|[#ℹ] (?:pass|fail|tests) \d)/.test(line),
  );
  return {
    exit: String(signal ?? status),
    counts: counts.slice(-4).map((line) => line.trim().replace(/ \(\d+m?s\)$/, "")),
  };
}

/** @param {string} tree */
function commitOf(tree) {
  const run = (/** @type {string[]} */ ...argv) =>
    spawnSync("git", argv, { cwd: tree, encoding: "utf8" }).stdout?.trim();
  return existsSync(join(tree, ".git")) ? (run("rev-parse", "HEAD") ?? "unknown") : "unknown";
}
