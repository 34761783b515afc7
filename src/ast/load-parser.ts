import { createRequire } from "node:module";
import type * as Parser from "@typescript-eslint/parser";

let parser: typeof Parser | undefined;

/**
 * The parser. Loading it loads the compiler, some 300 ms: only a text that passed the text test may cost that. It is loaded
 * synchronously, as rules and transforms are called synchronously.
 */
export function loadParser(): typeof Parser {
  if (parser === undefined) {
    const require = createRequire(import.meta.url);
    const parserFile = require.resolve("@typescript-eslint/parser");
    shareCompiler(require, parserFile);
    parser = require(parserFile) as typeof Parser;
  }
  return parser;
}

/**
 * Gives `ts-api-utils`, which the parser uses, the compiler that was installed for this package. It takes any version as its peer, so
 * in a project on TypeScript 7 npm installs it next to that one, which has no compiler API, and loading it fails.
 */
function shareCompiler(require: NodeJS.Require, parserFile: string): void {
  const utilsFile = createRequire(createRequire(parserFile).resolve("@typescript-eslint/typescript-estree")).resolve("ts-api-utils");
  const requireOfUtils = createRequire(utilsFile);
  const own = require.resolve("typescript");
  const other = requireOfUtils.resolve("typescript");
  if (other === own) return;
  require(own);
  const before = Object.getOwnPropertyDescriptor(require.cache, other);
  require.cache[other] = require.cache[own];
  try {
    requireOfUtils(utilsFile);
  } finally {
    Reflect.deleteProperty(require.cache, other);
    if (before !== undefined) Object.defineProperty(require.cache, other, before);
  }
}
