import { contains } from "../../ast/flow.ts";
import { memberName, unwrap, wrapped } from "../../ast/names.ts";
import { onlyValueOf, variableOf } from "../../ast/scopes.ts";
import type { TSESTree } from "../../ast/source.ts";
import { STATE_MEMBERS } from "../../dialects/apm.ts";
import { operationsOf } from "./begin-end.ts";
import type { Context } from "../context.ts";
import { endCandidates, endTaking, type EndCandidate } from "./end-calls.ts";
import { isHelper } from "./known-handles.ts";
import type { Operation } from "./operation.ts";

/** An End that is given the handle of an operation which is not its own. */
export interface ForeignEnd {
  readonly kind: "otherOperation" | "otherReceiver";
  /** The operation whose handle it is. */
  readonly operation: Operation;
}

/** Finds an End of another stem, or on another object, than the Begin that its handle comes from; `null` where both fit, or may. */
export function foreignEnd(context: Context, end: EndCandidate): ForeignEnd | null {
  const holders = operationsOf(context).filter((operation) => isGivenHandleOf(operation, end));
  const [operation] = holders;
  if (operation === undefined || isHelper(context, end)) return null;
  if (holders.every((holder) => holder.stem !== end.stem && !mayTellApart(context, holder))) {
    // A plain function may end operations of any kind; a method belongs to one.
    const isEndOfItsOwn = end.receiver !== null || operationsOf(context).some(({ stem }) => stem === end.stem);
    return isEndOfItsOwn ? { kind: "otherOperation", operation } : null;
  }
  if (holders.length > 1 || operation.stem !== end.stem || operation.receiver === null || end.receiver === null)
    return null;
  const [begun, ended] = [
    creationOf(context, operation, operation.receiver),
    creationOf(context, operation, end.receiver),
  ];
  return begun === null || ended === null || begun === ended ? null : { kind: "otherReceiver", operation };
}

function isGivenHandleOf({ begin, callbackUses, destination, handleUses }: Operation, { call }: EndCandidate): boolean {
  if (destination.kind === "argument") return endTaking(wrapped(begin))?.call === call;
  return [...handleUses, ...callbackUses].some((use) => use.kind === "end" && use.end.call === call);
}

/** Whether a callback has an End for its own operation as well: it may serve several, and know which is which. */
function mayTellApart(context: Context, { callback, stem }: Operation): boolean {
  return (
    callback.kind === "function" &&
    endCandidates(context).some((end) => end.stem === stem && contains(callback.fn, end.call))
  );
}

/** Where the object that an expression denotes was made, through constants and the state of the operation; `null` where that is not seen. */
function creationOf(
  context: Context,
  operation: Operation,
  expression: TSESTree.Node,
  depth = 0,
): TSESTree.Node | null {
  const node = unwrap(expression);
  if (depth > 8) return null;
  const follow = (inner: TSESTree.Node): TSESTree.Node | null => creationOf(context, operation, inner, depth + 1);
  switch (node.type) {
    case "NewExpression":
    case "ObjectExpression":
      return node;
    case "Identifier": {
      const variable = variableOf(context.source, node);
      const value = variable === null ? null : onlyValueOf(variable);
      return value === null ? null : follow(value);
    }
    case "MemberExpression": {
      const isState =
        STATE_MEMBERS.has(memberName(node) ?? "") &&
        operation.callbackUses.some((use) => use.kind === "member" && use.member === node);
      return isState && operation.state.type !== "SpreadElement" ? follow(operation.state) : null;
    }
    default:
      return null;
  }
}
