import type * as TypeScript from "typescript";
import { loadParserParts } from "../ast/load-parser.ts";
import type { Source } from "../ast/source.ts";
import { readTokensLazily } from "../ast/tokens.ts";
import { linkParents } from "../ast/walk.ts";

/** The tree of a file of a program, with types. */
export function typedSource({ isExternalModule }: typeof TypeScript, program: TypeScript.Program, filePath: string): Source {
  const file = program.getSourceFile(filePath)!;
  const { text } = file;
  const { analyze, parseAndGenerateServices, visitorKeys } = loadParserParts();
  const { ast, services } = parseAndGenerateServices(text, {
    filePath,
    programs: [program],
    range: true,
    loc: true,
    tokens: false,
    comment: false,
    errorOnTypeScriptSyntacticAndSemanticIssues: false,
    // The compiler has parsed it, and files that do not parse are not migrated.
    allowInvalidAST: true,
    suppressDeprecatedPropertyWarnings: true,
    loggerFn: false,
  });
  ast.sourceType = isExternalModule(file) ? "module" : "script";
  linkParents(ast, visitorKeys);
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
