import { enclosingFunction, isFunction } from "../../ast/functions.ts";
import { parameterVariable, readsOf } from "../../ast/scopes.ts";
import { contains } from "../../ast/flow.ts";
import type { Context } from "../context.ts";
import type { Operation } from "./operation.ts";

/** Whether an operation is wrapped in a promise already: begun in the executor of `new Promise`, settled from its callback. */
export function isPromiseAdapter(context: Context, operation: Operation): boolean {
  const executor = enclosingFunction(operation.begin);
  const { callback } = operation;
  if (executor === null || executor.parent.type !== "NewExpression" || callback.kind !== "function") return false;
  const { callee } = executor.parent;
  if (callee.type !== "Identifier" || callee.name !== "Promise" || !isFunction(callback.fn)) return false;
  return [0, 1].some((index) => {
    const settle = parameterVariable(context.source, executor, index);
    return settle !== null && readsOf(settle).some((reference) => contains(callback.fn, reference.identifier));
  });
}
