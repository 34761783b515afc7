import type { Context } from "../context.ts";
import { callbacksOf } from "./callbacks.ts";
import { describedCallsOf, type DescribedCall } from "./described-calls.ts";
import type { DescribedOperation } from "./operation.ts";

const known = new WeakMap<Context, readonly (DescribedCall & DescribedOperation)[]>();

/**
 * The starts of operations that dialects describe, in source order. Two witnesses: the function that is called comes from where the
 * dialect starts, and something that is or may be a function stands where one is called back.
 */
export function describedOperationsOf(context: Context): readonly (DescribedCall & DescribedOperation)[] {
  let operations = known.get(context);
  if (operations === undefined) {
    const found = describedCallsOf(context).flatMap((each): (DescribedCall & DescribedOperation)[] => {
      const given = callbacksOf(context, each.call, each.form);
      return given === null ? [] : [{ ...each, ...given }];
    });
    // Of two families that have one name, the first whose callback is there.
    operations = found.filter(({ call }, index) => call !== found[index - 1]?.call);
    known.set(context, operations);
  }
  return operations;
}
