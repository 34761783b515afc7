import { entityName } from "../../ast/names.ts";
import { textOf, type Source, type TSESTree } from "../../ast/source.ts";
import { findAll } from "../../ast/walk.ts";
import type { Context } from "../../recognize/context.ts";
import { isKnownType } from "../async/result-type.ts";
import { renderRange } from "../edits.ts";

/** What the type of an error-first callback says of the answer that it takes. */
export interface AnswerType {
  /** The types of a union, as they are written; nothing where the callback takes no answer. */
  readonly parts: readonly string[];
  /** Whether the answer may be left out, or be `undefined`. */
  readonly mayBeMissing: boolean;
}

/**
 * The answer that a callback takes, by the type that is written for it: a function type, an alias or interface of the file with its arguments;
 * else by the checker. `null` where that cannot be told, or the callback takes more than one answer.
 */
export function answerTypeOf(
  context: Context,
  parameter: TSESTree.Parameter,
  annotation: TSESTree.TypeNode,
): AnswerType | null {
  const { source } = context;
  const named = calledTypeOf(source, annotation);
  if (named === null) return checkedAnswer(context, parameter);
  if (named === "any") return { parts: ["any"], mayBeMissing: false };
  const { given, params } = named;
  const [, answer, ...more] = params;
  if (params.some(({ type }) => type !== "Identifier") || more.length > 0) return null;
  if (answer === undefined) return { parts: [], mayBeMissing: false };
  const { optional, typeAnnotation } = answer as TSESTree.Identifier;
  if (typeAnnotation == null) return { parts: ["any"], mayBeMissing: false };
  const type = typeAnnotation.typeAnnotation;
  const all = type.type === "TSUnionType" ? type.types : [type];
  const isMissing = ({ type: kind }: TSESTree.TypeNode): boolean => kind === "TSUndefinedKeyword";
  const parts = all
    .filter((each) => !isMissing(each))
    .map((each) => (all.length > 1 ? inUnion : String)(withArguments(source, each, given)));
  const isNone = parts.length === 1 && parts[0] === "void";
  return { parts: isNone ? [] : parts, mayBeMissing: optional || all.some(isMissing) };
}

/** The same for what the checker sees, in names that mean something in the file. */
function checkedAnswer(context: Context, parameter: TSESTree.Parameter): AnswerType | null {
  const params = context.types?.parameterTypesOf(parameter) ?? null;
  if (params === null || params.length > 2) return null;
  const [, answer] = params;
  if (answer === undefined || answer.type === "void") return { parts: [], mayBeMissing: false };
  const type = answer.type.replace(/ \| undefined$/u, "");
  if (!isKnownType(context, type)) return null;
  return { parts: type.split(/ \| (?=null$)/u), mayBeMissing: answer.isOptional || type !== answer.type };
}

interface CalledType {
  readonly params: readonly TSESTree.Parameter[];
  /** What its type parameters stand for. */
  readonly given: ReadonlyMap<string, string>;
}

/** What a type says that it is called with; `any` where it says that all may be. */
function calledTypeOf(
  source: Source,
  type: TSESTree.TypeNode,
  given: ReadonlyMap<string, string> = new Map(),
  asked: ReadonlySet<TSESTree.Node> = new Set(),
): CalledType | "any" | null {
  if (type.type === "TSAnyKeyword") return "any";
  if (type.type === "TSFunctionType") return isAnything(type.params) ? "any" : { params: type.params, given };
  if (type.type !== "TSTypeReference") return null;
  const name = entityName(type.typeName);
  if (name === null) return null;
  const [declared, ...others] = declaredTypes(source, name);
  if (declared === undefined) return name === "Function" ? "any" : null;
  if (others.length > 0 || asked.has(declared)) return null;
  const args = argumentsOf(source, declared.typeParameters?.params ?? [], type.typeArguments?.params ?? [], given);
  if (args === null) return null;
  if (declared.type === "TSTypeAliasDeclaration")
    return calledTypeOf(source, declared.typeAnnotation, args, new Set([...asked, declared]));
  const [signature, ...more] = declared.body.body;
  return signature?.type === "TSCallSignatureDeclaration" && more.length === 0 && declared.extends.length === 0
    ? { params: signature.params, given: args }
    : null;
}

type DeclaredType = TSESTree.TSTypeAliasDeclaration | TSESTree.TSInterfaceDeclaration;

/** The aliases and interfaces at the top of a file that go by a name. */
function declaredTypes({ ast }: Source, name: string): DeclaredType[] {
  return ast.body.flatMap((statement) => {
    const declared = statement.type === "ExportNamedDeclaration" ? statement.declaration : statement;
    const isType = declared?.type === "TSTypeAliasDeclaration" || declared?.type === "TSInterfaceDeclaration";
    return isType && declared.id.name === name ? [declared] : [];
  });
}

/** What type parameters stand for; `null` where one has neither an argument nor a default. */
function argumentsOf(
  source: Source,
  parameters: readonly TSESTree.TSTypeParameter[],
  args: readonly TSESTree.TypeNode[],
  given: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> | null {
  const found = new Map<string, string>();
  for (const [index, { default: fallback, name }] of parameters.entries()) {
    const argument = args[index];
    if (argument !== undefined) found.set(name.name, withArguments(source, argument, given));
    else if (fallback != null) found.set(name.name, withArguments(source, fallback, found));
    else return null;
  }
  return found;
}

/** The text of a type in which type parameters have become what they stand for. */
function withArguments(source: Source, type: TSESTree.TypeNode, given: ReadonlyMap<string, string>): string {
  const isName = (node: TSESTree.Node): node is TSESTree.TSTypeReference =>
    node.type === "TSTypeReference" && node.typeName.type === "Identifier" && given.has(node.typeName.name);
  if (isName(type)) return given.get((type.typeName as TSESTree.Identifier).name)!;
  const inner = findAll(type, source.visitorKeys, isName);
  if (inner.length === 0) return textOf(source, type);
  const edits = inner.map((each) => {
    const text = given.get((each.typeName as TSESTree.Identifier).name)!;
    const isBound = each.parent.type === "TSArrayType" || each.parent.type === "TSTypeOperator";
    return { range: each.range, text: isBound && !/^[\w.$]+$/u.test(text) ? `(${text})` : text };
  });
  return renderRange(source.text, type.range, edits);
}

/** A type as a part of a union: one with an arrow, or a condition, takes what follows it along. */
function inUnion(type: string): string {
  return /=>|\?/u.test(type) ? `(${type})` : type;
}

/** Whether parameters take whatever is given: `(...args: any[])`. */
function isAnything(params: readonly TSESTree.Parameter[]): boolean {
  const [only] = params;
  if (params.length !== 1 || only?.type !== "RestElement") return false;
  const type = only.typeAnnotation?.typeAnnotation;
  return type?.type === "TSArrayType" && type.elementType.type === "TSAnyKeyword";
}
