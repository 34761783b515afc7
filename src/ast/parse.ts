import { loadParser, loadParserParts } from "./load-parser.ts";
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
  return firstParsed(text, filePath, (options) => loadParser().parseForESLint(text, options));
}

/** The same, without tokens and comments: they take as long to make as the tree itself. */
export function parseTree(text: string, filePath: string): Source {
  const { analyze, parseAndGenerateServices, visitorKeys } = loadParserParts();
  return firstParsed(text, filePath, (options) => {
    const { sourceType } = options;
    const { ast } = parseAndGenerateServices(text, {
      ...options,
      jsx: options.ecmaFeatures.jsx,
      errorOnTypeScriptSyntacticAndSemanticIssues: false,
      tokens: false,
      comment: false,
    });
    ast.sourceType = sourceType;
    // A variable for each of the language's globals would tell nothing more.
    return {
      ast,
      visitorKeys,
      scopeManager: analyze(ast, { sourceType, lib: [], globalReturn: options.ecmaFeatures.globalReturn }),
    };
  });
}

/** What `read` makes of a text as the first kind of source that it parses as. */
function firstParsed(
  text: string,
  filePath: string,
  read: (options: ReturnType<typeof optionsFor>) => {
    ast: unknown;
    visitorKeys: unknown;
    scopeManager: Source["scopeManager"];
  },
): Source {
  let failure: unknown;
  for (const sourceType of sourceTypes(filePath)) {
    try {
      const parsed = read(optionsFor(filePath, sourceType));
      const ast = parsed.ast as TSESTree.Program;
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

function optionsFor(filePath: string, sourceType: "module" | "script") {
  return {
    filePath,
    sourceType,
    // The parser reads the ending itself where it knows it; a path without one of ours is read as plain TypeScript.
    ecmaFeatures: { jsx: /\.(?:tsx|jsx|js|mjs|cjs)$/i.test(filePath), globalReturn: sourceType === "script" },
    range: true,
    loc: true,
    tokens: true,
    comment: true,
    // Nobody asks for the compiler's nodes, and comments are read as they are.
    preserveNodeMaps: false,
    jsDocParsingMode: "none" as const,
    suppressDeprecatedPropertyWarnings: true,
    loggerFn: false as const,
  };
}
