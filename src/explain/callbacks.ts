import { describedOperationsOf } from "../recognize/operations/described-operations.ts";
import type { DescribedOperation } from "../recognize/operations/operation.ts";
import type { Context } from "../recognize/context.ts";
import { headOf, ownCode } from "./parts.ts";
import type { OutcomePart, Recognised } from "./recognised.ts";

/** The starts of a file of operations that dialects describe. */
export function recognisedCallbacks(context: Context): Recognised[] {
  return describedOperationsOf(context).map((operation) => ({
    kind: "callback",
    dialect: operation.dialect.name,
    nameNode: operation.nameNode,
    delivery: deliveryOf(operation),
    outcome: outcomeOf(operation),
    witnesses: [
      `The function is ${operation.name} of the module ${operation.dialect.modules.join(" or ")}.`,
      "What is given in the place of the callback is a function, or may be one.",
    ],
    parts: [
      ...ownCode(context.source, operation.call),
      ...(operation.callback.kind === "function" ? [headOf(operation.callback.fn)] : []),
    ],
    untouched: null,
  }));
}

function deliveryOf({ callback, form }: DescribedOperation): string {
  const names = form.delivery.parameters.map((parameter) => (parameter.role === "error" ? "error" : parameter.name));
  const given = {
    function: "A callback is called",
    parameter: "A callback that is a parameter here is called",
    unknown: "A callback that is computed is called",
  }[callback.kind];
  return `${given} with (${names.join(", ")}).`;
}

function outcomeOf({ callback, form }: DescribedOperation): OutcomePart[] {
  const params = callback.kind === "function" ? callback.fn.params : [];
  return form.delivery.parameters.map((parameter, index): OutcomePart => ({
    role: parameter.role,
    name: parameter.role === "error" ? "error" : parameter.name,
    node: params[index] ?? null,
  }));
}
