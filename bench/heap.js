// @ts-check
// npm run bench:heap
//
// What a process keeps that lints and migrates many texts, as a language server does: the heap after garbage collection at 1,000 texts and at
// 5,000, and how many times more that is. Needs `node --expose-gc`, with which it starts itself.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import * as parser from "@typescript-eslint/parser";
import { Linter } from "eslint";
import tapify from "eslint-plugin-tapify";
import { migrateText } from "eslint-plugin-tapify/core";

/** @type {{ gc?: () => void }} */
const { gc } = globalThis;
if (gc === undefined) {
  const { status } = spawnSync(process.execPath, ["--expose-gc", fileURLToPath(import.meta.url)], { stdio: "inherit" });
  process.exit(status ?? 1);
}

const linter = new Linter();
/** @type {import("eslint").Linter.Config} */
const config = {
  files: ["**"],
  languageOptions: { parser: /** @type {import("eslint").Linter.Parser} */ (parser) },
  plugins: { tapify },
  rules: tapify.configs.all.rules,
};
/** @type {number[]} */
const heaps = [];
for (let count = 1; count <= 5_000; count++) {
  const text = textOf(count);
  linter.verify(text, config, { filename: `file-${count}.ts` });
  migrateText(text, { filePath: `file-${count}.ts` });
  if (count % 1_000 !== 0) continue;
  // What a collection lets go of may be what held something else.
  for (let round = 0; round < 3; round++) gc();
  heaps.push(process.memoryUsage().heapUsed / 1e6);
}
const early = heaps[0] ?? NaN;
const late = heaps.at(-1) ?? NaN;
console.log(
  `Heap after 1,000 texts: ${early.toFixed(1)} MB, after 5,000: ${late.toFixed(1)} MB, ratio ${(late / early).toFixed(2)}`,
);

/** A text like no other, with an operation of each kind. @param {number} index */
function textOf(index) {
  return `import fs from "node:fs";
function put${index}(client: AmazonS3Client, request: PutObjectRequest): PutObjectResponse {
  const ar = client.BeginPutObject(request, null, null);
  while (!ar.IsCompleted) {}
  return client.EndPutObject(ar);
}
function show${index}(name: string): void {
  fs.readFile(name, "utf8", (error, text) => {
    if (error) return console.error(error);
    console.log(text, ${index});
  });
}
function main${index}(): void {
  const task: Task<string> = fetchAsync(${index});
  console.log(task.Result);
}
`;
}
