import type * as TypeScript from "typescript";
import type { NameIndex, NameNode } from "./name-index.ts";
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

/**
 * Every place at which a function is named in a program, as the compiler's `findReferences` gives it, but for whole families at once: a
 * method, what it overrides and implements, and what does so with it, are named in the same places. Only names that occur at all are
 * resolved, and each once.
 */
export class References {
  readonly #compiler: Compiler;
  readonly #meaning: NameMeaning;
  readonly #index: NameIndex;
  readonly #nodes = new Map<string, readonly NameNode[]>();
  readonly #bySymbol = new Map<TypeScript.Symbol, Set<NameNode>>();
  readonly #symbols = new Map<NameNode, readonly TypeScript.Symbol[]>();
  readonly #families = new Map<TypeScript.Symbol, readonly Place[]>();
  #aliasNames: ReadonlyMap<TypeScript.Symbol, ReadonlySet<string>> | null = null;

  constructor(compiler: Compiler, program: TypeScript.Program, index: NameIndex) {
    this.#compiler = compiler;
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
    if (symbols === undefined) this.#symbols.set(node, (symbols = this.#meaning.of(node)));
    return symbols;
  }
}
