import { contains, statementList } from "../../ast/flow.ts";
import { classOf, enclosingOf, isFunction } from "../../ast/functions.ts";
import { keyName, memberName, unwrap, wrapped } from "../../ast/names.ts";
import { nodesOf } from "../../ast/node-index.ts";
import { decoratorsOf, implementedBy } from "../../ast/optional-parts.ts";
import { onlyValueOf, readsOf, variableOf, type Variable } from "../../ast/scopes.ts";
import type { TSESTree } from "../../ast/source.ts";
import { classesOf, type ClassNode } from "../../recognize/classes.ts";
import type { Context } from "../../recognize/context.ts";
import { isWritten, usesOfField } from "../../recognize/field-uses.ts";
import { isExportedClass } from "../usages.ts";

/** What holds a count, where every place that reads or writes it is seen: a variable, a field, or a member of an object that a constant holds. */
export interface Counter {
  /** The identifiers, or member expressions, that stand for it behind its declaration. */
  readonly uses: ReadonlySet<TSESTree.Node>;
  /** Those of them that give it a value. */
  readonly writes: readonly TSESTree.Node[];
  /** What it holds from the start. */
  readonly initial: TSESTree.Expression | null;
  /** The declaration of the variable, or of the constant that holds the object; `null` for a field. */
  readonly declarator: TSESTree.VariableDeclarator | null;
  /** The class each of whose objects has it as a field. */
  readonly owner: ClassNode | null;
  /** The statement of a constructor that gives a field its first value, before anything else happens. */
  readonly constructed: TSESTree.ExpressionStatement | null;
  /** What goes where nothing counts any more; a variable is swept. */
  readonly member: TSESTree.PropertyDefinition | TSESTree.Property | null;
}

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
      },
    ];
  });
}

/** A field that nobody but this file reads or writes, and that on `this` only. */
function ofField(context: Context, owner: ClassNode, name: string, isStatic: boolean): Counter | null {
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
  };
}

/** Whether a place reaches into an object past what the compiler checks: `loader["pending"]`, `(loader as any).pending`. */
function isForced(node: TSESTree.Node): boolean {
  return (
    node.type === "MemberExpression" &&
    (node.computed || node.object.type === "TSAsExpression" || node.object.type === "TSTypeAssertion")
  );
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

function isExported(declarator: TSESTree.VariableDeclarator): boolean {
  return declarator.parent.parent.type === "ExportNamedDeclaration";
}

/** Whether a counter is declared in a unit of its own, outside of its loops: each run has one. */
export function isDeclaredIn(unit: TSESTree.Node, { declarator }: Counter): boolean {
  return declarator !== null && contains(unit, declarator) && enclosingOf(declarator) === unit;
}
