import type { Context } from "../context.ts";
import { isSurelyCallback } from "./callbacks.ts";
import { describedOperationsOf } from "./described-operations.ts";
import { droppedAt } from "./dropped-callbacks.ts";
import type { DescribedOperation } from "./operation.ts";
import { promiseUseOf, type PromiseUse } from "./promise-use.ts";

/** An operation that is given a callback and taken for a promise as well. */
export interface CallbackAndPromise {
  readonly operation: DescribedOperation;
  readonly use: PromiseUse;
}

/** The operations of a file that are given a callback and taken for a promise. Where a version never calls it, that is another finding. */
export function callbacksAndPromisesOf(context: Context): CallbackAndPromise[] {
  return describedOperationsOf(context).flatMap((operation): CallbackAndPromise[] => {
    const { call, callbacks, form } = operation;
    if (form.delivery.kind !== "callback" || !callbacks.every(isSurelyCallback)) return [];
    const use = promiseUseOf(context.source, call, form.awaited.kind === "chained" ? form.awaited.method : null);
    return use === null || droppedAt(context, operation) !== null ? [] : [{ operation, use }];
  });
}
