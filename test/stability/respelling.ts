import MagicString from "magic-string";
import type { Source, TSESTree } from "../../src/ast/source.ts";
import { parse } from "../../src/ast/parse.ts";
import { walk } from "../../src/ast/walk.ts";

/** A text while it is spelled otherwise. */
export interface Draft {
  readonly source: Source;
  readonly text: string;
  readonly edits: MagicString;
  readonly tokens: readonly TSESTree.Token[];
}

/** Writes a text otherwise by edits; `null` where there was nothing to write otherwise. */
export function respelled(text: string, path: string, edit: (draft: Draft) => void): string | null {
  const source = parse(text, path);
  const edits = new MagicString(text);
  edit({ source, text, edits, tokens: source.ast.tokens ?? [] });
  return edits.hasChanged() ? edits.toString() : null;
}

export function nodesOf({ source }: Draft): readonly TSESTree.Node[] {
  const nodes: TSESTree.Node[] = [];
  walk(source.ast, source.visitorKeys, (node) => {
    nodes.push(node);
  });
  return nodes;
}

/** Whether a node is one of a scripted program's scripts, which are read by their spelling. */
export function isScript(node: TSESTree.Node): boolean {
  return node.type === "NewExpression" && node.callee.type === "Identifier" && /^Scripted/u.test(node.callee.name);
}

/** What stands at the top of a module and nowhere else, or declares what another file or the host gives. */
export function isAtTheTop(node: TSESTree.Node): boolean {
  return (
    node.type === "ImportDeclaration" ||
    node.type === "TSImportEqualsDeclaration" ||
    node.type === "TSModuleDeclaration" ||
    node.type === "TSDeclareFunction" ||
    ("declare" in node && node.declare) ||
    isDirective(node)
  );
}

export function isDirective(node: TSESTree.Node): boolean {
  return node.type === "ExpressionStatement" && node.directive !== undefined;
}

export function isExport(node: TSESTree.Node): boolean {
  return /^(?:Export|TSExport|TSNamespaceExport)/u.test(node.type);
}
