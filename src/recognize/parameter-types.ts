import type { Type, TypeChecker } from "typescript";

/** What a parameter takes, as TypeScript text. */
export interface ParameterType {
  readonly type: string;
  readonly isOptional: boolean;
}

/**
 * The types of what a function type is called with, where it has one signature without a rest parameter; else `null`.
 *
 * @param textOf the text of a type, `null` where it cannot be written
 */
export function parameterTypes(
  checker: TypeChecker,
  type: Type | null,
  textOf: (type: Type) => string | null,
): ParameterType[] | null {
  const signatures = type === null ? [] : checker.getNonNullableType(type).getCallSignatures();
  const [signature] = signatures;
  if (signatures.length !== 1 || signature?.declaration === undefined) return null;
  if (signature.declaration.parameters.some((each) => "dotDotDotToken" in each && each.dotDotDotToken)) return null;
  const found: ParameterType[] = [];
  for (const symbol of signature.getParameters()) {
    const declared = symbol.valueDeclaration;
    const text = textOf(checker.getTypeOfSymbol(symbol));
    if (text === null) return null;
    const isOptional = declared !== undefined && "questionToken" in declared && declared.questionToken != null;
    found.push({ type: text, isOptional });
  }
  return found;
}
