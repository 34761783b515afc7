import type * as TypeScript from "typescript";
import { loadParserParts } from "../ast/load-parser.ts";
import type { Source } from "../ast/source.ts";
import { readTokensLazily } from "../ast/tokens.ts";
import { LazyTree } from "./lazy-tree.ts";

/**
 * The tree of a file of a program, with types.
 *
 * @param isReadWhole whether all of it will be read, or perhaps a few functions only
 */
export function typedSource(
  compiler: typeof TypeScript,
  program: TypeScript.Program,
  filePath: string,
  isReadWhole: boolean,
): Source {
  const file = program.getSourceFile(filePath)!;
  const { text } = file;
  const { analyze, visitorKeys } = loadParserParts();
  const { ast, services } = new LazyTree(compiler, program, file, isReadWhole);
  ast.sourceType = compiler.isExternalModule(file) ? "module" : "script";
  readTokensLazily(ast, text, filePath);
  let scopeManager: Source["scopeManager"] | null = null;
  return {
    filePath,
    text,
    ast,
    visitorKeys,
    services,
    // Few of the files that are only called through are asked for their scopes, which take a third as long to make as the tree.
    get scopeManager() {
      // The checker knows the globals: a variable for each of them, in each file, would tell nothing more.
      return (scopeManager ??= analyze(ast, { sourceType: ast.sourceType, lib: [] }));
    },
  };
}
