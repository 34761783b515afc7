import { classOf, isFunction } from "../../ast/functions.ts";
import { keyName, memberName, unwrap, wrapped } from "../../ast/names.ts";
import { nodesOf } from "../../ast/node-index.ts";
import { onlyValueOf, type Variable } from "../../ast/scopes.ts";
import type { TSESTree } from "../../ast/source.ts";
import { classesOf } from "../../recognize/classes.ts";
import type { Context } from "../../recognize/context.ts";
import { isWritten } from "../../recognize/field-uses.ts";
import { ofField } from "./field-counters.ts";
import { type Counter, isExported } from "./counter.ts";

const known = new WeakMap<Context, readonly Counter[]>();

/** What may count in a file. */
export function countersOf(context: Context): readonly Counter[] {
  let counters = known.get(context);
  if (counters === undefined) {
    const variables = context.source.scopeManager.scopes
      .flatMap((scope) => scope.variables)
      .filter(({ defs }) => defs.length === 1);
    const names = steppedMembers(context);
    const ofVariables = variables.flatMap((variable) => ofVariable(variable) ?? []);
    const ofObjects = names.size === 0 ? [] : variables.flatMap((variable) => ofObject(context, variable, names));
    const ofClasses =
      names.size === 0
        ? []
        : classesOf(context).flatMap((owner) =>
            [...names].flatMap((name) =>
              [false, true].flatMap((isStatic) => ofField(context, owner, name, isStatic) ?? []),
            ),
          );
    known.set(context, (counters = [...ofVariables, ...ofObjects, ...ofClasses]));
  }
  return counters;
}

/** The names of the members to which a file gives another value. */
function steppedMembers({ source }: Context): Set<string> {
  return new Set(
    nodesOf(source)
      .of("MemberExpression")
      .flatMap((member) => (isWritten(member) ? (memberName(member) ?? []) : [])),
  );
}

function ofVariable(variable: Variable): Counter | null {
  const declarator = variable.defs[0]!.node;
  if (
    variable.references.length < 2 ||
    declarator.type !== "VariableDeclarator" ||
    declarator.id.type !== "Identifier" ||
    isExported(declarator)
  )
    return null;
  const references = variable.references.filter(({ init }) => init !== true);
  return {
    uses: new Set(references.map(({ identifier }) => identifier as TSESTree.Node)),
    writes: references.filter((reference) => reference.isWrite()).map(({ identifier }) => identifier as TSESTree.Node),
    initial: declarator.init,
    declarator,
    owner: null,
    constructed: null,
    member: null,
    event: null,
  };
}

/** The members of an object literal that one constant holds, and that is used by its members only. */
function ofObject({ source }: Context, variable: Variable, names: ReadonlySet<string>): Counter[] {
  const declarator = variable.defs[0]!.node;
  const value = onlyValueOf(variable);
  const literal = value === null ? null : unwrap(value);
  if (
    literal?.type !== "ObjectExpression" ||
    declarator.type !== "VariableDeclarator" ||
    declarator.init !== value ||
    isExported(declarator)
  )
    return [];
  const members = variable.references
    .filter(({ init }) => init !== true)
    .map(({ identifier }) => wrapped(identifier as TSESTree.Node).parent);
  if (
    !members.every(
      (member): member is TSESTree.MemberExpression =>
        member?.type === "MemberExpression" &&
        memberName(member) !== null &&
        variable.references.some(({ identifier }) => wrapped(identifier) === member.object),
    )
  )
    return [];
  // What reaches the object as its `this` is not followed.
  if (
    nodesOf(source)
      .of("MemberExpression")
      .some(
        (member) =>
          unwrap(member.object).type === "ThisExpression" &&
          names.has(memberName(member) ?? "") &&
          classOf(member) === null,
      )
  )
    return [];
  return literal.properties.flatMap((property) => {
    const name = property.type === "Property" ? keyName(property) : null;
    const isPlain =
      property.type === "Property" &&
      property.kind === "init" &&
      !property.method &&
      !isFunction(unwrap(property.value));
    if (!isPlain) return [];
    const uses = members.filter((member) => memberName(member) === name);
    const isSeen = literal.properties.every(
      (other) =>
        other.type === "Property" &&
        keyName(other) !== null &&
        !(other.method || other.kind !== "init" || unwrap(other.value).type === "FunctionExpression"),
    );
    if (
      name === null ||
      !isSeen ||
      uses.length === 0 ||
      literal.properties.filter((other) => other.type === "Property" && keyName(other) === name).length > 1
    )
      return [];
    return [
      {
        uses: new Set<TSESTree.Node>(uses),
        writes: uses.filter(isWritten),
        initial: property.value as TSESTree.Expression,
        declarator,
        owner: null,
        constructed: null,
        member: property,
        event: null,
      },
    ];
  });
}
