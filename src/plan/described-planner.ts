import type { FunctionNode } from "../ast/source.ts";
import type { Context } from "../recognize/context.ts";
import { hostedFunctionsOf } from "../recognize/completion/hosted-functions.ts";
import type { DescribedOperation } from "../recognize/operations/operation.ts";
import type { Reach } from "./async/reach.ts";
import { mayContinueApart, mustContinueApart } from "./decide/continuations.ts";
import { DescribedPlan, type FileOperations } from "./described-plan.ts";
import type { Component, SitePlanner } from "./draft.ts";

/** Plans operations that dialects describe: where the code of each callback follows its await, and with that all else. */
export class DescribedPlanner implements SitePlanner<DescribedOperation> {
  readonly #reach: Reach;
  readonly #files: FileOperations[] = [];

  constructor(reach: Reach) {
    this.#reach = reach;
  }

  add(context: Context, operations: readonly DescribedOperation[]): void {
    this.#files.push({ context, operations });
  }

  finish(isWanted?: (operation: DescribedOperation) => boolean): Component<DescribedOperation>[] {
    const free = new Set(this.#files.flatMap((file) => freeIn(file)));
    const apart = new Set(
      this.#files.flatMap(({ context, operations }) => {
        const callbacks = new Set(operations.flatMap((each) => functionsOf(each)));
        return operations.filter((each) => free.has(each) && mustContinueApart(this.#reach, context, each, callbacks));
      }),
    );
    for (;;) {
      const plan = new DescribedPlan(this.#reach, this.#files, free, apart);
      // Whether a function can become async shows when its callers follow; where it cannot, its callbacks follow apart.
      const held = plan.heldByHosts().filter((operation) => free.has(operation));
      if (held.length === 0) return plan.components(isWanted);
      for (const operation of held) apart.add(operation);
    }
  }
}

/** The operations of a file whose code may follow in a function of its own. */
function freeIn({ context, operations }: FileOperations): DescribedOperation[] {
  const hosted: ReadonlyMap<FunctionNode, unknown> = hostedFunctionsOf(context);
  return operations.filter((operation) => mayContinueApart(context, operation, hosted));
}

function functionsOf({ callbacks }: DescribedOperation): FunctionNode[] {
  return callbacks.flatMap((each) => (each.kind === "function" ? [each.fn] : []));
}
