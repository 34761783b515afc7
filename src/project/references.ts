import type * as TypeScript from "typescript";
import { CommonJs } from "./commonjs.ts";
import { WHOLE_MODULE, type NameIndex, type NameNode } from "./name-index.ts";
import { NameMeaning } from "./name-meaning.ts";

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

/** What a constant is taken out of by a pattern that is not nested and gives it no value of its own; `null` otherwise. */
export function constantOwner(
  { dotDotDotToken, initializer, parent: pattern }: TypeScript.BindingElement,
  { isObjectBindingPattern, isVariableDeclaration, NodeFlags }: Compiler,
): TypeScript.Expression | null {
  if (dotDotDotToken !== undefined || initializer !== undefined || !isObjectBindingPattern(pattern)) return null;
  const declaration = pattern.parent;
  if (!isVariableDeclaration(declaration)) return null;
  return (declaration.parent.flags & NodeFlags.Const) === 0 ? null : (declaration.initializer ?? null);
}

/**
 * Every place at which a function is named in a program, as the compiler's `findReferences` gives it, but for whole families at once: a
 * method, what it overrides and implements, and what does so with it, are named in the same places. Only names that occur at all are
 * resolved, and each once.
 */
export class References {
  readonly #compiler: Compiler;
  readonly #commonJs: CommonJs;
  readonly #meaning: NameMeaning;
  readonly #index: NameIndex;
  readonly #nodes = new Map<string, readonly NameNode[]>();
  readonly #bySymbol = new Map<TypeScript.Symbol, Set<NameNode>>();
  readonly #symbols = new Map<NameNode, readonly TypeScript.Symbol[]>();
  readonly #families = new Map<TypeScript.Symbol, readonly Place[]>();
  #aliasNames: ReadonlyMap<TypeScript.Symbol, ReadonlySet<string>> | null = null;

  constructor(compiler: Compiler, program: TypeScript.Program, index: NameIndex) {
    this.#compiler = compiler;
    this.#commonJs = new CommonJs(compiler);
    this.#meaning = new NameMeaning(compiler, program.getTypeChecker());
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
    const names = new Set([text, "default", WHOLE_MODULE]);
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
          if (!(names.has(node.text) || this.#commonJs.isSpecifier(node)) || nodes.has(node)) continue;
          nodes.add(node);
          if (this.#isDeclaration(node)) for (const other of this.#symbolsAt(node)) symbols.add(other);
          for (const other of this.#sameAs(node)) {
            names.add(other.text);
            for (const each of this.#symbolsAt(other)) symbols.add(each);
            isGrowing = true;
          }
        }
      }
    }
    return { nodes, symbols };
  }

  /**
   * Other names for what a node names: what CommonJS exports it by, what it exports by the node, and the constant that takes it out of a module.
   */
  *#sameAs(node: NameNode): Generator<NameNode> {
    const { isIdentifier, isPrivateIdentifier, isPropertyAccessExpression } = this.#compiler;
    const exported = this.#commonJs.nameOfExported(this.#commonJs.valueNamedBy(node));
    if (exported !== null) yield exported;
    const taken = this.#takenOut(node);
    if (taken !== null) yield taken;
    const own = this.#commonJs.exportedUnder(node);
    if (own === null) return;
    const specifier = this.#commonJs.specifierOf(own);
    if (specifier !== null) yield specifier;
    else if (isIdentifier(own)) yield own;
    else if (isPropertyAccessExpression(own) && !isPrivateIdentifier(own.name)) yield own.name;
  }

  /** The constant in `const { load } = module`, where a name stands for a module and the node for its member. */
  #takenOut(node: NameNode): TypeScript.Identifier | null {
    const { isBindingElement, isIdentifier, SymbolFlags } = this.#compiler;
    const { parent } = node;
    if (!isBindingElement(parent) || (parent.propertyName ?? parent.name) !== node || !isIdentifier(parent.name))
      return null;
    const owner = constantOwner(parent, this.#compiler);
    if (owner === null || !isIdentifier(owner)) return null;
    return this.#meaning.has(owner, SymbolFlags.Alias) ? parent.name : null;
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
    if (symbols === undefined) this.#symbols.set(node, (symbols = this.#meaning.of(node)));
    return symbols;
  }
}
