import type { ParserServicesWithTypeInformation } from "@typescript-eslint/parser";
import type { Symbol as TypeSymbol, Type, TypeChecker } from "typescript";
import type { Source, TSESTree } from "../ast/source.ts";
import type { Knowledge } from "./knowledge.ts";
import { parameterTypes, type ParameterType } from "./parameter-types.ts";
import { typedTwin, type TypedTwin } from "./twins/type-twins.ts";

/**
 * What types can tell, behind one interface. Every answer may be "unknown": `any`, or a type that the project cannot see.
 * The compiler itself is never loaded from here; its objects come with the parser services.
 */
export interface TypeEvidence {
  /** Qualified names of the type and its base types, or `[]` when it has none. */
  namesOf(node: TSESTree.Node): readonly string[];
  /** Whether the value has a `then` method. */
  isThenable(node: TSESTree.Node): Knowledge;
  /** Whether the value may be thenable or a task, and may be neither: its type is a union of both. */
  isPerhapsAwaitable(node: TSESTree.Node): boolean;
  /** Whether the value has a member of this name. */
  hasMember(node: TSESTree.Node, name: string): Knowledge;
  /** Whether the value is surely a number or a text, which nobody awaits. */
  isPrimitive(node: TSESTree.Node): boolean;
  /** Whether a call gives nothing (`void`, `undefined`, `never`). */
  returnsNothing(call: TSESTree.CallExpression): Knowledge;
  /** Whether the receiver has a method of this name that gives something thenable or task-named. */
  hasAwaitableMethod(receiver: TSESTree.Node, name: string): Knowledge;
  /** Whether the receiver has an awaitable method of this name with the parameters and the result of the one that is called. */
  awaitableVersion(call: TSESTree.CallExpression, receiver: TSESTree.Expression, name: string): TypedTwin;
  /** Whether instances of what a class or interface extends or implements, by the expression that names it, have a member. */
  hasInherited(heritage: TSESTree.Node, name: string): Knowledge;
  /** The names of the parameters of what is called; `null` where that cannot be told. */
  parameterNames(call: TSESTree.CallExpression): readonly string[] | null;
  /** The names of the members that awaiting what a method gives has; `null` where that is no object type of its own. */
  membersOfAwaited(
    receiver: TSESTree.Node,
    name: string,
  ): { readonly members: readonly string[]; readonly type: string | null } | null;
  /** The type of a value as TypeScript text, or `null` when it cannot be told. */
  textOf(node: TSESTree.Node): string | null;
  /** The types of what a function is called with, as text, where a value is one with a single signature; else `null`. */
  parameterTypesOf(node: TSESTree.Node): readonly ParameterType[] | null;
}

const PRIMITIVES = new Set(["number", "string", "bigint"]);
const TASK_NAME = /(?:^|\.)(?:\$?Task(?:\$1)?|ValueTask(?:\$1)?|UniTask(?:\$1)?)$/;

/** Type evidence for a file whose parser was given a project; `null` elsewhere (oxlint, plain parsing). */
export function typeEvidence(source: Source): TypeEvidence | null {
  const services = source.services as Partial<ParserServicesWithTypeInformation> | undefined;
  if (services?.program == null || services.esTreeNodeToTSNodeMap === undefined) return null;
  return new CheckerEvidence(services as ParserServicesWithTypeInformation);
}

class CheckerEvidence implements TypeEvidence {
  readonly #services: ParserServicesWithTypeInformation;
  readonly #checker: TypeChecker;

  constructor(services: ParserServicesWithTypeInformation) {
    this.#services = services;
    this.#checker = services.program.getTypeChecker();
  }

  namesOf(node: TSESTree.Node): readonly string[] {
    const type = this.#typeOf(node);
    if (type === null) return [];
    return this.#partsOf(type).flatMap((part) => this.#symbolNames(part));
  }

  isThenable(node: TSESTree.Node): Knowledge {
    const type = this.#typeOf(node);
    return type === null ? "unknown" : this.#isThenableType(type);
  }

  isPerhapsAwaitable(node: TSESTree.Node): boolean {
    const type = this.#typeOf(node);
    const present = type === null ? null : this.#checker.getNonNullableType(type);
    if (present === null || !present.isUnion()) return false;
    const answers = new Set(
      present.types.map((part) => this.#isTaskNamed(part) || this.#isThenableType(part) === "yes"),
    );
    return answers.size > 1;
  }

  hasMember(node: TSESTree.Node, name: string): Knowledge {
    const type = this.#typeOf(node);
    if (type === null || isOpaque(type)) return "unknown";
    return this.#checker.getPropertyOfType(this.#checker.getApparentType(type), name) === undefined ? "no" : "yes";
  }

  isPrimitive(node: TSESTree.Node): boolean {
    const type = this.#typeOf(node);
    return type !== null && PRIMITIVES.has(intrinsicName(type) ?? "");
  }

  returnsNothing(call: TSESTree.CallExpression): Knowledge {
    const type = this.#typeOf(call);
    if (type === null || isOpaque(type)) return "unknown";
    return this.#partsOf(type).every((part) => ["void", "undefined", "never"].includes(intrinsicName(part) ?? ""))
      ? "yes"
      : "no";
  }

  hasAwaitableMethod(receiver: TSESTree.Node, name: string): Knowledge {
    const type = this.#typeOf(receiver);
    if (type === null || isOpaque(type)) return "unknown";
    const property = this.#checker.getPropertyOfType(
      this.#checker.getApparentType(this.#checker.getNonNullableType(type)),
      name,
    );
    if (property === undefined) return "no";
    const signatures = this.#checker.getTypeOfSymbol(property).getCallSignatures();
    const answers = signatures.map((signature) => {
      const result = signature.getReturnType();
      return this.#isTaskNamed(result) ? "yes" : this.#isThenableType(result);
    });
    return answers.includes("yes") ? "yes" : answers.includes("unknown") ? "unknown" : "no";
  }

  awaitableVersion(call: TSESTree.CallExpression, receiver: TSESTree.Expression, name: string): TypedTwin {
    return typedTwin(this.#services, call, receiver, name, {
      isOpaque,
      isThenable: (type) => this.#isThenableType(type) === "yes",
      isTaskNamed: (type) => this.#isTaskNamed(type),
    });
  }

  hasInherited(heritage: TSESTree.Node, name: string): Knowledge {
    const node = this.#services.esTreeNodeToTSNodeMap.get(
      heritage.parent!.type.startsWith("Class") ? heritage : heritage.parent!,
    );
    const type = this.#checker.getTypeAtLocation(node);
    const instance = type.getConstructSignatures()[0]?.getReturnType() ?? type;
    return isOpaque(instance)
      ? "unknown"
      : this.#checker.getPropertyOfType(instance, name) === undefined
        ? "no"
        : "yes";
  }

  parameterNames(call: TSESTree.CallExpression): readonly string[] | null {
    const signature = this.#checker.getResolvedSignature(this.#services.esTreeNodeToTSNodeMap.get(call));
    return signature?.declaration === undefined
      ? null
      : signature.getParameters().map((parameter) => parameter.getName());
  }

  membersOfAwaited(receiver: TSESTree.Node, name: string): ReturnType<TypeEvidence["membersOfAwaited"]> {
    const type = this.#typeOf(receiver);
    const property =
      type === null || isOpaque(type)
        ? undefined
        : this.#checker.getPropertyOfType(this.#checker.getApparentType(this.#checker.getNonNullableType(type)), name);
    const [signature] = property === undefined ? [] : this.#checker.getTypeOfSymbol(property).getCallSignatures();
    const awaited = signature === undefined ? undefined : awaitedBy(this.#checker, signature.getReturnType());
    if (
      awaited === undefined ||
      isOpaque(awaited) ||
      awaited.isUnionOrIntersection() ||
      intrinsicName(awaited) !== undefined
    )
      return null;
    const members = awaited.getProperties();
    return members.length === 0 ||
      members.some((member) => this.#checker.getTypeOfSymbol(member).getCallSignatures().length > 0)
      ? null
      : {
          members: members.map((member) => member.getName()),
          type: this.#text(awaited)?.replaceAll("; }", " }") ?? null,
        };
  }

  textOf(node: TSESTree.Node): string | null {
    const type = this.#typeOf(node);
    return type === null || isOpaque(type) ? null : this.#text(type);
  }

  parameterTypesOf(node: TSESTree.Node): ParameterType[] | null {
    return parameterTypes(this.#checker, this.#typeOf(node), (each) => this.#text(each));
  }

  #text(type: Type): string | null {
    const text = this.#checker.typeToString(type);
    // An import path or a cut-off type is not something to write into a file.
    return /import\(|\.\.\.|\[object/.test(text) || text.length > 80 ? null : text;
  }

  #typeOf(node: TSESTree.Node): Type | null {
    try {
      return this.#services.getTypeAtLocation(node);
    } catch {
      // Nodes of generated code may have no counterpart in the compiler's tree.
      return null;
    }
  }

  #partsOf(type: Type): Type[] {
    return type.isUnionOrIntersection() ? type.types.flatMap((part) => this.#partsOf(part)) : [type];
  }

  #symbolNames(type: Type): string[] {
    const symbols = [type.aliasSymbol, type.getSymbol()].filter((symbol): symbol is TypeSymbol => symbol !== undefined);
    const bases = type.isClassOrInterface() ? this.#checker.getBaseTypes(type) : [];
    return [
      ...symbols.map((symbol) => this.#checker.getFullyQualifiedName(symbol).replace(/^".*?"\./, "")),
      ...bases.flatMap((base) => this.#symbolNames(base)),
    ];
  }

  #isTaskNamed(type: Type): boolean {
    return this.#partsOf(type).some((part) => this.#symbolNames(part).some((typeName) => TASK_NAME.test(typeName)));
  }

  #isThenableType(type: Type): Knowledge {
    if (isOpaque(type)) return "unknown";
    const parts = this.#partsOf(this.#checker.getNonNullableType(type));
    if (parts.some(isOpaque)) return "unknown";
    return parts.some((part) => {
      const then = this.#checker.getPropertyOfType(this.#checker.getApparentType(part), "then");
      return (
        then !== undefined &&
        this.#checker
          .getTypeOfSymbol(then)
          .getCallSignatures()
          .some((signature) => signature.parameters.length > 0)
      );
    })
      ? "yes"
      : "no";
  }
}

/** What awaiting a value gives: of a task-like class without `then`, its type argument. */
function awaitedBy(checker: TypeChecker, type: Type): Type | undefined {
  const awaited = checker.getAwaitedType(type);
  if (awaited !== undefined && awaited !== type) return awaited;
  return "target" in type
    ? checker.getTypeArguments(type as Parameters<TypeChecker["getTypeArguments"]>[0])[0]
    : type.aliasTypeArguments?.[0];
}

// Type flags are numbers that change between compilers; the intrinsic name does not.
function intrinsicName(type: Type): string | undefined {
  return (type as { intrinsicName?: string }).intrinsicName;
}

function isOpaque(type: Type): boolean {
  const name = intrinsicName(type);
  return name === "any" || name === "unknown" || name === "error";
}
