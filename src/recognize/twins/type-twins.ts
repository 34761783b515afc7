import type { ParserServicesWithTypeInformation } from "@typescript-eslint/parser";
import type { CallLikeExpression, Signature, Type, TypeChecker } from "typescript";
import type { TSESTree } from "../../ast/source.ts";
import { doesTheSame } from "../tasks/typed-work.ts";

/** What a call's awaitable version gives, where the receiver has one; `unknown` where the receiver's type says nothing. */
export type TypedTwin = "promise" | "task" | "no" | "unknown";

export interface TwinQuestions {
  readonly isOpaque: (type: Type) => boolean;
  readonly isThenable: (type: Type) => boolean;
  readonly isTaskNamed: (type: Type) => boolean;
}

/**
 * Whether the receiver of a call has a method of this name that stands in for the one called, but for being awaited: each leading parameter
 * takes what the called one takes, further ones may be left out, and what is awaited is what the called one returns. A deprecated one does
 * not count, nor one that is seen to do the same.
 */
export function typedTwin(
  services: ParserServicesWithTypeInformation,
  call: TSESTree.CallExpression,
  receiver: TSESTree.Expression,
  name: string,
  questions: TwinQuestions,
): TypedTwin {
  const checker = services.program.getTypeChecker();
  const object = services.getTypeAtLocation(receiver);
  if (questions.isOpaque(object)) return "unknown";
  const property = checker.getPropertyOfType(checker.getApparentType(checker.getNonNullableType(object)), name);
  if (property === undefined) return "no";
  const node = services.esTreeNodeToTSNodeMap.get(call) as unknown as CallLikeExpression;
  const called = checker.getResolvedSignature(node);
  if (called === undefined) return "unknown";
  for (const candidate of checker.getTypeOfSymbol(property).getCallSignatures()) {
    if (
      candidate.getJsDocTags().some((tag) => tag.name === "deprecated") ||
      !takesTheSame(checker, called, candidate, node)
    )
      continue;
    const given = awaitedOf(checker, candidate, questions);
    if (
      given !== null &&
      isSame(checker, given.type, called.getReturnType()) &&
      !doesTheSame(checker, object, called, candidate)
    )
      return given.kind;
  }
  return "no";
}

function takesTheSame(
  checker: TypeChecker,
  called: Signature,
  candidate: Signature,
  node: CallLikeExpression,
): boolean {
  const others = candidate.getParameters();
  if (called.getParameters().length > others.length) return false;
  const typeOf = (parameter: Signature["parameters"][number]): Type =>
    checker.getTypeOfSymbolAtLocation(parameter, node);
  // Type parameters are each signature's own, and have nothing but their names in common.
  const fits = called.getParameters().every((parameter, index) => {
    const [own, other] = [typeOf(parameter), typeOf(others[index]!)];
    return isSame(checker, own, other);
  });
  return fits && others.slice(called.getParameters().length).every((parameter) => isLeftOut(parameter));
}

function isLeftOut(parameter: Signature["parameters"][number]): boolean {
  const declaration = parameter.valueDeclaration as
    { questionToken?: unknown; initializer?: unknown; dotDotDotToken?: unknown } | undefined;
  return (
    declaration !== undefined &&
    (declaration.questionToken !== undefined ||
      declaration.initializer !== undefined ||
      declaration.dotDotDotToken !== undefined)
  );
}

function awaitedOf(
  checker: TypeChecker,
  candidate: Signature,
  { isTaskNamed, isThenable }: TwinQuestions,
): { type: Type | null; kind: "promise" | "task" } | null {
  const result = candidate.getReturnType();
  const [argument] =
    result.flags !== undefined && "target" in result
      ? checker.getTypeArguments(result as Parameters<TypeChecker["getTypeArguments"]>[0])
      : [];
  if (isThenable(result)) return { type: checker.getAwaitedType(result) ?? null, kind: "promise" };
  return isTaskNamed(result) ? { type: argument ?? result.aliasTypeArguments?.[0] ?? null, kind: "task" } : null;
}

/** Whether two types are the same; a task without an argument gives nothing. */
function isSame(checker: TypeChecker, left: Type | null, right: Type): boolean {
  if (left === null) return checker.typeToString(right) === "void";
  return left === right || checker.typeToString(left) === checker.typeToString(right);
}
