export { isDeclarationName, isInNodeModules } from "../../project/file-kinds.ts";

/** The endings of what tapify reads. */
export const EXTENSIONS = ["ts", "tsx", "mts", "cts", "js", "jsx", "mjs", "cjs"] as const;

const SCRIPT = /\.(?:[cm]?[jt]s|[jt]sx)$/;

/** Whether a file's name says that it is TypeScript or JavaScript. */
export function isScriptName(path: string): boolean {
  return SCRIPT.test(path);
}
