import { calleeOf, dottedName, lastSegment } from "../../ast/names.ts";
import { nodesOf } from "../../ast/node-index.ts";
import { isSameReference } from "../../ast/scopes.ts";
import type { TSESTree } from "../../ast/source.ts";
import { BEGIN_NAME, END_NAME, INVOKE_STEM, UI_NAME } from "../../dialects/apm.ts";
import { isPromiseAdapter } from "./adapters.ts";
import { typeNameOf } from "../annotations.ts";
import type { Context } from "../context.ts";
import { declarationsOf, isOneWay } from "./end-declarations.ts";
import { libraryAround } from "../tasks/library-side.ts";
import type { Operation } from "./operation.ts";

/**
 * Whether an operation needs no End where it is begun: it is one-way, posts work to a user-interface thread, is wrapped in a promise,
 * belongs to the code that implements the pattern, or is no operation after all.
 */
export function needsNoEnd(context: Context, operation: Operation): boolean {
  return (
    isPosted(context, operation) ||
    isDeclaredOneWay(context, operation) ||
    isPromiseAdapter(context, operation) ||
    libraryAround(operation.begin) !== null ||
    endsWithoutHandle(context, operation)
  );
}

/** `BeginInvoke` of a dispatcher or control, or of something that is never asked for a result. */
function isPosted(context: Context, { receiver, stem, ends }: Operation): boolean {
  if (stem !== INVOKE_STEM) return false;
  if (ends.length === 0) return true;
  const name = receiver === null ? null : (typeNameOf(context, receiver) ?? dottedName(receiver));
  return name !== null && UI_NAME.test(lastSegment(name));
}

function isDeclaredOneWay(context: Context, { receiver, stem }: Operation): boolean {
  if (receiver === null) return false;
  const isBegin = (name: string): boolean => BEGIN_NAME.exec(name)?.[1] === stem;
  return declarationsOf(context, receiver, isBegin).some(({ owner }) => isOneWay(owner, stem));
}

/** An End that is given nothing, or what the Begin was given, closes what that has opened: a group, a table, an element. */
function endsWithoutHandle(context: Context, { inputs, stem }: Operation): boolean {
  const isNoHandle = (argument: TSESTree.Node): boolean =>
    argument.type === "Literal" || inputs.some((input) => isSameReference(context.source, input, argument));
  return nodesOf(context.source)
    .of("CallExpression")
    .some((call) => END_NAME.exec(calleeOf(call)?.name ?? "")?.[1] === stem && call.arguments.every(isNoHandle));
}
