import type { ParserServicesWithTypeInformation } from "@typescript-eslint/parser";
import type { ScopeManager } from "@typescript-eslint/scope-manager";
import type { TSESTree } from "@typescript-eslint/types";
import type { NodeIndex } from "./indexed-nodes.ts";
import type { VisitorKeys } from "./walk.ts";

export type { TSESTree };

/** The node kinds that open a function scope and can carry `async`. */
export type FunctionNode =
  TSESTree.FunctionDeclaration | TSESTree.FunctionExpression | TSESTree.ArrowFunctionExpression;

/**
 * What the core reads: what `parseForESLint` gives and what ESLint's `SourceCode` holds. Every node has its `parent`;
 * `ast.tokens` and `ast.comments` are present. `services` is there only where the parser was given a project.
 */
export interface Source {
  readonly filePath: string;
  readonly text: string;
  readonly ast: TSESTree.Program;
  readonly scopeManager: ScopeManager;
  readonly visitorKeys: VisitorKeys;
  readonly services?: ParserServicesWithTypeInformation | undefined;
  /** The nodes by kind, where whoever made the source has walked the tree already: another walk costs more than most rules. */
  readonly nodes?: NodeIndex | undefined;
}

/** The source text of a node, as written. */
export function textOf(source: Source, node: TSESTree.Node): string {
  return source.text.slice(node.range[0], node.range[1]);
}
