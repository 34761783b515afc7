import type * as TypeScript from "typescript";
import { CommonJs } from "./commonjs.ts";
import type { NameNode } from "./name-index.ts";

type Compiler = typeof TypeScript;

/** What a name stands for, to the type checker. */
export class NameMeaning {
  readonly #compiler: Compiler;
  readonly #commonJs: CommonJs;
  readonly #checker: TypeScript.TypeChecker;

  constructor(compiler: Compiler, checker: TypeScript.TypeChecker) {
    this.#compiler = compiler;
    this.#commonJs = new CommonJs(compiler);
    this.#checker = checker;
  }

  /** Everything that a name stands for: what imports and exports lead to, what a type was instantiated from, what is overridden. */
  of(node: NameNode): readonly TypeScript.Symbol[] {
    return [...new Set([...this.#named(node)].flatMap((symbol) => this.#related(symbol, node.text)))];
  }

  /** Whether what a name stands for has a flag. */
  has(node: TypeScript.Identifier, flag: TypeScript.SymbolFlags): boolean {
    return ((this.#checker.getSymbolAtLocation(node)?.flags ?? 0) & flag) !== 0;
  }

  *#named(node: NameNode): Generator<TypeScript.Symbol> {
    const checker = this.#checker;
    const { isBindingElement, isExportSpecifier, isObjectBindingPattern, isShorthandPropertyAssignment } =
      this.#compiler;
    const { parent } = node;
    const symbol = checker.getSymbolAtLocation(node);
    if (this.#commonJs.isSpecifier(node)) {
      // What is required is what the module exports as a whole, where it exports one thing.
      const whole = symbol?.exports?.get(this.#compiler.InternalSymbolName.ExportEquals);
      if (whole !== undefined) yield whole;
      return;
    }
    if (symbol !== undefined) yield symbol;
    if (isExportSpecifier(parent)) {
      const local = checker.getExportSpecifierLocalTargetSymbol(parent);
      if (local !== undefined) yield local;
    }
    if (isShorthandPropertyAssignment(parent)) {
      const value = checker.getShorthandAssignmentValueSymbol(parent);
      if (value !== undefined) yield value;
    }
    // `const { load } = service` names the member as well as the variable.
    if (
      isBindingElement(parent) &&
      parent.name === node &&
      parent.propertyName === undefined &&
      isObjectBindingPattern(parent.parent)
    ) {
      const member = checker.getTypeAtLocation(parent.parent).getProperty(node.text);
      if (member !== undefined) yield member;
    }
    if (symbol !== undefined) yield* this.#parameterProperty(symbol);
    yield* this.#expected(node);
  }

  /** A parameter that is a property as well. */
  #parameterProperty({ valueDeclaration, name }: TypeScript.Symbol): readonly TypeScript.Symbol[] {
    const { isParameter, isParameterPropertyDeclaration } = this.#compiler;
    if (
      valueDeclaration === undefined ||
      !isParameter(valueDeclaration) ||
      !isParameterPropertyDeclaration(valueDeclaration, valueDeclaration.parent)
    )
      return [];
    return this.#checker.getSymbolsOfParameterPropertyDeclaration(valueDeclaration, name);
  }

  /** The members that the type which is expected of an object has for one of its own; also where an object is taken apart by assignment. */
  *#expected(node: NameNode): Generator<TypeScript.Symbol> {
    const checker = this.#checker;
    const {
      isComputedPropertyName,
      isIdentifier,
      isJsxAttribute,
      isJsxAttributes,
      isObjectLiteralElementLike,
      isObjectLiteralExpression,
    } = this.#compiler;
    const element = isComputedPropertyName(node.parent) ? node.parent.parent : node.parent;
    if (!(isObjectLiteralElementLike(element) || isJsxAttribute(element))) return;
    const owner = element.parent;
    if (!(isObjectLiteralExpression(owner) || isJsxAttributes(owner))) return;
    const expected = checker.getContextualType(owner);
    if (expected !== undefined) {
      const type = checker.getNonNullableType(expected);
      const own = checker.getTypeAtLocation(owner);
      const parts = type.isUnion() ? type.types : [type];
      const fitting = parts.filter((part) => checker.isTypeAssignableTo(own, part));
      for (const part of fitting.length > 0 ? fitting : parts) {
        const member = part.getProperty(node.text);
        if (member !== undefined) yield member;
      }
    }
    if (this.#isAssignedTo(owner) && isIdentifier(node)) {
      const member = checker.getPropertySymbolOfDestructuringAssignment(node);
      if (member !== undefined) yield member;
    }
  }

  /** Whether an object literal is no object but a pattern: `({ load } = service)`. */
  #isAssignedTo(owner: TypeScript.Node): boolean {
    const { isBinaryExpression, SyntaxKind } = this.#compiler;
    const { parent } = owner;
    return isBinaryExpression(parent) && parent.left === owner && parent.operatorToken.kind === SyntaxKind.EqualsToken;
  }

  #related(symbol: TypeScript.Symbol, name: string): TypeScript.Symbol[] {
    const checker = this.#checker;
    const { SymbolFlags } = this.#compiler;
    const target = (symbol.flags & SymbolFlags.Alias) === 0 ? symbol : checker.getAliasedSymbol(symbol);
    const roots = checker.getRootSymbols(checker.getExportSymbolOfSymbol(target));
    return roots.flatMap((root) => [root, ...this.#besides(root, name), ...this.#overridden(root, name)]);
  }

  /** The members that the other parts of a union have, whose parts are written out: whoever reads one of them reads all. */
  #besides({ declarations = [] }: TypeScript.Symbol, name: string): TypeScript.Symbol[] {
    const { isTypeLiteralNode, isUnionTypeNode } = this.#compiler;
    return declarations.flatMap(({ parent }) => {
      // A whole file, which a module is declared by, stands in nothing.
      if (
        (parent as TypeScript.Node | undefined) === undefined ||
        !isTypeLiteralNode(parent) ||
        !isUnionTypeNode(parent.parent)
      )
        return [];
      const member = this.#checker.getTypeFromTypeNode(parent.parent).getProperty(name);
      return member === undefined ? [] : this.#checker.getRootSymbols(member);
    });
  }

  /** The members that a member overrides or implements. */
  #overridden(member: TypeScript.Symbol, name: string): TypeScript.Symbol[] {
    const { isClassLike, isInterfaceDeclaration } = this.#compiler;
    const found = new Set<TypeScript.Symbol>();
    const seen = new Set<TypeScript.Node>();
    const isStatic = this.#isStatic(member);
    const climb = (owner: TypeScript.Node | undefined): void => {
      if (owner === undefined || seen.has(owner) || !(isClassLike(owner) || isInterfaceDeclaration(owner))) return;
      seen.add(owner);
      for (const base of owner.heritageClauses?.flatMap(({ types }) => types) ?? []) {
        const type = this.#checker.getTypeAtLocation(base);
        const inherited = type.getProperty(name);
        if (inherited !== undefined && !isStatic)
          for (const root of this.#checker.getRootSymbols(inherited)) found.add(root);
        for (const declaration of (type.symbol as TypeScript.Symbol | undefined)?.declarations ?? [])
          climb(declaration);
      }
    };
    for (const declaration of member.declarations ?? []) climb(declaration.parent);
    return [...found];
  }

  #isStatic({ valueDeclaration }: TypeScript.Symbol): boolean {
    const { canHaveModifiers, getModifiers, SyntaxKind } = this.#compiler;
    return (
      valueDeclaration !== undefined &&
      canHaveModifiers(valueDeclaration) &&
      (getModifiers(valueDeclaration)?.some(({ kind }) => kind === SyntaxKind.StaticKeyword) ?? false)
    );
  }
}
