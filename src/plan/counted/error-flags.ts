import { isNothing, unwrap, wrapped } from "../../ast/names.ts";
import { variableOf, type Variable } from "../../ast/scopes.ts";
import type { FunctionNode, Source, TSESTree } from "../../ast/source.ts";
import { isBareReturn, listOf } from "../countdowns/count-steps.ts";

/*
 * `if (failed) return; if (err) { failed = true; return cb(err); }`: a variable that keeps errors behind the first one from being told. Promises that
 * are awaited together tell the first error alone by themselves.
 */

/** What such variables are used for, where they are used for nothing else. */
export interface ErrorFlags {
  readonly variables: readonly Variable[];
  /** Statements that set one, or leave where it is set. */
  readonly skipped: ReadonlySet<TSESTree.Node>;
  /** Conditions whose code runs for the first error alone. */
  readonly opened: ReadonlySet<TSESTree.Node>;
}

/**
 * The flags that the code of some callbacks sets.
 *
 * @param isIn whether a node stands in one of those callbacks
 */
export function errorFlagsIn(source: Source, isIn: (node: TSESTree.Node) => boolean): ErrorFlags {
  const variables: Variable[] = [];
  const skipped = new Set<TSESTree.Node>();
  const opened = new Set<TSESTree.Node>();
  for (const { variables: declared } of source.scopeManager.scopes) {
    for (const variable of declared) {
      const uses = usesOf(variable, isIn);
      if (uses === null) continue;
      variables.push(variable);
      for (const { kind, statement } of uses) (kind === "opened" ? opened : skipped).add(statement);
    }
  }
  return { variables, skipped, opened };
}

/** Whether a variable is declared as one that may be such a flag. */
export function isFlag({ defs }: Variable): boolean {
  const [definition] = defs;
  const node = definition?.node as TSESTree.Node | undefined;
  if (defs.length !== 1 || node?.type !== "VariableDeclarator" || node.parent.parent.type === "ExportNamedDeclaration")
    return false;
  const { init } = node;
  return init === null || isNothing(init) || (init.type === "Literal" && init.value === false);
}

interface FlagUse {
  readonly kind: "opened" | "skipped";
  readonly statement: TSESTree.Node;
}

function usesOf(variable: Variable, isIn: (node: TSESTree.Node) => boolean): FlagUse[] | null {
  const references = variable.references.filter(({ init }) => init !== true);
  if (!isFlag(variable) || references.length < 2 || !references.some((each) => each.isWrite())) return null;
  const uses = references.map(({ identifier }) => (isIn(identifier) ? useAt(identifier) : null));
  return uses.includes(null) ? null : (uses as FlagUse[]);
}

function useAt(identifier: TSESTree.Node): FlagUse | null {
  const { parent } = wrapped(identifier);
  if (parent?.type === "AssignmentExpression")
    return parent.operator === "=" &&
      parent.left === identifier &&
      parent.right.type === "Literal" &&
      parent.right.value === true &&
      parent.parent.type === "ExpressionStatement"
      ? { kind: "skipped", statement: parent.parent }
      : null;
  if (parent?.type === "IfStatement" && parent.alternate === null && unwrap(parent.test) === identifier) {
    const list = listOf(parent.consequent);
    return list.length === 1 && isBareReturn(list[0]) ? { kind: "skipped", statement: parent } : null;
  }
  const condition = parent?.type === "UnaryExpression" && parent.operator === "!" ? wrapped(parent).parent : undefined;
  return condition?.type === "IfStatement" && condition.alternate === null && unwrap(condition.test) === parent
    ? { kind: "opened", statement: condition }
    : null;
}

/** Statements as they are where there is one error only. */
export function withoutFlags(
  statements: readonly TSESTree.Statement[],
  flags: ErrorFlags | undefined,
): readonly TSESTree.Statement[] {
  if (flags === undefined) return statements;
  return statements.flatMap((each): readonly TSESTree.Statement[] => {
    if (flags.skipped.has(each)) return [];
    if (!flags.opened.has(each)) return [each];
    return withoutFlags(listOf((each as TSESTree.IfStatement).consequent), flags);
  });
}

/** The last of the statements at the start of a callback that only ask whether an error was told. */
export function behindFlags(
  fn: FunctionNode,
  last: TSESTree.Statement | null,
  flags: ErrorFlags | undefined,
): TSESTree.Statement | null {
  const body = fn.body.type === "BlockStatement" ? fn.body.body : [];
  const next = body[last === null ? 0 : body.indexOf(last) + 1];
  return next === undefined || flags?.skipped.has(next) !== true ? last : behindFlags(fn, next, flags);
}

/** Whether code behind `if (failed) return;` does nothing that shows before all is done: it keeps what it is given in what others read then. */
export function isQuiet(source: Source, statement: TSESTree.Statement): boolean {
  if (statement.type !== "ExpressionStatement") return false;
  const expression = unwrap(statement.expression);
  if (expression.type === "UpdateExpression") return isPlace(source, expression.argument);
  if (expression.type === "AssignmentExpression") return isPlace(source, expression.left) && isRead(expression.right);
  if (expression.type !== "CallExpression" || expression.callee.type !== "MemberExpression") return false;
  const { object, property } = expression.callee;
  const isPush = property.type === "Identifier" && property.name === "push" && isPlace(source, object);
  return isPush && expression.arguments.every((each) => isRead(each));
}

function isPlace(source: Source, node: TSESTree.Node): boolean {
  const place = unwrap(node);
  const root = place.type === "MemberExpression" ? unwrap(place.object) : place;
  return root.type === "Identifier" && variableOf(source, root) !== null;
}

function isRead(node: TSESTree.Node): boolean {
  const value = unwrap(node);
  if (value.type === "MemberExpression") return isRead(value.object);
  return value.type === "Identifier" || value.type === "Literal";
}
