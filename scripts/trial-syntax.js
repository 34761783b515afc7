// @ts-check
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import ts from "typescript";

/**
 * What is wrong with a file after a migration that was not before: JavaScript is asked of Node, what Node cannot read of the TypeScript
 * compiler, without types.
 *
 * @param {string} path as the report names it
 * @param {string} before @param {string} after absolute
 * @returns {string[]}
 */
export function brokenIn(path, before, after) {
  const faults = faultsOf(after);
  if (faults.length === 0 || faultsOf(before).length > 0) return [];
  return [`${path}: ${faults[0]}`];
}

/** @param {string} file @returns {string[]} */
function faultsOf(file) {
  if (/\.[cm]?js$/.test(file)) {
    const { status } = spawnSync(process.execPath, ["--check", file], { encoding: "utf8" });
    if (status === 0) return [];
  }
  const { diagnostics = [] } = ts.transpileModule(readFileSync(file, "utf8"), {
    fileName: file,
    reportDiagnostics: true,
    compilerOptions: {
      allowJs: true,
      jsx: ts.JsxEmit.Preserve,
      target: ts.ScriptTarget.ESNext,
      module: ts.ModuleKind.ESNext,
    },
  });
  return diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " "));
}
