import type { TSESTree } from "../../src/ast/source.ts";
import { isAtTheTop, isExport, nodesOf, type Draft } from "./respelling.ts";

/** Statements behind which something may be done. */
const PASSED = /^(?:Expression|If|For|ForOf|ForIn|While|DoWhile|Switch|Try|Block)Statement$|^VariableDeclaration$/u;

/** Puts a line behind each statement that does nothing, and would be read as part of it without a semicolon. */
export function withStatements(draft: Draft): void {
  const { text, edits } = draft;
  for (const node of nodesOf(draft)) {
    const { parent } = node;
    if (parent?.type !== "BlockStatement" && parent?.type !== "Program" && parent?.type !== "SwitchCase") continue;
    if (!PASSED.test(node.type) || isAtTheTop(node) || isExport(node) || isOver(node)) continue;
    const line = text.slice(text.lastIndexOf("\n", node.range[0]) + 1, node.range[0]);
    const isFollowed = !/^[ \t]*(?:$|\/\/|\}|\r|\n)/u.test(text.slice(node.range[1]));
    edits.appendRight(node.range[1], `\n${/^\s*/u.exec(line)![0]};[0].forEach(String)${isFollowed ? ";" : ""}`);
  }
}

/** Whether nothing behind a statement is reached. */
function isOver(node: TSESTree.Node): boolean {
  return node.type === "BlockStatement" && node.body.some(({ type }) => type === "ReturnStatement");
}
