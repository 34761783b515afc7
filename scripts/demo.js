// @ts-check
// `npm run demo`: a handler that AWS Lambda's newest runtime does not start, before and after its migration; then what tapify finds in the seed
// programs, and what it makes of them. Nothing in the checkout is written.
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "./root.js";

const SEEDS = "fixtures/seeds";
const HANDLER = "fixtures/lambda/handler.js";

showHandler();
show("What is wrong with the seed programs", ["check", SEEDS], [1]);
show("What the migration makes of them", ["migrate", SEEDS], [0]);

/** Shows a handler under a host that goes by the rules of the Node.js 24 runtime, and again when it was migrated in a folder of its own. */
function showHandler() {
  const folder = mkdtempSync(join(tmpdir(), "tapify-demo-"));
  try {
    cpSync(join(ROOT, HANDLER), join(folder, "handler.js"));
    mkdirSync(join(folder, "node_modules/aws-sdk"), { recursive: true });
    cpSync(join(ROOT, "test/migrate/packages/aws-sdk.cjs"), join(folder, "node_modules/aws-sdk/index.js"));
    call(folder, "not started");
    show("What is wrong with the handler", ["check", HANDLER], [1]);
    show("What the migration makes of it", ["migrate", HANDLER], [0]);
    show("The same in a copy, written", ["migrate", "--write", "--allow-dirty", "."], [0], folder);
    call(folder, 'answer {"statusCode":200,"body":"text of a"}');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * @param {string} folder
 * @param {string} expected
 */
function call(folder, expected) {
  console.log("\n## What the runtime of Node.js 24 says to the handler\n");
  const host = [
    "--import",
    new URL("typescript.js", import.meta.url).href,
    join(ROOT, "test/harness/handler-host-child.ts"),
  ];
  const argv = [...host, join(folder, "handler.js"), "new", '{ "key": "a.txt" }'];
  const { stdout, stderr } = spawnSync(process.execPath, argv, { cwd: folder, encoding: "utf8" });
  console.log(stdout.trim());
  if (stdout.trim() === expected) return;
  console.error(`${stderr}Expected: ${expected}`);
  process.exit(1);
}

/**
 * Runs the built program and shows what it prints.
 *
 * @param {string} title
 * @param {string[]} argv
 * @param {number[]} expected The exit codes that mean that the command did its job; `check` ends with 1 when it finds something.
 * @param {string} cwd
 */
function show(title, argv, expected, cwd = ROOT) {
  console.log(`\n## ${title}\n\n$ tapify ${argv.join(" ")}`);
  const { status, error } = spawnSync(process.execPath, [join(ROOT, "dist/src/cli/bin.js"), ...argv], {
    cwd,
    stdio: "inherit",
  });
  if (error === undefined && status !== null && expected.includes(status)) return;
  console.error(`tapify ${argv.join(" ")} ended with ${error?.message ?? `exit code ${status}`}.`);
  process.exit(1);
}
