import { contains, isAlwaysBefore, isUnconditionalWithin } from "../../ast/flow.ts";
import { guardOf } from "../../ast/guards.ts";
import { calleeOf, memberName, unwrap } from "../../ast/names.ts";
import { isSameReference, onlyValueOf, parameterVariable, variableOf, writesOf } from "../../ast/scopes.ts";
import type { TSESTree } from "../../ast/source.ts";
import { COMPLETED_MEMBERS, WAIT_MEMBERS, WAIT_ONE_MEMBERS } from "../../dialects/tap.ts";
import { awaitedCompletions, completedBy, type Completion } from "./awaited.ts";
import type { Context } from "../context.ts";
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
  const completion = [...awaitedCompletions(context), ...waits].find(({ node, subjects }) => {
    const covered = node === place ? null : coveredBy(context, subjects, subject);
    return covered !== null && hasHappened(context, node, place, covered);
  });
  if (completion !== undefined) return { kind: "awaited", by: completion.node };
  const continuation = continuationAround(context, subject, place);
  if (continuation !== null) return { kind: "continuation", by: continuation };
  const guard = guardOf(context.source, place, (atom, isTrue) => saysCompleted(context, atom, isTrue, subject));
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

/** The expression that a constant alias stands for. */
function original(context: Context, expression: TSESTree.Node): TSESTree.Node {
  const node = unwrap(expression);
  const variable = variableOf(context.source, node);
  const value = variable === null ? null : onlyValueOf(variable);
  const held = value === null ? null : unwrap(value);
  return held?.type === "Identifier" ? original(context, held) : node;
}

/** Whether `earlier` has been evaluated whenever `place` is, in its own function or around it, and the subject still holds the same. */
function hasHappened(context: Context, earlier: TSESTree.Node, place: TSESTree.Node, subject: TSESTree.Node): boolean {
  // A function expression is made where it stands; a declaration can be called before that.
  const places = [
    place,
    ...functionsAround(place).flatMap((fn) => (fn.type === "FunctionDeclaration" ? [] : [fn.parent])),
  ];
  if (!places.some((each) => isAlwaysBefore(earlier, each) || isBehindTry(earlier, each))) return false;
  const variable = variableOf(context.source, unwrap(subject));
  return (
    variable === null ||
    !writesOf(variable).some(
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

/** Whether `t.IsCompleted`, `t.Status === …`, `t.Wait(100)`, or a constant that holds such a test, says that the subject is complete. */
function saysCompleted(context: Context, atom: TSESTree.Expression, isTrue: boolean, subject: TSESTree.Node): boolean {
  const node = unwrap(atom);
  const isSubject = (object: TSESTree.Node): boolean =>
    isSameReference(context.source, original(context, object), original(context, subject));
  switch (node.type) {
    case "MemberExpression":
      return isTrue && COMPLETED_MEMBERS.has(memberName(node) ?? "") && isSubject(node.object);
    case "BinaryExpression": {
      const isEqual = /^===?$/.test(node.operator) === isTrue;
      const flag = [node.left, node.right].find(
        (side): side is TSESTree.BooleanLiteral => side.type === "Literal" && typeof side.value === "boolean",
      );
      if (flag !== undefined)
        return saysCompleted(
          context,
          (flag === node.left ? node.right : node.left) as TSESTree.Expression,
          isEqual === flag.value,
          subject,
        );
      return (
        isEqual &&
        [node.left, node.right].some(
          (side) =>
            side.type === "MemberExpression" && /^[Ss]tatus$/.test(memberName(side) ?? "") && isSubject(side.object),
        )
      );
    }
    case "CallExpression": {
      const callee = calleeOf(node);
      return (
        isTrue &&
        callee !== null &&
        callee.receiver !== null &&
        (WAIT_MEMBERS.has(callee.name) || WAIT_ONE_MEMBERS.has(callee.name)) &&
        isSubject(callee.receiver)
      );
    }
    case "Identifier": {
      const variable = variableOf(context.source, node);
      const value = variable === null ? null : onlyValueOf(variable);
      return value !== null && value.type !== "Identifier" && saysCompleted(context, value, isTrue, subject);
    }
    default:
      return false;
  }
}
