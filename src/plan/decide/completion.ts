import { enclosingOf } from "../../ast/functions.ts";
import { memberName, unwrap } from "../../ast/names.ts";
import { readsOf, variableOf, type Variable } from "../../ast/scopes.ts";
import type { FunctionNode, Source, TSESTree } from "../../ast/source.ts";
import { findAll } from "../../ast/walk.ts";
import { OWN_SIGNALS, type CompletionSignals } from "../../dialects/completion-parameters.ts";
import type { CompletionSite } from "../../recognize/completion/completion-sites.ts";
import type { HostedFunction } from "../../recognize/completion/hosted-functions.ts";
import type { Context } from "../../recognize/context.ts";
import type { DescribedOperation } from "../../recognize/operations/operation.ts";
import type { Reach } from "../async/reach.ts";
import { resultAnnotations } from "../async/signatures.ts";
import {
  absentCallbackOf,
  isAbsent,
  isOtherwiseUnwritten,
  type AbsentCallback,
} from "../completion/absent-callbacks.ts";
import { removedParameters } from "../completion/removed-parameters.ts";
import { isPure } from "../purity.ts";
import type { TextEdit } from "../types.ts";
import type { Usage } from "../usage.ts";
import type { CallbackHosts } from "./callback-hosts.ts";
import { completionUses, type CompletionUses } from "./completion-signals.ts";
import { obstacle, type AwaitDecision, type Obstacle } from "./decision.ts";
import { isListed } from "./places.ts";

/** A function returns and throws what it told its completion parameter. */
export interface CompletionDecision extends Pick<CompletionUses, "calls" | "edits" | "passedOn"> {
  readonly kind: "completion";
  readonly fn: FunctionNode;
  readonly host: HostedFunction | null;
  readonly signals: CompletionSignals;
  /** Takes the parameter away; `null` where there is none. */
  readonly parameter: TextEdit | null;
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
  site: CompletionSite,
  hosts: CallbackHosts,
  operations: readonly DescribedOperation[],
): CompletionDecision | Obstacle {
  const { fn, host, index, parameter } = site;
  const context = reach.contextOf(fn);
  const { source } = context;
  const absent = absentCallbackOf(source, site);
  const variable = parameter === null ? null : plainVariable(source, parameter, host === null);
  const isPlain =
    variable !== null && fn.params.indexOf(parameter!) === index && isOtherwiseUnwritten(absent, variable);
  const isUsed = variable !== null && readsOf(variable).length > 0;
  // What an async function gives is waited for as well, whatever it calls; a host takes what comes first.
  const mayBeTold = host?.calledBy === "host" && resultAnnotations(fn).length === 0;
  if (parameter !== null && (!isPlain || (fn.async && isUsed && !mayBeTold)))
    return obstacle("completion-parameter", parameter);
  // The calls of the project's own functions are operations.
  const elsewhere = host === null ? undefined : reach.usagesOf(fn).find((usage) => !isByHost(host, usage));
  if (elsewhere !== undefined)
    return obstacle("completion-parameter", elsewhere.kind === "call" ? elsewhere.call : elsewhere.node);
  const uses = completionUses(context, site, operations, (node) => hosts.of(node) === fn);
  if ("code" in uses) return uses;
  const { calls, edits, names, passedOn } = uses;
  // Before an async function gives anything it is told by none but its own code.
  const isOwn = edits.length + passedOn.length === 0 && calls.every(({ call }) => enclosingOf(call) === fn);
  if (fn.async && isUsed && !isOwn) return obstacle("completion-parameter", parameter!);
  const signals = host?.signals ?? OWN_SIGNALS;
  // Nothing that never answers is known to be done at any time; what an async function gives is an answer already.
  if (calls.length + passedOn.length === 0 && !fn.async) return obstacle("completion-unclear", parameter ?? fn);
  const starts = operations.map(({ call }) => call);
  const known = new Set([...starts, ...calls.flatMap(({ call, place }) => [call, place])]);
  const returned = otherReturn(context, fn, hosts, known, absent);
  if (returned !== undefined && !fn.async) return obstacle("completion-unclear", returned);
  const hasAnswer =
    (signals.takesAnswer && passedOn.length > 0) ||
    calls.some(({ outcome }) => outcome.kind !== "error" && outcome.value !== null);
  // How a function of the project is typed depends on those that it calls.
  const typed = host === null ? null : untypedFor(fn, hasAnswer);
  if (typed !== null && !fn.async) return obstacle("completion-parameter", typed);
  const empty = calls.find(({ outcome }) => outcome.kind === "answer" && outcome.value === null);
  if (host?.type?.mayBeEmpty === false && empty !== undefined) return obstacle("completion-unclear", empty.call);
  const removed = parameter === null ? undefined : removedParameters(source, fn, index, names);
  if (removed === null) return obstacle("completion-parameter", parameter!);
  const waits = host?.waits == null ? [] : waitsIn(context, fn, host.waits);
  return { kind: "completion", fn, host, signals, calls, edits, passedOn, parameter: removed ?? null, waits };
}

/** The variable of a completion parameter; one with a function for a default value has a place in functions of the project. */
function plainVariable(source: Source, parameter: TSESTree.Parameter, mayDefault: boolean): Variable | null {
  const isDefault = mayDefault && parameter.type === "AssignmentPattern" && isPure(parameter.right);
  const named = isDefault ? parameter.left : parameter;
  return named.type === "Identifier" ? variableOf(source, named) : null;
}

/** Whether a function is used by its host at a place, or offered to that. */
function isByHost({ given }: HostedFunction, usage: Usage): boolean {
  return usage.kind === "export" || (usage.kind === "value" && given.has(usage.node));
}

/** A value that is returned for nobody, and would become the answer. */
function otherReturn(
  { source }: Context,
  fn: FunctionNode,
  hosts: CallbackHosts,
  known: ReadonlySet<TSESTree.Node>,
  absent: AbsentCallback,
): TSESTree.Node | undefined {
  const isReturn = (node: TSESTree.Node): node is TSESTree.ReturnStatement =>
    node.type === "ReturnStatement" && node.argument !== null;
  return findAll(fn.body, source.visitorKeys, isReturn).find(
    (node) =>
      hosts.of(node) === fn && !known.has(node) && !known.has(unwrap(node.argument!)) && !isAbsent(absent, node),
  );
}

/** A type for the result of a host's function of which no promise can be made. */
function untypedFor(fn: FunctionNode, hasAnswer: boolean): TSESTree.Node | null {
  const mayType = (type: string): boolean => type === "TSAnyKeyword" || (type === "TSVoidKeyword" && !hasAnswer);
  return resultAnnotations(fn).find(({ type }) => !mayType(type)) ?? null;
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
      outcome.kind === "error" && outcome.error !== null && !outcome.isSure && !known.has(unwrap(outcome.error)),
  )?.call;
}
