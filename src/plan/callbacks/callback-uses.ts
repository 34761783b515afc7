import { mayBeWrapped } from "../async/decorators.ts";
import type { Planner } from "../planner.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import type { Operation } from "../../recognize/begin-end/operation.ts";
import { unwrap, wrapped } from "../../ast/names.ts";
import { walk } from "../../ast/walk.ts";
import { variableOf, readsOf, type Variable, writesOf } from "../../ast/scopes.ts";
import { contains } from "../../ast/flow.ts";

/** Whether a function depends on how it is called: `arguments`, or a `this` that its caller does not give it now. */
export function usesCaller(planner: Planner, fn: FunctionNode, operation: Operation): boolean {
  if (fn.type === "ArrowFunctionExpression") return false;
  const { callback } = operation;
  // A method that is called through an arrow function is called in the same way ever after.
  const isForwarded = callback.kind === "function" && callback.forwarding !== null;
  const boundToThis =
    isForwarded ||
    (callback.kind === "function" &&
      callback.boundThis !== null &&
      unwrap(callback.boundThis).type === "ThisExpression");
  let depends = callback.kind === "function" && callback.boundThis !== null && !boundToThis;
  walk(fn, planner.context.source.visitorKeys, (node) => {
    if (node.type === "Identifier" && node.name === "arguments" && variableOf(planner.context.source, node) !== null)
      depends = true;
    if (node.type === "ThisExpression" && !boundToThis) depends = true;
    return node === fn || (node.type !== "FunctionExpression" && node.type !== "FunctionDeclaration");
  });
  return depends;
}

/** Whether a function is used nowhere but in the places in which it is handed over as the callback of these operations. */
export function isUsedAsCallbackOnly(
  planner: Planner,
  fn: FunctionNode,
  operations: readonly Operation[],
  places: readonly TSESTree.Node[] = operations.map(({ callbackArgument }) => callbackArgument),
): boolean {
  const { reach } = planner;
  const isCallback = (node: TSESTree.Node) =>
    reach.contextOf(node) === reach.contextOf(fn) && places.some((place) => contains(place, node));
  return (
    reach.isClosed(fn) &&
    !mayBeWrapped(reach.contextOf(fn), fn) &&
    reach.usagesOf(fn).every((usage) => {
      if (usage.kind === "call")
        return operations.some(({ callback }) => callback.kind === "function" && callback.forwarding === usage.call);
      if (usage.kind !== "value") return false;
      const held = delegateVariable(planner, usage.node);
      return (
        isCallback(usage.node) ||
        (held !== null && readsOf(held).every((reference) => isCallback(reference.identifier as TSESTree.Node)))
      );
    })
  );
}

/** The constant that holds a delegate made of a function: `const delegate = new AsyncCallback(onRead)`. */
export function delegateVariable({ context }: Planner, node: TSESTree.Node): Variable | null {
  const creation = wrapped(node).parent;
  if (creation?.type !== "NewExpression" || creation.callee === node) return null;
  const declarator = wrapped(creation).parent;
  if (declarator?.type !== "VariableDeclarator" || declarator.id.type !== "Identifier") return null;
  const variable = variableOf(context.source, declarator.id);
  const isExported = declarator.parent.parent.type === "ExportNamedDeclaration";
  return variable !== null && !isExported && writesOf(variable).length === 1 ? variable : null;
}
