import { firstFrom } from "../ast/ordered.ts";
import { isFunction } from "../ast/functions.ts";
import { dottedName, keyName, lastSegment, unwrap } from "../ast/names.ts";
import { nodesOf } from "../ast/node-index.ts";
import { decoratorsOf } from "../ast/optional-parts.ts";
import { onlyValueOf, scopeOf, variableOf, type Scope, type Variable } from "../ast/scopes.ts";
import type { FunctionNode, TSESTree } from "../ast/source.ts";
import { declaredType, typeNameOf } from "./annotations.ts";
import { isStaticContext } from "./callables.ts";
import type { Context } from "./context.ts";
import { membersOfType } from "./members-of-types.ts";
import { staticOwner } from "./signatures.ts";

/** A function, method or function-typed member as the file declares it. */
export interface Declaration {
  /** What bears its comments: the class member, the signature, the statement. */
  readonly node: TSESTree.Node;
  readonly params: readonly TSESTree.Parameter[];
  readonly result: TSESTree.TypeNode | undefined;
  readonly isAsync: boolean;
  /** The function, where it has a body in this file. */
  readonly fn: FunctionNode | null;
}

/**
 * The declarations of a method by the type of its receiver: of classes, interfaces and type literals of the file and what they extend,
 * and of const-bound object literals; with no receiver, of functions that are in scope at `place`. Empty where the file has none.
 */
export function declarationsOf(
  context: Context,
  receiver: TSESTree.Expression | null,
  name: string,
  place: TSESTree.Node,
): readonly Declaration[] {
  if (receiver === null) return functionsInScope(context, name, place);
  const object = unwrap(receiver);
  const declared = declaredType(context, receiver);
  if (declared?.type === "TSTypeLiteral") return namedMembers(declared.members, name);
  const literal = constantLiteral(context, object);
  if (literal !== null) return namedMembers(literal.properties, name);
  const owner = staticOwner(context, object);
  if (owner !== null) return inherited(context, owner, name, true);
  const typeName = typeNameOf(context, receiver);
  return typeName === null
    ? []
    : inherited(context, lastSegment(typeName), name, object.type === "ThisExpression" && isStaticContext(object));
}

function constantLiteral(context: Context, object: TSESTree.Node): TSESTree.ObjectExpression | null {
  const variable = variableOf(context.source, object);
  const value = variable === null ? null : onlyValueOf(variable);
  const literal = value === null ? null : unwrap(value);
  return literal?.type === "ObjectExpression" ? literal : null;
}

/** The members of a type, or else those of what it extends in the same file. */
function inherited(
  context: Context,
  typeName: string,
  name: string,
  isStatic: boolean,
  depth = 0,
): readonly Declaration[] {
  const members = membersOfType(context, typeName).filter(
    (member) => ("static" in member && member.static) === isStatic,
  );
  const own = namedMembers(members, name);
  if (own.length > 0 || depth > 8) return own;
  return basesOf(context, typeName).flatMap((base) => inherited(context, lastSegment(base), name, isStatic, depth + 1));
}

function basesOf(context: Context, typeName: string): readonly string[] {
  const index = nodesOf(context.source);
  const classes = [...index.of("ClassDeclaration"), ...index.of("ClassExpression")].flatMap((owner) =>
    owner.id?.name === typeName && owner.superClass !== null ? [owner.superClass] : [],
  );
  const interfaces = index
    .of("TSInterfaceDeclaration")
    .flatMap((owner) => (owner.id.name === typeName ? owner.extends.map(({ expression }) => expression) : []));
  return [...classes, ...interfaces].flatMap((base) => dottedName(base) ?? []);
}

function namedMembers(members: readonly TSESTree.Node[], name: string): readonly Declaration[] {
  return members
    .filter((member) => "key" in member && keyName(member as { key: TSESTree.Node; computed: boolean }) === name)
    .flatMap((member) => memberDeclaration(member) ?? []);
}

function memberDeclaration(member: TSESTree.Node): Declaration | null {
  switch (member.type) {
    case "MethodDefinition":
    case "TSAbstractMethodDefinition":
      return member.kind === "method" ? ofFunction(member, member.value) : null;
    case "TSMethodSignature":
      return member.kind === "method"
        ? { node: member, params: member.params, result: member.returnType?.typeAnnotation, isAsync: false, fn: null }
        : null;
    case "TSPropertySignature":
      return ofFunctionType(member, member.typeAnnotation?.typeAnnotation);
    case "PropertyDefinition":
    case "Property": {
      const value = member.value === null ? null : unwrap(member.value);
      return isFunction(value)
        ? ofFunction(member, value)
        : ofFunctionType(member, member.type === "Property" ? undefined : member.typeAnnotation?.typeAnnotation);
    }
    default:
      return null;
  }
}

function ofFunction(
  node: TSESTree.Node,
  fn: FunctionNode | TSESTree.TSEmptyBodyFunctionExpression | TSESTree.TSDeclareFunction,
): Declaration {
  return {
    node,
    params: fn.params,
    result: fn.returnType?.typeAnnotation,
    isAsync: fn.async,
    fn: isFunction(fn) ? fn : null,
  };
}

function ofFunctionType(node: TSESTree.Node, type: TSESTree.TypeNode | undefined): Declaration | null {
  return type?.type === "TSFunctionType"
    ? { node, params: type.params, result: type.returnType?.typeAnnotation, isAsync: false, fn: null }
    : null;
}

function functionsInScope(context: Context, name: string, place: TSESTree.Node): readonly Declaration[] {
  for (let scope: Scope | null = scopeOf(context.source, place); scope !== null; scope = scope.upper) {
    const variable = scope.set.get(name);
    if (variable !== undefined && variable.defs.length > 0) return functionsOf(variable);
  }
  return [];
}

function functionsOf(variable: Variable): readonly Declaration[] {
  const value = onlyValueOf(variable);
  const fn = value === null ? null : unwrap(value);
  if (isFunction(fn)) return [ofFunction(statementOf(fn), fn)];
  return variable.defs.flatMap(({ node, type }) =>
    String(type) === "FunctionName" && (node.type === "FunctionDeclaration" || node.type === "TSDeclareFunction")
      ? [ofFunction(statementOf(node), node)]
      : [],
  );
}

/** The whole statement that a function is declared in: comments stand before it. */
function statementOf(fn: TSESTree.Node): TSESTree.Node {
  let current = fn;
  while (
    current.parent &&
    /^(?:VariableDeclarator|VariableDeclaration|ExportNamedDeclaration|ExportDefaultDeclaration)$/.test(
      current.parent.type,
    )
  )
    current = current.parent;
  return current;
}

/** Whether a comment or decorator says that a declaration is not to be used any more. */
export function isDeprecated(context: Context, { node }: Declaration): boolean {
  if (
    decoratorsOf(node as { readonly decorators?: readonly TSESTree.Decorator[] }).some(({ expression }) =>
      /^(?:deprecated|obsolete)$/i.test(
        lastSegment(dottedName(expression.type === "CallExpression" ? expression.callee : expression) ?? ""),
      ),
    )
  )
    return true;
  const { ast, text } = context.source;
  const comments = ast.comments ?? [];
  const above = comments[firstFrom(comments, node.range[0]) - 1];
  return (
    above?.type === "Block" &&
    above.value.startsWith("*") &&
    text.slice(above.range[1], node.range[0]).trim() === "" &&
    /@deprecated\b/.test(above.value)
  );
}
