import type * as TypeScript from "typescript";
import { CommonJs } from "./commonjs.ts";

/** By what the places are found where a module is required, which stand for what it exports as a whole. */
export const WHOLE_MODULE = "export=";

type Compiler = typeof TypeScript;

/** A node that names something: an identifier, or the text in quotes that takes its place in a member, an access or an import. */
export type NameNode = TypeScript.Identifier | TypeScript.PrivateIdentifier | TypeScript.StringLiteralLike;

/** What the names of one file are, gone through once. */
interface FileNames {
  readonly byText: ReadonlyMap<string, readonly NameNode[]>;
  /** The names that an import or export gives to what may be called otherwise where it is declared. */
  readonly aliases: readonly NameNode[];
  /** The names of modules that are imported, in whatever way. */
  readonly specifiers: readonly TypeScript.StringLiteralLike[];
  /** Whether the file adds to what other files see without importing it. */
  readonly isGlobal: boolean;
}

/**
 * The names in the files of a program. The project's own files are gone through once; a file of declarations that somebody else
 * wrote only when it holds a name that is asked for.
 */
export class NameIndex {
  readonly #compiler: Compiler;
  readonly #commonJs: CommonJs;
  readonly #program: TypeScript.Program;
  readonly #files = new Map<TypeScript.SourceFile, FileNames>();
  readonly #own: readonly TypeScript.SourceFile[];
  readonly #foreign: readonly TypeScript.SourceFile[];
  #byText: ReadonlyMap<string, readonly NameNode[]> | null = null;

  constructor(compiler: Compiler, program: TypeScript.Program) {
    this.#compiler = compiler;
    this.#commonJs = new CommonJs(compiler);
    this.#program = program;
    this.#own = program.getSourceFiles().filter((file) => !this.#isForeign(file));
    this.#foreign = program.getSourceFiles().filter((file) => this.#isForeign(file));
  }

  /** Every node with a name, file by file. */
  named(text: string): NameNode[] {
    this.#byText ??= this.#ownNames();
    const nodes = [...(this.#byText.get(text) ?? [])];
    for (const file of this.#foreign)
      if (this.#mayName(file, text)) nodes.push(...(this.#of(file).byText.get(text) ?? []));
    return nodes;
  }

  /** The names that imports and exports of the project's own files give. */
  get aliases(): readonly NameNode[] {
    return this.#own.flatMap((file) => this.#of(file).aliases);
  }

  /** The files that neither come with the compiler nor from another package. */
  get own(): readonly TypeScript.SourceFile[] {
    return this.#own;
  }

  /** The names of the modules that a file imports. */
  specifiersOf(file: TypeScript.SourceFile): readonly TypeScript.StringLiteralLike[] {
    return this.#of(file).specifiers;
  }

  /** Whether a file adds to what other files see without importing it: it is no module, or adds to another, or to all. */
  isGlobal(file: TypeScript.SourceFile): boolean {
    return this.#of(file).isGlobal;
  }

  #isForeign(file: TypeScript.SourceFile): boolean {
    return this.#program.isSourceFileDefaultLibrary(file) || this.#program.isSourceFileFromExternalLibrary(file);
  }

  #ownNames(): Map<string, NameNode[]> {
    const all = new Map<string, NameNode[]>();
    for (const file of this.#own) {
      for (const [text, nodes] of this.#of(file).byText) {
        const known = all.get(text);
        if (known === undefined) all.set(text, [...nodes]);
        else known.push(...nodes);
      }
    }
    return all;
  }

  #mayName(
    file: TypeScript.SourceFile & { readonly identifiers?: ReadonlyMap<string, string> },
    text: string,
  ): boolean {
    // The parser keeps what it has read as identifiers, if it says so.
    return file.identifiers?.has(text) ?? file.text.includes(text);
  }

  #of(file: TypeScript.SourceFile): FileNames {
    let names = this.#files.get(file);
    if (names === undefined) this.#files.set(file, (names = this.#read(file)));
    return names;
  }

  #read(file: TypeScript.SourceFile): FileNames {
    const {
      isExternalModule,
      isIdentifier,
      isModuleDeclaration,
      isPrivateIdentifier,
      isStringLiteralLike,
      forEachChild,
    } = this.#compiler;
    const byText = new Map<string, NameNode[]>();
    const aliases: NameNode[] = [];
    const specifiers: TypeScript.StringLiteralLike[] = [];
    let isGlobal = !isExternalModule(file);
    const add = (node: NameNode, text = node.text): void => {
      const known = byText.get(text);
      if (known === undefined) byText.set(text, [node]);
      else known.push(node);
      if (this.#isAlias(node)) aliases.push(node);
    };
    const visit = (node: TypeScript.Node): void => {
      if (isIdentifier(node) || isPrivateIdentifier(node)) add(node);
      else if (isStringLiteralLike(node)) {
        if (this.#isName(node)) add(node);
        else if (this.#isSpecifier(node)) {
          specifiers.push(node);
          if (this.#commonJs.isSpecifier(node)) add(node, WHOLE_MODULE);
        }
      } else {
        if (isModuleDeclaration(node) && (isStringLiteralLike(node.name) || node.name.text === "global"))
          isGlobal = true;
        forEachChild(node, visit);
      }
    };
    visit(file);
    return { byText, aliases, specifiers, isGlobal };
  }

  #isAlias(node: NameNode): boolean {
    const { parent } = node;
    const {
      isBindingElement,
      isExportSpecifier,
      isImportClause,
      isImportEqualsDeclaration,
      isImportSpecifier,
      isNamespaceImport,
      isVariableDeclaration,
    } = this.#compiler;
    if (isImportClause(parent) || isImportEqualsDeclaration(parent) || isNamespaceImport(parent))
      return parent.name === node;
    if (isVariableDeclaration(parent)) return parent.name === node && this.#commonJs.isRequired(parent.initializer);
    // What is taken out of a module that was required has the name that is given to it there.
    if (isBindingElement(parent)) return parent.name === node && parent.propertyName !== undefined;
    return (isImportSpecifier(parent) || isExportSpecifier(parent)) && parent.propertyName !== undefined;
  }

  #isName(node: TypeScript.StringLiteralLike): boolean {
    const { parent } = node;
    const { isComputedPropertyName, isElementAccessExpression, isExportSpecifier, isImportSpecifier, isPropertyName } =
      this.#compiler;
    if (isElementAccessExpression(parent)) return parent.argumentExpression === node;
    if (isComputedPropertyName(parent) || isImportSpecifier(parent) || isExportSpecifier(parent)) return true;
    return (
      (isPropertyName(node) &&
        "name" in parent &&
        parent.name === node &&
        !this.#compiler.isModuleDeclaration(parent)) ||
      (this.#compiler.isBindingElement(parent) && parent.propertyName === node)
    );
  }

  #isSpecifier({ parent }: TypeScript.StringLiteralLike): boolean {
    const {
      isCallExpression,
      isExportDeclaration,
      isExternalModuleReference,
      isImportDeclaration,
      isImportTypeNode,
      isLiteralTypeNode,
    } = this.#compiler;
    return (
      isImportDeclaration(parent) ||
      isExportDeclaration(parent) ||
      isExternalModuleReference(parent) ||
      (isLiteralTypeNode(parent) && isImportTypeNode(parent.parent)) ||
      (isCallExpression(parent) &&
        (parent.expression.kind === this.#compiler.SyntaxKind.ImportKeyword ||
          parent.expression.getText() === "require"))
    );
  }
}
