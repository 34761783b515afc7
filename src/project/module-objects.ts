import type * as TypeScript from "typescript";
import { CommonJs } from "./commonjs.ts";
import { ModulePlaces } from "./module-places.ts";
import { ModulePaths } from "./module-paths.ts";
import type { NameIndex } from "./name-index.ts";
import type { Project } from "./project.ts";
import type { References } from "./references.ts";

/** What a file exports as a whole, as it goes through a project's JavaScript: where it gets to a place behind which nothing can be told of it. */
interface ModuleObject {
  /** The places behind which its members may be called under any name. */
  readonly escapes: TypeScript.Node[];
  /** The files that export it, or all of its members. */
  readonly exportedBy: Set<string>;
}

/**
 * The modules of a project as values. The compiler tells who calls `lib.load` of `const lib = require("./lib")`, but neither what `use(lib)` and
 * `lib[name]` call, nor which file `require(name)` loads; and nothing that TypeScript requires.
 */
export class ModuleObjects {
  readonly #project: Project;
  readonly #compiler: Project["compiler"];
  readonly #checker: TypeScript.TypeChecker;
  readonly #references: References;
  readonly #commonJs: CommonJs;
  readonly #paths: ModulePaths;
  readonly #places: ModulePlaces;
  readonly #objects = new Map<string, ModuleObject>();
  readonly #importedByName = new Set<string>();
  readonly #followed = new Set<TypeScript.Node>();

  constructor(project: Project, index: NameIndex, references: References) {
    this.#project = project;
    this.#compiler = project.compiler;
    this.#checker = project.program.getTypeChecker();
    this.#references = references;
    this.#commonJs = new CommonJs(project.compiler);
    this.#paths = new ModulePaths(project);
    this.#places = new ModulePlaces(project.compiler, this.#checker);
    for (const file of index.own) {
      for (const specifier of index.specifiersOf(file)) this.#addSpecifier(specifier);
      this.#addOwn(file);
    }
  }

  /** The places at which the module of a file gets out of sight, by itself or as a part of another one. */
  escapesOf(file: string): readonly TypeScript.Node[] {
    return [...this.#exportersOf(file)].flatMap((each) => this.#objects.get(each)?.escapes ?? []);
  }

  /** Whether one of some files offers what a file exports, with a module as a whole. */
  isOfferedBy(file: string, entries: ReadonlySet<string>): boolean {
    return [...this.#exportersOf(file)].some((each) => entries.has(each));
  }

  /** Whether a module imports something from a file by its name. */
  isImportedByName(file: string): boolean {
    return this.#importedByName.has(file);
  }

  /** A file, and all that export what it exports. */
  #exportersOf(file: string): ReadonlySet<string> {
    // A set is gone through with what is added meanwhile.
    const files = new Set([file]);
    for (const each of files) for (const other of this.#objects.get(each)?.exportedBy ?? []) files.add(other);
    return files;
  }

  #objectOf(file: string): ModuleObject {
    let object = this.#objects.get(file);
    if (object === undefined) this.#objects.set(file, (object = { escapes: [], exportedBy: new Set() }));
    return object;
  }

  #isScript({ fileName }: TypeScript.SourceFile): boolean {
    return /\.[cm]?jsx?$/.test(fileName);
  }

  /** Follows a module from where it is imported, exported on or required. */
  #addSpecifier(specifier: TypeScript.StringLiteralLike): void {
    const compiler = this.#compiler;
    const { parent } = specifier;
    const file = specifier.getSourceFile();
    const known = this.#checker
      .getSymbolAtLocation(specifier)
      ?.declarations?.find((each) => compiler.isSourceFile(each));
    const target =
      known === undefined ? this.#paths.fileAt(file, specifier.text) : this.#project.ownName(known.fileName);
    if (target === null) return;
    const object = this.#objectOf(target);
    if (compiler.isExportDeclaration(parent) || this.#places.takesNames(parent)) this.#importedByName.add(target);
    if (compiler.isExportDeclaration(parent)) {
      const { exportClause } = parent;
      if (exportClause === undefined) object.exportedBy.add(file.fileName);
      else if (compiler.isNamespaceExport(exportClause)) this.#followName(exportClause.name, object);
    } else if (compiler.isCallExpression(parent)) {
      // What the compiler does not resolve, it does not follow either; nor what is required in TypeScript.
      if (known === undefined || (this.#commonJs.specifierOf(parent) === null && !isImportCall(parent, compiler)))
        object.escapes.push(parent);
      else this.#follow(parent, object);
    } else {
      if (known === undefined) object.escapes.push(specifier);
      else if (compiler.isImportDeclaration(parent)) this.#followClause(parent.importClause, object, target);
    }
  }

  #followClause(clause: TypeScript.ImportClause | undefined, object: ModuleObject, target: string): void {
    if (clause === undefined) return;
    const { name, namedBindings } = clause;
    // By default, a file of CommonJS is imported as a whole.
    const file = this.#project.program.getSourceFile(target);
    if (name !== undefined && file !== undefined && this.#isScript(file) && !this.#compiler.isExternalModule(file))
      this.#followName(name, object);
    if (namedBindings !== undefined && this.#compiler.isNamespaceImport(namedBindings))
      this.#followName(namedBindings.name, object);
  }

  /** Goes through a file for what it does with its own exports, and with modules of which it computes the names. */
  #addOwn(file: TypeScript.SourceFile): void {
    const { isCallExpression, isExternalModule, isIdentifier, forEachChild } = this.#compiler;
    const own = this.#project.ownName(file.fileName);
    const isCommonJs = this.#isScript(file) && !isExternalModule(file);
    const visit = (node: TypeScript.Node): void => {
      if (isCallExpression(node)) this.#addCall(node, file);
      if (own !== null && isCommonJs && isIdentifier(node)) this.#addExports(node, own);
      forEachChild(node, visit);
    };
    visit(file);
  }

  #addExports(node: TypeScript.Identifier, own: string): void {
    const { isPropertyAccessExpression, isPropertyAssignment, isShorthandPropertyAssignment } = this.#compiler;
    const { parent } = node;
    const isKey =
      (isPropertyAccessExpression(parent) && parent.name === node) ||
      (isPropertyAssignment(parent) && parent.name === node);
    if (isKey || this.#places.isOwnVariable(node)) return;
    if (node.text === "exports") this.#follow(node, this.#objectOf(own));
    else if (node.text === "module") {
      if (isPropertyAccessExpression(parent) && parent.expression === node) {
        if (parent.name.text === "exports") this.#follow(parent, this.#objectOf(own));
      } else if (!this.#places.isCompared(node) || isShorthandPropertyAssignment(parent))
        this.#objectOf(own).escapes.push(node);
    }
  }

  #addCall(call: TypeScript.CallExpression, file: TypeScript.SourceFile): void {
    const { isIdentifier, isStringLiteralLike } = this.#compiler;
    const isRequire = isIdentifier(call.expression) && call.expression.text === "require";
    const isLoading = isRequire || isImportCall(call, this.#compiler);
    for (const [index, argument] of call.arguments.entries()) {
      if (isStringLiteralLike(argument)) {
        // Who is told the path of a module may load it: a mock, a worker.
        const target = isLoading || !this.#isScript(file) ? null : this.#paths.fileAt(file, argument.text);
        if (target !== null) this.#objectOf(target).escapes.push(call);
      } else if (isLoading && index === 0)
        for (const target of this.#paths.filesNamedBy(file, argument)) this.#objectOf(target).escapes.push(call);
    }
  }

  /** Follows what stands for a module under a name of its own, in whatever file. */
  #followName(name: TypeScript.ModuleExportName, object: ModuleObject): void {
    if (this.#followed.has(name)) return;
    this.#followed.add(name);
    for (const { node } of this.#references.of(name)) {
      if (node === name) continue;
      this.#follow(this.#commonJs.valueNamedBy(node), object);
    }
  }

  /** Follows an expression that stands for a module. */
  #follow(node: TypeScript.Node, object: ModuleObject): void {
    if (this.#followed.has(node)) return;
    this.#followed.add(node);
    const compiler = this.#compiler;
    const { parent } = node;
    if (compiler.isPropertyAccessExpression(parent) && parent.expression === node) {
      // What a module is imported with, as a whole, where the other is CommonJS.
      if (parent.name.text === "default" && !isAssigned(parent, compiler)) this.#follow(parent, object);
    } else if (compiler.isElementAccessExpression(parent) && parent.expression === node) {
      if (!compiler.isStringLiteralLike(parent.argumentExpression)) object.escapes.push(parent);
    } else if (compiler.isAwaitExpression(parent) || compiler.isParenthesizedExpression(parent))
      this.#follow(parent, object);
    else if (compiler.isCallExpression(node) && isImportCall(node, compiler)) object.escapes.push(node);
    else if (compiler.isVariableDeclaration(parent)) this.#followDeclared(parent, node, object);
    else if (!this.#isHarmless(node, object)) object.escapes.push(node);
  }

  #followDeclared(
    { initializer, name, type }: TypeScript.VariableDeclaration,
    node: TypeScript.Node,
    object: ModuleObject,
  ): void {
    const { isIdentifier, isObjectBindingPattern } = this.#compiler;
    if (initializer !== node) return;
    // By a type that is written for it, the compiler no longer knows it as the module.
    if (isIdentifier(name) && type === undefined) this.#followName(name, object);
    else if (
      !isObjectBindingPattern(name) ||
      name.elements.some(
        (element) =>
          element.dotDotDotToken !== undefined ||
          (element.propertyName !== undefined && !isIdentifier(element.propertyName)),
      )
    )
      object.escapes.push(node);
  }

  /** Whether a use of a module leads nowhere, or only to where its export is followed. */
  #isHarmless(node: TypeScript.Node, object: ModuleObject): boolean {
    const {
      isBindingElement,
      isExportAssignment,
      isExportSpecifier,
      isExpressionStatement,
      isImportClause,
      isImportSpecifier,
      isNamespaceImport,
    } = this.#compiler;
    const { parent } = node;
    if (isExpressionStatement(parent) || this.#places.isCompared(node) || this.#places.isCalled(node)) return true;
    if (isImportClause(parent) || isNamespaceImport(parent) || isImportSpecifier(parent) || isBindingElement(parent))
      return true;
    if (this.#places.isTarget(node)) return true;
    // A module that is a function or a class has the name of that as well.
    if ("name" in parent && parent.name === node && !this.#compiler.isPropertyAccessExpression(parent)) return true;
    const exported = this.#commonJs.nameOfExported(node);
    if (exported !== null) {
      object.exportedBy.add(node.getSourceFile().fileName);
      if (exported.text !== "exports" && this.#compiler.isIdentifier(exported)) this.#followName(exported, object);
      return true;
    }
    if (isExportSpecifier(parent) || isExportAssignment(parent)) {
      object.exportedBy.add(node.getSourceFile().fileName);
      return isExportSpecifier(parent);
    }
    return false;
  }
}

function isImportCall({ expression }: TypeScript.CallExpression, { SyntaxKind }: Project["compiler"]): boolean {
  return expression.kind === SyntaxKind.ImportKeyword;
}

function isAssigned(node: TypeScript.Node, { isBinaryExpression }: Project["compiler"]): boolean {
  return isBinaryExpression(node.parent) && node.parent.left === node;
}
