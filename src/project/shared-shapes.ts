import type * as TypeScript from "typescript";
import { affectedFiles } from "./affected.ts";
import { errorsOf, newErrors } from "./check.ts";
import type { NameIndex } from "./name-index.ts";
import type { Project } from "./project.ts";

/** So many classes are looked into; each takes a check of what imports it. Of others it is assumed. */
const MOST_BRANDED = 12;

/**
 * The classes of a project that are used as shapes: something gets to where one of their instances is expected that only has their
 * members. The compiler says so itself, when the class is given a protected member that nothing else can have. It lets casts pass all the
 * same, so a class that is named in one may be anything.
 */
export class SharedShapes {
  readonly #project: Project;
  readonly #index: NameIndex;
  readonly #known = new Map<TypeScript.Symbol, boolean>();

  constructor(project: Project, index: NameIndex) {
    this.#project = project;
    this.#index = index;
  }

  /** Whether what is typed as a class may be something else with its members. What comes in as `any` is not told. */
  has(owner: TypeScript.Symbol): boolean {
    let isShared = this.#known.get(owner);
    if (isShared === undefined)
      this.#known.set(owner, (isShared = this.#known.size >= MOST_BRANDED || this.#isShared(owner)));
    return isShared;
  }

  #isShared({ valueDeclaration, name }: TypeScript.Symbol): boolean {
    const project = this.#project;
    if (valueDeclaration === undefined || !project.compiler.isClassLike(valueDeclaration) || this.#isCastTo(name))
      return true;
    const { fileName, text } = valueDeclaration.getSourceFile();
    const file = project.ownName(fileName);
    if (file === null) return true;
    const start = valueDeclaration.members.pos;
    // What may be left out keeps nothing else away; what nobody sets must be declared to be set, unless the class is only declared itself.
    const isDeclared =
      /\.d\.[cm]?ts$/.test(fileName) ||
      valueDeclaration.modifiers?.some(({ kind }) => kind === project.compiler.SyntaxKind.DeclareKeyword) === true;
    const brand = ` protected readonly __tapifyBrand${isDeclared ? "" : "!"}: never; `;
    const branded = project.programWith(new Map([[file, text.slice(0, start) + brand + text.slice(start)]]));
    const affected = affectedFiles(project, [fileName], this.#index);
    const errors = errorsOf(project, branded, affected);
    return errors.length > 0 && newErrors(errorsOf(project, project.program, affected), errors).length > 0;
  }

  #isCastTo(name: string): boolean {
    const { isAsExpression, isTypeAssertionExpression, isTypeNode } = this.#project.compiler;
    return this.#index.named(name).some((node) => {
      let type: TypeScript.Node = node;
      while (isTypeNode(type.parent)) type = type.parent;
      return isTypeNode(type) && (isAsExpression(type.parent) || isTypeAssertionExpression(type.parent));
    });
  }
}
