import type { Source, TSESTree } from "./source.ts";
import { walk } from "./walk.ts";

interface IndexedNodes {
  CallExpression: TSESTree.CallExpression;
  NewExpression: TSESTree.NewExpression;
  MemberExpression: TSESTree.MemberExpression;
  ClassDeclaration: TSESTree.ClassDeclaration;
  ClassExpression: TSESTree.ClassExpression;
  TSInterfaceDeclaration: TSESTree.TSInterfaceDeclaration;
  ImportDeclaration: TSESTree.ImportDeclaration;
  WhileStatement: TSESTree.WhileStatement;
  DoWhileStatement: TSESTree.DoWhileStatement;
  ForStatement: TSESTree.ForStatement;
  FunctionDeclaration: TSESTree.FunctionDeclaration;
  FunctionExpression: TSESTree.FunctionExpression;
  ArrowFunctionExpression: TSESTree.ArrowFunctionExpression;
  ReturnStatement: TSESTree.ReturnStatement;
  AwaitExpression: TSESTree.AwaitExpression;
  ObjectPattern: TSESTree.ObjectPattern;
  TSMethodSignature: TSESTree.TSMethodSignature;
  TSPropertySignature: TSESTree.TSPropertySignature;
}

/** The nodes of a file by kind, in source order; made in one walk, on the first question of any rule. */
export interface NodeIndex {
  of<Type extends keyof IndexedNodes>(type: Type): readonly IndexedNodes[Type][];
}

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
  "ObjectPattern",
  "TSMethodSignature",
  "TSPropertySignature",
];

const cache = new WeakMap<TSESTree.Program, NodeIndex>();

/** The index of a file, cached by its Program node. */
export function nodesOf(source: Source): NodeIndex {
  const cached = cache.get(source.ast);
  if (cached !== undefined) return cached;
  const byType = new Map<string, TSESTree.Node[]>(INDEXED.map((type) => [type, []]));
  const add = (node: TSESTree.Node): void => {
    const list = byType.get(node.type);
    if (list !== undefined) list.push(node);
  };
  if (source.nodes === undefined) walk(source.ast, source.visitorKeys, add);
  else source.nodes(add);
  const index: NodeIndex = {
    of: <Type extends keyof IndexedNodes>(type: Type) => (byType.get(type) ?? []) as IndexedNodes[Type][],
  };
  cache.set(source.ast, index);
  return index;
}
