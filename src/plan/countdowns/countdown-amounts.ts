import { alwaysLeaves, contains, isAlwaysBefore, isUnconditionalWithin, statementList } from "../../ast/flow.ts";
import { enclosingOf, isFunction } from "../../ast/functions.ts";
import { calleeOf, isNothing, memberName, unwrap, wrapped } from "../../ast/names.ts";
import { nodesOf } from "../../ast/node-index.ts";
import { onlyValueOf, variableOf, writesOf, type Variable } from "../../ast/scopes.ts";
import type { TSESTree } from "../../ast/source.ts";
import { findAll, walk } from "../../ast/walk.ts";
import { isStaticContext } from "../../recognize/callables.ts";
import type { ClassNode } from "../../recognize/classes.ts";
import type { Context } from "../../recognize/context.ts";
import { classOfThis, isWritten, thisBehind, usesOfField } from "../../recognize/field-uses.ts";
import { isConstant } from "../purity.ts";
import { constructorOf, isPrivateField } from "./field-counters.ts";

/** How many there are, as far as two places can be told to agree on it: a number, the length of an array, or what a constant holds. */
export type Amount =
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "length" | "value"; readonly of: Variable | ClassNode; readonly name: string };

/** What changes how many items an array has. */
const RESIZING = /^(?:copyWithin|length|pop|push|shift|splice|unshift)$/;

/** The amount that an expression denotes for as long as the rounds of `loop` and what they start take; `null` where it may change or cannot be told. */
export function amountOf(context: Context, expression: TSESTree.Node, loop: TSESTree.Statement | null): Amount | null {
  const { source } = context;
  const node = unwrap(expression);
  if (node.type === "Literal") return typeof node.value === "number" ? { kind: "number", value: node.value } : null;
  if (node.type === "MemberExpression") {
    return memberName(node) === "length" ? lengthOf(context, node.object, loop) : null;
  }
  const variable = variableOf(source, node);
  if (variable === null || !isConstant(source, node)) return null;
  const value = onlyValueOf(variable);
  // const total = keys.length
  return (
    (value === null ? null : amountOf(context, value, loop)) ?? { kind: "value", of: variable, name: variable.name }
  );
}

/** How many items an array has that nothing makes longer or shorter from here on. */
function lengthOf(context: Context, array: TSESTree.Node, loop: TSESTree.Statement | null): Amount | null {
  const { source } = context;
  const node = unwrap(array);
  if (node.type === "ArrayExpression")
    return node.elements.some((element) => element?.type === "SpreadElement")
      ? null
      : { kind: "number", value: node.elements.length };
  if (node.type === "MemberExpression") return fieldLength(context, node, loop);
  const variable = variableOf(source, node);
  if (variable === null || !isConstant(source, node)) return null;
  const resizes = variable.references.map(({ identifier }) => identifier as TSESTree.Node).filter(isResized);
  if (resizes.some((place) => loop === null || !isAlwaysBefore(place, loop))) return null;
  const value = onlyValueOf(variable);
  const isLiteral = value !== null && unwrap(value).type === "ArrayExpression" && resizes.length === 0;
  return (isLiteral ? lengthOf(context, value, loop) : null) ?? { kind: "length", of: variable, name: variable.name };
}

/** How many items the array has that a private field holds: nothing gives it another one once its object is made, or makes it longer or shorter. */
function fieldLength(
  context: Context,
  member: TSESTree.MemberExpression,
  loop: TSESTree.Statement | null,
): Amount | null {
  const self = thisBehind(context, member.object);
  const name = memberName(member);
  const owner = self === null ? null : classOfThis(self);
  if (self === null || name === null || owner === null || isStaticContext(self) || !isPrivateField(owner, name))
    return null;
  const { own, strange } = usesOfField(context, owner, name, false);
  if (strange.some((node) => contains(owner, node))) return null;
  const constructor = constructorOf(owner);
  const isCalled = (place: TSESTree.Node): boolean =>
    nodesOf(context.source)
      .of("CallExpression")
      .some(
        (call) =>
          enclosingOf(call) === constructor &&
          call.range[1] <= place.range[0] &&
          unwrap(calleeOf(call)?.receiver ?? call).type === "ThisExpression",
      );
  const isMade = (place: TSESTree.Node): boolean =>
    constructor !== null &&
    enclosingOf(place) === constructor &&
    !isCalled(place) &&
    (loop === null
      ? enclosingOf(member) !== constructor
      : enclosingOf(loop) !== constructor || isAlwaysBefore(place, loop));
  return own.every((place) => !(isWritten(place) || isResized(place)) || isMade(place))
    ? { kind: "length", of: owner, name }
    : null;
}

/** Whether a place calls a method of an array, or sets a member of it, that changes how many items it has. */
function isResized(array: TSESTree.Node): boolean {
  const member = wrapped(array).parent;
  if (
    member?.type !== "MemberExpression" ||
    member.object !== wrapped(array) ||
    !RESIZING.test(memberName(member) ?? "")
  )
    return false;
  const { parent } = wrapped(member);
  return (
    (parent?.type === "CallExpression" && parent.callee === wrapped(member)) ||
    (parent?.type === "AssignmentExpression" && parent.left === member)
  );
}

/** Whether two amounts surely are one. */
export function isSameAmount(left: Amount | null, right: Amount | null): boolean {
  if (left === null || right === null || left.kind !== right.kind) return false;
  return left.kind === "number"
    ? left.value === (right as typeof left).value
    : left.of === (right as typeof left).of && left.name === (right as typeof left).name;
}

/** How often the body of a loop, or the function of a `forEach`, is run; `null` where that cannot be told or the rounds differ in what they start. */
export function roundsOf(context: Context, loop: TSESTree.Statement, begin: TSESTree.Node): Amount | null {
  const { source } = context;
  const body = bodyOf(loop);
  const isWayOut = (node: TSESTree.Node): node is TSESTree.Node =>
    /^(?:Break|Continue|Return)Statement$/.test(node.type);
  if (
    body === null ||
    !isUnconditionalWithin(begin, body) ||
    findAll(body, source.visitorKeys, isWayOut, { intoFunctions: false }).length > 0
  )
    return null;
  if (loop.type === "ForOfStatement") return loop.await ? null : lengthOf(context, loop.right, loop);
  if (loop.type === "ForStatement") return countedRounds(context, loop);
  const call = forEachOf(loop);
  return call === null ? null : lengthOf(context, calleeOf(call)!.receiver!, loop);
}

/** `for (let i = 0; i < amount; i++)` */
function countedRounds(context: Context, { init, test, update, body, ...loop }: TSESTree.ForStatement): Amount | null {
  const { source } = context;
  const [declarator] = init?.type === "VariableDeclaration" && init.declarations.length >= 1 ? init.declarations : [];
  const index = declarator === undefined ? null : variableOf(source, declarator.id);
  if (declarator === undefined || index === null || declarator.init?.type !== "Literal" || declarator.init.value !== 0)
    return null;
  const isIndex = (node: TSESTree.Node): boolean => variableOf(source, unwrap(node)) === index;
  const isStep =
    update?.type === "UpdateExpression"
      ? update.operator === "++" && isIndex(update.argument)
      : update?.type === "AssignmentExpression" &&
        update.operator === "+=" &&
        isIndex(update.left) &&
        update.right.type === "Literal" &&
        update.right.value === 1;
  if (
    !isStep ||
    writesOf(index).some(
      ({ identifier }) => body.range[0] <= identifier.range[0] && identifier.range[1] <= body.range[1],
    )
  )
    return null;
  if (test?.type !== "BinaryExpression" || !/^(?:<|!==?)$/.test(test.operator) || !isIndex(test.left)) return null;
  return amountOf(context, test.right, { ...loop, init, test, update, body });
}

/** The call of a statement `items.forEach(…)`. */
export function forEachOf(statement: TSESTree.Statement): TSESTree.CallExpression | null {
  const call = statement.type === "ExpressionStatement" ? statement.expression : null;
  if (call?.type !== "CallExpression" || call.optional || call.arguments.length !== 1) return null;
  const callee = calleeOf(call);
  return callee?.name === "forEach" && callee.receiver !== null && isFunction(unwrap(call.arguments[0]!)) ? call : null;
}

/** What a loop, or a `forEach`, runs in each round. */
export function bodyOf(loop: TSESTree.Statement): TSESTree.Node | null {
  if ("body" in loop && loop.type !== "BlockStatement" && !Array.isArray(loop.body)) return loop.body as TSESTree.Node;
  const call = forEachOf(loop);
  const fn = call === null ? null : unwrap(call.arguments[0]!);
  return isFunction(fn) ? fn.body : null;
}

/** Whether a loop may have no round at all: its amount is no number, and no condition before it leaves where there is nothing to do. */
export function mayHaveNoRounds(context: Context, loop: TSESTree.Statement, amount: Amount | null): boolean {
  if (amount?.kind === "number") return amount.value < 1;
  const list = statementList(loop.parent) ?? [];
  return !list.some(
    (statement) =>
      statement.range[1] <= loop.range[0] &&
      statement.type === "IfStatement" &&
      alwaysLeaves(statement.consequent) &&
      asksForNone(context, statement.test, loop, amount),
  );
}

/** `keys.length === 0`, `!keys.length`, `keys.length < 1` */
function asksForNone(
  context: Context,
  test: TSESTree.Expression,
  loop: TSESTree.Statement,
  amount: Amount | null,
): boolean {
  const isAmount = (node: TSESTree.Node): boolean => isSameAmount(amountOf(context, node, loop), amount);
  if (test.type === "UnaryExpression") return test.operator === "!" && isAmount(test.argument);
  if (test.type !== "BinaryExpression" || test.right.type !== "Literal" || isNothing(test.right)) return false;
  const { value } = test.right;
  const isNone =
    (/^===?$/.test(test.operator) && value === 0) ||
    (test.operator === "<" && value === 1) ||
    (test.operator === "<=" && value === 0);
  return isNone && isAmount(test.left);
}

/** Whether the event loop may run, or a way out be taken, in statements. */
export function isRunThrough({ source }: Context, statements: readonly TSESTree.Node[]): boolean {
  let isPlain = true;
  for (const statement of statements) {
    walk(statement, source.visitorKeys, (node) => {
      if (
        /^(?:Await|Yield)Expression$|^ReturnStatement$/.test(node.type) ||
        (node.type === "ForOfStatement" && node.await)
      )
        isPlain = false;
      return isPlain && !isFunction(node);
    });
  }
  return isPlain;
}
