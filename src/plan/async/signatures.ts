import { statementList } from "../../ast/flow.ts";
import { memberOf } from "../../ast/functions.ts";
import { keyName, wrapped } from "../../ast/names.ts";
import type { FunctionNode, Source, TSESTree } from "../../ast/source.ts";
import type { Range } from "../types.ts";

/** What says in the file which parameters a function takes and what it returns: itself, the type of its variable or field, an overload. */
export type Head = FunctionNode | TSESTree.TSFunctionType | Overload;

/** All of them, the function itself first. */
export function headsOf(fn: FunctionNode): Head[] {
  const written = writtenType(fn);
  return [fn, ...(written?.type === "TSFunctionType" ? [written] : []), ...overloadsOf(fn)];
}

/** Every annotation in the file that says what a function returns: its own, those of its overloads, that of its variable or field. */
export function resultAnnotations(fn: FunctionNode): TSESTree.TypeNode[] {
  return headsOf(fn).flatMap(({ returnType }) => (returnType == null ? [] : [returnType.typeAnnotation]));
}

/** Whether the type of a function is fixed elsewhere: by a type name on its variable, or on the object literal it stands in. */
export function isTypedFromOutside(fn: FunctionNode): boolean {
  const written = writtenType(fn);
  return (written !== undefined && written.type !== "TSFunctionType") || isMemberTypedFromOutside(fn);
}

/** Whether a type is written at the object literal in which a function is a member. */
export function isMemberTypedFromOutside(fn: FunctionNode): boolean {
  const member = memberOf(fn);
  if (member?.type !== "Property") return false;
  const literal = wrapped(member.parent);
  const { parent } = literal;
  return literal !== member.parent || (parent?.type === "VariableDeclarator" && parent.id.typeAnnotation != null);
}

/** The type written at the variable or field that a function is the value of. */
function writtenType(fn: FunctionNode): TSESTree.TypeNode | undefined {
  const outer = wrapped(fn);
  if (outer !== fn && outer.type !== "ChainExpression")
    return (outer as { typeAnnotation?: TSESTree.TypeNode }).typeAnnotation;
  const { parent } = outer;
  if (parent?.type === "VariableDeclarator") return parent.id.typeAnnotation?.typeAnnotation;
  return parent?.type === "PropertyDefinition" ? parent.typeAnnotation?.typeAnnotation : undefined;
}

/** The range of the type that is written at what holds a function, where the function can do without: an annotation, or casts around it. */
export function writtenTypeRanges(source: Source, fn: FunctionNode): Range[] {
  const outer = wrapped(fn);
  const { parent } = outer;
  const annotation =
    parent?.type === "VariableDeclarator" && parent.init === outer
      ? parent.id.typeAnnotation
      : parent?.type === "PropertyDefinition" && parent.value === outer
        ? parent.typeAnnotation
        : null;
  const ranges: Range[] = annotation == null ? [] : [annotation.range];
  for (let node: TSESTree.Node = fn; node !== outer; node = node.parent!) {
    const cast = node.parent!;
    if (cast.type === "TSTypeAssertion")
      ranges.push([cast.range[0], source.text.indexOf(">", cast.typeAnnotation.range[1]) + 1]);
    if (cast.type !== "TSAsExpression" && cast.type !== "TSSatisfiesExpression") continue;
    const keyword = cast.type === "TSAsExpression" ? "as" : "satisfies";
    const before = source.text.slice(cast.expression.range[1], cast.typeAnnotation.range[0]);
    const at = cast.expression.range[1] + before.lastIndexOf(keyword);
    ranges.push([source.text.slice(0, at).trimEnd().length, cast.range[1]]);
  }
  return ranges;
}

type Overload = TSESTree.TSDeclareFunction | TSESTree.TSEmptyBodyFunctionExpression;

function overloadsOf(fn: FunctionNode): Overload[] {
  const member = memberOf(fn);
  if (member?.type === "MethodDefinition") {
    const name = keyName(member);
    return member.parent.body.flatMap((other) => {
      const value =
        other.type === "MethodDefinition" && other.static === member.static && keyName(other) === name
          ? other.value
          : null;
      return value !== null && String(value.type) === "TSEmptyBodyFunctionExpression"
        ? [value as unknown as Overload]
        : [];
    });
  }
  if (fn.type !== "FunctionDeclaration" || fn.id === null) return [];
  const list = statementList(
    fn.parent.type === "ExportNamedDeclaration" || fn.parent.type === "ExportDefaultDeclaration"
      ? fn.parent.parent
      : fn.parent,
  );
  return list === null ? [] : (declaredFunctions(list).get(fn.id.name) ?? []);
}

const declaredIn = new WeakMap<readonly TSESTree.Statement[], ReadonlyMap<string, Overload[]>>();

/** The functions without a body that a list of statements declares, by name. */
function declaredFunctions(list: readonly TSESTree.Statement[]): ReadonlyMap<string, Overload[]> {
  let known = declaredIn.get(list);
  if (known === undefined) {
    const byName = new Map<string, Overload[]>();
    for (const statement of list) {
      const declared =
        (statement.type === "ExportNamedDeclaration" || statement.type === "ExportDefaultDeclaration") &&
        statement.declaration !== null
          ? statement.declaration
          : statement;
      if (declared.type !== "TSDeclareFunction" || declared.id === null) continue;
      byName.set(declared.id.name, [...(byName.get(declared.id.name) ?? []), declared]);
    }
    declaredIn.set(list, (known = byName));
  }
  return known;
}

/** The annotation of what an interface member, an abstract member or an overload gives; none where it has no annotation. */
export function resultOfSignature(signature: TSESTree.Node): TSESTree.TypeNode[] {
  switch (signature.type) {
    case "TSMethodSignature":
    case "TSDeclareFunction":
    case "TSEmptyBodyFunctionExpression":
      return signature.returnType == null ? [] : [signature.returnType.typeAnnotation];
    case "TSAbstractMethodDefinition":
      return signature.value.returnType == null ? [] : [signature.value.returnType.typeAnnotation];
    case "TSPropertySignature":
    case "TSAbstractPropertyDefinition": {
      const type = signature.typeAnnotation?.typeAnnotation;
      return type?.type === "TSFunctionType" && type.returnType != null ? [type.returnType.typeAnnotation] : [];
    }
    default:
      return [];
  }
}
