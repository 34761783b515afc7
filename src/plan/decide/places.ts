import { isLoop, statementList, statementsAfter } from "../../ast/flow.ts";
import { enclosingFunction, isFunction } from "../../ast/functions.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import type { DescribedOperation } from "../../recognize/operations/operation.ts";
import { obstacle, type AwaitPlace, type Obstacle } from "./decision.ts";

/**
 * The statement that starts an operation, or the expression that is the whole of an arrow function; `null` where its value is used.
 *
 * @param isReturnIgnored whether what a function returns is of no meaning to whoever calls it
 */
export function placeOf(
  { call, form, object }: DescribedOperation,
  isReturnIgnored: (fn: FunctionNode) => boolean = () => false,
): AwaitPlace | null {
  if (object !== null) return object.first as AwaitPlace;
  const { parent } = call;
  if (parent.type === "ExpressionStatement") return parent;
  if (parent.type === "VariableDeclarator" && handleOf(form) !== null && parent.id.type === "Identifier") {
    const { parent: declared } = parent;
    if (declared.declarations.length === 1 && isListed(declared)) return declared;
  }
  // What nothing is returned as may be returned. What returns something may be wanted for that.
  const unit = enclosingFunction(call);
  if (form.returns !== "nothing" && (unit === null || !isReturnIgnored(unit))) return null;
  if (parent.type === "ReturnStatement") return parent;
  return parent.type === "ArrowFunctionExpression" && parent.body === call ? call : null;
}

/** The member of a promise that stands for what a call with a callback returns; `null` where there is none. */
export function handleOf({ awaited }: DescribedOperation["form"]): string | null {
  return awaited.kind === "promisify" ? (awaited.handle ?? null) : null;
}

/** Whether a start declares what its call returns. */
export function takesHandle(place: AwaitPlace, { object }: DescribedOperation): boolean {
  return place.type === "VariableDeclaration" && object === null;
}

/**
 * What keeps the code of a callback from following an await at a place: it runs when everything that its function does, and whoever called
 * that, is over. `null` if nothing does.
 */
export function obstacleAt(place: AwaitPlace, operation: DescribedOperation): Obstacle | null {
  const isReturned = place.type === "ReturnStatement";
  for (
    let current: TSESTree.Node = operation.object?.last ?? place;
    current.parent && !isFunction(current.parent);
    current = current.parent
  ) {
    const { parent } = current;
    if (parent.type === "TryStatement") return obstacle("try-boundary", operation.nameNode);
    if (disposes(parent)) return obstacle("code-follows", operation.nameNode);
    if (isReturned) continue;
    if (isLoop(parent)) return obstacle("call-in-loop", operation.nameNode);
    if (parent.type === "LabeledStatement" || parent.type === "WithStatement")
      return obstacle("code-follows", operation.nameNode);
    const next = nextAfter(current);
    if (next?.type === "ReturnStatement" && next.argument === null) return laterObstacle(parent, operation);
    if (next !== null && !(next.type === "BreakStatement" && next.label === null && parent.type === "SwitchCase"))
      return obstacle("code-follows", next);
  }
  return null;
}

/** What is around a place behind which nothing of its function runs any more. */
function laterObstacle(place: TSESTree.Node, { nameNode }: DescribedOperation): Obstacle | null {
  for (let current = place; !isFunction(current) && current.parent; current = current.parent) {
    if (current.parent.type === "TryStatement") return obstacle("try-boundary", nameNode);
    if (disposes(current.parent)) return obstacle("code-follows", nameNode);
  }
  return null;
}

/** Whether the end of a list of statements disposes of something, which the callback came behind. */
export function disposes(node: TSESTree.Node): boolean {
  return (
    statementList(node)?.some((other) => other.type === "VariableDeclaration" && other.kind.endsWith("using")) === true
  );
}

/** The statement that runs next behind one of a list, also in the next case of a switch; `null` at the end. */
export function nextAfter(current: TSESTree.Node): TSESTree.Statement | null {
  const { parent } = current;
  if (statementList(parent) === null) return null;
  const [next] = statementsAfter(current as TSESTree.Statement).filter((other) => !isHarmlessBehind(other));
  if (next !== undefined || parent?.type !== "SwitchCase") return next ?? null;
  const { cases } = parent.parent;
  return cases.slice(cases.indexOf(parent) + 1).flatMap(({ consequent }) => consequent)[0] ?? null;
}

/** Whether a statement behind the start does nothing when it is reached. */
function isHarmlessBehind({ type }: TSESTree.Statement): boolean {
  return type === "EmptyStatement" || type === "FunctionDeclaration" || /^TS(?:Interface|TypeAlias)/.test(type);
}

/** Whether a place is a statement of a list, in which others may stand beside it. */
export function isListed({ parent }: AwaitPlace | TSESTree.Statement): boolean {
  return /^(?:Program|BlockStatement|StaticBlock|SwitchCase)$/.test(parent.type);
}

/** Whether something of the function stands behind a `return`, which would be run if it did not return. */
export function hasMoreBehind(place: TSESTree.Node): boolean {
  for (let current: TSESTree.Node = place; current.parent && !isFunction(current.parent); current = current.parent) {
    const { parent } = current;
    if (/^(?:For|ForIn|ForOf|While|DoWhile|Labeled|Switch)Statement$|^SwitchCase$/.test(parent.type)) return true;
    if (parent.type === "BlockStatement" && parent.body.at(-1) !== current) return true;
  }
  return false;
}
