import type { TSESTree } from "../ast/source.ts";
import type { CompletedEvent } from "../recognize/completed-event.ts";
import type { CompletionRead } from "../recognize/event-reads.ts";
import type { Operation } from "../recognize/operation.ts";
import type { CallbackShape } from "./callback.ts";
import { placesOf } from "./chains.ts";
import { lowerFirst } from "./naming.ts";
import type { Planner } from "./planner.ts";

/** Whether a read asks for the result or an out value: in a handler of a completed event every member that has no other part is one. */
export function isValue({ role }: CompletionRead): boolean {
  return role === "value" || role === "other";
}

/** The members of a completed event's arguments that its handler takes as values, in the order in which they are first read. */
export function valuesOf({ handler }: CompletedEvent): string[] {
  return [...new Set((handler?.reads ?? []).flatMap((read) => (isValue(read) ? [read.name] : [])))];
}

/** A value of the outcome, and the name under which the rewritten handler has it. */
export interface NamedValue {
  readonly member: string;
  readonly name: string;
}

/** `total` or `total: sum`, as the adapter's object has it. */
export function propertyText({ member, name }: NamedValue): string {
  const key = lowerFirst(member);
  return key === name ? name : `${key}: ${name}`;
}

/**
 * The names of what a handler asks for, each written wherever it is read. Asked for before any operation in the handler is planned,
 * as the text of its start may hold them. `ownName` is the one that the handler itself gives a value.
 */
export function namedValues(planner: Planner, { fn, operations }: Pick<CallbackShape, "fn" | "operations">, ownName: NamedValue | null = null): readonly NamedValue[] {
  const { draft, names, values } = planner;
  const [{ event, stem }] = operations as [Operation];
  let known = values.get(fn);
  if (known === undefined) {
    known = valuesOf(event!).map((member) => {
      const key = lowerFirst(member);
      const places = operations.flatMap((operation) => placesOf(planner, operation));
      const own = ownName?.member === member && names.take(ownName.name, [fn.body, ...places]) ? ownName.name : null;
      const name = own ?? names.unique(fn.body, [key, `${lowerFirst(stem)}${key[0]!.toUpperCase()}${key.slice(1)}`], ...places);
      for (const { node } of event!.handler!.reads.filter((read) => read.name === member && isValue(read))) draft.replace(fn, node.range, shorthandText(node, name));
      return { member, name };
    });
    values.set(fn, known);
  }
  return known;
}

/** A name in the place of a read; `{ Result }` keeps its key. */
export function shorthandText(node: TSESTree.Node, name: string): string {
  const { parent } = node;
  return parent?.type === "Property" && parent.shorthand && parent.parent.type === "ObjectExpression" && node.type === "Identifier" ? `${node.name}: ${name}` : name;
}
