import type * as TypeScript from "typescript";
import type { Project } from "./project.ts";

/** What is done with a module at places where it stays in sight. */
export class ModulePlaces {
  readonly #compiler: Project["compiler"];
  readonly #checker: TypeScript.TypeChecker;

  constructor(compiler: Project["compiler"], checker: TypeScript.TypeChecker) {
    this.#compiler = compiler;
    this.#checker = checker;
  }

  /** Whether a name is one of the file's own variables, and not what CommonJS gives to each file. */
  isOwnVariable(node: TypeScript.Identifier): boolean {
    const { isBindingElement, isParameter, isVariableDeclaration } = this.#compiler;
    const declaration = this.#checker.getSymbolAtLocation(node)?.valueDeclaration;
    return (
      declaration !== undefined &&
      (isParameter(declaration) || isVariableDeclaration(declaration) || isBindingElement(declaration)) &&
      declaration.getSourceFile() === node.getSourceFile()
    );
  }

  /** Whether an import takes more than what a module exports by default. */
  takesNames(node: TypeScript.Node): boolean {
    return this.#compiler.isImportDeclaration(node) && node.importClause?.namedBindings !== undefined;
  }

  /** Whether a module is only compared with something. */
  isCompared({ parent }: TypeScript.Node): boolean {
    const { isBinaryExpression, isTypeOfExpression, SyntaxKind } = this.#compiler;
    if (isTypeOfExpression(parent)) return true;
    if (!isBinaryExpression(parent)) return false;
    const { kind } = parent.operatorToken;
    return (
      kind === SyntaxKind.InstanceOfKeyword ||
      kind === SyntaxKind.EqualsEqualsEqualsToken ||
      kind === SyntaxKind.ExclamationEqualsEqualsToken ||
      kind === SyntaxKind.EqualsEqualsToken ||
      kind === SyntaxKind.ExclamationEqualsToken
    );
  }

  /** Whether a module is called or made an instance of: what it exports is a function or a class. */
  isCalled(node: TypeScript.Node): boolean {
    const { isCallExpression, isExpressionWithTypeArguments, isNewExpression } = this.#compiler;
    const { parent } = node;
    if (isCallExpression(parent) || isNewExpression(parent))
      return parent.expression === node || /^Object\.defineProperty\(\w+, *["']__esModule["']/.test(parent.getText());
    return isExpressionWithTypeArguments(parent);
  }

  /** Whether the exports of a file are given their value here. */
  isTarget(node: TypeScript.Node): boolean {
    const { isBinaryExpression, SyntaxKind } = this.#compiler;
    const { parent } = node;
    return isBinaryExpression(parent) && parent.left === node && parent.operatorToken.kind === SyntaxKind.EqualsToken;
  }
}
