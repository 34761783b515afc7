// @ts-check
// `npm run new -- rule|family|shape NAME`: writes the files that CONTRIBUTING.md names, for what is to be filled in. Their tests fail and say
// what to write. `--root FOLDER` writes into another checkout.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { newFiles, NameError } from "./new-files.js";
import { ROOT } from "./root.js";

const { values, positionals } = parseArgs({ options: { root: { type: "string" } }, allowPositionals: true });
const root = values.root ?? ROOT;

try {
  const [kind, name] = positionals;
  if (kind === undefined || name === undefined || positionals.length > 2)
    throw new NameError("Usage: npm run new -- rule NAME | family NAME | shape FOLDER/NAME");
  const { files, next } = newFiles(kind, name, {
    exists: (path) => existsSync(join(root, path)),
    read: (path) => readFileSync(join(root, path), "utf8"),
  });
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
    console.log(path);
  }
  console.log(`\n${next}`);
} catch (error) {
  if (!(error instanceof NameError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
