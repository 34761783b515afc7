import { parse, parseTree } from "./parse.ts";
import type { Source, TSESTree } from "./source.ts";

type Trivia = Pick<TSESTree.Program, "tokens" | "comments">;

/**
 * Gives a Program its tokens and comments when they are first asked for. They take as long to make as the tree itself, and of the many
 * files of a project that are only called through, few are ever asked.
 */
export function readTokensLazily(ast: TSESTree.Program, text: string, filePath: string): void {
  let known: Trivia | null = null;
  const trivia = (): Trivia => (known ??= parse(text, filePath).ast);
  const hasComments = /\/[*/]/.test(text);
  Object.defineProperties(ast, {
    tokens: { configurable: true, enumerable: false, get: () => trivia().tokens },
    comments: { configurable: true, enumerable: false, get: () => (hasComments ? trivia().comments : []) },
  });
}

/**
 * Parses a text of which few will ask for tokens and comments.
 *
 * @throws as `parse` does.
 */
export function parseLazily(text: string, filePath: string): Source {
  const source = parseTree(text, filePath);
  readTokensLazily(source.ast, text, filePath);
  return source;
}
