import { memberName, unwrap, wrapped } from "../../ast/names.ts";
import { readsOf, variableOf, writesOf } from "../../ast/scopes.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import { findAll } from "../../ast/walk.ts";
import type { CompletionSite } from "../../recognize/completion/completion-sites.ts";
import type { Context } from "../../recognize/context.ts";
import { isErrorFirst } from "../../recognize/operations/error-first.ts";
import type { DescribedOperation } from "../../recognize/operations/operation.ts";
import type { Reach } from "../async/reach.ts";
import { resultAnnotations } from "../async/signatures.ts";
import { removedParameters } from "../completion/removed-parameters.ts";
import { commentsIn } from "../layout.ts";
import type { TextEdit } from "../types.ts";
import type { CallbackHosts } from "./callback-hosts.ts";
import { outcomeOf, type CompletionCall } from "./completion-calls.ts";
import { lastPlaceOf } from "./completion-places.ts";
import { obstacle, type AwaitDecision, type Obstacle } from "./decision.ts";
import { isListed } from "./places.ts";

/** A function returns and throws what it told its completion parameter. */
export interface CompletionDecision {
  readonly kind: "completion";
  readonly fn: FunctionNode;
  readonly calls: readonly CompletionCall[];
  /** The operations that call back whoever called the function: what an await of one gives is the answer. */
  readonly passedOn: readonly DescribedOperation[];
  /** Takes the parameter away. */
  readonly parameter: TextEdit;
  /** Statements that told the host not to wait for what still runs, which it does for no async function. */
  readonly waits: readonly TSESTree.ExpressionStatement[];
}

/**
 * Decides whether a function can do without its completion parameter: nothing is done with that but to call it, or to give it to an operation,
 * and each of these is the last thing that is done, when the callbacks around it have come to stand in the function itself.
 *
 * @param operations those of the file
 */
export function decideCompletion(
  reach: Reach,
  { fn, host, index, parameter }: CompletionSite,
  hosts: CallbackHosts,
  operations: readonly DescribedOperation[],
): CompletionDecision | Obstacle {
  const context = reach.contextOf(fn);
  const { source } = context;
  const variable = parameter.type === "Identifier" ? variableOf(source, parameter) : null;
  if (variable === null || fn.params.indexOf(parameter) !== index || writesOf(variable).length > 0)
    return obstacle("completion-parameter", parameter);
  // What an async function gives is waited for as well, whatever it calls.
  if (fn.async && readsOf(variable).length > 0) return obstacle("completion-parameter", parameter);
  // The calls of the project's own functions are operations.
  const elsewhere = host === null ? undefined : reach.usagesOf(fn).find(({ kind }) => kind !== "export");
  if (elsewhere !== undefined)
    return obstacle("completion-parameter", elsewhere.kind === "call" ? elsewhere.call : elsewhere.node);
  const given = new Map(
    operations.flatMap((operation) =>
      operation.callbacks.flatMap((each) =>
        each.kind === "parameter" ? [[unwrap(each.argument), operation] as const] : [],
      ),
    ),
  );
  const calls: CompletionCall[] = [];
  const passedOn: DescribedOperation[] = [];
  for (const { identifier } of readsOf(variable)) {
    const operation = given.get(identifier);
    if (operation !== undefined && isErrorFirst(operation.form) && hosts.of(operation.call) === fn) {
      passedOn.push(operation);
      continue;
    }
    const found = callAt(context, wrapped(identifier), host === null, (node) => hosts.of(node) === fn);
    if (found.kind === "obstacle") return found;
    calls.push(found.call);
  }
  // Nothing that never answers is known to be done at any time; what an async function gives is an answer already.
  if (calls.length + passedOn.length === 0 && !fn.async) return obstacle("completion-unclear", parameter);
  const starts = operations.map(({ call }) => call);
  const returned = otherReturn(context, fn, hosts, new Set([...starts, ...calls.map(({ call }) => call)]));
  if (returned !== undefined && !fn.async) return obstacle("completion-unclear", returned);
  const typed = resultAnnotations(fn).find(({ type }) => !mayType(type, calls, passedOn));
  if (typed !== undefined && !fn.async) return obstacle("completion-parameter", typed);
  const removed = removedParameters(source, fn, index, new Set(readsOf(variable).map(({ identifier }) => identifier)));
  if (removed === null) return obstacle("completion-parameter", parameter);
  const waits = host === null ? [] : waitsIn(context, fn, host.waits);
  return { kind: "completion", fn, calls, passedOn, parameter: removed, waits };
}

/**
 * The call of a completion parameter at a place that names it.
 *
 * @param isCaught whether a `catch` around the call takes what the function throws that is called
 */
function callAt(
  context: Context,
  named: TSESTree.Node,
  isCaught: boolean,
  isInHost: (node: TSESTree.Node) => boolean,
): { readonly kind: "call"; readonly call: CompletionCall } | Obstacle {
  const call = named.parent;
  if (call?.type !== "CallExpression" || call.callee !== named || call.optional || !isInHost(call))
    return obstacle("completion-passed-on", named);
  const outcome = outcomeOf(context, call);
  if (outcome === null) return obstacle("completion-unclear", call);
  const last = lastPlaceOf(call, isCaught || outcome.kind === "error");
  if (last === null) return obstacle("completion-not-last", call);
  const { place } = last;
  const told = outcome.kind === "error" ? outcome.error : outcome.value;
  const kept = told === null ? 0 : commentsIn(context.source, told.range).length;
  // A comment beside what is told would go with the call.
  if (commentsIn(context.source, place.range).length > kept) return obstacle("completion-unclear", call);
  // In parentheses no statement may stand.
  if (place === call && /\(\s*$/u.test(context.source.text.slice(0, call.range[0])))
    return obstacle("completion-unclear", call);
  return { kind: "call", call: { call, outcome, ...last } };
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
function mayType(type: string, calls: readonly CompletionCall[], passedOn: readonly DescribedOperation[]): boolean {
  const isVoid = type === "TSVoidKeyword" && passedOn.length === 0;
  return type === "TSAnyKeyword" || (isVoid && calls.every(({ outcome }) => isEmpty(outcome)));
}

function isEmpty(outcome: CompletionCall["outcome"]): boolean {
  return outcome.kind === "error" || outcome.value === null;
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
  return calls.find(({ outcome }) => outcome.kind === "error" && !outcome.isSure && !known.has(unwrap(outcome.error)))
    ?.call;
}
