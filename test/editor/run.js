// @ts-check
// `node test/editor/run.js [--report FILE]`: drives the language server of ESLint that editors use, over its protocol, on files with the preset
// `migration`: each diagnostic has its rule, the address of that rule's page and the range of a name, and its suggestion, applied until there is none,
// makes the bytes that `tapify migrate` makes. Files that hold code among other things are linted as well. Installs the packages of this folder's lock file; needs `npm run build`. Ends with the line
// "N passed, N failed".
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { pageOfRule } from "../../dist/src/addresses.js";
import { migrateText } from "../../dist/src/core.js";
import { lintParts } from "./parts.js";

const FOLDER = import.meta.dirname;
const ROOT = join(FOLDER, "../..");

/** A text for each migration, and the rule that offers it. */
const FILES = [
  {
    file: "poll.ts",
    transform: "begin-end-to-async",
    rule: "prefer-await-over-begin-end",
    text: "function put(client: AmazonS3Client, request: PutObjectRequest): PutObjectResponse {\n  const ar = client.BeginPutObject(request, null, null);\n  return client.EndPutObject(ar);\n}\n",
  },
  {
    file: "show.mjs",
    transform: "callbacks-to-async",
    rule: "prefer-await-over-callbacks",
    text: 'import fs from "node:fs";\nexport function show(name) {\r\n  fs.readFile(name, "utf8", (error, text) => {\r\n    if (error) return console.error(error);\r\n    console.log(text);\r\n  });\r\n}\r\n',
  },
  {
    file: "main.ts",
    transform: "blocking-to-await",
    rule: "prefer-await-over-blocking",
    text: "function main(): void {\n  const task: Task<string> = fetchAsync();\n  console.log(task.Result);\n}\nmain();\n",
  },
  {
    file: "download.ts",
    transform: "events-to-async",
    rule: "prefer-await-over-events",
    text: "function show(client: WebClient, address: Uri): void {\n  client.add_DownloadStringCompleted((sender, e) => {\n    if (e.Error !== null) {\n      Console.WriteLine(e.Error.Message);\n      return;\n    }\n    Console.WriteLine(e.Result);\n  });\n  client.DownloadStringAsync(address);\n}\n",
  },
  {
    file: "store.ts",
    transform: "contract-to-async",
    rule: "prefer-async-contract",
    text: "class Store {\n  BeginFetch(key: string, callback: AsyncCallback | null, state: unknown): IAsyncResult {\n    return channel.BeginRead(key, callback, state);\n  }\n\n  EndFetch(ar: IAsyncResult): string {\n    return channel.EndRead(ar);\n  }\n}\n",
  },
];

const { values } = parseArgs({ options: { report: { type: "string" } } });
let passed = 0;
let failed = 0;
const folder = realpathSync(mkdtempSync(join(tmpdir(), "tapify-editor-")));

const installed = spawnSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], {
  cwd: FOLDER,
  stdio: "inherit",
});
expect("the packages are installed", installed.status, 0);
if (installed.status === 0) {
  await drive();
  await lintParts(folder, expect);
}
rmSync(folder, { recursive: true, force: true });
if (values.report !== undefined) writeFileSync(values.report, JSON.stringify({ passed, failed }));
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

async function drive() {
  symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"), "junction");
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  writeFileSync(
    join(folder, "eslint.config.mjs"),
    `import parser from ${JSON.stringify(pathToFileURL(createRequire(join(ROOT, "package.json")).resolve("@typescript-eslint/parser")).href)};
import tapify from ${JSON.stringify(pathToFileURL(join(ROOT, "dist/src/index.js")).href)};
export default [{ files: ["**/*.{ts,mjs}"], languageOptions: { parser } }, tapify.configs.migration];
`,
  );
  for (const { file, text } of FILES) writeFileSync(join(folder, file), text);

  const require = createRequire(join(FOLDER, "package.json"));
  const rpc = require("vscode-jsonrpc/node");
  const server = spawn(
    process.execPath,
    [require.resolve("vscode-langservers-extracted/bin/vscode-eslint-language-server"), "--stdio"],
    { cwd: folder, stdio: ["pipe", "pipe", "inherit"] },
  );
  const connection = rpc.createMessageConnection(
    new rpc.StreamMessageReader(server.stdout),
    new rpc.StreamMessageWriter(server.stdin),
  );
  const settings = {
    validate: "on",
    useFlatConfig: true,
    experimental: { useFlatConfig: false },
    workingDirectory: { mode: "location" },
    workspaceFolder: { uri: pathToFileURL(folder).href, name: "folder" },
    nodePath: null,
    rulesCustomizations: [],
    problems: { shortenToSingleLine: false },
    run: "onType",
    onIgnoredFiles: "off",
    quiet: false,
    codeAction: { disableRuleComment: { enable: false }, showDocumentation: { enable: false } },
    codeActionOnSave: { enable: false, mode: "all" },
    options: {},
  };
  connection.onRequest("workspace/configuration", (/** @type {any} */ { items }) => items.map(() => settings));
  connection.onRequest("client/registerCapability", () => null);
  connection.onRequest(() => null);
  /** @type {any} */
  let edit = null;
  connection.onRequest("workspace/applyEdit", (/** @type {any} */ params) => {
    edit = params.edit;
    return { applied: true };
  });
  connection.listen();
  await connection.sendRequest("initialize", {
    processId: process.pid,
    rootUri: pathToFileURL(folder).href,
    workspaceFolders: [{ uri: pathToFileURL(folder).href, name: "folder" }],
    capabilities: {
      workspace: { configuration: true, applyEdit: true, workspaceEdit: { documentChanges: true } },
      textDocument: { diagnostic: {}, codeAction: {} },
    },
  });
  connection.sendNotification("initialized", {});
  for (const { file, rule, text, transform } of FILES) {
    const uri = pathToFileURL(join(folder, file)).href;
    let version = 1;
    let now = text;
    connection.sendNotification("textDocument/didOpen", {
      textDocument: { uri, languageId: file.endsWith("ts") ? "typescript" : "javascript", version, text },
    });
    for (let round = 0; round < 5; round++) {
      const { items } = await connection.sendRequest("textDocument/diagnostic", { textDocument: { uri } });
      const diagnostic = items.find((/** @type {any} */ { code }) => code === `tapify/${rule}`);
      if (round === 0) {
        expect(`${file} is reported by ${rule}`, diagnostic?.code, `tapify/${rule}`);
        expect(`${file}: its report has the address of the page`, diagnostic?.codeDescription?.href, pageOfRule(rule));
        if (diagnostic !== undefined)
          expect(`${file}: a name is marked`, /^[\w.]+$/.test(part(now, diagnostic.range)), true);
      }
      if (diagnostic === undefined) break;
      const actions = await connection.sendRequest("textDocument/codeAction", {
        textDocument: { uri },
        range: diagnostic.range,
        context: { diagnostics: [diagnostic] },
      });
      const action = actions.find((/** @type {any} */ { title }) => title.startsWith("Migrate "));
      if (action === undefined) break;
      if (action.edit !== undefined) edit = action.edit;
      else await connection.sendRequest("workspace/executeCommand", action.command);
      for (const change of edit.documentChanges?.[0]?.edits ?? edit.changes?.[uri] ?? []) now = applied(now, change);
      connection.sendNotification("textDocument/didChange", {
        textDocument: { uri, version: ++version },
        contentChanges: [{ text: now }],
      });
    }
    const { output } = migrateText(text, {
      filePath: join(folder, file),
      transforms: [/** @type {any} */ (transform)],
    });
    expect(`${file}: something is migrated`, output === text, false);
    expect(`${file}: the suggestion makes what the migration makes`, now, output);
  }
  connection.dispose();
  server.kill();
}

/** @param {string} text @param {any} range */
function part(text, range) {
  return text.slice(offsetOf(text, range.start), offsetOf(text, range.end));
}

/** @param {string} text @param {any} change */
function applied(text, { newText, range }) {
  return text.slice(0, offsetOf(text, range.start)) + newText + text.slice(offsetOf(text, range.end));
}

/** @param {string} text @param {{ line: number, character: number }} position */
function offsetOf(text, { character, line }) {
  let start = 0;
  for (let count = 0; count < line; count++) start = text.indexOf("\n", start) + 1;
  return start + character;
}

/** @param {string} what @param {unknown} actual @param {unknown} expected */
function expect(what, actual, expected) {
  if (actual === expected) passed++;
  else {
    failed++;
    console.error(`failed: ${what}\n  expected ${JSON.stringify(expected)}\n  but got  ${JSON.stringify(actual)}`);
  }
}
