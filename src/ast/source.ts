import type { ParserServicesWithTypeInformation } from "@typescript-eslint/parser";
import type { ScopeManager } from "@typescript-eslint/scope-manager";
import type { TSESTree } from "@typescript-eslint/types";

export type { TSESTree };

/** The node kinds that open a function scope and can carry `async`. */
export type FunctionNode = TSESTree.FunctionDeclaration | TSESTree.FunctionExpression | TSESTree.ArrowFunctionExpression;

/**
 * What the core reads: what `parseForESLint` gives and what ESLint's `SourceCode` holds. Every node has its `parent`;
 * `ast.tokens` and `ast.comments` are present. `services` is there only where the parser was given a project.
 */
export interface Source {
  readonly filePath: string;
  readonly text: string;
  readonly ast: TSESTree.Program;
  readonly scopeManager: ScopeManager;
  readonly visitorKeys: Readonly<Record<string, readonly string[] | undefined>>;
  readonly services?: ParserServicesWithTypeInformation | undefined;
  /**
   * Visits every node once, parents first, where whoever made the source has walked the tree already: reading its list is many
   * times faster than another walk.
   */
  readonly nodes?: ((visit: (node: TSESTree.Node) => void) => void) | undefined;
}

/** The source text of a node, as written. */
export function textOf(source: Source, node: TSESTree.Node): string {
  return source.text.slice(node.range[0], node.range[1]);
}
