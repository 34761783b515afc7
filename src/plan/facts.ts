import type { FunctionNode, TSESTree } from "../ast/source.ts";
import type { Operation } from "../recognize/begin-end/operation.ts";
import type { Outputs } from "../recognize/events/outputs.ts";
import { findCountdowns } from "./countdowns/countdowns.ts";
import { writeOutputs } from "./out-values.ts";
import type { Facts } from "./planner.ts";
import type { PlannerBase } from "./planner-base.ts";

/** Finds out what has to be known of the operations of a file before any of them is decided. */
export function factsOf(planner: PlannerBase): Facts {
  const given = new Map<FunctionNode, Outputs>();
  const outputs = new Map<Operation, readonly TSESTree.VariableDeclaration[]>();
  for (const operation of planner.operations) {
    planner.draft.during("outputs", operation, () => {
      const holders = writeOutputs(planner, operation, given);
      if (holders !== null) outputs.set(operation, holders);
    });
  }
  return { countdowns: findCountdowns(planner), outputs, given };
}
