import type { TSESTree } from "../../src/ast/source.ts";
import { nodesOf, type Draft } from "./respelling.ts";

const ENDED = new Set([
  "ExpressionStatement",
  "VariableDeclaration",
  "ReturnStatement",
  "ThrowStatement",
  "BreakStatement",
  "ContinueStatement",
  "ImportDeclaration",
  "ExportNamedDeclaration",
  "ExportAllDeclaration",
  "DebuggerStatement",
  "TSTypeAliasDeclaration",
  "TSDeclareFunction",
  "DoWhileStatement",
]);

/** Takes the semicolon off each line that ends with one, and puts it in front of the next where that would be read on. */
export function withoutSemicolons(draft: Draft): void {
  const { tokens, text, edits } = draft;
  const nextByStart = new Map(tokens.map((token, index) => [token.range[1], tokens[index + 1]]));
  const removed = new Set<number>();
  for (const node of nodesOf(draft)) {
    const at = node.range[1] - 1;
    if (!ENDED.has(node.type) || text[at] !== ";" || removed.has(at) || isBodyOf(node)) continue;
    const next = nextByStart.get(at + 1);
    if (next === undefined || next.value === "}") {
      remove(at);
    } else if (/\n/u.test(text.slice(at, next.range[0]))) {
      remove(at);
      if (/^(?:[([`/+-]|\*)/u.test(next.value)) edits.prependLeft(next.range[0], ";");
    }
  }

  function remove(at: number): void {
    removed.add(at);
    edits.remove(at, at + 1);
  }
}

/** Whether a statement is all of a body without braces, whose `;` an `else` may follow on the same line. */
function isBodyOf({ parent }: TSESTree.Node): boolean {
  return parent?.type === "ForStatement" || parent?.type === "ForInStatement" || parent?.type === "ForOfStatement";
}
