import { createRequire } from "node:module";
import type * as Parser from "@typescript-eslint/parser";
import type { ParserServicesWithTypeInformation } from "@typescript-eslint/parser";
import type { analyze } from "@typescript-eslint/scope-manager";
import type * as TypeScript from "typescript";
import type { Source, TSESTree } from "./source.ts";

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

/** The compiler that the parser uses: that of this package, unless another version is installed beside the parser. */
export function loadCompilerOfParser(): typeof TypeScript {
  const require = createRequire(createRequire(import.meta.url).resolve("@typescript-eslint/parser"));
  return createRequire(require.resolve("@typescript-eslint/typescript-estree"))("typescript") as typeof TypeScript;
}

/** The parts of the parser. */
export interface ParserParts {
  readonly parseAndGenerateServices: (
    text: string,
    options: Parser.ParserOptions,
  ) => { readonly ast: TSESTree.Program; readonly services: ParserServicesWithTypeInformation };
  readonly analyze: typeof analyze;
  readonly visitorKeys: Source["visitorKeys"];
}

let parts: ParserParts | undefined;

/** What the parser is made of. They leave out what they are told to leave out; the parser makes tokens and comments whatever it is told. */
export function loadParserParts(): ParserParts {
  // Finding out where a module is takes longer than converting a small file.
  return (parts ??= requireParts());
}

function requireParts(): ParserParts {
  loadParser();
  const require = createRequire(createRequire(import.meta.url).resolve("@typescript-eslint/parser"));
  const { parseAndGenerateServices } = require("@typescript-eslint/typescript-estree") as Pick<
    ParserParts,
    "parseAndGenerateServices"
  >;
  const { analyze } = require("@typescript-eslint/scope-manager") as Pick<ParserParts, "analyze">;
  const { visitorKeys } = require("@typescript-eslint/visitor-keys") as Pick<ParserParts, "visitorKeys">;
  return { parseAndGenerateServices, analyze, visitorKeys };
}

/**
 * Gives `ts-api-utils`, which the parser uses, the compiler that was installed for this package. It takes any version as its peer, so
 * in a project on TypeScript 7 npm installs it next to that one, which has no compiler API, and loading it fails.
 */
function shareCompiler(require: NodeJS.Require, parserFile: string): void {
  const utilsFile = createRequire(createRequire(parserFile).resolve("@typescript-eslint/typescript-estree")).resolve(
    "ts-api-utils",
  );
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
