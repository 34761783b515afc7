import type { TSESTree } from "../../ast/source.ts";
import { type ClassNode, classesOf } from "../../recognize/classes.ts";
import type { Context } from "../../recognize/context.ts";
import { keyName, wrapped, memberName, unwrap } from "../../ast/names.ts";
import { decoratorsOf, implementedBy } from "../../ast/optional-parts.ts";
import { usesOfField, isWritten } from "../../recognize/field-uses.ts";
import { contains, statementList } from "../../ast/flow.ts";
import { isExportedClass } from "../usages.ts";
import { variableOf, readsOf } from "../../ast/scopes.ts";
import { nodesOf } from "../../ast/node-index.ts";
import { type Counter, isForced } from "./counter.ts";

/** A field that nobody but this file reads or writes, and that on `this` only. */
export function ofField(context: Context, owner: ClassNode, name: string, isStatic: boolean): Counter | null {
  const declared = owner.body.body.filter((member) => "key" in member && keyName(member) === name);
  const [field] = declared;
  if (declared.length > 1 || (field !== undefined && !isPlainField(field, isStatic)) || decoratorsOf(owner).length > 0)
    return null;
  const { own, strange } = usesOfField(context, owner, name, isStatic);
  if (own.length === 0 || (field === undefined && (isStatic || parametersNamed(owner, name).length > 0))) return null;
  const isPrivate = name.startsWith("#") || field?.accessibility === "private";
  if (
    strange.some((node) => !isPrivate || contains(owner, node) || isForced(node)) ||
    (!isPrivate && mayBeShared(context, owner, name)) ||
    isReadAsWhole(context, owner)
  )
    return null;
  const constructed = isStatic ? null : constructedValue(owner, own);
  const property = field;
  const initial =
    constructed === null ? (property?.value ?? null) : (constructed.expression as TSESTree.AssignmentExpression).right;
  return {
    uses: new Set<TSESTree.Node>(own),
    writes: own.filter(isWritten),
    initial,
    declarator: null,
    owner: isStatic ? null : owner,
    constructed,
    member: property ?? null,
    event: null,
  };
}

/** A field that nothing but its declaration makes one: no decorator, no accessor, nothing that a class above knows of. */
function isPlainField(member: TSESTree.ClassElement, isStatic: boolean): member is TSESTree.PropertyDefinition {
  return (
    member.type === "PropertyDefinition" &&
    member.static === isStatic &&
    !member.declare &&
    !member.override &&
    !member.readonly &&
    decoratorsOf(member).length === 0
  );
}

/** Whether a class declares a field that only its own code names. */
export function isPrivateField(owner: ClassNode, name: string): boolean {
  const field = owner.body.body.find((member) => "key" in member && keyName(member) === name);
  if (field !== undefined)
    return (
      field.type === "PropertyDefinition" &&
      !field.static &&
      decoratorsOf(field).length === 0 &&
      (name.startsWith("#") || field.accessibility === "private")
    );
  return parametersNamed(owner, name).some(
    (parameter) => parameter.accessibility === "private" && decoratorsOf(parameter).length === 0,
  );
}

/** The parameters of a constructor that are fields of a name. */
function parametersNamed(owner: ClassNode, name: string): TSESTree.TSParameterProperty[] {
  return (constructorOf(owner)?.params ?? []).flatMap((parameter) => {
    if (parameter.type !== "TSParameterProperty") return [];
    const target = parameter.parameter.type === "AssignmentPattern" ? parameter.parameter.left : parameter.parameter;
    return target.type === "Identifier" && target.name === name ? [parameter] : [];
  });
}

/** Whether other code may know a field that is not private: who uses an exported class, a class above it or below it. */
function mayBeShared(context: Context, owner: ClassNode, name: string): boolean {
  if (owner.superClass != null || implementedBy(owner).length > 0 || isExportedClass(context, owner)) return true;
  return classesOf(context).some(
    (other) =>
      other.superClass != null && other.body.body.some((member) => "key" in member && keyName(member) === name),
  );
}

/** Whether an object of a class hands out all its fields at once, or takes them: `{ ...this }`, `JSON.stringify(this)`, `this[name]`. */
function isReadAsWhole({ source }: Context, owner: ClassNode): boolean {
  const isWhole = (self: TSESTree.Node): boolean => {
    const { parent } = wrapped(self);
    // const self = this
    const alias =
      parent?.type === "VariableDeclarator" && parent.init === wrapped(self) ? variableOf(source, parent.id) : null;
    if (alias !== null) return readsOf(alias).some(({ identifier }) => isWhole(identifier));
    if (parent?.type === "MemberExpression") return parent.object === wrapped(self) && memberName(parent) === null;
    if (parent?.type === "SpreadElement" || parent?.type === "ForInStatement") return true;
    return (
      parent?.type === "CallExpression" &&
      parent.arguments.includes(wrapped(self) as TSESTree.Expression) &&
      /^(?:JSON|Object|Reflect)\b|^structuredClone$/.test(source.text.slice(...parent.callee.range))
    );
  };
  return nodesOf(source)
    .of("ThisExpression")
    .some((self) => contains(owner, self) && isWhole(self));
}

/** The one assignment at the start of a constructor. */
function constructedValue(
  owner: ClassNode,
  uses: readonly TSESTree.MemberExpression[],
): TSESTree.ExpressionStatement | null {
  const constructor = constructorOf(owner);
  if (constructor === null) return null;
  const statements = uses.flatMap((member) => {
    const { parent } = member;
    const statement =
      parent.type === "AssignmentExpression" &&
      parent.operator === "=" &&
      parent.left === member &&
      parent.parent.type === "ExpressionStatement"
        ? parent.parent
        : null;
    return statement?.parent === constructor.body ? [statement] : [];
  });
  const [statement] = statements;
  const isEarly = (earlier: TSESTree.Node): boolean =>
    earlier.type === "ExpressionStatement" &&
    (earlier.expression.type === "AssignmentExpression"
      ? !/Call|Await|Yield/.test(unwrap(earlier.expression.right).type)
      : earlier.expression.type === "CallExpression" && earlier.expression.callee.type === "Super");
  const list = statementList(constructor.body) ?? [];
  return statement !== undefined && statements.length === 1 && list.slice(0, list.indexOf(statement)).every(isEarly)
    ? statement
    : null;
}

/** The constructor of a class with its body. */
export function constructorOf(owner: ClassNode): TSESTree.FunctionExpression | null {
  const found = owner.body.body.find(
    (member): member is TSESTree.MethodDefinition =>
      member.type === "MethodDefinition" &&
      member.kind === "constructor" &&
      String(member.value.type) === "FunctionExpression",
  );
  return (found?.value as TSESTree.FunctionExpression | undefined) ?? null;
}
