import { contains, isAlwaysBefore, isUnconditionalWithin } from "../../ast/flow.ts";
import { guardOf, type AtomTest } from "../../ast/guards.ts";
import { unwrap } from "../../ast/names.ts";
import { isSameReference, parameterVariable, variableOf, writesOf } from "../../ast/scopes.ts";
import type { TSESTree } from "../../ast/source.ts";
import { awaitedCompletions, completedBy, type Completion } from "./awaited.ts";
import type { Context } from "../context.ts";
import { branchesBefore } from "./completed-branches.ts";
import { caseAround, isWinner, original, saysCompleted } from "./completion-tests.ts";
import { continuationsOf, functionsAround } from "./continuations.ts";
import { collectionOf } from "./task-collections.ts";

/** What proves that a task, or the operation behind a handle, is complete at a place. */
export type CompletionProof =
  /** An `await`, or an earlier wait, that every way to the place has passed. */
  | { readonly kind: "awaited"; readonly by: TSESTree.Node }
  /** The place lies in a function that runs when it has completed. */
  | { readonly kind: "continuation"; readonly by: TSESTree.Node }
  /** A test of `IsCompleted`, or of a wait that says whether it timed out. */
  | { readonly kind: "guard"; readonly by: TSESTree.Node };

/**
 * What proves that the task or handle which `subject` denotes is complete at `place`; `null` when nothing does. Completion is for ever,
 * so a proof outside a function also holds inside it. `waits` are blocking waits to be taken into account.
 */
export function proofOfCompletion(
  context: Context,
  subject: TSESTree.Node,
  place: TSESTree.Node,
  waits: readonly Completion[] = [],
): CompletionProof | null {
  const completions = [...awaitedCompletions(context), ...waits].flatMap(({ node, subjects }) => {
    const covered = node === place ? null : coveredBy(context, subjects, subject);
    return covered === null || isWrittenBetween(context, covered, node, place) ? [] : [node];
  });
  const completion = completions.find((node) => hasHappened(node, place));
  if (completion !== undefined) return { kind: "awaited", by: completion };
  if (isWinner(context, subject)) return { kind: "awaited", by: subject };
  const continuation = continuationAround(context, subject, place);
  if (continuation !== null) return { kind: "continuation", by: continuation };
  const proves: AtomTest = (atom, isTrue) => saysCompleted(context, atom, isTrue, subject);
  const guard =
    guardOf(context.source, place, proves) ??
    caseAround(context, subject, place) ??
    branchesBefore(place, proves, completions);
  return guard === null ? null : { kind: "guard", by: guard };
}

/** The subject, or the collection it is an element of, where it is among those completed. */
function coveredBy(
  context: Context,
  completed: readonly TSESTree.Node[],
  subject: TSESTree.Node,
): TSESTree.Node | null {
  const collection = collectionOf(context, subject);
  const candidates = collection === null ? [subject] : [subject, collection];
  return (
    candidates.find((candidate) =>
      completed.some((each) => isSameReference(context.source, original(context, each), original(context, candidate))),
    ) ?? null
  );
}

/** Whether `earlier` has been evaluated whenever `place` is, in its own function or around it. */
function hasHappened(earlier: TSESTree.Node, place: TSESTree.Node): boolean {
  // A function expression is made where it stands; a declaration can be called before that.
  const places = [
    place,
    ...functionsAround(place).flatMap((fn) => (fn.type === "FunctionDeclaration" ? [] : [fn.parent])),
  ];
  return places.some((each) => isAlwaysBefore(earlier, each) || isBehindTry(earlier, each));
}

/** Whether what denotes the task may be given another one between two places. */
function isWrittenBetween(
  context: Context,
  subject: TSESTree.Node,
  earlier: TSESTree.Node,
  place: TSESTree.Node,
): boolean {
  const variable = variableOf(context.source, unwrap(subject));
  return (
    variable !== null &&
    writesOf(variable).some(
      ({ identifier }) => identifier.range[0] > earlier.range[1] && identifier.range[0] < place.range[0],
    )
  );
}

/** An `await` in a `try` leaves the task complete also where it throws and a handler lets the next statements run. */
function isBehindTry(earlier: TSESTree.Node, place: TSESTree.Node): boolean {
  for (let current = earlier.parent; current; current = current.parent) {
    if (current.type === "TryStatement" && contains(current.block, earlier) && !contains(current.block, place)) {
      return (
        isUnconditionalWithin(earlier, current.block) &&
        current.range[1] <= place.range[0] &&
        isAlwaysBefore(current, place)
      );
    }
  }
  return false;
}

/** The registration of a function around the place that runs only when the subject is complete. */
function continuationAround(context: Context, subject: TSESTree.Node, place: TSESTree.Node): TSESTree.Node | null {
  const variable = variableOf(context.source, unwrap(subject));
  const collection = collectionOf(context, subject);
  const root = collection === null ? variable : variableOf(context.source, unwrap(collection));
  for (const fn of functionsAround(place)) {
    for (const { of } of continuationsOf(context).get(fn) ?? []) {
      if (of === null) continue;
      // The continuation is handed the very task, or handle, that is complete.
      if (root !== null && parameterVariable(context.source, fn, 0) === root) return of;
      if (coveredBy(context, completedBy(context, of), subject) !== null) return of;
    }
  }
  return null;
}
