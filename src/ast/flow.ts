import { enclosingOf, isFunction } from "./functions.ts";
import { handlesErrors } from "./handled-errors.ts";
import type { Source, TSESTree } from "./source.ts";
import { walk } from "./walk.ts";

/** The statement lists of the language: where one statement follows another. */
export function statementList(node: TSESTree.Node | null | undefined): readonly TSESTree.Statement[] | null {
  switch (node?.type) {
    case "Program":
    case "BlockStatement":
    case "StaticBlock":
      return node.body;
    case "SwitchCase":
      return node.consequent;
    default:
      return null;
  }
}

/** The nearest statement around a node (itself included) that stands in a statement list. */
export function listedStatement(node: TSESTree.Node): TSESTree.Statement | null {
  for (let current: TSESTree.Node | null | undefined = node; current; current = current.parent) {
    const list = statementList(current.parent);
    if (list?.includes(current as TSESTree.Statement)) return current as TSESTree.Statement;
  }
  return null;
}

/** The statements after one in its list. */
export function statementsAfter(statement: TSESTree.Statement): readonly TSESTree.Statement[] {
  const list = statementList(statement.parent) ?? [];
  return list.slice(list.indexOf(statement) + 1);
}

/** The statements between two of one list; `null` when they do not stand in one list in this order. */
export function statementsBetween(
  first: TSESTree.Statement,
  last: TSESTree.Statement,
): readonly TSESTree.Statement[] | null {
  const list = statementList(first.parent);
  if (list === null || first.parent !== last.parent) return null;
  const from = list.indexOf(first);
  const to = list.indexOf(last);
  return from < to ? list.slice(from + 1, to) : null;
}

/** Whether evaluating `ancestor` always evaluates `node` (unless something throws first). */
export function isUnconditionalWithin(node: TSESTree.Node, ancestor: TSESTree.Node): boolean {
  for (let child = node, current = node.parent; child !== ancestor; child = current!, current = current.parent) {
    if (!current || isFunction(current)) return false;
    switch (current.type) {
      case "IfStatement":
      case "ConditionalExpression":
      case "SwitchStatement":
        if (child !== ("test" in current ? current.test : current.discriminant)) return false;
        break;
      case "LogicalExpression":
        if (child !== current.left) return false;
        break;
      case "AssignmentExpression":
        if (["&&=", "||=", "??="].includes(current.operator) && child === current.right) return false;
        break;
      case "MemberExpression":
      case "CallExpression":
        if (isAfterOptional(current, child)) return false;
        break;
      case "WhileStatement":
        if (child !== current.test) return false;
        break;
      case "ForStatement":
        if (child !== current.init && child !== current.test) return false;
        break;
      case "ForInStatement":
      case "ForOfStatement":
        if (child !== current.right) return false;
        break;
      case "TryStatement":
        if (child === current.handler) return false;
        // What stands in a guarded block may be cut off and the code after it go on, unless the handler leaves.
        if (child === current.block && current.handler !== null && !alwaysLeaves(current.handler.body)) return false;
        break;
      case "AssignmentPattern":
        if (child === current.right) return false;
        break;
      case "ClassDeclaration":
      case "ClassExpression":
        return false;
      default:
        break;
    }
  }
  return true;
}

// In `a?.b(c)` everything right of the `?.` is evaluated only when `a` is there.
function isAfterOptional(current: TSESTree.MemberExpression | TSESTree.CallExpression, child: TSESTree.Node): boolean {
  if (!current.optional) {
    const inner = current.type === "MemberExpression" ? current.object : current.callee;
    if (child === inner) return false;
    return (inner.type === "MemberExpression" || inner.type === "CallExpression") && hasOptionalLink(inner);
  }
  return child !== (current.type === "MemberExpression" ? current.object : current.callee);
}

function hasOptionalLink(node: TSESTree.Node): boolean {
  if (node.type !== "MemberExpression" && node.type !== "CallExpression") return false;
  return node.optional || hasOptionalLink(node.type === "MemberExpression" ? node.object : node.callee);
}

/**
 * Whether every way to `later` has gone through `earlier`, both in one function: `earlier` is evaluated unconditionally
 * in a statement that stands before the statement around `later`, or earlier in the same expression.
 */
export function isAlwaysBefore(earlier: TSESTree.Node, later: TSESTree.Node): boolean {
  if (enclosingOf(earlier) !== enclosingOf(later) || earlier.range[1] > later.range[0]) return false;
  for (
    let current: TSESTree.Node | null | undefined = later;
    current && !isFunction(current);
    current = current.parent
  ) {
    if (contains(current, earlier)) return isUnconditionalWithin(earlier, current);
    const list = statementList(current.parent);
    if (list === null) continue;
    const holder = list.find((statement) => contains(statement, earlier));
    if (holder === undefined || !list.includes(current as TSESTree.Statement)) continue;
    // A case can be entered without the cases before it.
    return isUnconditionalWithin(earlier, holder);
  }
  return false;
}

/** Whether `outer` is `inner` or lies around it, by range. */
export function contains(outer: TSESTree.Node, inner: TSESTree.Node): boolean {
  return outer.range[0] <= inner.range[0] && inner.range[1] <= outer.range[1];
}

/** Whether a name declared by the statement of one node is visible at another: that stands in the same list, or below it. */
export function isInScopeAt(declared: TSESTree.Node, place: TSESTree.Node): boolean {
  const list = statementList(listedStatement(declared)?.parent);
  return list !== null && list.some((statement) => contains(statement, place));
}

/** Whether a statement never lets the next one of its list run. */
export function alwaysLeaves(statement: TSESTree.Statement): boolean {
  switch (statement.type) {
    case "ReturnStatement":
    case "ThrowStatement":
    case "BreakStatement":
    case "ContinueStatement":
      return true;
    case "BlockStatement":
      return statement.body.some(alwaysLeaves);
    case "IfStatement":
      return (
        statement.alternate !== null &&
        statement.alternate !== undefined &&
        alwaysLeaves(statement.consequent) &&
        alwaysLeaves(statement.alternate)
      );
    case "TryStatement":
      if (statement.finalizer != null && alwaysLeaves(statement.finalizer)) return true;
      return alwaysLeaves(statement.block) && (statement.handler === null || alwaysLeaves(statement.handler.body));
    default:
      return false;
  }
}

/** Whether running a node (functions inside it aside) can give the event loop a turn: `await`, `yield`, `for await`, `await using`. */
export function suspends(source: Source, root: TSESTree.Node): boolean {
  let found = false;
  walk(root, source.visitorKeys, (node) => {
    if (found || (isFunction(node) && node !== root)) return false;
    found ||=
      node.type === "AwaitExpression" ||
      node.type === "YieldExpression" ||
      (node.type === "ForOfStatement" && node.await) ||
      (node.type === "VariableDeclaration" && node.kind === "await using");
    return !found;
  });
  return found;
}

/** Whether a node is a loop of any kind. */
export function isLoop(node: TSESTree.Node): boolean {
  return /^(?:While|DoWhile|For|ForIn|ForOf)Statement$/.test(node.type);
}

/** Whether an unlabelled `break` at a node, below `root`, would leave something else than what is around `root`. */
export function isInBreakable(node: TSESTree.Node, root: TSESTree.Node): boolean {
  for (let current = node.parent; current && current !== root; current = current.parent) {
    if (isLoop(current) || current.type === "SwitchStatement") return true;
  }
  return false;
}

/** The innermost loop around a node, up to `root` or else up to its function; `null` when there is none. */
export function loopAround(node: TSESTree.Node, root?: TSESTree.Node): TSESTree.Node | null {
  for (
    let current = node.parent;
    current && current !== root && (root !== undefined || !isFunction(current));
    current = current.parent
  ) {
    if (isLoop(current)) return current;
  }
  return null;
}

/** The try in whose guarded block a node stands, within its function; one that lets all errors out is none. */
export function tryAround(node: TSESTree.Node): TSESTree.TryStatement | null {
  const unit = enclosingOf(node);
  for (let current = node; current !== unit && current.parent; current = current.parent) {
    const { parent } = current;
    if (parent.type === "TryStatement" && parent.block === current && handlesErrors(parent)) return parent;
  }
  return null;
}
