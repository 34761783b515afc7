import { isAlwaysBefore, isLoop } from "../../ast/flow.ts";
import { enclosingOf } from "../../ast/functions.ts";
import { wrapped } from "../../ast/names.ts";
import { readsOf, variableOf, writesOf, type Variable } from "../../ast/scopes.ts";
import type { TSESTree } from "../../ast/source.ts";
import type { Context } from "../context.ts";

/** Where the value of a call goes: what becomes of the handle that a Begin returns. */
export type Destination =
  /** A bare statement: nobody keeps it. */
  | { readonly kind: "discarded"; readonly statement: TSESTree.ExpressionStatement }
  /** A declaration or a plain assignment to a variable, as a statement of its own. */
  | {
      readonly kind: "variable";
      readonly variable: Variable;
      readonly write: TSESTree.VariableDeclarator | TSESTree.AssignmentExpression;
      readonly identifier: TSESTree.Identifier;
    }
  /** An argument of another call; whether that call is an End is for the caller to see. */
  | { readonly kind: "argument"; readonly call: TSESTree.CallExpression | TSESTree.NewExpression }
  /** The object of a member access. */
  | { readonly kind: "member"; readonly member: TSESTree.MemberExpression }
  /** Returned, stored in a field, put into a literal, tested, …: it leaves what can be followed. */
  | { readonly kind: "escapes"; readonly node: TSESTree.Node };

/** Follows the value of an expression one step. */
export function destinationOf(context: Context, expression: TSESTree.Node): Destination {
  const outer = wrapped(expression);
  const { parent } = outer;
  if (parent?.type === "ExpressionStatement") return { kind: "discarded", statement: parent };
  if (
    parent?.type === "UnaryExpression" &&
    parent.operator === "void" &&
    parent.parent.type === "ExpressionStatement"
  ) {
    return { kind: "discarded", statement: parent.parent };
  }
  if (parent?.type === "VariableDeclarator" && parent.init === outer && parent.id.type === "Identifier") {
    const variable = variableOf(context.source, parent.id);
    if (variable !== null) return { kind: "variable", variable, write: parent, identifier: parent.id };
  }
  if (
    parent?.type === "AssignmentExpression" &&
    parent.operator === "=" &&
    parent.right === outer &&
    parent.left.type === "Identifier" &&
    parent.parent.type === "ExpressionStatement"
  ) {
    const variable = variableOf(context.source, parent.left);
    if (variable !== null) return { kind: "variable", variable, write: parent, identifier: parent.left };
  }
  if ((parent?.type === "CallExpression" || parent?.type === "NewExpression") && parent.callee !== outer)
    return { kind: "argument", call: parent };
  if (parent?.type === "MemberExpression" && parent.object === outer) return { kind: "member", member: parent };
  return { kind: "escapes", node: outer };
}

/** The reads that see the value a write gave to a variable. */
export interface Reach {
  /** Reads that see this value and no other. */
  readonly certain: readonly TSESTree.Identifier[];
  /** Reads that may see this value or another. */
  readonly possible: readonly TSESTree.Identifier[];
}

/**
 * Which reads of a variable see the value written at `target`. A variable written once is seen by all its reads; with several
 * writes, a read surely sees the last write that always comes before it, unless another write may lie between.
 */
export function reachOf(variable: Variable, target: TSESTree.Node): Reach {
  const writes = writesOf(variable).map((reference) => reference.identifier as TSESTree.Identifier);
  const reads = readsOf(variable).map((reference) => reference.identifier as TSESTree.Identifier);
  const isParameter = variable.defs.some((definition) => String(definition.type) === "Parameter");
  if (writes.length <= 1 && !isParameter) return { certain: reads, possible: [] };
  const certain: TSESTree.Identifier[] = [];
  const possible: TSESTree.Identifier[] = [];
  for (const read of reads) {
    const dominating = writes.filter((write) => !isInOwnWrite(write, read) && isAlwaysBefore(write, read));
    const last = dominating.at(-1);
    const between = writes.some(
      (write) =>
        write !== last && (last === undefined || write.range[0] > last.range[0]) && mayRunBefore(write, read, last),
    );
    if (last === target && !between) certain.push(read);
    else if (between && (last === target || !dominating.includes(target as TSESTree.Identifier))) possible.push(read);
    else if (last === undefined) possible.push(read);
  }
  return { certain, possible };
}

/** Whether a write that does not always run before a read could all the same run between `last` and the read. */
function mayRunBefore(
  write: TSESTree.Identifier,
  read: TSESTree.Identifier,
  last: TSESTree.Identifier | undefined,
): boolean {
  if (enclosingOf(write) !== enclosingOf(read)) return true;
  if (write.range[0] < read.range[0] && !isInOwnWrite(write, read)) return true;
  // A later write comes round again only in a loop around both that does not pass the last write first.
  const loop = commonLoop(write, read);
  return loop !== null && (last === undefined || !(loop.range[0] <= last.range[0] && last.range[1] <= loop.range[1]));
}

/** Whether a read stands in what the write assigns: `p = p.then(f)` reads first. */
function isInOwnWrite(write: TSESTree.Identifier, read: TSESTree.Identifier): boolean {
  const { parent } = write;
  return (
    (parent.type === "AssignmentExpression" || parent.type === "VariableDeclarator") &&
    parent.range[0] <= read.range[0] &&
    read.range[1] <= parent.range[1]
  );
}

function commonLoop(a: TSESTree.Node, b: TSESTree.Node): TSESTree.Node | null {
  for (let current: TSESTree.Node | null | undefined = a.parent; current; current = current.parent) {
    if (isLoop(current) && current.range[0] <= b.range[0] && b.range[1] <= current.range[1]) return current;
  }
  return null;
}
