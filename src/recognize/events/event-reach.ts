import { classOf } from "../../ast/functions.ts";
import { isNothing, keyName, memberName, unwrap, wrapped } from "../../ast/names.ts";
import { nodesOf } from "../../ast/node-index.ts";
import { onlyValueOf, readsOf, variableOf, type Variable } from "../../ast/scopes.ts";
import type { TSESTree } from "../../ast/source.ts";
import type { ClassNode } from "../classes.ts";
import type { Context } from "../context.ts";
import { fieldOf } from "../fields.ts";

/**
 * Whether code that cannot be seen may get hold of an object: what is not made in the file, or is exported, returned or passed on, or is
 * a public field of an exported class.
 */
export function isReachableFromOutside(context: Context, object: TSESTree.Node): boolean {
  const node = unwrap(object);
  if (node.type === "Identifier") {
    const variable = variableOf(context.source, node);
    return variable === null || isVariableReachable(context, variable);
  }
  if (node.type !== "MemberExpression" || unwrap(node.object).type !== "ThisExpression") return true;
  const name = memberName(node);
  const owner = classOf(node);
  const field = fieldOf(context, node);
  if (name === null || owner === null || field === null || field.values.length === 0 || !field.values.every(isMade))
    return true;
  if (isExported(context, owner) && !isPrivate(owner, name)) return true;
  return nodesOf(context.source)
    .of("MemberExpression")
    .some(
      (member) =>
        memberName(member) === name &&
        (unwrap(member.object).type !== "ThisExpression" || classOf(member) !== owner || !isReachedThrough(member)),
    );
}

function isVariableReachable(context: Context, variable: Variable): boolean {
  const [definition] = variable.defs;
  const value = onlyValueOf(variable);
  if (
    definition?.node.type !== "VariableDeclarator" ||
    value === null ||
    definition.node.parent.parent.type === "ExportNamedDeclaration"
  )
    return true;
  const inner = unwrap(value);
  // const client = this.client
  if (inner.type === "MemberExpression") return isReachableFromOutside(context, inner);
  return !isMade(inner) || readsOf(variable).some(({ identifier }) => !isReachedThrough(identifier));
}

function isMade(value: TSESTree.Node): boolean {
  return isNothing(value) || unwrap(value).type === "NewExpression";
}

/** Whether a place only asks an object for a member, or gives it its name. */
function isReachedThrough(node: TSESTree.Node): boolean {
  const outer = wrapped(node);
  const { parent } = outer;
  if (parent?.type === "AssignmentExpression" && parent.left === outer) return true;
  if (parent?.type === "VariableDeclarator" && parent.init === outer && parent.id.type === "Identifier") return true;
  return parent?.type === "MemberExpression" && parent.object === outer;
}

/** A field that only its class can name: declared so, or called so by the custom of JavaScript. */
function isPrivate(owner: ClassNode, name: string): boolean {
  if (name.startsWith("_") || name.startsWith("#")) return true;
  return owner.body.body.some((member) => {
    if (member.type === "PropertyDefinition" && keyName(member) === name)
      return member.accessibility === "private" || member.key.type === "PrivateIdentifier";
    if (member.type === "MethodDefinition" && member.kind === "constructor") {
      return member.value.params.some(
        (parameter) =>
          parameter.type === "TSParameterProperty" &&
          parameter.accessibility === "private" &&
          parameter.parameter.type === "Identifier" &&
          parameter.parameter.name === name,
      );
    }
    return false;
  });
}

function isExported(context: Context, owner: ClassNode): boolean {
  if (owner.parent.type === "ExportNamedDeclaration" || owner.parent.type === "ExportDefaultDeclaration") return true;
  const variable = owner.id === null ? null : variableOf(context.source, owner.id);
  return (
    variable === null ||
    readsOf(variable).some(({ identifier }) => {
      const { parent } = wrapped(identifier);
      return (
        parent?.type !== "NewExpression" &&
        parent?.type !== "MemberExpression" &&
        parent?.type !== "TSTypeReference" &&
        parent?.type !== "TSQualifiedName"
      );
    })
  );
}
