import type { TSESTree } from "../../src/ast/source.ts";
import { isScript, nodesOf, type Draft } from "./respelling.ts";

/** Puts a comment between any two tokens that stand on one line. */
export function withComments(draft: Draft): void {
  const { tokens, text, edits } = draft;
  const scripts = nodesOf(draft).filter((node) => isScript(node) || node.type === "JSXElement");
  for (const [index, token] of tokens.entries()) {
    const next = tokens[index + 1];
    if (next === undefined || scripts.some((script) => isWithin(token, script) && isWithin(next, script))) continue;
    const between = text.slice(token.range[1], next.range[0]);
    if (/^ *$/u.test(between)) edits.appendLeft(token.range[1], "/*c*/");
  }
}

function isWithin({ range }: TSESTree.Token, node: TSESTree.Node): boolean {
  return node.range[0] <= range[0] && range[1] <= node.range[1];
}
