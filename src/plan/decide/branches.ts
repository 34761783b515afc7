import { alwaysLeaves } from "../../ast/flow.ts";
import { isNothing, unwrap } from "../../ast/names.ts";
import type { FunctionNode, Source, TSESTree } from "../../ast/source.ts";
import type { OutcomeRead, ReadRole } from "../../recognize/operations/operation.ts";
import type { Rewrite, Stretch } from "./decision.ts";

/** The code that is called back, divided by what came of the operation. */
export interface Branches {
  readonly failure: readonly TSESTree.Statement[];
  readonly success: readonly Stretch[];
  /** What follows both. */
  readonly after: readonly Stretch[];
  /** Whether what follows an error always leaves the callback. */
  readonly leaves: boolean;
  readonly failureCode: readonly Stretch[];
  /** Conditions that ask for a failure first, where there is one. */
  readonly retries?: readonly TSESTree.LogicalExpression[];
  /** What asked; `null` where success and failure have a function each. */
  readonly test: TSESTree.Expression | null;
}

/** The inside of a block, or a statement that is a branch by itself. */
function insideOf(branch: TSESTree.Statement): Stretch {
  return branch.type === "BlockStatement"
    ? { range: [branch.range[0] + 1, branch.range[1] - 1], inside: branch }
    : { range: branch.range, inside: branch };
}

/** The code of a callback of which nothing is divided; of a block, what stands behind a statement if there is one. */
export function wholeBody(fn: FunctionNode, after: TSESTree.Statement | null = null): Stretch[] {
  if (after !== null) return [{ range: [after.range[1], fn.body.range[1] - 1], inside: fn.body }];
  return [fn.body.type === "BlockStatement" ? insideOf(fn.body) : { range: fn.body.range, inside: fn.body }];
}

function statementsOf(branch: TSESTree.Statement | null): readonly TSESTree.Statement[] {
  if (branch === null) return [];
  return branch.type === "BlockStatement" ? branch.body : [branch];
}

/** The code of two functions, of which one is called; the other may be missing. */
export function separate(onSuccess: FunctionNode | null, onFailure: FunctionNode | null): Branches {
  const failure = onFailure?.body.type === "BlockStatement" ? onFailure.body.body : [];
  return {
    failure,
    failureCode: onFailure === null ? [] : wholeBody(onFailure),
    success: onSuccess === null ? [] : wholeBody(onSuccess),
    after: [],
    leaves: failure.some((statement) => alwaysLeaves(statement)),
    test: null,
  };
}

/** What tells a failure from a success: the reads of the outcome, and what the error is after a success. */
export interface Division {
  readonly reads: readonly OutcomeRead[];
  readonly none: "null" | "undefined" | "either";
  /** The statement behind which the code begins; `null` for all of it. */
  readonly after: TSESTree.Statement | null;
}

/** Divides a callback that first asks what came of the operation. `null` where it does not. */
export function divide(fn: FunctionNode, by: Division): Branches | null {
  if (fn.body.type !== "BlockStatement") return null;
  const { body } = fn.body;
  const [first, ...rest] = by.after === null ? body : body.slice(body.indexOf(by.after) + 1);
  if (first?.type !== "IfStatement") return null;
  const asked = askedFor(first.test, by);
  if (asked === null) return isRetry(first, by) ? afterRetry(first, divide(fn, { ...by, after: first })) : null;
  const alternate = first.alternate ?? null;
  const [onError, onSuccess] = asked ? [first.consequent, alternate] : [alternate, first.consequent];
  const behind: Stretch[] =
    rest.length === 0 ? [] : [{ range: [first.range[1], fn.body.range[1] - 1], inside: fn.body }];
  const code = (branch: TSESTree.Statement | null): Stretch[] => (branch === null ? [] : [insideOf(branch)]);
  const divided = (
    failure: readonly TSESTree.Statement[],
    onFailure: Stretch[],
    success: Stretch[],
    after: Stretch[] = [],
  ): Branches => ({
    failure,
    failureCode: onFailure,
    success,
    after,
    leaves: failure.some((statement) => alwaysLeaves(statement)),
    test: first.test,
  });
  if (onError !== null && alwaysLeaves(onError))
    return divided(statementsOf(onError), code(onError), [...code(onSuccess), ...behind]);
  if (rest.length === 0) return divided(statementsOf(onError), code(onError), code(onSuccess));
  if (onSuccess !== null && alwaysLeaves(onSuccess))
    return divided([...statementsOf(onError), ...rest], [...code(onError), ...behind], code(onSuccess));
  return divided(statementsOf(onError), code(onError), code(onSuccess), behind);
}

/** `if (err && tries-- > 0) return attempt();`: what is done about some errors, before all others are asked for. */
function isRetry(first: TSESTree.IfStatement, by: Division): boolean {
  const { alternate, consequent, test } = first;
  const node = unwrap(test);
  const isAsked = node.type === "LogicalExpression" && node.operator === "&&" && askedFor(node.left, by) === true;
  return (
    isAsked &&
    unwrap(node.left) === node.left &&
    node.parent === first &&
    alternate === null &&
    alwaysLeaves(consequent)
  );
}

/** A division with such a statement as the first thing that follows a failure. */
function afterRetry(first: TSESTree.IfStatement, divided: Branches | null): Branches | null {
  if (divided === null || !divided.leaves) return null;
  return {
    ...divided,
    retries: [first.test as TSESTree.LogicalExpression, ...(divided.retries ?? [])],
    failure: [first, ...divided.failure],
    failureCode: [{ range: first.range, inside: first }, ...divided.failureCode],
  };
}

/** Whether a test asks for a failure (`true`), or for a success (`false`); `null` if it asks for something else. */
function askedFor(test: TSESTree.Expression, by: Division): boolean | null {
  const node = unwrap(test);
  const isRead = (side: TSESTree.Node, role: ReadRole): boolean =>
    by.reads.some((read) => read.role === role && read.node === unwrap(side));
  const isError = (side: TSESTree.Node): boolean => isRead(side, "error");
  if (isError(node) || isRead(node, "failed")) return true;
  if (isRead(node, "succeeded")) return false;
  if (node.type === "UnaryExpression" && node.operator === "!") {
    const asked = askedFor(node.argument, by);
    return asked === null ? null : !asked;
  }
  if (node.type !== "BinaryExpression") return null;
  if (node.operator === "instanceof")
    return isError(node.left) && node.right.type === "Identifier" && node.right.name === "Error" ? true : null;
  const isAgainstNothing =
    (isError(node.left) && isNothing(node.right)) || (isNothing(node.left) && isError(node.right));
  if (!isAgainstNothing) return null;
  // Whether null or undefined, success has no error; to be told from one of them alone it has to be that one.
  if (node.operator === "!=") return true;
  if (node.operator === "==") return false;
  const other = unwrap(isError(node.left) ? node.right : node.left);
  if (by.none === "either" || (other.type === "Literal") !== (by.none === "null")) return null;
  return node.operator === "!==" ? true : node.operator === "===" ? false : null;
}

/** Takes the question for an error out of a condition that asks more: `err && `; `null` where it stands in parentheses. */
export function withoutAsking({ text }: Source, { left, right }: TSESTree.LogicalExpression): Rewrite | null {
  const operator = /^\s*&&\s*/u.exec(text.slice(left.range[1], right.range[0]));
  if (operator === null) return null;
  const asked = { range: [left.range[0], left.range[1] + operator[0].length] } as unknown as TSESTree.Node;
  return { node: asked, text: "" };
}
