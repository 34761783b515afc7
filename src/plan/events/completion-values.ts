import type { TSESTree } from "../../ast/source.ts";
import { COMPLETED_ARGS } from "../../dialects/eap.ts";
import { isValue, valuesOf } from "../../recognize/events/event-reads.ts";
import type { Operation } from "../../recognize/begin-end/operation.ts";
import type { Outputs } from "../../recognize/events/outputs.ts";
import { valueType } from "../async/result-type.ts";
import { isTypeScript } from "../call-text.ts";
import { placesOf } from "../callbacks/chains.ts";
import { lowerFirst } from "../naming.ts";
import type { Planner } from "../planner.ts";
import type { NamedValue } from "./named-value.ts";
import type { CallbackShape } from "../callbacks/callback-shape.ts";

/** What takes the values out of what is awaited: `total`, or `{ result, total: sum }`. */
export function patternText(values: readonly NamedValue[]): string {
  const [value] = values;
  if (values.length === 1 && value!.key === null) return value!.name;
  return `{ ${values.map(({ key, name }) => (key === name ? name : `${key}: ${name}`)).join(", ")} }`;
}

/** The type of a variable that is given its value in another place than its declaration. */
export function typeText({ context }: Planner, { event }: Operation, member: string): string {
  return isTypeScript(context.source.filePath) ? `: ${valueType(context, event!, member)}` : "";
}

/** The member of what a twin gives that has one of the values that a handler asks for. */
export function givenKey({ result, outs }: Outputs, members: readonly string[], member: string): string {
  const others = members.filter((each) => !COMPLETED_ARGS.value.has(each));
  return COMPLETED_ARGS.value.has(member) ? result! : outs[others.indexOf(member)]!;
}

/** Names what a handler asks for, and writes the names wherever it is read. `ownName` is the one that the handler itself gives a value. */
export function namedValues(
  planner: Planner,
  { fn, operations }: Pick<CallbackShape, "fn" | "operations">,
  ownName: Pick<NamedValue, "member" | "name"> | null = null,
): readonly NamedValue[] {
  const { draft, facts, names } = planner;
  const [{ event, stem }] = operations as [Operation];
  const members = valuesOf(event!);
  const outputs = facts.given.get(fn);
  return members.map((member) => {
    const key = lowerFirst(member);
    const places = operations.flatMap((operation) => placesOf(planner, operation));
    const own = ownName?.member === member && names.take(ownName.name, [fn.body, ...places]) ? ownName.name : null;
    const name =
      own ?? names.unique(fn.body, [key, `${lowerFirst(stem)}${key[0]!.toUpperCase()}${key.slice(1)}`], ...places);
    for (const { node } of event!.handler!.reads.filter((read) => read.name === member && isValue(read)))
      draft.replace(fn, node.range, shorthandText(node, name));
    return {
      member,
      name,
      key: outputs === undefined ? (members.length === 1 ? null : key) : givenKey(outputs, members, member),
    };
  });
}

/** A name in the place of a read; `{ Result }` keeps its key. */
export function shorthandText(node: TSESTree.Node, name: string): string {
  const { parent } = node;
  return parent?.type === "Property" &&
    parent.shorthand &&
    parent.parent.type === "ObjectExpression" &&
    node.type === "Identifier"
    ? `${node.name}: ${name}`
    : name;
}
