import { isAlwaysBefore, listedStatement, loopAround } from "../../ast/flow.ts";
import { enclosingFunction, enclosingOf } from "../../ast/functions.ts";
import { unwrap } from "../../ast/names.ts";
import { onlyValueOf, variableOf } from "../../ast/scopes.ts";
import type { TSESTree } from "../../ast/source.ts";
import type { Operation } from "../begin-end/operation.ts";
import type { Context } from "../context.ts";
import { hasOtherStarts } from "./event-operations.ts";
import { isSameKey } from "./event-user-state.ts";

/** The calls that cancel one operation and no other, whenever they are made. */
export interface SureCancels {
  readonly calls: readonly TSESTree.CallExpression[];
  /** The name of the object, and the statement that declares it. */
  readonly object: string;
  readonly declaration: TSESTree.VariableDeclaration;
}

/**
 * The calls that cancel an operation, where each of them surely means what one call starts: the object is made for that call and starts
 * nothing else, and nothing cancels before it has been started. `null` where that cannot be told.
 */
export function sureCancelsOf(context: Context, { begin, event, receiver }: Operation): SureCancels | null {
  const { source } = context;
  const { operation } = event!;
  const object = receiver === null ? null : unwrap(receiver);
  const variable = object?.type === "Identifier" ? variableOf(source, object) : null;
  const value = variable === null ? null : onlyValueOf(variable);
  const declarator = variable?.defs[0]?.node;
  if (
    variable === null ||
    value === null ||
    unwrap(value).type !== "NewExpression" ||
    declarator?.type !== "VariableDeclarator"
  )
    return null;
  const declaration = declarator.parent;
  const isMadeForIt =
    declaration.kind === "const" &&
    declaration.declarations.length === 1 &&
    listedStatement(value) === declaration &&
    enclosingOf(declaration) === enclosingOf(begin) &&
    loopAround(declaration) === loopAround(begin);
  const isShared = hasOtherStarts(context, operation);
  if (!isMadeForIt || isShared || operation.cancels.length === 0) return null;
  const isSure = operation.cancels.every(
    ({ call, object: cancelled }) =>
      variableOf(source, unwrap(cancelled)) === variable &&
      isBehind(begin, call) &&
      call.arguments.every((key) => isSameKey(context, key, begin.arguments.at(-1) ?? null)),
  );
  return isSure ? { calls: operation.cancels.map(({ call }) => call), object: variable.name, declaration } : null;
}

/** Whether a call is made after another one only: behind it, or in a function that is made behind it. */
function isBehind(first: TSESTree.Node, call: TSESTree.Node): boolean {
  const unit = enclosingOf(first);
  let place: TSESTree.Node = call;
  for (let fn = enclosingFunction(call); fn !== null && fn !== unit; fn = enclosingFunction(fn)) {
    // A declared function may be called before the place where it stands.
    if (fn.type === "FunctionDeclaration") return false;
    place = fn.parent;
  }
  return enclosingOf(place) === unit && isAlwaysBefore(first, place);
}
