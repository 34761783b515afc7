import { loadParser } from "./load-parser.ts";
import { isStackOverflow, NestingError } from "./nesting.ts";
import { ParseError } from "./parse-error.ts";
import type { Source, TSESTree } from "./source.ts";
import { linkParents } from "./walk.ts";

/** `.cts` and `.cjs` are scripts; everything else is tried as a module first, as bundlers and ESLint do. */
function sourceTypes(filePath: string): ("module" | "script")[] {
  if (/\.c[jt]s$/i.test(filePath)) return ["script"];
  return /\.jsx?$/i.test(filePath) ? ["module", "script"] : ["module"];
}

interface PositionedError extends Error {
  lineNumber?: number;
  column?: number;
}

/**
 * Parses a text by its file name: `.tsx`, `.jsx` and `.js` may hold JSX, the other endings may not.
 *
 * @throws {ParseError} when the text does not parse; the position is one-based.
 * @throws {NestingError} when it is nested too deeply to be parsed.
 */
export function parse(text: string, filePath: string): Source {
  let failure: unknown;
  for (const sourceType of sourceTypes(filePath)) {
    try {
      const parsed = loadParser().parseForESLint(text, {
        filePath,
        sourceType,
        // The parser reads the ending itself where it knows it; a path without one of ours is read as plain TypeScript.
        ecmaFeatures: { jsx: /\.(?:tsx|jsx|js|mjs|cjs)$/i.test(filePath), globalReturn: sourceType === "script" },
        range: true,
        loc: true,
        tokens: true,
        comment: true,
        suppressDeprecatedPropertyWarnings: true,
        loggerFn: false,
      });
      const ast = parsed.ast as unknown as TSESTree.Program;
      const visitorKeys = parsed.visitorKeys as Source["visitorKeys"];
      linkParents(ast, visitorKeys);
      return { filePath, text, ast, visitorKeys, scopeManager: parsed.scopeManager };
    } catch (error) {
      failure ??= error;
    }
  }
  if (isStackOverflow(failure)) throw new NestingError(filePath, failure);
  const { message, lineNumber = 1, column = 0 } = failure as PositionedError;
  throw new ParseError(filePath, lineNumber, column + 1, message, failure);
}
