import type * as TypeScript from "typescript";
import { classOf, memberOf } from "../ast/functions.ts";
import { keyName } from "../ast/names.ts";
import { isHidden } from "../ast/offered.ts";
import type { FunctionNode } from "../ast/source.ts";
import type { NameIndex } from "./name-index.ts";
import type { Project } from "./project.ts";
import { isJavaScript } from "./own-files.ts";
import { placeOf, type Place } from "./references.ts";
import { SharedShapes } from "./shared-shapes.ts";

type Access = TypeScript.PropertyAccessExpression | TypeScript.ElementAccessExpression;

/**
 * The members that are read in a project, by name. A method can also be called through a type that nothing ties to its class but its
 * shape, or through `any`, and the compiler's references say nothing of that.
 */
export class StructuralCalls {
  readonly #project: Project;
  readonly #program: TypeScript.Program;
  readonly #index: NameIndex;
  readonly #shapes: SharedShapes;

  constructor(project: Project, index: NameIndex) {
    this.#project = project;
    this.#index = index;
    this.#shapes = new SharedShapes(project, index);
    this.#program = project.program;
  }

  /** The reads of a member that may reach a method, but are none of those known to. */
  of(fn: FunctionNode, known: (place: Place) => boolean): Place[] {
    const member = memberOf(fn);
    const name = member === null || isHidden(member) ? null : keyName(member);
    const owner = name === null ? null : this.#ownerOf(fn, member!);
    if (name === null || owner === null) return [];
    return this.#reads(name).flatMap((access) => {
      const place = placeOf("name" in access ? access.name : access.argumentExpression, this.#project.compiler);
      return known(place) || !this.#mayBe(owner, access) ? [] : [place];
    });
  }

  #ownerOf(fn: FunctionNode, member: NonNullable<ReturnType<typeof memberOf>>): TypeScript.Type | null {
    const checker = this.#program.getTypeChecker();
    const context = this.#project.contextOf(this.#project.fileOf(fn));
    const nodes = context.source.services?.esTreeNodeToTSNodeMap;
    const owner = member.type === "Property" ? member.parent : classOf(fn);
    const node = owner === null ? undefined : (nodes?.get(owner as never) as TypeScript.Node | undefined);
    if (node === undefined) return null;
    const type = checker.getTypeAtLocation(node);
    const { symbol } = type;
    return member.type !== "Property" && member.static && (symbol as TypeScript.Symbol | undefined) !== undefined
      ? checker.getTypeOfSymbolAtLocation(symbol, node)
      : type;
  }

  /**
   * Whether an access may reach a member of an object. Where the type that is accessed fixes the result, the compiler would say that a
   * promise is none. A class is what it makes, unless it is seen to be used for its shape.
   */
  #mayBe(owner: TypeScript.Type, access: Access): boolean {
    const { SymbolFlags, TypeFlags } = this.#project.compiler;
    const checker = this.#program.getTypeChecker();
    const open = TypeFlags.Any | TypeFlags.Unknown;
    const own = checker.getTypeAtLocation(access.expression);
    const type = checker.getNonNullableType(checker.getBaseConstraintOfType(own) ?? own);
    if ((type.flags & open) !== 0) return true;
    const read = checker.getTypeAtLocation(access);
    // JavaScript reads members that a type lacks: a base class calls what its subclasses define.
    if ((read.flags & open) !== 0 && isJavaScript(access.getSourceFile().fileName)) return true;
    const results = read.getCallSignatures().map((signature) => checker.getReturnTypeOfSignature(signature));
    if (!results.some(({ flags }) => (flags & (open | TypeFlags.Void | TypeFlags.TypeParameter)) !== 0)) return false;
    if (!checker.isTypeAssignableTo(owner, type)) return false;
    const symbol = type.symbol as TypeScript.Symbol | undefined;
    return symbol === undefined || (symbol.flags & SymbolFlags.Class) === 0 || this.#shapes.has(symbol);
  }

  #reads(name: string): Access[] {
    const { isElementAccessExpression, isPropertyAccessExpression } = this.#project.compiler;
    return this.#index.named(name).flatMap((node) => {
      const { parent } = node;
      const isRead = isPropertyAccessExpression(parent)
        ? parent.name === node
        : isElementAccessExpression(parent) && parent.argumentExpression === node;
      return isRead && this.#project.owns(node.getSourceFile().fileName) ? [parent as Access] : [];
    });
  }
}
