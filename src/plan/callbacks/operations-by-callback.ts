import type { FunctionNode } from "../../ast/source.ts";
import type { Operation } from "../../recognize/begin-end/operation.ts";

type ByCallback = ReadonlyMap<FunctionNode, readonly Operation[]>;

const known = new WeakMap<readonly Operation[], ByCallback>();

/** The operations of a file by the function that is their callback; those with another callback, or none, are left out. */
export function operationsByCallback(operations: readonly Operation[]): ByCallback {
  let found = known.get(operations);
  if (found === undefined) {
    const grouped = new Map<FunctionNode, Operation[]>();
    for (const operation of operations) {
      if (operation.callback.kind !== "function") continue;
      const sharing = grouped.get(operation.callback.fn);
      if (sharing === undefined) grouped.set(operation.callback.fn, [operation]);
      else sharing.push(operation);
    }
    known.set(operations, (found = grouped));
  }
  return found;
}

/** The operations of a file whose callback a node is. */
export function operationsWith(operations: readonly Operation[], callback: object): readonly Operation[] {
  return operationsByCallback(operations).get(callback as FunctionNode) ?? [];
}
