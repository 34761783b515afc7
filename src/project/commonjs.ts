import type * as TypeScript from "typescript";

type Compiler = typeof TypeScript;

/** What CommonJS exports and requires, as it is written in a file of JavaScript. */
export class CommonJs {
  readonly #compiler: Compiler;

  constructor(compiler: Compiler) {
    this.#compiler = compiler;
  }

  /** Whether an expression is what a file exports as a whole: `exports`, or `module.exports`. */
  isExports(node: TypeScript.Node): boolean {
    const { isIdentifier, isPropertyAccessExpression } = this.#compiler;
    if (isIdentifier(node)) return node.text === "exports";
    return (
      isPropertyAccessExpression(node) &&
      node.name.text === "exports" &&
      isIdentifier(node.expression) &&
      node.expression.text === "module"
    );
  }

  /** The name of the module in `require("./module")`; `null` for anything else. */
  specifierOf(node: TypeScript.Node): TypeScript.StringLiteralLike | null {
    const { isCallExpression, isIdentifier, isStringLiteralLike, NodeFlags } = this.#compiler;
    if (!isCallExpression(node) || !isIdentifier(node.expression) || node.expression.text !== "require") return null;
    // To the compiler, this is a function like any other in TypeScript.
    if ((node.flags & NodeFlags.JavaScriptFile) === 0) return null;
    const [first] = node.arguments;
    return first !== undefined && isStringLiteralLike(first) ? first : null;
  }

  /** Whether a node is the name of a module that is required. */
  isSpecifier(node: TypeScript.Node): boolean {
    return this.specifierOf(node.parent) === node;
  }

  /** The expression whose value a name stands for: the member that it names, the module that it is the name of, or itself. */
  valueNamedBy(name: TypeScript.Node): TypeScript.Node {
    const { isPropertyAccessExpression } = this.#compiler;
    const { parent } = name;
    return this.isSpecifier(name) || (isPropertyAccessExpression(parent) && parent.name === name) ? parent : name;
  }

  /** Whether a value is read off `require("./module")`: the call itself, or a member of what it gives. */
  isRequired(node: TypeScript.Node | undefined): boolean {
    if (node === undefined) return false;
    const root = this.#compiler.isPropertyAccessExpression(node) ? node.expression : node;
    return this.specifierOf(root) !== null;
  }

  /**
   * The name under which a value is exported: `load` in `exports.load = value` and in `module.exports = { load: value }`, the word `exports`
   * in `module.exports = value`. `null` where the value is not exported as it is.
   */
  nameOfExported(value: TypeScript.Node): TypeScript.Identifier | TypeScript.StringLiteralLike | null {
    const { isIdentifier, isPropertyAssignment, isShorthandPropertyAssignment, isStringLiteralLike } = this.#compiler;
    const { parent } = value;
    if (isShorthandPropertyAssignment(parent)) return this.isExportsLiteral(parent.parent) ? parent.name : null;
    if (isPropertyAssignment(parent) && parent.initializer === value) {
      const { name } = parent;
      return this.isExportsLiteral(parent.parent) && (isIdentifier(name) || isStringLiteralLike(name)) ? name : null;
    }
    const target = this.#targetOf(value);
    return target !== null && isIdentifier(target.name) ? target.name : null;
  }

  /** The value that is exported under a name that `nameOfExported` gives; `null` for any other name. */
  exportedUnder(name: TypeScript.Node): TypeScript.Expression | null {
    const { isBinaryExpression, isPropertyAccessExpression, isPropertyAssignment, isShorthandPropertyAssignment } =
      this.#compiler;
    const { parent } = name;
    if (isShorthandPropertyAssignment(parent)) return this.isExportsLiteral(parent.parent) ? parent.name : null;
    if (isPropertyAssignment(parent))
      return parent.name === name && this.isExportsLiteral(parent.parent) ? parent.initializer : null;
    if (!isPropertyAccessExpression(parent) || parent.name !== name) return null;
    const assignment = parent.parent;
    return isBinaryExpression(assignment) && assignment.left === parent && this.#targetOf(assignment.right) === parent
      ? assignment.right
      : null;
  }

  /** What a statement assigns a value to, where that is an export, or all that a file exports: `module.exports = exports = value` as well. */
  #targetOf(value: TypeScript.Node): TypeScript.PropertyAccessExpression | null {
    const { isBinaryExpression, isExpressionStatement, isIdentifier, isPropertyAccessExpression, SyntaxKind } =
      this.#compiler;
    let target: TypeScript.PropertyAccessExpression | null = null;
    let node = value;
    if (!this.#isInCommonJs(node)) return null;
    for (;;) {
      const { parent } = node;
      if (!isBinaryExpression(parent) || parent.right !== node || parent.operatorToken.kind !== SyntaxKind.EqualsToken)
        return isExpressionStatement(parent) ? target : null;
      const { left } = parent;
      // `exports = module.exports = value` gives the file's own name for its exports the same value.
      if (isIdentifier(left) && left.text === "exports") node = parent;
      else if (
        target === null &&
        isPropertyAccessExpression(left) &&
        (this.isExports(left) || this.isExports(left.expression))
      ) {
        target = left;
        node = parent;
      } else return null;
    }
  }

  /** Whether a name is one that its file exports, whichever kind of module it is: where it is declared, or told so. */
  isExportedAt(name: TypeScript.Node): boolean {
    const { isExportAssignment, isExportSpecifier, isMethodDeclaration, isVariableDeclaration, SyntaxKind } =
      this.#compiler;
    const { parent } = name;
    if (isExportSpecifier(parent) || isExportAssignment(parent)) return true;
    if (this.nameOfExported(this.valueNamedBy(name)) !== null || this.exportedUnder(name) !== null) return true;
    if (isMethodDeclaration(parent)) return this.isExportsLiteral(parent.parent);
    const declaration = isVariableDeclaration(parent) ? parent.parent.parent : parent;
    const { modifiers = [] } = declaration as { readonly modifiers?: readonly TypeScript.ModifierLike[] };
    return modifiers.some(({ kind }) => kind === SyntaxKind.ExportKeyword);
  }

  /** Whether the compiler follows what is assigned to exports. */
  #isInCommonJs(node: TypeScript.Node): boolean {
    const { isExternalModule, NodeFlags } = this.#compiler;
    return (node.flags & NodeFlags.JavaScriptFile) !== 0 && !isExternalModule(node.getSourceFile());
  }

  /** Whether an object literal is all that a file exports. */
  isExportsLiteral(literal: TypeScript.Node): boolean {
    const target = this.#compiler.isObjectLiteralExpression(literal) ? this.#targetOf(literal) : null;
    return target !== null && this.isExports(target);
  }
}
