import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

/** The root of the repository. */
export const ROOT: string = resolve(dirname(fileURLToPath(import.meta.url)), "../..");

const CACHE = join(ROOT, "node_modules/.cache/tapify");

let transpiledFolder: string | undefined;

/**
 * Turns a program into JavaScript without looking at its types.
 * @returns the JavaScript, whose relative imports name `.js` files
 */
export function transpile(sourceText: string, fileName: string, isCommonJs = false): string {
  return ts.transpileModule(sourceText, {
    fileName,
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: isCommonJs ? ts.ModuleKind.CommonJS : ts.ModuleKind.ESNext,
      verbatimModuleSyntax: !isCommonJs,
      rewriteRelativeImportExtensions: true,
    },
  }).outputText;
}

/** The name of the JavaScript that comes out of a source file. */
export function outputName(fileName: string): string {
  return fileName.replace(/\.[mc]?[jt]sx?$/u, ".js");
}

/**
 * A folder with the JavaScript of the runtime, in `fixtures/runtime`, and of the traced programs' process, in
 * `test/harness`.
 */
export function transpiledRoot(): string {
  transpiledFolder ??= keptFolder(["test/harness/traced-child.ts", ...listSources("fixtures/runtime")], {
    "package.json": JSON.stringify({ type: "module" }),
  });
  return transpiledFolder;
}

/** The TypeScript files of a folder of the repository, in order, relative to its root. */
export function listSources(folder: string): readonly string[] {
  const names = readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" });
  return names
    .filter((name) => name.endsWith(".ts"))
    .map((name) => `${folder}/${name.replaceAll("\\", "/")}`)
    .toSorted();
}

/**
 * A folder with the JavaScript of some sources. It is made once for each state of them and kept among the caches of `node_modules`.
 *
 * @param names relative to the root of the repository, as in the folder
 * @param others texts that stand beside them, by path in the folder
 */
export function keptFolder(names: readonly string[], others: Readonly<Record<string, string>> = {}): string {
  const sources = names.map((name) => [name, readFileSync(join(ROOT, name), "utf8")] as const);
  const hash = createHash("sha256")
    .update(JSON.stringify([ts.version, sources, others]))
    .digest("hex")
    .slice(0, 16);
  const folder = join(CACHE, hash);
  if (!existsSync(folder)) writeAtOnce(folder, sources, others);
  return folder;
}

/** Test files run in parallel and may come here at the same time, so the folder appears when it is complete. */
function writeAtOnce(
  folder: string,
  sources: readonly (readonly [name: string, text: string])[],
  others: Readonly<Record<string, string>>,
): void {
  mkdirSync(CACHE, { recursive: true });
  const draft = mkdtempSync(`${folder}-`);
  for (const [name, text] of Object.entries(others)) writeFileSync(join(draft, name), text);
  for (const [name, text] of sources) {
    const output = join(draft, outputName(name));
    mkdirSync(dirname(output), { recursive: true });
    writeFileSync(output, transpile(text, name));
  }
  try {
    renameSync(draft, folder);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    // Somebody else was faster.
    if (!existsSync(folder)) throw error;
  }
}
