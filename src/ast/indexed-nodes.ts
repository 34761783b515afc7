import type { TSESTree } from "@typescript-eslint/types";

export interface IndexedNodes {
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
  ObjectExpression: TSESTree.ObjectExpression;
  ObjectPattern: TSESTree.ObjectPattern;
  ThisExpression: TSESTree.ThisExpression;
  TSMethodSignature: TSESTree.TSMethodSignature;
  TSPropertySignature: TSESTree.TSPropertySignature;
}

/** The nodes of a file by kind, in source order. */
export interface NodeIndex {
  of<Type extends keyof IndexedNodes>(type: Type): readonly IndexedNodes[Type][];
}
