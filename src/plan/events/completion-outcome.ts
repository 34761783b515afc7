import { contains, loopAround, tryAround } from "../../ast/flow.ts";
import { enclosingFunction } from "../../ast/functions.ts";
import { indentAt } from "../../ast/lines.ts";
import { unwrap } from "../../ast/names.ts";
import type { TSESTree } from "../../ast/source.ts";
import { isReachableFromOutside } from "../../recognize/events/event-reach.ts";
import type { CompletionHandler } from "../../recognize/events/event-handlers.ts";
import { isValue, valuesOf, type CompletionRead } from "../../recognize/events/event-reads.ts";
import { branchesOf, type Branches } from "./completion-branches.ts";
import { text } from "../write/text.ts";
import { BranchWriter } from "./completion-writer.ts";
import { tellsProgress } from "./event-adapter.ts";
import { givenKey, namedValues, patternText } from "./completion-values.ts";
import { askedLater, valueWithoutSuccess } from "./asked-later.ts";
import { insertBefore } from "./taken-before.ts";
import { isTakenFirst } from "../callbacks/ends-outcome.ts";
import { awaitText } from "../evaluation.ts";
import { indentUnitOf, semicolon } from "../layout.ts";
import { outcomePlace } from "../outcome-place.ts";
import { beginName, refuse } from "../planner-base.ts";
import type { Planner } from "../planner.ts";
import type { OutcomeUse, CallbackShape } from "../callbacks/callback-shape.ts";
import { bodyStatements } from "../callbacks/callback-body.ts";

type Shape = Omit<CallbackShape, "outcome">;

/**
 * How a handler takes what a completed event tells; refuses its operations and gives `null` where that cannot be an await. Conditions
 * that an await makes needless go into `removed`.
 */
export function completionOutcome(
  planner: Planner,
  shape: Shape,
  { reads }: CompletionHandler,
  removed: Set<TSESTree.Statement>,
): OutcomeUse | null {
  const { context } = planner;
  const [operation] = shape.operations as [CallbackShape["operations"][0]];
  const isLive = ({ node }: CompletionRead): boolean =>
    ![...shape.removed].some((statement) => contains(statement, node));
  const live = reads.filter(isLive);
  const refused = (read: CompletionRead | undefined): null => {
    refuse(planner, operation, "outcome-unsupported", read?.node ?? operation.callbackArgument);
    return null;
  };
  const values = live.filter(isValue);
  const asked = live.filter(({ role }) => role === "error" || role === "cancelled");
  const asks = (wanted: string): boolean => asked.some(({ role }) => role === wanted);
  const mayBeCancelled =
    operation.event!.operation.isCancellable || isReachableFromOutside(context, operation.receiver!);
  if (mayBeCancelled && !reads.some(({ role }) => role === "cancelled"))
    planner.draft.note(operation, "cancellation-now-caught", operation.begin, beginName(operation));
  // A part of the handler that runs after an error of its own knows of no outcome.
  const far = [...values, ...asked].find(
    ({ node }) =>
      shape.fn.body.type === "BlockStatement" && enclosingFunction(node) === shape.fn && placeOf(shape, node) === null,
  );
  if (far !== undefined) return refused(far);
  if (asked.length === 0) {
    // It may count on being called after a cancellation, and nothing would catch that.
    if (values.length === 0 && operation.event!.operation.isCancellable) return refused(undefined);
    if (values.length > 0) planner.draft.note(operation, "error-now-itself", operation.begin, beginName(operation));
    return unchecked(planner, shape, values);
  }
  const branches = casesOf(planner, shape, asked, values, reads);
  const stray = branches === null ? valueWithoutSuccess(planner, shape, live) : undefined;
  if (branches === null && (stray !== undefined || shape.repeats.length > 0)) return refused(stray ?? asked[0]);
  // Taking a value out of the arguments before any question threw as well.
  if (!asks("error") || values.some(({ node }) => node.type === "Identifier"))
    planner.draft.note(
      operation,
      values.length > 0 ? "error-now-itself" : "exceptions-now-surface",
      operation.begin,
      beginName(operation),
    );
  // A twin that is only named may reject with any error; an adapter, and a twin that this tool wrote, does so with an `AbortError`.
  if (
    asks("cancelled") &&
    planner.target === "twin" &&
    planner.eventTwin(operation) === null &&
    !tellsProgress(operation.event!)
  )
    planner.draft.note(operation, "cancellation-by-name", operation.begin, beginName(operation));
  if (branches === null) return askedLater(planner, shape, live, firstPlace(shape, live));
  if (!isRethrow(branches, live)) return branching(planner, shape, branches, live);
  for (const statement of branches.chain) removed.add(statement);
  return takenAt(planner, shape, values, branches.chain[0]!);
}

/** The cases of a handler; `null` where they cannot be set apart. */
function casesOf(
  { context }: Planner,
  shape: Shape,
  asked: readonly CompletionRead[],
  values: readonly CompletionRead[],
  reads: readonly CompletionRead[],
): Branches | null {
  const statements = ownStatements(shape);
  const first = statements.findIndex((statement) => asked.some(({ node }) => contains(statement, node)));
  const branches = first === -1 ? null : branchesOf(context, statements.slice(first), reads);
  if (branches === null || branches.chain.length === 0) return null;
  // A result that is read where there is none threw before, and what follows in every case knows of none.
  const isStray = ({ node }: CompletionRead): boolean =>
    !branches.success.some((statement) => contains(statement, node));
  const isLate = ({ node }: CompletionRead): boolean => branches.rest.some((statement) => contains(statement, node));
  return values.some(isStray) || asked.some(isLate) ? null : branches;
}

/** The first statement of a handler in which something is read. */
function firstPlace(shape: Shape, reads: readonly CompletionRead[]): TSESTree.Statement | null {
  return ownStatements(shape).find((statement) => reads.some(({ node }) => contains(statement, node))) ?? null;
}

/** Whether all that a handler does with an error is to throw it, as an await does by itself. */
function isRethrow({ error, cancelled, isNested }: Branches, reads: readonly CompletionRead[]): boolean {
  if (error == null || cancelled !== undefined || isNested) return false;
  const [only] = error.type === "BlockStatement" ? error.body : [error];
  return (
    only?.type === "ThrowStatement" &&
    (error.type !== "BlockStatement" || error.body.length === 1) &&
    reads.some(({ node, role }) => role === "error" && node === unwrap(only.argument))
  );
}

/** The outcome of a handler that asks for values only. */
function unchecked(planner: Planner, shape: Shape, values: readonly CompletionRead[]): OutcomeUse {
  const [value] = values;
  // What has to be taken out of an object is so by a declaration where there is a place for one.
  const isInline = !planner.facts.given.has(shape.fn) || shape.fn.body.type !== "BlockStatement";
  // What starts the next operation with the value is written before this one.
  const isGivenOn = planner.operations.some(({ begin }) => values.some(({ node }) => contains(begin, node)));
  // Beside it may stand what changes until the operation is complete.
  const isAwaitedThere = value !== undefined && outcomePlace(planner.context.source, value.node)?.kind === "call";
  return values.length === 1 && isInline && isDirect(shape, value!) && !isGivenOn && isAwaitedThere
    ? valueInPlace(value)
    : takenAt(planner, shape, values, value === undefined ? null : placeOf(shape, value.node));
}

/** Whether a read is evaluated by the handler itself and at most once. */
function isDirect({ fn }: Shape, { node }: CompletionRead): boolean {
  return (
    enclosingFunction(node) === fn &&
    loopAround(node, fn) === null &&
    !(node.parent?.type === "Property" && node.parent.shorthand)
  );
}

/** The only thing that a handler asks for is one value: the await stands in its place. */
function valueInPlace({ node, name }: CompletionRead): OutcomeUse {
  return {
    isTaken: true,
    isTakenOnce: true,
    returns: false,
    isFailureHandled: tryAround(node) !== null,
    indent: ({ context }) => indentAt(context.source.text, node.range[0]),
    barrier: (planner, shape) => (isTakenFirst(planner, shape, node) ? "none" : "settled"),
    write: (planner, { fn, operations }, operand) => {
      const {
        draft,
        context: { source },
      } = planner;
      const given = planner.facts.given.get(fn);
      const key = given === undefined ? null : givenKey(given, valuesOf(operations[0]!.event!), name);
      draft.replace(fn, node.range, key === null ? awaitText(source, node, operand) : text`(await ${operand}).${key}`);
    },
  };
}

/** The outcome is awaited in a statement of its own, before a statement of the handler or at its top; without values only where that waits. */
function takenAt(
  planner: Planner,
  shape: Shape,
  values: readonly CompletionRead[],
  place: TSESTree.Statement | null,
): OutcomeUse {
  const { source } = planner.context;
  const isTaken = values.length > 0 || place !== null;
  return {
    isTaken,
    isTakenOnce: isTaken,
    returns: false,
    isFailureHandled: place !== null && tryAround(place) !== null,
    indent: () => indentAt(source.text, (place ?? shape.fn.body).range[0]),
    barrier: (_, complete) =>
      place === null ? (isTaken ? "none" : "await") : isTakenFirst(planner, complete, place) ? "none" : "settled",
    write: (_, complete, operand, isMoved) => {
      if (!isTaken) return;
      const taken = namedValues(planner, complete);
      const declared = taken.length === 0 ? "" : `const ${patternText(taken)} = `;
      const statement = text`${declared}await ${operand}${semicolon(source)}`;
      insertBefore(planner, complete, place, statement, isMoved);
    },
  };
}

/** The statements of a handler that stay; those of the guarded block that is all of it, so that its handlers hear of a failure. */
function ownStatements({ fn, removed }: Shape): readonly TSESTree.Statement[] {
  const isStaying = (statement: TSESTree.Statement): boolean => !removed.has(statement);
  const statements = bodyStatements(fn).filter(isStaying);
  const [only] = statements;
  return statements.length === 1 && only?.type === "TryStatement" ? only.block.body.filter(isStaying) : statements;
}

/** The statement of the handler's own list in which a node stands. */
function placeOf(shape: Shape, node: TSESTree.Node): TSESTree.Statement | null {
  return ownStatements(shape).find((statement) => contains(statement, node)) ?? null;
}

/** A handler that asks how the operation ended: its cases become those of a `try`. */
function branching(planner: Planner, partial: Shape, branches: Branches, reads: readonly CompletionRead[]): OutcomeUse {
  const [first] = branches.chain as readonly [TSESTree.Statement];
  return {
    isTaken: true,
    isTakenOnce: true,
    returns: new BranchWriter(planner, partial, branches, reads).returns,
    isFailureHandled: branches.error !== undefined || tryAround(first) !== null,
    indent: ({ context }) => indentAt(context.source.text, first.range[0]) + indentUnitOf(context.source.text),
    barrier: (_, shape) => (isTakenFirst(planner, shape, first) ? "none" : "settled"),
    write: (_, shape, operand) => new BranchWriter(planner, shape, branches, reads).write(operand),
  };
}
