import { contains, isLoop, listedStatement, statementList, statementsAfter, tryAround } from "../../ast/flow.ts";
import { classOf, enclosingFunction, enclosingOf, isFunction } from "../../ast/functions.ts";
import { unwrap } from "../../ast/names.ts";
import { scopeOf } from "../../ast/scopes.ts";
import { textOf, type FunctionNode, type TSESTree } from "../../ast/source.ts";
import { walk } from "../../ast/walk.ts";
import type { Operation } from "../../recognize/begin-end/operation.ts";
import { thisOwner } from "../../recognize/field-uses.ts";
import { placesOf } from "./chains.ts";
import { iterationOf } from "../async/iterations.ts";
import { mayThrowIn } from "../async/thrown-errors.ts";
import { isSeenInFunction, resolvesAlike } from "../naming.ts";
import type { Planner } from "../planner.ts";
import type { CallbackShape } from "./callback-shape.ts";
import type { Boundary, InPlace } from "./in-place-shape.ts";
import { bodyStatements, onlyTry } from "./callback-body.ts";

/**
 * Whether the body of a callback may continue in place of its Begin: it serves this site alone, the Begin is the last thing its
 * function does before the wait (or at all), no name changes its meaning, and no handler catches more or less than before.
 */
export function inPlaceSite(
  planner: Planner,
  shape: CallbackShape,
  operation: Operation,
  wait: TSESTree.Statement | null,
): InPlace | null {
  const statement = listedStatement(operation.begin);
  const unit = enclosingOf(operation.begin);
  if (shape.operations.length !== 1 || statement === null || statement !== ownStatement(operation)) return null;
  if (operation.callback.kind !== "function" || !keepsThis(planner, shape, operation)) return null;
  const isTail = isLastAct(statement, unit, wait);
  if (!isTail && wait === null) return null;
  // In the loop that a `forEach` becomes, the next round follows.
  const isIterated = isFunction(unit) && iterationOf(planner.context, unit) !== null;
  const continues = isIterated || (wait !== null && !isLastAct(statement, unit, wait));
  if (continues && disposes(planner, shape)) return null;
  // In a loop a return becomes a break.
  if (continues && shape.repeats.length === 0 && hasReturn(planner, shape)) return null;
  const boundary = boundaryOf(planner, shape, statement);
  if (
    shape.repeats.length > 0 &&
    (boundary === "contained" || !shape.outcome.isTakenOnce || shape.outcome.barrier(planner, shape) !== "none")
  )
    return null;
  if (boundary === null || !keepsNames(planner, shape, operation, boundary)) return null;
  return { statement, boundary };
}

function ownStatement(operation: Operation): TSESTree.Node | null {
  const { destination } = operation;
  if (destination.kind === "discarded") return destination.statement;
  if (destination.kind !== "variable") return null;
  const { write } = destination;
  return write.type === "AssignmentExpression" || write.parent.declarations.length === 1 ? write.parent : null;
}

/** Whether nothing runs in a function after a statement, the wait aside. */
function isLastAct(statement: TSESTree.Statement, unit: TSESTree.Node, wait: TSESTree.Statement | null): boolean {
  for (let current: TSESTree.Node = statement; current !== unit; current = current.parent!) {
    const { parent } = current;
    if (!parent || isLoop(parent) || parent.type === "LabeledStatement" || parent.type === "SwitchCase") return false;
    if (parent.type === "TryStatement" && parent.finalizer !== null) return false;
    const list = statementList(parent);
    if (list === null) continue;
    // What is disposed of at the end of a block is disposed of before an operation that nobody waits for completes.
    if (wait === null && list.some((other) => other.type === "VariableDeclaration" && other.kind.endsWith("using")))
      return false;
    const rest = statementsAfter(current as TSESTree.Statement).filter(
      (other) => other !== wait && other.type !== "EmptyStatement" && other.type !== "FunctionDeclaration",
    );
    if (rest.length > 0 && !(rest[0]?.type === "ReturnStatement" && rest[0].argument === null)) return false;
  }
  return isFunction(unit);
}

/** Whether a callback returns somewhere, or another that continues in it. */
function hasReturn(planner: Planner, shape: CallbackShape): boolean {
  return (
    shape.outcome.returns ||
    [...planner.links.from(shape.fn)].some((link) => planner.links.hasReturn(link)) ||
    holdsInLinks(planner, shape, (node) => node.type === "ReturnStatement")
  );
}

function holdsInLinks(planner: Planner, shape: CallbackShape, test: (node: TSESTree.Node) => boolean): boolean {
  let found = false;
  for (const link of planner.links.from(shape.fn)) {
    walk((link as FunctionNode).body, planner.context.source.visitorKeys, (node) => {
      if (test(node)) found = true;
      return !isFunction(node);
    });
  }
  return found;
}

/** Whether leaving the callback disposes of something; what follows in place must not come before that. */
function disposes(planner: Planner, shape: CallbackShape): boolean {
  return holdsInLinks(planner, shape, (node) => node.type === "VariableDeclaration" && node.kind.endsWith("using"));
}

/** Whether `this` and its like mean the same at the new place: the callback does not use them, or belongs to the same object. */
function keepsThis(planner: Planner, shape: CallbackShape, operation: Operation): boolean {
  let isUsed = false;
  walk(shape.fn, planner.context.source.visitorKeys, (node) => {
    if (
      node.type === "ThisExpression" ||
      node.type === "Super" ||
      node.type === "MetaProperty" ||
      (node.type === "Identifier" && node.name === "arguments")
    )
      isUsed = true;
    return node === shape.fn || (node.type !== "FunctionExpression" && node.type !== "FunctionDeclaration");
  });
  const boundThis = operation.callback.kind === "function" ? operation.callback.boundThis : null;
  // A method that is called on the `this` of the place itself finds the same object there.
  if (boundThis !== null)
    return (
      !isUsed ||
      (unwrap(boundThis).type === "ThisExpression" &&
        classOf(boundThis) !== null &&
        classOf(boundThis) === classOf(shape.fn))
    );
  if (!isUsed || thisOwner(shape.fn.parent) === thisOwner(operation.begin)) return true;
  // An arrow in a field has the `this` of its object, and so has a method that reaches it through `this`.
  const field = shape.fn.parent;
  const reference = unwrap(operation.callbackArgument);
  const isOwnField =
    field.type === "PropertyDefinition" &&
    !field.static &&
    reference.type === "MemberExpression" &&
    unwrap(reference.object).type === "ThisExpression";
  return isOwnField && classOf(operation.begin) === classOf(field);
}

function boundaryOf(planner: Planner, shape: CallbackShape, statement: TSESTree.Statement): Boundary | null {
  const outer = tryAround(statement);
  if (outer === null) return "none";
  const inner = onlyTry(shape);
  if (inner?.handler == null) return null;
  const { source } = planner.context;
  const isLast = statement.parent === outer.block;
  if (
    isLast &&
    inner.finalizer === null &&
    outer.handler !== null &&
    normalized(textOf(source, inner.handler)) === normalized(textOf(source, outer.handler))
  )
    return "same-handler";
  return isContained(planner, shape) ? "contained" : null;
}

function normalized(text: string): string {
  return text.replace(/\s+/g, " ");
}

/** Whether a callback lets no error out: all of it is one guarded block, and neither its handler nor what comes last throws. */
export function isContained(planner: Planner, shape: CallbackShape): boolean {
  const attempt = onlyTry(shape);
  return (
    attempt?.handler != null &&
    !mayThrowIn(planner.reach, attempt.handler.body) &&
    (attempt.finalizer === null || !mayThrowIn(planner.reach, attempt.finalizer))
  );
}

/** Whether every name in the callback, and in the start that moves into it, means the same at the new place. */
function keepsNames(planner: Planner, shape: CallbackShape, operation: Operation, boundary: Boundary): boolean {
  const { source } = planner.context;
  const { fn } = shape;
  const scope = scopeOf(source, fn.body);
  // A handler may be added to its event in another place than that of the start.
  const isInline = operation.event === null && contains(operation.callbackArgument, fn);
  if (
    !isInline &&
    !scope.through.every((reference) => resolvesAlike(source, reference.identifier.name, fn, operation.begin))
  )
    return false;
  const staying = [...shape.removed].flatMap((statement) =>
    statement.type === "VariableDeclaration" ? source.scopeManager.getDeclaredVariables(statement) : [],
  );
  let keeps = true;
  walk(operation.begin, source.visitorKeys, (node) => {
    if (node === operation.callbackArgument) return false;
    if (node.type !== "Identifier") return true;
    for (let inner: typeof scope | undefined = scope; inner !== undefined; inner = undefined) {
      if (declaresBelow(inner, node.name, staying)) keeps = false;
    }
    return true;
  });
  if (!keeps) return false;
  const unwrapsBlock = boundary === "same-handler" || onlyTry(shape) === null;
  // The functions into which the callback may come with those before it in a chain.
  const hosts = placesOf(planner, operation).map((place) => enclosingFunction(place) ?? source.ast);
  const isSeen = (name: string): boolean => hosts.some((host) => isSeenInFunction(source, host, name, fn));
  // A `var` belongs to the whole function, however deep it stands.
  const hoisted = [...scope.set.values()].filter((variable) =>
    variable.defs.some(
      (definition) => definition.node.type === "VariableDeclarator" && definition.node.parent.kind === "var",
    ),
  );
  if (hoisted.some((variable) => !staying.includes(variable) && isSeen(variable.name))) return false;
  if (!unwrapsBlock) return true;
  const statements = boundary === "same-handler" ? onlyTry(shape)!.block.body : bodyStatements(fn);
  const own = statements.flatMap((statement) =>
    shape.removed.has(statement) ? [] : source.scopeManager.getDeclaredVariables(statement),
  );
  return own.every((variable) => !isSeen(variable.name));
}

function declaresBelow(scope: ReturnType<typeof scopeOf>, name: string, except: readonly unknown[]): boolean {
  const variable = scope.set.get(name);
  if (
    variable !== undefined &&
    variable.defs.length > 0 &&
    !except.includes(variable) &&
    variable.defs.every((definition) => String(definition.type) !== "Parameter")
  )
    return true;
  return scope.childScopes.some((child) => declaresBelow(child, name, except));
}
