import type { Delivery, Maker, OutcomePart as Part, StartPattern } from "../dialects/dialect.ts";
import { describedOperationsOf } from "../recognize/operations/described-operations.ts";
import type { DescribedOperation } from "../recognize/operations/operation.ts";
import { outcomeReads } from "../recognize/operations/outcome.ts";
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
    outcome: outcomeOf(context, operation),
    witnesses: [
      `The function is ${originText(operation.start, operation.name)}.`,
      "What is given in the place of a callback is a function, or may be one.",
    ],
    parts: [
      ...ownCode(context.source, operation.call),
      ...operation.callbacks.flatMap((callback) => (callback.kind === "function" ? [headOf(callback.fn)] : [])),
    ],
    untouched: null,
  }));
}

/** Where a function of a family comes from, as a sentence names it. */
export function originText(start: StartPattern, name: string): string {
  switch (start.kind) {
    case "module":
      return `${name} of the module ${start.modules.join(" or ")}`;
    case "global":
      return `${name} of the global ${start.path}`;
    case "made":
      return `${name} of what ${makersText(start.by)} gives`;
  }
}

/** What gives an object, by the names that code writes for it. */
function makersText(makers: readonly Maker[]): string {
  const names = makers.flatMap((maker): readonly string[] => {
    switch (maker.kind) {
      case "export":
        return maker.like !== undefined || maker.names.includes("") ? maker.modules : maker.names;
      case "method":
        return maker.names;
      case "instance":
      case "member":
        return [makersText(maker.of)];
      case "itself":
        return [];
    }
  });
  return [...new Set(names)].join(" or ");
}

const GIVEN = { function: "", parameter: " that is a parameter here", unknown: " that is computed" };

function deliveryOf({ callbacks, form }: DescribedOperation): string {
  const given = GIVEN[callbacks[0]?.kind ?? "unknown"];
  return toldBy(form.delivery, given, parametersOf(form.outcome).join(", "));
}

function toldBy(delivery: Delivery, given: string, parameters: string): string {
  switch (delivery.kind) {
    case "callback":
      return `A callback${given} is called with (${parameters}).`;
    case "functions":
      return "One function is called after a success, and another after a failure.";
    case "options":
      return `The members ${delivery.success} and ${delivery.failure} of an object are called.`;
    case "events":
      return `The events ${delivery.success} and ${delivery.failure} of the object that the call gives are raised.`;
  }
}

/** The parameters of a callback by what they are; one whose members are parts of the outcome, by those. */
function parametersOf(outcome: readonly Part[]): string[] {
  const parameters: string[][] = [];
  for (const part of outcome)
    for (const place of part.at)
      if (place.in === "parameter") (parameters[place.index] ??= []).push(place.member ?? nameOf(part));
  return Array.from(parameters, (names = []) => names.join("/"));
}

function nameOf(part: Part): string {
  return part.role === "value" ? part.name : part.role;
}

/** The parts of the outcome, each with the place where the code is told it, or reads it first. */
function outcomeOf(context: Context, operation: DescribedOperation): OutcomePart[] {
  const reads = outcomeReads(context, operation);
  return operation.form.outcome.map((part): OutcomePart => {
    const read = reads.find(({ name, role }) => name === nameOf(part) || role === part.role);
    return { role: part.role, name: nameOf(part), node: read?.declared ?? read?.node ?? parameterOf(operation, part) };
  });
}

/** The parameter that is a part of the outcome by itself, where nobody reads it. */
function parameterOf({ callbacks }: DescribedOperation, part: Part): OutcomePart["node"] {
  const [callback] = callbacks;
  const place = part.at.find((each) => each.in === "parameter");
  return callback?.kind === "function" && place !== undefined ? (callback.fn.params[place.index] ?? null) : null;
}
