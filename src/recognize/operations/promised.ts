import { contains } from "../../ast/flow.ts";
import { enclosingFunction } from "../../ast/functions.ts";
import { parameterVariable, readsOf } from "../../ast/scopes.ts";
import type { TSESTree } from "../../ast/source.ts";
import type { Context } from "../context.ts";
import { describedOperationsOf } from "./described-operations.ts";
import type { DescribedOperation } from "./operation.ts";

/** The operations of a file that nobody has wrapped in a promise already. */
export function unpromisedOperationsOf(context: Context): readonly DescribedOperation[] {
  return describedOperationsOf(context).filter((operation) => !isPromised(context, operation));
}

/** Whether an operation is started in the executor of a `new Promise`, or in a function inside it, and what it calls back settles that. */
function isPromised(context: Context, { call, callbacks }: DescribedOperation): boolean {
  for (let fn = enclosingFunction(call); fn !== null; fn = enclosingFunction(fn)) {
    const { parent }: { readonly parent: TSESTree.Node } = fn;
    if (parent.type !== "NewExpression" || parent.callee.type !== "Identifier" || parent.callee.name !== "Promise")
      continue;
    const parameters = [0, 1].flatMap((index) => parameterVariable(context.source, fn, index) ?? []);
    const settles = parameters.flatMap((parameter) => readsOf(parameter));
    return callbacks.some((callback) =>
      settles.some(({ identifier }) =>
        contains(callback.kind === "function" ? callback.fn : callback.argument, identifier),
      ),
    );
  }
  return false;
}
