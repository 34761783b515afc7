import { contains } from "../../ast/flow.ts";
import { enclosingFunction, enclosingOf } from "../../ast/functions.ts";
import { indentAt, lineBreakOf } from "../../ast/lines.ts";
import { unwrap, wrapped } from "../../ast/names.ts";
import { readsOf, scopeOf, variableOf } from "../../ast/scopes.ts";
import type { TSESTree } from "../../ast/source.ts";
import type { Operation } from "../../recognize/begin-end/operation.ts";
import { placesOf } from "./chains.ts";
import { barrierText, dissolveTry, rewriteBody } from "./continuation.ts";
import { noteStart } from "./ends.ts";
import { semicolon } from "../layout.ts";
import { moved, movedBlock, movedExpression, movedLoop } from "./moved-body.ts";
import { joined, text, type Text } from "../write/text.ts";
import { isSeenInFunction } from "../naming.ts";
import { beginName, refuse } from "../planner-base.ts";
import { removeStatement } from "../remove-statement.ts";
import type { Planner } from "../planner.ts";
import { isConstant, isPure } from "../purity.ts";
import { isStateQuiet, mayEvaluateStateFirst } from "./early-state.ts";
import { declareInputs } from "./round-inputs.ts";
import { changingInputs } from "./round-starts.ts";
import { writeRounds } from "./rounds.ts";
import { startOf } from "./start.ts";
import { displayName } from "../usages.ts";
import type { CallbackShape } from "./callback-shape.ts";
import type { InPlace } from "./in-place-shape.ts";
import { onlyTry } from "./callback-body.ts";
import { noteStartError } from "./start-errors.ts";
import { startName } from "./started-call.ts";

/** Moves the body of a callback to the place of its Begin; the declaration of the callback goes. */
export function planInPlace(
  planner: Planner,
  shape: CallbackShape,
  operation: Operation,
  site: InPlace,
  wait: TSESTree.Statement | null,
): void {
  const { context, draft, names } = planner;
  const { source } = context;
  const { fn } = shape;
  const { statement } = site;
  const newline = lineBreakOf(source.text);
  const indent = indentAt(source.text, statement.range[0]);
  const barrier = shape.outcome.barrier(planner, shape);
  // Errors of the start belong to the try around the Begin unless the two handlers are one.
  const changing = changingInputs(context, operation, shape.repeats);
  const rounds = declareInputs(planner, operation, changing, [...placesOf(planner, operation), fn.body]);
  const startsApart = barrier !== "none" || site.boundary === "contained" || !shape.outcome.isTakenOnce;
  // In the callback's body the start is indented like what it replaces, and is moved with it.
  const start = startOf(planner, operation, startsApart ? indent : shape.outcome.indent(planner), [
    ...rounds.inputs.values(),
  ]);
  if ("refusal" in start) return refuse(planner, operation, start.refusal);
  noteStart(planner, operation, start);

  const before: Text[] = [...rounds.declarations];
  if (!placeState(planner, shape, operation, before))
    return refuse(planner, operation, "state-unsupported", operation.state);
  let operand = start.text;
  if (startsApart && barrier !== "await") {
    operand = names.unique(operation.begin, startName(operation), ...placesOf(planner, operation));
    before.push(text`const ${operand} = ${start.text}${semicolon(source)}`);
  }
  // One handler for both is what the file has.
  if (site.boundary !== "same-handler") noteStartError(planner, shape, operation, wait !== null);
  rewriteBody(planner, shape);
  const isLoop = shape.repeats.length > 0;
  const guarded = onlyTry(shape);
  const block =
    guarded !== null &&
    (site.boundary === "same-handler" || (isLoop && guarded.handler !== null && guarded.finalizer === null))
      ? guarded.block
      : fn.body;
  // The cases of an outcome take the ways out in them along.
  if (
    isLoop &&
    (block.type !== "BlockStatement" ||
      !shape.repeats.every((repeat) => contains(block, repeat.begin)) ||
      !writeRounds(planner, shape, block, rounds.inputs))
  )
    return refuse(planner, operation, "callback-begins-again", operation.callbackArgument, displayName(fn));
  shape.outcome.write(planner, shape, operand, true);
  dissolveTry(planner, shape);
  if (shape.outcome.returns) planner.links.addReturn(enclosingOf(operation.begin));
  if (barrier === "await") draft.note(operation, "exceptions-now-surface", operation.begin, beginName(operation));
  const top = barrierText(barrier, operand, semicolon(source));
  if (top !== null) before.push(top);

  const body =
    block.type !== "BlockStatement"
      ? movedExpression(source, fn)
      : isLoop
        ? movedLoop(planner, shape, block, site.boundary, indent, newline)
        : movedBlock(block, indent);
  if (!contains(statement, fn) && !contains(operation.callbackArgument, fn))
    removeStatement(planner, operation, declarationOf(fn), "remove", "moved");
  if (wait !== null) removeStatement(planner, operation, wait);
  draft.replace(
    operation,
    statement.range,
    joined([...before, ...(draft.isEmpty(body) ? [] : [body])], newline + indent),
  );
}

export function declarationOf(fn: CallbackShape["fn"]): TSESTree.Node {
  if (fn.type === "FunctionDeclaration") return fn.parent.type === "ExportNamedDeclaration" ? fn.parent : fn;
  const outer = wrapped(fn);
  if (outer.parent?.type === "VariableDeclarator")
    return outer.parent.parent.declarations.length === 1 ? outer.parent.parent : outer.parent;
  return outer.parent!;
}

/** Makes the state reachable at the new place: by the name it has there, or as a declaration before the start. */
function placeState(planner: Planner, shape: CallbackShape, operation: Operation, before: Text[]): boolean {
  const { context, draft, names } = planner;
  const { source } = context;
  const { state, fn } = shape;
  const value = unwrap(operation.state);
  const isQuiet = isStateQuiet(operation);
  // What has effects and is read by nobody would be left alone in a statement.
  if (!isQuiet && (!state.isNeeded || shape.repeats.length > 0 || !mayEvaluateStateFirst(planner, operation)))
    return false;
  if (!state.isNeeded) return true;
  const isName = value.type === "Identifier" && isConstant(source, value);
  const isGone = (node: TSESTree.Node): boolean =>
    shape.ends.some((end) => contains(end.call, node)) ||
    [...shape.removed].some((statement) => contains(statement, node));
  const references = (
    state.variable === null
      ? []
      : readsOf(state.variable).map((reference) => reference.identifier as TSESTree.Identifier)
  ).filter((reference) => !isGone(reference));
  const inline = state.reads.filter((read) => state.declaration === null || !contains(state.declaration, read));
  if (
    isName &&
    references.every(
      (reference) =>
        reference.parent.type !== "Property" &&
        (reference.name === value.name || resolvesAlikeAt(planner, value.name, reference, operation)),
    )
  ) {
    for (const reference of references)
      if (reference.name !== value.name) draft.replace(fn, reference.range, value.name);
    for (const read of inline) draft.replace(fn, read.range, value.name);
    return true;
  }
  const places = placesOf(planner, operation);
  // The state was the last argument to be evaluated; it may come before the start when the others do nothing.
  if (isQuiet && !(operation.inputs.every(isPure) && (operation.receiver === null || isPure(operation.receiver))))
    return false;
  const name =
    state.variable !== null &&
    !isSeenInFunction(source, enclosingFunction(operation.begin) ?? source.ast, state.variable.name, fn) &&
    names.take(state.variable.name, places)
      ? state.variable.name
      : names.unique(operation.begin, ["state", "asyncState"], ...places);
  for (const reference of references)
    if (reference.name !== name && reference.parent.type !== "Property") draft.replace(fn, reference.range, name);
  for (const read of inline) draft.replace(fn, read.range, name);
  before.push(text`const ${name} = ${moved(operation.state)}${semicolon(source)}`);
  return true;
}

function resolvesAlikeAt(
  { context }: Planner,
  name: string,
  reference: TSESTree.Identifier,
  operation: Operation,
): boolean {
  const variable = variableOf(context.source, unwrap(operation.state));
  for (
    let scope: ReturnType<typeof scopeOf> | null = scopeOf(context.source, reference);
    scope !== null;
    scope = scope.upper
  ) {
    const found = scope.set.get(name);
    if (found !== undefined && found.defs.length > 0)
      return found === variable || !contains(enclosingFunction(reference) ?? context.source.ast, found.identifiers[0]!);
  }
  return true;
}
