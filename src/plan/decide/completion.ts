import { memberName, unwrap } from "../../ast/names.ts";
import { variableOf, writesOf } from "../../ast/scopes.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import { findAll } from "../../ast/walk.ts";
import type { HostedFunction } from "../../recognize/completion/hosted-functions.ts";
import type { Context } from "../../recognize/context.ts";
import type { DescribedOperation } from "../../recognize/operations/operation.ts";
import type { Reach } from "../async/reach.ts";
import { resultAnnotations } from "../async/signatures.ts";
import { removedParameters } from "../completion/removed-parameters.ts";
import type { TextEdit } from "../types.ts";
import type { CallbackHosts } from "./callback-hosts.ts";
import { completionUses, type CompletionUses } from "./completion-signals.ts";
import { obstacle, type AwaitDecision, type Obstacle } from "./decision.ts";
import { isListed } from "./places.ts";

/** A function returns and throws what it told its completion parameter. */
export interface CompletionDecision extends Pick<CompletionUses, "calls" | "forwarded"> {
  readonly kind: "completion";
  readonly hosted: HostedFunction;
  /** Takes the parameter away; `null` where there is none. */
  readonly parameter: TextEdit | null;
  /** Statements that told the host not to wait for what still runs, which it does for no async function. */
  readonly waits: readonly TSESTree.ExpressionStatement[];
}

/**
 * Decides whether a function that a host calls can do without its completion parameter: nothing is done with that but to call it, and
 * each call is the last thing that is done, when the callbacks around it have come to stand in the function itself.
 *
 * @param operations those in the file; their starts may be returned
 */
export function decideCompletion(
  reach: Reach,
  hosted: HostedFunction,
  hosts: CallbackHosts,
  operations: readonly DescribedOperation[],
): CompletionDecision | Obstacle {
  const { fn, index, parameter } = hosted;
  const context = reach.contextOf(fn);
  const { source } = context;
  const variable = parameter?.type === "Identifier" ? variableOf(source, parameter) : null;
  if (
    parameter !== null &&
    (variable === null || fn.params.indexOf(parameter) !== index || writesOf(variable).length > 0)
  )
    return obstacle("completion-parameter", parameter);
  const elsewhere = reach
    .usagesOf(fn)
    .find((usage) => usage.kind !== "export" && !(usage.kind === "value" && hosted.given.has(usage.node)));
  if (elsewhere !== undefined)
    return obstacle("completion-parameter", elsewhere.kind === "call" ? elsewhere.call : elsewhere.node);
  const uses = completionUses(context, hosted, operations, (node) => hosts.of(node) === fn);
  if ("code" in uses) return uses;
  const { calls, forwarded, names } = uses;
  const known = new Set([...operations.map(({ call }) => call), ...calls.map(({ call }) => call)]);
  const returned = fn.async ? undefined : otherReturn(context, fn, hosts, known);
  if (returned !== undefined) return obstacle("completion-unclear", returned);
  const empty = calls.find(({ outcome }) => outcome.kind === "answer" && outcome.value === null);
  const takesValue = [...forwarded.values()].some((each) => each.takesValue);
  const hasAnswer = takesValue || calls.some(({ outcome }) => outcome.kind === "answer" && outcome.value !== null);
  const typed = fn.async ? undefined : resultAnnotations(fn).find(({ type }) => !mayType(type, hasAnswer));
  if (typed !== undefined) return obstacle("completion-parameter", typed);
  if (hosted.type?.mayBeEmpty === false && empty !== undefined) return obstacle("completion-unclear", empty.call);
  const removed = parameter === null ? undefined : removedParameters(source, fn, index, names);
  if (removed === null) return obstacle("completion-parameter", parameter!);
  const waits = hosted.waits === null ? [] : waitsIn(context, fn, hosted.waits);
  return { kind: "completion", hosted, calls, forwarded, parameter: removed ?? null, waits };
}

/** A value that is returned for nobody, and would become the answer. */
function otherReturn(
  { source }: Context,
  fn: FunctionNode,
  hosts: CallbackHosts,
  known: ReadonlySet<TSESTree.Node>,
): TSESTree.Node | undefined {
  const isReturn = (node: TSESTree.Node): node is TSESTree.ReturnStatement =>
    node.type === "ReturnStatement" && node.argument !== null;
  return findAll(fn.body, source.visitorKeys, isReturn).find(
    (node) => hosts.of(node) === fn && !known.has(unwrap(node.argument!)),
  );
}

/** Whether a function that had a type for its result may have the promise of that for a type. */
function mayType(type: string, hasAnswer: boolean): boolean {
  return type === "TSAnyKeyword" || (type === "TSVoidKeyword" && !hasAnswer);
}

/** The statements that say that the host need not wait, by a member of one of its objects. */
function waitsIn({ source }: Context, fn: FunctionNode, member: string): TSESTree.ExpressionStatement[] {
  const objects = new Set(fn.params.flatMap((each) => (each.type === "Identifier" ? [variableOf(source, each)] : [])));
  const isStatement = (node: TSESTree.Node): node is TSESTree.ExpressionStatement =>
    node.type === "ExpressionStatement";
  return findAll(fn.body, source.visitorKeys, isStatement).filter((statement) => {
    const { expression } = statement;
    return (
      expression.type === "AssignmentExpression" &&
      expression.operator === "=" &&
      expression.left.type === "MemberExpression" &&
      memberName(expression.left) === member &&
      objects.has(variableOf(source, expression.left.object)) &&
      expression.right.type === "Literal" &&
      expression.right.value === false &&
      isListed(statement)
    );
  });
}

/** What is told as an error, and may be none: it is not the error of an operation that has failed. */
export function uncertainError(
  { calls }: CompletionDecision,
  decisions: readonly AwaitDecision[],
): TSESTree.Node | undefined {
  const known = new Set(
    decisions.flatMap(({ failure }) =>
      failure.kind === "handled" ? failure.error.reads : failure.kind === "thrown" ? [failure.thrown] : [],
    ),
  );
  return calls.find(
    ({ outcome }) =>
      outcome.kind === "error" && outcome.value !== null && !outcome.isSure && !known.has(unwrap(outcome.value)),
  )?.call;
}
