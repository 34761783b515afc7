// @ts-check
// `npm run versions`: installs the packed package beside the oldest and the newest of Node, ESLint, TypeScript and oxlint that it supports, and runs
// its commands, ESLint and oxlint with them. Node comes from the npm package `node`. Needs `npm run build` and a registry.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "./root.js";

/** What is tried together. What is supported is in docs/support.md. */
const SETS = {
  oldest: { node: "20.19.0", eslint: "9.38.0", typescript: "5.9.2", oxlint: "1.89.0" },
  "oldest of Node.js 22": { node: "22.13.0", eslint: "9.38.0", typescript: "5.9.2", oxlint: "1.89.0" },
  newest: { node: "24", eslint: "10", typescript: "6.0", oxlint: "1" },
};
const CODE = `export function two(c: any) {
  const handle = c.BeginWrite(null, null);
  while (!handle.IsCompleted) {}
  return c.EndWrite(handle);
}
export async function one(c: any) {
  const r = c.BeginRead(null, null);
  return c.EndRead(r);
}
`;
const CONFIG = `import parser from "@typescript-eslint/parser";
import tapify from "eslint-plugin-tapify";
export default [{ files: ["**/*.ts"], languageOptions: { parser }, ...tapify.configs.recommended }];
`;
const OXLINT = { jsPlugins: ["eslint-plugin-tapify"], rules: { "tapify/no-busy-wait": "error" } };

const root = mkdtempSync(join(tmpdir(), "tapify-versions-"));
let failures = 0;
try {
  run("npm", ["pack", "--ignore-scripts", "--pack-destination", root], ROOT);
  const tarball = join(root, readdirSync(root).find((name) => name.endsWith(".tgz")) ?? "");
  for (const [name, versions] of Object.entries(SETS)) attempt(name, versions, tarball);
} finally {
  rmSync(root, { recursive: true, force: true });
}
console.log(`${Object.keys(SETS).length - failures} of ${Object.keys(SETS).length} sets of versions work.`);
process.exitCode = failures > 0 ? 1 : 0;

/** @param {string} name @param {Record<string, string>} versions @param {string} tarball */
function attempt(name, versions, tarball) {
  const folder = mkdtempSync(join(root, "set-"));
  writeFileSync(join(folder, "package.json"), '{ "private": true, "type": "module" }');
  writeFileSync(join(folder, "a.ts"), CODE);
  writeFileSync(join(folder, "eslint.config.js"), CONFIG);
  writeFileSync(join(folder, ".oxlintrc.json"), JSON.stringify(OXLINT));
  const packages = Object.entries(versions).map(([each, version]) => `${each}@${version}`);
  try {
    run("npm", ["install", "--no-audit", "--no-fund", tarball, "@typescript-eslint/parser@8", ...packages], folder);
    const node = join(folder, "node_modules/node/bin/node");
    const module = (/** @type {string} */ path) => join(folder, "node_modules", path);
    const told = run(node, ["--version"], folder).trim();
    const tapify = module("eslint-plugin-tapify/dist/src/cli/bin.js");
    expect("tapify check", run(node, [tapify, "check", "a.ts"], folder, 1), "tapify/no-busy-wait");
    expect("tapify migrate", run(node, [tapify, "migrate", "a.ts"], folder), "+  return await");
    expect("eslint", run(node, [module("eslint/bin/eslint.js"), "a.ts"], folder, 1), "tapify/no-busy-wait");
    expect("oxlint", run(node, [module("oxlint/bin/oxlint"), "a.ts"], folder, 1), "no-busy-wait");
    console.log(`${name}: Node.js ${told}, ${packages.slice(1).join(", ")}: works`);
  } catch (error) {
    failures++;
    console.error(`${name}: ${packages.join(", ")}: ${/** @type {Error} */ (error).message}`);
  }
}

/** @param {string} command @param {string[]} argv @param {string} cwd @param {number} code how it is to end */
function run(command, argv, cwd, code = 0) {
  const { status, stdout, stderr } = spawnSync(command, argv, {
    cwd,
    encoding: "utf8",
    maxBuffer: 2 ** 26,
    timeout: 600_000,
  });
  if (status !== code) throw new Error(`${[command, ...argv].join(" ")} ended with ${status}.\n${stdout}${stderr}`);
  return stdout;
}

/** @param {string} what @param {string} output @param {string} part */
function expect(what, output, part) {
  if (!output.includes(part)) throw new Error(`${what} does not say ${part}:\n${output}`);
}
