import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import type { Operation } from "../../recognize/begin-end/operation.ts";
import { semicolon } from "../layout.ts";
import { type OutcomePlace, resultName, writeOutcome } from "../outcome-place.ts";
import type { Planner } from "../planner.ts";
import { text, type Text } from "../write/text.ts";
import type { CallbackShape } from "./callback-shape.ts";
import { placesOf } from "./chains.ts";
import { insertAtTop } from "./top-of-body.ts";

/** A call that ends an operation, and what is awaited for it. */
interface Ended {
  readonly call: TSESTree.Node;
  readonly place: OutcomePlace;
  readonly operand: Text;
}

/** Awaits what a call in a callback gave, whose body may be moved to its start. */
export function awaitEnd(
  planner: Planner,
  { fn, operations }: CallbackShape,
  { isMoved, ...ended }: Ended & { readonly isMoved: boolean },
): void {
  const [operation] = operations as [Operation];
  const places = operations.flatMap((each) => placesOf(planner, each));
  awaitIn(planner, fn, { ...ended, operation, places, movedTo: isMoved ? operation.begin : null });
}

/** Awaits in a function what a call there gave. */
export function awaitIn(
  planner: Planner,
  fn: FunctionNode,
  {
    call,
    place,
    operand,
    operation,
    places,
    movedTo,
  }: Ended & {
    readonly operation: Operation;
    /** Where else the code may come to stand. */
    readonly places: readonly TSESTree.Node[];
    /** What the body of the function takes the place of. */
    readonly movedTo: TSESTree.Node | null;
  },
): void {
  const { context, draft, names } = planner;
  const { source } = context;
  const name = (): string => names.unique(call, resultName(operation), ...places);
  if (place.kind !== "body") return writeOutcome(source, draft, fn, { call, place, name, operand });
  const constant = name();
  draft.replace(fn, call.range, constant);
  insertAtTop(planner, { fn }, text`const ${constant} = await ${operand}${semicolon(source)}`, movedTo);
}
