import { classOf } from "../ast/functions.ts";
import { keyName, memberName, unwrap } from "../ast/names.ts";
import { nodesOf } from "../ast/node-index.ts";
import { onlyValueOf, variableOf } from "../ast/scopes.ts";
import type { TSESTree } from "../ast/source.ts";
import { isStaticContext } from "./callables.ts";
import type { ClassNode } from "./classes.ts";
import type { Context } from "./context.ts";

/** What the file says of a field: of a class, or of an object literal bound to a constant. */
export interface Field {
  readonly annotation: TSESTree.TypeNode | undefined;
  /** Its initialiser and what the class itself assigns to it. */
  readonly values: readonly TSESTree.Expression[];
}

/**
 * The field that a member expression reads: of `this`, of a class of the file by its name, of a variable that holds an instance of
 * such a class, of a const-bound object literal.
 */
export function fieldOf(context: Context, node: TSESTree.MemberExpression): Field | null {
  const name = memberName(node);
  if (name === null) return null;
  const object = unwrap(node.object);
  if (object.type === "ThisExpression") {
    const owner = classOf(object);
    return owner === null ? null : classField(context, owner, name, isStaticContext(object));
  }
  const variable = variableOf(context.source, object);
  if (variable === null) return null;
  const definition = variable.defs[0]?.node;
  if (definition?.type === "ClassDeclaration") return classField(context, definition, name, true);
  const value = onlyValueOf(variable);
  const bound = value === null ? null : unwrap(value);
  if (bound?.type === "ClassExpression") return classField(context, bound, name, true);
  if (bound?.type === "ObjectExpression") return literalField(bound, name);
  const annotated = variable.identifiers.find(
    (identifier): identifier is TSESTree.Identifier =>
      identifier.type === "Identifier" && identifier.typeAnnotation != null,
  );
  const type = annotated?.typeAnnotation?.typeAnnotation;
  const className =
    type?.type === "TSTypeReference" ? type.typeName : bound?.type === "NewExpression" ? unwrap(bound.callee) : null;
  const owner = className === null ? undefined : variableOf(context.source, className)?.defs[0]?.node;
  return owner?.type === "ClassDeclaration" ? classField(context, owner, name, false) : null;
}

function classField(context: Context, owner: ClassNode, name: string, isStatic: boolean): Field | null {
  const assigned = assignmentsOf(context, name).filter((assignment) =>
    isOwn(assignment.left as TSESTree.MemberExpression, owner, isStatic),
  );
  const values = assigned.map((assignment) => assignment.right);
  for (const member of owner.body.body) {
    if (member.type === "PropertyDefinition" && member.static === isStatic && keyName(member) === name) {
      return {
        annotation: member.typeAnnotation?.typeAnnotation,
        values: member.value === null ? values : [member.value, ...values],
      };
    }
    if (member.type === "MethodDefinition" && member.kind === "constructor" && !isStatic) {
      for (const parameter of member.value.params) {
        if (
          parameter.type === "TSParameterProperty" &&
          parameter.parameter.type === "Identifier" &&
          parameter.parameter.name === name
        ) {
          // What a constructor is given is one value more, and an unknown one; only the annotation tells anything.
          return { annotation: parameter.parameter.typeAnnotation?.typeAnnotation, values: [] };
        }
      }
    }
  }
  return values.length === 0 ? null : { annotation: undefined, values };
}

function isOwn(target: TSESTree.MemberExpression, owner: ClassNode, isStatic: boolean): boolean {
  const object = unwrap(target.object);
  if (object.type === "ThisExpression") return classOf(object) === owner && isStaticContext(object) === isStatic;
  return isStatic && object.type === "Identifier" && object.name === owner.id?.name;
}

function literalField(literal: TSESTree.ObjectExpression, name: string): Field | null {
  const property = literal.properties.find(
    (candidate): candidate is TSESTree.Property => candidate.type === "Property" && keyName(candidate) === name,
  );
  return property === undefined ? null : { annotation: undefined, values: [property.value as TSESTree.Expression] };
}

const assignments = new WeakMap<Context, ReadonlyMap<string, readonly TSESTree.AssignmentExpression[]>>();

/** The assignments of a file to members of a name, whatever object they belong to. */
export function assignmentsOf(context: Context, name: string): readonly TSESTree.AssignmentExpression[] {
  let known = assignments.get(context);
  if (known === undefined) {
    const byName = new Map<string, TSESTree.AssignmentExpression[]>();
    for (const member of nodesOf(context.source).of("MemberExpression")) {
      const { parent } = member;
      if (parent.type !== "AssignmentExpression" || parent.left !== member) continue;
      const target = memberName(member);
      if (target === null) continue;
      const list = byName.get(target);
      if (list === undefined) byName.set(target, [parent]);
      else list.push(parent);
    }
    assignments.set(context, (known = byName));
  }
  return known.get(name) ?? [];
}
