import { memberName, unwrap, wrapped } from "../../ast/names.ts";
import { enclosingFunction } from "../../ast/functions.ts";
import { parameterVariable, readsOf, variableOf } from "../../ast/scopes.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import type { HostedFunction } from "../../recognize/completion/hosted-functions.ts";
import type { Context } from "../../recognize/context.ts";
import type { DescribedOperation } from "../../recognize/operations/operation.ts";
import { commentsIn } from "../layout.ts";
import { outcomeOf, type CompletionCall, type Telling } from "./completion-calls.ts";
import { lastPlaceOf } from "./completion-places.ts";
import { obstacle, type Obstacle } from "./decision.ts";

/** How a function tells its host that it is done. */
export interface CompletionUses {
  readonly calls: readonly CompletionCall[];
  /** The operations that call the host back themselves, and whether it takes their value for an answer. */
  readonly forwarded: ReadonlyMap<DescribedOperation, { readonly takesValue: boolean }>;
  /** The names of the completion parameter in all that. */
  readonly names: ReadonlySet<TSESTree.Node>;
}

/**
 * Finds how a function tells its host that it is done. Nothing else may be done with its completion parameter.
 *
 * @param isIn whether a node is one of the function itself, or of callbacks whose code comes to stand in it
 */
export function completionUses(
  context: Context,
  hosted: HostedFunction,
  operations: readonly DescribedOperation[],
  isIn: (node: TSESTree.Node) => boolean,
): CompletionUses | Obstacle {
  const calls: CompletionCall[] = [];
  const forwarded = new Map<DescribedOperation, { readonly takesValue: boolean }>();
  const names = new Set<TSESTree.Node>();
  for (const { named, at } of signalsOf(context, hosted)) {
    names.add(named);
    const place = wrapped(named);
    const passing = operations.find((each) => each.callbacks.some(({ argument }) => argument === place));
    if (passing !== undefined && mayForward(passing, hosted) && isIn(place)) {
      forwarded.set(passing, { takesValue: hosted.signals.takesAnswer });
      continue;
    }
    if (at === null || !isIn(at.call)) return obstacle("completion-passed-on", place);
    const { call, telling } = at;
    const around = operations.find((each) => isForwarding(context, each, call));
    if (around !== undefined && telling === "both" && mayForward(around, hosted)) {
      forwarded.set(around, { takesValue: hosted.signals.takesAnswer && call.arguments.length > 1 });
      continue;
    }
    const found = callAt(context, hosted, call, telling);
    if ("code" in found) return found;
    calls.push(found);
  }
  return { calls, forwarded, names };
}

interface Signal {
  /** The name of the parameter. */
  readonly named: TSESTree.Node;
  /** The call that tells it; `null` where something else is done with the name. */
  readonly at: { readonly call: TSESTree.CallExpression; readonly telling: Telling } | null;
}

/** Every use of the completion parameter, and the members of another parameter that stand for it. */
function signalsOf({ source }: Context, { fn, parameter, signals }: HostedFunction): Signal[] {
  const own = parameter?.type === "Identifier" ? variableOf(source, parameter) : null;
  const direct = (own === null ? [] : readsOf(own)).map(({ identifier }): Signal => {
    const named = identifier as TSESTree.Node;
    const call = calledAt(wrapped(named));
    if (call !== null) return { named, at: { call, telling: "both" } };
    const failing = memberCall(named, (name) => signals.failMembers.has(name));
    return { named, at: failing === null ? null : { call: failing, telling: "error" } };
  });
  const { object } = signals;
  const other = object === null ? null : parameterVariable(source, fn, object.index);
  if (object === null || other === null) return direct;
  const byMember = readsOf(other).flatMap(({ identifier }): Signal[] => {
    const named = identifier as TSESTree.Node;
    const member = wrapped(named).parent;
    const telling = member?.type === "MemberExpression" ? object.members.get(memberName(member) ?? "") : undefined;
    if (telling === undefined || (member as TSESTree.MemberExpression).object !== wrapped(named)) return [];
    const call = calledAt(wrapped(member!));
    return [{ named, at: call === null ? null : { call, telling } }];
  });
  return [...direct, ...byMember].toSorted((one, two) => one.named.range[0] - two.named.range[0]);
}

function calledAt(node: TSESTree.Node): TSESTree.CallExpression | null {
  const { parent } = node;
  return parent?.type === "CallExpression" && parent.callee === node && !parent.optional ? parent : null;
}

function memberCall(named: TSESTree.Node, isMember: (name: string) => boolean): TSESTree.CallExpression | null {
  const { parent } = wrapped(named);
  if (parent?.type !== "MemberExpression" || parent.object !== wrapped(named) || parent.optional) return null;
  return isMember(memberName(parent) ?? "") ? calledAt(wrapped(parent)) : null;
}

/** Whether an operation gives a callback what a completion parameter takes: an error first, and values behind it. */
function mayForward({ callbacks, form }: DescribedOperation, { signals }: HostedFunction): boolean {
  const isError = form.outcome.some(
    ({ at, role }) => role === "error" && at.some((place) => place.in === "parameter" && place.index === 0),
  );
  return isError && signals.isStrict !== true && callbacks.length === 1 && callbacks[0]!.on === "either";
}

/** Whether all that is done in the callback of an operation is to give its parameters to a call. */
function isForwarding(context: Context, { callbacks }: DescribedOperation, call: TSESTree.CallExpression): boolean {
  const [callback] = callbacks;
  if (callback?.kind !== "function" || enclosingFunction(call) !== callback.fn) return false;
  const { body, params } = callback.fn;
  const [first, ...more] = body.type === "BlockStatement" ? body.body : [];
  const { parent } = call;
  const isAll =
    body === call ||
    (more.length === 0 &&
      (parent.type === "ExpressionStatement" || parent.type === "ReturnStatement") &&
      parent === first);
  return (
    isAll &&
    call.arguments.length > 0 &&
    commentsIn(context.source, body.range).length === 0 &&
    call.arguments.every((argument, index) => isParameter(context, callback.fn, argument, params[index]))
  );
}

function isParameter(
  { source }: Context,
  fn: FunctionNode,
  argument: TSESTree.Node,
  parameter: TSESTree.Parameter | undefined,
): boolean {
  const variable = variableOf(source, unwrap(argument));
  return (
    parameter?.type === "Identifier" &&
    variable !== null &&
    source.scopeManager.getDeclaredVariables(fn).includes(variable) &&
    variable.identifiers.includes(parameter)
  );
}

/** What a call tells, and where it stands. */
function callAt(
  context: Context,
  { signals }: HostedFunction,
  call: TSESTree.CallExpression,
  telling: Telling,
): CompletionCall | Obstacle {
  const outcome = outcomeOf(context, call, telling, signals);
  if (outcome === null) return obstacle("completion-unclear", call);
  const last = lastPlaceOf(call, outcome.kind === "error");
  if (last === null) return obstacle("completion-not-last", call);
  const kept = outcome.value === null ? 0 : commentsIn(context.source, outcome.value.range).length;
  // A comment beside what is told would go with the call.
  if (commentsIn(context.source, last.place.range).length > kept) return obstacle("completion-unclear", call);
  return { call, outcome, ...last };
}
