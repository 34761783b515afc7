import type { Source, TSESTree } from "./source.ts";
import { walk } from "./walk.ts";
import type { IndexedNodes, NodeIndex } from "./indexed-nodes.ts";

const INDEXED: readonly (keyof IndexedNodes)[] = [
  "CallExpression",
  "NewExpression",
  "MemberExpression",
  "ClassDeclaration",
  "ClassExpression",
  "TSInterfaceDeclaration",
  "ImportDeclaration",
  "WhileStatement",
  "DoWhileStatement",
  "ForStatement",
  "FunctionDeclaration",
  "FunctionExpression",
  "ArrowFunctionExpression",
  "ReturnStatement",
  "AwaitExpression",
  "ObjectExpression",
  "ObjectPattern",
  "ThisExpression",
  "TSMethodSignature",
  "TSPropertySignature",
];

/** An index that fills while somebody walks the tree anyway. */
export interface GrowingIndex {
  readonly index: NodeIndex;
  /** By kind, what is to be called with every node of that kind, in source order. */
  readonly add: Readonly<Record<string, (node: TSESTree.Node) => void>>;
}

/** An empty index, for whoever is about to visit every node. */
export function growingIndex(): GrowingIndex {
  const byType = new Map<string, TSESTree.Node[]>();
  const add: Record<string, (node: TSESTree.Node) => void> = {};
  for (const type of INDEXED) {
    const nodes: TSESTree.Node[] = [];
    byType.set(type, nodes);
    add[type] = (node) => {
      nodes.push(node);
    };
  }
  return {
    index: { of: <Type extends keyof IndexedNodes>(type: Type) => byType.get(type) as IndexedNodes[Type][] },
    add,
  };
}

const cache = new WeakMap<TSESTree.Program, NodeIndex>();

/** The index of a file, cached by its Program node; of a tree that somebody has walked already, theirs. */
export function nodesOf(source: Source): NodeIndex {
  if (source.nodes !== undefined) return source.nodes;
  const cached = cache.get(source.ast);
  if (cached !== undefined) return cached;
  const { index, add } = growingIndex();
  walk(source.ast, source.visitorKeys, (node) => add[node.type]?.(node));
  cache.set(source.ast, index);
  return index;
}
