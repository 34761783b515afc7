import { sep } from "node:path";

/** The endings of what tapify reads. */
export const EXTENSIONS = ["ts", "tsx", "mts", "cts", "js", "jsx", "mjs", "cjs"] as const;

const SCRIPT = /\.(?:[cm]?[jt]s|[jt]sx)$/;
const DECLARATION = /\.d\.(?:[cm]?ts|[^./\\]+\.ts)$/;

/** Whether a file's name says that it is TypeScript or JavaScript. */
export function isScriptName(path: string): boolean {
  return SCRIPT.test(path);
}

/** Whether a file's name says that it only declares: `x.d.ts`, `x.d.mts`, `x.d.cts`, `x.d.css.ts`. */
export function isDeclarationName(path: string): boolean {
  return DECLARATION.test(path);
}

/** Whether a path is `node_modules` or leads through it. */
export function isInNodeModules(path: string): boolean {
  return path.split(sep).includes("node_modules");
}
