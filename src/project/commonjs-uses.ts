import type * as TypeScript from "typescript";
import { isFunction } from "../ast/functions.ts";
import { unwrap, wrapped } from "../ast/names.ts";
import { variableOf, writesOf } from "../ast/scopes.ts";
import type { Source, TSESTree } from "../ast/source.ts";
import { usageAt, type Usage } from "../plan/usage.ts";
import { CommonJs } from "./commonjs.ts";
import type { Declared } from "./name-places.ts";
import { constantOwner } from "./references.ts";

type Compiler = typeof TypeScript;

/** By which a function is called, and which are members of it all the same. */
const CALLING = /^(?:apply|bind|call)$/;

/** What places do with a function of CommonJS that are no plain uses of its name: they export it, or take it out of what they require. */
export class CommonJsUses {
  readonly #compiler: Compiler;
  readonly #checker: TypeScript.TypeChecker;
  readonly #commonJs: CommonJs;

  constructor(compiler: Compiler, checker: TypeScript.TypeChecker) {
    this.#compiler = compiler;
    this.#checker = checker;
    this.#commonJs = new CommonJs(compiler);
  }

  /**
   * What is done at a place with a function that is named there.
   *
   * @param name as the compiler has it
   * @param node the same, as the analysis of its file has it
   * @returns `null` where nothing about it is special to CommonJS.
   */
  at(name: TypeScript.Node, node: TSESTree.Node, source: Source): Declared | Usage | null {
    const value = this.#commonJs.valueNamedBy(name);
    if (this.#commonJs.nameOfExported(value) !== null) return { kind: "passed" };
    return (
      this.#exportedUnder(name, node) ??
      this.#takenOut(name, node, source) ??
      this.#required(value, node) ??
      (this.#commonJs.isSpecifier(name) ? usageAt(wrapped(node.parent!)) : null)
    );
  }

  /** The name of an export, where it is given its value. */
  #exportedUnder(name: TypeScript.Node, node: TSESTree.Node): Declared | Usage | null {
    const { isFunctionLike, isIdentifier, isPropertyAccessExpression } = this.#compiler;
    const value = this.#commonJs.exportedUnder(name);
    if (value === null) return null;
    if (isIdentifier(value) || isPropertyAccessExpression(value) || this.#commonJs.specifierOf(value) !== null)
      return { kind: "passed" };
    const assignment = node.parent?.parent;
    const fn = assignment?.type === "AssignmentExpression" ? unwrap(assignment.right) : null;
    if (isFunction(fn)) return { kind: "function", fn };
    return isFunctionLike(value) ? null : { kind: "unknown", node };
  }

  /** The variable that holds what is required, or what is taken out of it by a pattern. */
  #takenOut(name: TypeScript.Node, node: TSESTree.Node, source: Source): Declared | Usage | null {
    const { isBindingElement, isIdentifier, isVariableDeclaration } = this.#compiler;
    const { parent } = name;
    if (isVariableDeclaration(parent) && parent.name === name)
      return this.#commonJs.isRequired(parent.initializer) ? held(node, source) : null;
    if (!isBindingElement(parent) || !isIdentifier(parent.name) || parent.initializer !== undefined) return null;
    const owner = constantOwner(parent, this.#compiler);
    if (owner !== null)
      return this.#commonJs.isRequired(owner) || (isIdentifier(owner) && this.#isModule(owner))
        ? { kind: "passed" }
        : null;
    const declaration = parent.parent.parent;
    return isVariableDeclaration(declaration) && this.#commonJs.isRequired(declaration.initializer)
      ? held(node, source)
      : null;
  }

  #isModule(name: TypeScript.Identifier): boolean {
    const flags = this.#checker.getSymbolAtLocation(name)?.flags ?? 0;
    return (flags & this.#compiler.SymbolFlags.Alias) !== 0;
  }

  /** What is required, or a member of it, where a variable is declared to hold it or it is not used itself. */
  #required(value: TypeScript.Node, node: TSESTree.Node): Declared | Usage | null {
    const { isExpressionStatement, isIdentifier, isPropertyAccessExpression, isVariableDeclaration } = this.#compiler;
    if (!this.#commonJs.isRequired(value)) return null;
    const { parent } = value;
    const isWhole = this.#commonJs.specifierOf(value) !== null;
    if (isVariableDeclaration(parent)) return isIdentifier(parent.name) || isWhole ? { kind: "passed" } : null;
    if (!isWhole) return null;
    if (isExpressionStatement(parent)) return { kind: "passed" };
    if (!isPropertyAccessExpression(parent) || parent.expression !== value) return null;
    return CALLING.test(parent.name.text) ? { kind: "value", node } : { kind: "passed" };
  }
}

/** A variable that is never given another value is one more name. */
function held(node: TSESTree.Node, source: Source): Declared | Usage {
  const local =
    node.parent?.type === "Property" && node.parent.parent.type === "ObjectPattern" ? node.parent.value : node;
  const variable = variableOf(source, local);
  const isKept = variable !== null && writesOf(variable).every(({ init }) => init === true);
  return isKept ? { kind: "passed" } : { kind: "unknown", node };
}
