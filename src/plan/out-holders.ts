import type { TSESTree } from "../ast/source.ts";
import { unwrap, keyName, lastSegment, wrapped } from "../ast/names.ts";
import { HOLDER_MEMBERS, HOLDER_TYPES } from "../dialects/by-reference.ts";
import { constructedName } from "../recognize/annotations.ts";
import { type Variable, variableOf } from "../ast/scopes.ts";
import type { Context } from "../recognize/context.ts";
import type { EndCall } from "../recognize/begin-end/operation.ts";
import { statementList, isAlwaysBefore, contains } from "../ast/flow.ts";
import { isConstant } from "./purity.ts";

/** `new Ref(value)`, `new Out()`, `{ value: 0 }`: a holder, what it begins with, and the member that has it. */
export function madeHolder(
  expression: TSESTree.Node,
): { readonly value: TSESTree.Node | null; readonly member: string } | null {
  const node = unwrap(expression);
  if (node.type === "ObjectExpression") {
    const [property, more] = node.properties;
    const name = property?.type === "Property" && !property.method ? keyName(property) : null;
    return more === undefined && property?.type === "Property" && name !== null && HOLDER_MEMBERS.has(name)
      ? { value: property.value, member: name }
      : null;
  }
  if (node.type !== "NewExpression" || !HOLDER_TYPES.has(lastSegment(constructedName(node) ?? ""))) return null;
  return node.arguments.length > 1 ? null : { value: node.arguments[0] ?? null, member: "Value" };
}

/** A further argument of an End; `removable` where it is only made to take a value out of it. */
export interface Holder {
  readonly argument: TSESTree.CallExpressionArgument;
  readonly removable: Removable | null;
}

/** A holder that goes: what it is declared by, and the reads of its value. */
interface Removable {
  readonly variable: Variable;
  readonly declaration: TSESTree.VariableDeclaration;
  readonly reads: readonly { readonly node: TSESTree.Node; readonly name: string }[];
}

/** A holder made only to take a value out of this End: declared before it in the same list of statements, and read behind it only. */
export function removableHolder(
  { source }: Context,
  argument: TSESTree.Node,
  end: EndCall,
  statement: TSESTree.Statement,
): Removable | null {
  const node = unwrap(argument);
  const variable = node.type === "Identifier" ? variableOf(source, node) : null;
  const definition = variable?.defs[0]?.node;
  if (
    variable === null ||
    variable.defs.length !== 1 ||
    definition?.type !== "VariableDeclarator" ||
    definition.init == null
  )
    return null;
  const declaration = definition.parent;
  const list = statementList(declaration.parent);
  const made = madeHolder(definition.init);
  if (
    made === null ||
    declaration.declarations.length !== 1 ||
    list === null ||
    !list.includes(statement) ||
    !isAlwaysBefore(declaration, statement)
  )
    return null;
  if (made.value !== null && !isConstant(source, made.value) && made.value.type !== "Literal") return null;
  const reads: { node: TSESTree.Node; name: string }[] = [];
  for (const { identifier } of variable.references) {
    if (contains(declaration, identifier) || contains(end.call, identifier)) continue;
    const member = wrapped(identifier).parent;
    const isRead =
      member?.type === "MemberExpression" &&
      !member.computed &&
      member.object === wrapped(identifier) &&
      HOLDER_MEMBERS.has((member.property as TSESTree.Identifier).name);
    const isWritten =
      isRead &&
      ((member.parent.type === "AssignmentExpression" && member.parent.left === member) ||
        member.parent.type === "UpdateExpression");
    if (!isRead || isWritten || !isAlwaysBefore(statement, member)) return null;
    const { parent } = member;
    // `{ total: total.Value }` is as good as `{ total }`, but what the author wrote stays.
    reads.push({
      node: member,
      name: parent.type === "Property" && parent.shorthand ? `${variable.name}: ${variable.name}` : variable.name,
    });
  }
  return { variable, declaration, reads };
}

/** Where the value of a holder is assigned to: `holder.Value`. */
export function holderTarget({ source }: Context, argument: TSESTree.Node): string | null {
  const node = unwrap(argument);
  if (node.type !== "Identifier" || !isConstant(source, node)) return null;
  const variable = variableOf(source, node);
  const names = new Set(
    (variable?.references ?? []).flatMap(({ identifier }) => {
      const member = (identifier as TSESTree.Node).parent;
      return member?.type === "MemberExpression" && member.object === identifier && !member.computed
        ? [(member.property as TSESTree.Identifier).name]
        : [];
    }),
  );
  const [name] = [...names].filter((each) => HOLDER_MEMBERS.has(each));
  if (name !== undefined) return `${node.name}.${name}`;
  const init = variable?.defs[0]?.node;
  const made = init?.type === "VariableDeclarator" && init.init != null ? madeHolder(init.init) : null;
  return made === null ? null : `${node.name}.${made.member}`;
}
