import { suspends } from "../../ast/flow.ts";
import { enclosingOf } from "../../ast/functions.ts";
import { guardOf } from "../../ast/guards.ts";
import { dottedName, lastSegment, memberName, refersTo, unwrap, type Callee } from "../../ast/names.ts";
import { onlyValueOf, variableOf } from "../../ast/scopes.ts";
import type { TSESTree } from "../../ast/source.ts";
import { WAIT_HANDLE_MEMBERS } from "../../dialects/apm.ts";
import { EVENT_TYPES, WAIT_ALL_MEMBERS, WAIT_ANY_MEMBERS, WAIT_MEMBERS, WAIT_ONE_MEMBERS } from "../../dialects/tap.ts";
import { SLIM_EVENT_TYPES, WAIT_HANDLE_TYPE } from "../../dialects/waits.ts";
import { isNamed, typeNameOf } from "../annotations.ts";
import { operationsOf } from "../begin-end/begin-end.ts";
import { resolveCallable } from "../callables.ts";
import type { Context } from "../context.ts";
import type { EndCall, Operation } from "../begin-end/operation.ts";
import { isTreatedAsPromise } from "../tasks/promise-use.ts";
import { listed, site } from "./task-waits.ts";
import type { WaitSite } from "./wait.ts";

/** What a call waits for when it waits for a handle or an event; `null` for other calls. */
export function handleWait(
  context: Context,
  call: TSESTree.CallExpression,
  { receiver, name, nameNode }: Callee,
): WaitSite | null {
  if (receiver === null) return null;
  if (WAIT_ALL_MEMBERS.has(name) || WAIT_ANY_MEMBERS.has(name)) {
    const owner = dottedName(receiver);
    if (
      owner === null ||
      lastSegment(owner) !== WAIT_HANDLE_TYPE ||
      resolveCallable(context, call.callee).kind === "function"
    )
      return null;
    const { subjects, timeout } = listed(call);
    return site("waitHandles", call, nameNode, subjects, timeout);
  }
  const isWaitOne = WAIT_ONE_MEMBERS.has(name);
  if ((!isWaitOne && !WAIT_MEMBERS.has(name)) || isTreatedAsPromise(context, call, "certain")) return null;
  const handle = isWaitOne ? waitHandleOwner(context, receiver) : null;
  if (handle !== null) {
    return {
      ...site("waitHandle", call, nameNode, [handle], call.arguments[0]),
      operation: operationBehind(context, handle),
    };
  }
  const types = isWaitOne ? EVENT_TYPES : SLIM_EVENT_TYPES;
  return isNamed(typeNameOf(context, receiver), types)
    ? site("event", call, nameNode, [receiver], call.arguments[0])
    : null;
}

/** `ar` in `ar.AsyncWaitHandle`, also where a constant holds it. */
function waitHandleOwner(context: Context, expression: TSESTree.Node): TSESTree.Expression | null {
  const node = unwrap(expression);
  if (node.type === "MemberExpression") return WAIT_HANDLE_MEMBERS.has(memberName(node) ?? "") ? node.object : null;
  const variable = variableOf(context.source, node);
  const value = variable === null ? null : onlyValueOf(variable);
  return value === null || unwrap(value).type !== "MemberExpression" ? null : waitHandleOwner(context, value);
}

/** The operation whose handle an expression reads, or is the Begin of. */
function operationBehind(context: Context, handle: TSESTree.Node): Operation | null {
  const node = unwrap(handle);
  return (
    operationsOf(context).find(
      ({ begin, handleUses }) => begin === node || handleUses.some((use) => use.node === node),
    ) ?? null
  );
}

/**
 * The Ends that block because nothing has waited for their operation: `EndRead(BeginRead(…))`, and an End in the function of its Begin
 * with no wait, no `await` and no test of the handle between them.
 */
export function pendingEnds(context: Context): WaitSite[] {
  return operationsOf(context).flatMap((operation) => {
    if (operation.completion !== "endAtOnce") return [];
    const [first] = operation.ends
      .filter((end) => blocksAtOnce(context, operation, end))
      .sort((a, b) => a.call.range[0] - b.call.range[0]);
    // An operation is over after its first End.
    return first === undefined ? [] : [{ ...site("end", first.call, first.nameNode, [first.handle]), operation }];
  });
}

function blocksAtOnce(context: Context, { begin, handleUses }: Operation, end: EndCall): boolean {
  if (enclosingOf(end.call) !== enclosingOf(begin)) return false;
  // A caller that ends what has completed synchronously waits for nothing; so does one that tests the handle in another way.
  const isTested = guardOf(context.source, end.call, (atom) => {
    const tested = refersTo(atom);
    return (
      tested !== null && tested.receiver !== null && handleUses.some((use) => use.node === unwrap(tested.receiver!))
    );
  });
  return isTested === null && !suspendsBetween(context, begin, end.call);
}

/** Whether a statement between two places of a function may give the event loop a turn. */
function suspendsBetween(context: Context, first: TSESTree.Node, last: TSESTree.Node): boolean {
  for (let child = last, current = last.parent; current; child = current, current = current.parent) {
    const list = "body" in current && Array.isArray(current.body) ? (current.body as TSESTree.Node[]) : null;
    const between =
      list?.filter((statement) => statement.range[0] >= first.range[1] && statement.range[1] <= child.range[0]) ?? [];
    if (between.some((statement) => suspends(context.source, statement))) return true;
    if (current.range[0] <= first.range[0]) return false;
  }
  return false;
}
