import { tryAround } from "../../ast/flow.ts";
import { enclosingOf, isFunction } from "../../ast/functions.ts";
import type { FunctionNode, Source, TSESTree } from "../../ast/source.ts";
import { findAll } from "../../ast/walk.ts";
import type { Context } from "../../recognize/context.ts";
import type { DescribedOperation } from "../../recognize/operations/operation.ts";
import type { Reach } from "../async/reach.ts";
import { mayThrow } from "../async/thrown-errors.ts";
import { functionsAround, tellsFor } from "./keepers.ts";
import { obstacleAt, placeOf, takesHandle } from "./places.ts";

/*
 * What is called back may follow an await in the place of its start, or in an async function of its own that is given the promise and that
 * nobody awaits. The second is what callbacks do wherever they stand; the first is written where it comes to the same.
 */

/**
 * Whether the code that an operation calls back may come to stand in an async function of its own.
 *
 * @param hosted functions that are done when they say so: what nobody awaits in them would be cut off, or come too late
 */
export function mayContinueApart(
  { source }: Context,
  operation: DescribedOperation,
  hosted: ReadonlyMap<FunctionNode, unknown>,
): boolean {
  const place = placeOf(operation);
  // What a call throws at once goes to the handler around it, and with which its promise rejects does not.
  if (place === null || tryAround(place) !== null) return false;
  const around = functionsAround(place);
  if (around.some((fn) => hosted.has(fn)) || isInWith(place)) return false;
  return !around.some((fn) => tellsFor(source, fn, operation));
}

/**
 * Whether it shows at the start of an operation that the code called back cannot follow an await there.
 *
 * @param callbacks the functions whose code follows that of others, or this one
 * @param keeps whether a function keeps a callback by which it says that it is done, and so must not be async
 */
export function mustContinueApart(
  reach: Reach,
  context: Context,
  operation: DescribedOperation,
  callbacks: ReadonlySet<TSESTree.Node>,
  keeps: (fn: FunctionNode) => boolean,
): boolean {
  const place = placeOf(operation);
  if (place === null) return false;
  if (takesHandle(place, operation) || obstacleAt(place, operation) !== null) return true;
  const host = enclosingOf(operation.call);
  if (host.type === "Program") return returnsIn(context.source, operation, callbacks);
  if (callbacks.has(host)) return false;
  return isFunction(host) && (host.async || host.generator || keeps(host) || mayThrow(reach, host));
}

function isInWith(node: TSESTree.Node): boolean {
  for (let current = node.parent; current; current = current.parent) if (current.type === "WithStatement") return true;
  return false;
}

/** Whether a callback returns, or one in it: a file has nothing to return from. */
function returnsIn(
  { visitorKeys }: Source,
  operation: DescribedOperation,
  callbacks: ReadonlySet<TSESTree.Node>,
): boolean {
  const isReturn = (node: TSESTree.Node): node is TSESTree.ReturnStatement => node.type === "ReturnStatement";
  return operation.callbacks.some(
    (each) =>
      each.kind === "function" &&
      findAll(each.fn.body, visitorKeys, isReturn).some((found) => callbacks.has(enclosingOf(found))),
  );
}
