import { sep } from "node:path";

const DECLARATION = /\.d\.(?:[cm]?ts|[^./\\]+\.ts)$/;

/** Whether a file's name says that it only declares: `x.d.ts`, `x.d.mts`, `x.d.cts`, `x.d.css.ts`. */
export function isDeclarationName(path: string): boolean {
  return DECLARATION.test(path);
}

/** Whether a path is `node_modules` or leads through it. */
export function isInNodeModules(path: string): boolean {
  return path.split(sep).includes("node_modules");
}
