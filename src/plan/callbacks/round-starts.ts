import { isWritten } from "../../recognize/field-uses.ts";
import { contains, isAlwaysBefore } from "../../ast/flow.ts";
import { keyName, memberName, unwrap } from "../../ast/names.ts";
import { nodesOf } from "../../ast/node-index.ts";
import { variableOf } from "../../ast/scopes.ts";
import type { TSESTree } from "../../ast/source.ts";
import type { Context } from "../../recognize/context.ts";
import type { Operation } from "../../recognize/begin-end/operation.ts";
import { isConstant } from "../purity.ts";
import { mayChange } from "./round-inputs.ts";

/** The statement that begins an operation and does nothing else. */
export function repeatStatement(repeat: Operation): TSESTree.Statement | null {
  return repeat.destination.kind === "discarded" ? repeat.destination.statement : null;
}

/**
 * Whether a callback that begins its operation again starts it with the same receiver as the first time, and with arguments that are
 * the same or can be kept in a variable, so that one start at the head of a loop serves all rounds.
 */
export function repeatsAlike(context: Context, operation: Operation, repeats: readonly Operation[]): boolean {
  const isAlike = repeats.every((repeat) => {
    if (repeatStatement(repeat) === null || repeat.inputs.length !== operation.inputs.length) return false;
    if ((repeat.receiver === null) !== (operation.receiver === null)) return false;
    return (
      (repeat.receiver === null || denotesSame(context, repeat.receiver, operation.receiver!, operation)) &&
      isStateHandedOn(context, repeat)
    );
  });
  if (!isAlike) return false;
  const changing = changingInputs(context, operation, repeats);
  return (
    changing.length === 0 ||
    (changing.length === 1 &&
      [operation, ...repeats].every((each) => mayChange(context, each, each.inputs[changing[0]!]!)))
  );
}

/** The places of the arguments that are not the same in all rounds. */
export function changingInputs(context: Context, operation: Operation, repeats: readonly Operation[]): number[] {
  return operation.inputs.flatMap((outer, index) =>
    repeats.every(({ inputs }) => denotesSame(context, inputs[index]!, outer, operation)) ? [] : [index],
  );
}

/** Whether the next round gets the state of this one: the callback's own state again, or nothing as before. */
function isStateHandedOn(context: Context, repeat: Operation): boolean {
  const state = unwrap(repeat.state);
  if (isStateRead(state, repeat)) return true;
  const variable = variableOf(context.source, state);
  const declarator = variable?.defs[0]?.node;
  if (
    declarator?.type === "VariableDeclarator" &&
    declarator.init !== null &&
    isStateRead(unwrap(declarator.init), repeat)
  )
    return true;
  return repeat.callbackUses.every((use) => use.kind !== "member" || !/^asyncState$/i.test(use.name));
}

function isStateRead(node: TSESTree.Node, repeat: Operation): boolean {
  return repeat.callbackUses.some((use) => use.kind === "member" && use.member === node);
}

/** Whether an expression in the callback has the value that another one has where the operation first begins. */
function denotesSame(context: Context, inner: TSESTree.Node, outer: TSESTree.Node, operation: Operation): boolean {
  const { source } = context;
  const a = unwrap(inner);
  const b = unwrap(outer);
  if (a.type === "Literal") return b.type === "Literal" && a.raw === b.raw;
  if (a.type === "ThisExpression") return b.type === "ThisExpression";
  if (a.type === "NewExpression") {
    return (
      b.type === "NewExpression" &&
      a.arguments.length === b.arguments.length &&
      [a.callee, ...a.arguments].every((part, index) =>
        denotesSame(context, part, [b.callee, ...b.arguments][index]!, operation),
      )
    );
  }
  if (a.type === "MemberExpression" && a.computed && memberName(a) === null) {
    return (
      b.type === "MemberExpression" &&
      b.computed &&
      denotesSame(context, a.object, b.object, operation) &&
      denotesSame(context, a.property, b.property, operation)
    );
  }
  if (a.type === "MemberExpression") {
    if (
      b.type === "MemberExpression" &&
      memberName(a) !== null &&
      memberName(a) === memberName(b) &&
      denotesSame(context, a.object, b.object, operation)
    )
      return true;
    return isFieldOfState(context, a, b, operation);
  }
  if (a.type !== "Identifier") return false;
  const variable = variableOf(source, a);
  const declarator = variable?.defs[0]?.node;
  const fn = operation.callback.kind === "function" ? operation.callback.fn : null;
  if (variable === null || fn === null || declarator === undefined || !contains(fn, declarator))
    return b.type === "Identifier" && b.name === a.name && variableOf(source, b) === variable;
  if (declarator.type !== "VariableDeclarator" || declarator.init === null || !isConstant(source, a)) return false;
  const init = unwrap(declarator.init);
  if (isStateRead(init, operation)) return denotesState(context, b, operation);
  return denotesSame(context, init, b, operation);
}

function denotesState(context: Context, outer: TSESTree.Node, operation: Operation): boolean {
  const state = unwrap(operation.state);
  return (
    state.type === "Identifier" &&
    outer.type === "Identifier" &&
    isConstant(context.source, state) &&
    variableOf(context.source, state) === variableOf(context.source, outer)
  );
}

/** `state.workSocket`, where the only assignment of that member in the file gave it `outer`, before the operation began. */
function isFieldOfState(
  context: Context,
  access: TSESTree.MemberExpression,
  outer: TSESTree.Node,
  operation: Operation,
): boolean {
  const { source } = context;
  const name = memberName(access);
  const state = unwrap(operation.state);
  const object = unwrap(access.object);
  const variable = variableOf(source, object);
  const init = variable?.defs[0]?.node.type === "VariableDeclarator" ? variable.defs[0].node.init : null;
  const isState =
    isStateRead(object, operation) || (init !== null && init !== undefined && isStateRead(unwrap(init), operation));
  if (
    name === null ||
    !isState ||
    state.type !== "Identifier" ||
    !isConstant(source, outer) ||
    !isConstant(source, state)
  )
    return false;
  const assigned = nodesOf(source)
    .of("MemberExpression")
    .filter((member) => memberName(member) === name && isWritten(member));
  const [only] = assigned;
  if (assigned.length === 1 && only?.parent.type === "AssignmentExpression" && only.parent.operator === "=") {
    return (
      variableOf(source, unwrap(only.object)) === variableOf(source, state) &&
      isSameName(context, only.parent.right, outer) &&
      isAlwaysBefore(only, operation.begin)
    );
  }
  const declarator = variableOf(source, state)?.defs[0]?.node;
  const literal =
    declarator?.type === "VariableDeclarator" && declarator.init !== null ? unwrap(declarator.init) : null;
  if (assigned.length > 0 || literal?.type !== "ObjectExpression") return false;
  return literal.properties.some(
    (property) =>
      property.type === "Property" && keyName(property) === name && isSameName(context, property.value, outer),
  );
}

function isSameName({ source }: Context, left: TSESTree.Node, right: TSESTree.Node): boolean {
  const a = unwrap(left);
  const b = unwrap(right);
  return (
    a.type === "Identifier" &&
    b.type === "Identifier" &&
    variableOf(source, a) !== null &&
    variableOf(source, a) === variableOf(source, b)
  );
}
