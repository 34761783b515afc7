import type * as TypeScript from "typescript";
import { memberOf } from "../ast/functions.ts";
import type { FunctionNode, Source, TSESTree } from "../ast/source.ts";
import type { Usage } from "../plan/usage.ts";
import { usagesOf } from "../plan/usages.ts";
import type { Context } from "../recognize/context.ts";
import { CommonJs } from "./commonjs.ts";
import { CommonJsUses } from "./commonjs-uses.ts";
import { ModuleObjects } from "./module-objects.ts";
import type { NameIndex } from "./name-index.ts";
import type { Declared } from "./name-places.ts";
import { isJavaScript } from "./own-files.ts";
import type { Project } from "./project.ts";
import type { Place, References } from "./references.ts";

/** What becomes of a project's functions by way of the modules that export them, which the types of TypeScript do not show. */
export class ModuleUses {
  readonly #project: Project;
  readonly #commonJs: CommonJs;
  readonly #uses: CommonJsUses;
  readonly #index: NameIndex;
  readonly #references: References;
  #objects: ModuleObjects | null = null;

  constructor(project: Project, index: NameIndex, references: References) {
    this.#project = project;
    this.#commonJs = new CommonJs(project.compiler);
    this.#uses = new CommonJsUses(project.compiler, project.program.getTypeChecker());
    this.#index = index;
    this.#references = references;
  }

  /** What a place that names a function does with it, where that is special to CommonJS. */
  at(name: TypeScript.Node, node: TSESTree.Node, source: Source): Declared | Usage | null {
    return this.#uses.at(name, node, source);
  }

  /** Whether other packages may get a function, which is named at these places, from the files by which they take the package. */
  isOffered(places: readonly Place[]): boolean {
    const { entries } = this.#project;
    return entries.size > 0 && this.#exportersOf(places).some((file) => this.#modules().isOfferedBy(file, entries));
  }

  /** The places at which a module that exports a function gets out of sight. */
  escapes(fn: FunctionNode, context: Context, places: readonly Place[]): readonly Place[] {
    const files = new Set(this.#exportersOf(places));
    if (this.#isPartOfExports(fn, context)) files.add(context.source.filePath);
    return [...files]
      .flatMap((file) => this.#modules().escapesOf(file))
      .map((node) => ({ fileName: node.getSourceFile().fileName, start: node.getStart(), node }));
  }

  /** What a file of JavaScript does with a member of an object literal, or with the object, where no type shows it. */
  besides(fn: FunctionNode, context: Context): readonly Usage[] {
    const { filePath } = context.source;
    if (!isJavaScript(filePath) || memberOf(fn)?.type !== "Property") return [];
    const isExported = this.#isExportsMember(fn, context);
    return usagesOf(context, fn).filter(({ kind }) => {
      // Node.js tells from its text what a file exports by names, but only to modules that import it.
      if (isExported && kind === "value") return this.#modules().isImportedByName(filePath);
      return kind !== "export";
    });
  }

  /** The files that export a function under one of its names. */
  #exportersOf(places: readonly Place[]): string[] {
    return places.flatMap(({ fileName, node }) =>
      this.#commonJs.isExportedAt(node) ? (this.#project.ownName(fileName) ?? []) : [],
    );
  }

  /** Whether a function is a member of an object that its file exports. */
  #isPartOfExports(fn: FunctionNode, context: Context): boolean {
    return (
      isJavaScript(context.source.filePath) &&
      memberOf(fn)?.type === "Property" &&
      usagesOf(context, fn).some(({ kind }) => kind === "export")
    );
  }

  #isExportsMember(fn: FunctionNode, { source }: Context): boolean {
    const literal = source.services!.esTreeNodeToTSNodeMap.get(memberOf(fn)!.parent as never) as TypeScript.Node;
    return this.#commonJs.isExportsLiteral(literal);
  }

  #modules(): ModuleObjects {
    return (this.#objects ??= new ModuleObjects(this.#project, this.#index, this.#references));
  }
}
