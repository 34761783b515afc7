import type * as TypeScript from "typescript";
import type { NameIndex, NameNode } from "./name-index.ts";

type Compiler = typeof TypeScript;

/** A place in a file, as the compiler counts: a name in quotes starts behind its quote. */
export interface Place {
  readonly fileName: string;
  readonly start: number;
  /** The name itself. */
  readonly node: TypeScript.Node;
}

/** The place of a name. */
export function placeOf(node: TypeScript.Node, { isStringLiteralLike }: Compiler): Place {
  return {
    fileName: node.getSourceFile().fileName,
    start: node.getStart() + (isStringLiteralLike(node) ? 1 : 0),
    node,
  };
}

/**
 * Every place at which a function is named in a program, as the compiler's `findReferences` gives it, but for whole families at once: a
 * method, what it overrides and implements, and what does so with it, are named in the same places. Only names that occur at all are
 * resolved, and each once.
 */
export class References {
  readonly #compiler: Compiler;
  readonly #checker: TypeScript.TypeChecker;
  readonly #index: NameIndex;
  readonly #nodes = new Map<string, readonly NameNode[]>();
  readonly #bySymbol = new Map<TypeScript.Symbol, Set<NameNode>>();
  readonly #symbols = new Map<NameNode, readonly TypeScript.Symbol[]>();
  readonly #families = new Map<TypeScript.Symbol, readonly Place[]>();
  #aliasNames: ReadonlyMap<TypeScript.Symbol, ReadonlySet<string>> | null = null;

  constructor(compiler: Compiler, program: TypeScript.Program, index: NameIndex) {
    this.#compiler = compiler;
    this.#checker = program.getTypeChecker();
    this.#index = index;
  }

  /** The places of the family of what a name declares. */
  of(name: TypeScript.Node): readonly Place[] {
    const start = this.#symbolsAt(name as NameNode);
    const known = start.map((symbol) => this.#families.get(symbol)).find((places) => places !== undefined);
    if (known !== undefined) return known;
    const { nodes, symbols } = this.#familyOf((name as NameNode).text, start);
    const places = [...nodes].map((node) => placeOf(node, this.#compiler));
    for (const symbol of symbols) this.#families.set(symbol, places);
    return places;
  }

  #familyOf(
    text: string,
    start: readonly TypeScript.Symbol[],
  ): { readonly nodes: ReadonlySet<NameNode>; readonly symbols: ReadonlySet<TypeScript.Symbol> } {
    const nodes = new Set<NameNode>();
    // A set is gone through with what is added meanwhile.
    const symbols = new Set(start);
    // What a module exports by default is called so by whoever takes the module as a whole, without a name given to it anywhere.
    const names = new Set([text, "default"]);
    for (let isGrowing = true; isGrowing;) {
      isGrowing = false;
      for (const name of names) this.#resolve(name);
      for (const symbol of symbols) {
        for (const alias of this.#namesOf(symbol)) {
          if (names.has(alias)) continue;
          names.add(alias);
          isGrowing = true;
        }
        for (const node of this.#bySymbol.get(symbol) ?? []) {
          if (!names.has(node.text) || nodes.has(node)) continue;
          nodes.add(node);
          if (this.#isDeclaration(node)) for (const other of this.#symbolsAt(node)) symbols.add(other);
        }
      }
    }
    return { nodes, symbols };
  }

  /** Finds out what each node of a name stands for. */
  #resolve(name: string): void {
    if (this.#nodes.has(name)) return;
    const nodes = this.#index.named(name);
    this.#nodes.set(name, nodes);
    for (const node of nodes) {
      for (const symbol of this.#symbolsAt(node)) {
        const known = this.#bySymbol.get(symbol);
        if (known === undefined) this.#bySymbol.set(symbol, new Set([node]));
        else known.add(node);
      }
    }
  }

  /** The names that imports and exports give to a symbol. */
  #namesOf(symbol: TypeScript.Symbol): ReadonlySet<string> {
    if (this.#aliasNames === null) {
      const names = new Map<TypeScript.Symbol, Set<string>>();
      for (const node of this.#index.aliases) {
        for (const target of this.#symbolsAt(node)) names.set(target, (names.get(target) ?? new Set()).add(node.text));
      }
      this.#aliasNames = names;
    }
    return this.#aliasNames.get(symbol) ?? new Set();
  }

  /** Whether a name declares a function or a member: what it belongs to gives what everything else it belongs to gives. */
  #isDeclaration({ parent }: NameNode): boolean {
    const {
      isArrowFunction,
      isClassElement,
      isComputedPropertyName,
      isFunctionDeclaration,
      isFunctionExpression,
      isObjectLiteralElementLike,
      isParenthesizedExpression,
      isPropertyAssignment,
      isShorthandPropertyAssignment,
      isTypeElement,
      isVariableDeclaration,
    } = this.#compiler;
    const declaration = isComputedPropertyName(parent) ? parent.parent : parent;
    if (isShorthandPropertyAssignment(declaration)) return false;
    if (isPropertyAssignment(declaration)) {
      let value = declaration.initializer;
      while (isParenthesizedExpression(value)) value = value.expression;
      return isFunctionExpression(value) || isArrowFunction(value);
    }
    return (
      isFunctionDeclaration(declaration) ||
      isVariableDeclaration(declaration) ||
      isClassElement(declaration) ||
      isTypeElement(declaration) ||
      isObjectLiteralElementLike(declaration)
    );
  }

  /** Everything that a name stands for: what imports and exports lead to, what a type was instantiated from, what is overridden. */
  #symbolsAt(node: NameNode): readonly TypeScript.Symbol[] {
    let symbols = this.#symbols.get(node);
    if (symbols === undefined)
      this.#symbols.set(
        node,
        (symbols = [...new Set([...this.#meant(node)].flatMap((symbol) => this.#related(symbol, node.text)))]),
      );
    return symbols;
  }

  *#meant(node: NameNode): Generator<TypeScript.Symbol> {
    const checker = this.#checker;
    const { isBindingElement, isExportSpecifier, isObjectBindingPattern, isShorthandPropertyAssignment } =
      this.#compiler;
    const { parent } = node;
    const symbol = checker.getSymbolAtLocation(node);
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
