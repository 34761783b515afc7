import { contains } from "../../ast/flow.ts";
import { enclosingOf, type Enclosing } from "../../ast/functions.ts";
import { calleeOf, memberName, unwrap, isPascalCase } from "../../ast/names.ts";
import type { Exit, PathQuestion } from "../../ast/paths.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import { HANDLE_MEMBERS, IS_COMPLETED_MEMBERS } from "../../dialects/apm.ts";
import { hasInputs, operationsOf } from "./begin-end.ts";
import type { Context } from "../context.ts";
import { endCandidates } from "./end-calls.ts";
import { endingsIn, pathsToEnd, placeWithin, type Endings, type EndState } from "./endings.ts";
import { callsWithoutReturn } from "./no-return.ts";
import { needsNoEnd } from "./no-end-needed.ts";
import type { HandleUse, Operation } from "./operation.ts";
import { mayHaveTimedOut, testsRelatedSince } from "./related-tests.ts";

/** A Begin whose End never comes, or not on every path. */
export interface MissingEnd {
  readonly operation: Operation;
  readonly cause:
    /** There is no callback, and the handle is gone when the statement ends. */
    | "dropped"
    /** There is no callback, and whoever has the handle never ends it. */
    | "unended"
    /** The callback never does. */
    | "callback"
    /** The callback leaves before it does, in one place. */
    | "callbackLeaves"
    /** The callback passes it by. */
    | "callbackSkips"
    /** The function of the Begin leaves before its End, in one place. */
    | "leaves"
    /** The function of the Begin passes the End by. */
    | "skips";
  /** The way out, where one is the cause. */
  readonly exit: Exit<EndState> | null;
}

const found = new WeakMap<Context, readonly MissingEnd[]>();

/** The operations of a file that are not ended on every path, in source order of their Begins. */
export function missingEndsOf(context: Context): readonly MissingEnd[] {
  let known = found.get(context);
  if (known === undefined) {
    const all = operationsOf(context).flatMap((operation) =>
      needsNoEnd(context, operation) ? [] : missingEnds(context, operation),
    );
    // Operations that share a callback share the ways out of it.
    const seen = new Set<TSESTree.Node>();
    known = all.filter(
      ({ exit }) => exit === null || exit.node === null || (!seen.has(exit.node) && seen.add(exit.node)),
    );
    found.set(context, known);
  }
  return known;
}

function missingEnds(context: Context, operation: Operation): MissingEnd[] {
  const { begin, callback, handleUses } = operation;
  if (callback.kind === "end" || callback.kind === "unknown" || !isFollowed(operation)) return [];
  const fn = callback.kind === "function" ? callback.fn : null;
  const isInCallback = ({ node }: HandleUse): boolean => fn !== null && contains(fn, node);
  const caller = enclosingOf(begin);
  const atCaller = endingsOf(
    context,
    operation,
    caller,
    handleUses.filter((use) => !isInCallback(use)),
  );
  if (atCaller.areElsewhere) return [];
  if (fn !== null) {
    if (fn.generator || !isHandleSeen(context, operation, fn)) return [];
    const inCallback = endingsOf(context, operation, fn, [
      ...operation.callbackUses,
      ...handleUses.filter(isInCallback),
    ]);
    if (inCallback.areElsewhere) return [];
    // Both sides may end it where they share the work by `CompletedSynchronously`; which of them does is theirs to know.
    if (hasAny(inCallback)) return hasAny(atCaller) ? [] : missedInCallback(context, operation, fn, inCallback);
    if (!hasAny(atCaller))
      return isUnmistakable(context, operation) ? [{ operation, cause: "callback", exit: null }] : [];
  }
  if (hasAny(atCaller)) return missedByCaller(context, operation, caller, atCaller);
  if (!isUnmistakable(context, operation)) return [];
  return [{ operation, cause: operation.destination.kind === "variable" ? "unended" : "dropped", exit: null }];
}

/** Whether the file shows all that becomes of the handle outside of the callback. */
function isFollowed({ destination, isHandleAmbiguous }: Operation): boolean {
  switch (destination.kind) {
    case "discarded":
      return true;
    case "member":
      return HANDLE_MEMBERS.has(memberName(destination.member) ?? "");
    case "variable": {
      const { defs, scope } = destination.variable;
      // Other scripts share the global scope; importers see what is exported.
      const isShared =
        String(scope.type) === "global" ||
        defs.some(({ node }) => node.parent?.parent?.type === "ExportNamedDeclaration");
      return !isHandleAmbiguous && !isShared;
    }
    default:
      return false;
  }
}

/** Whether a callback gets at its handle in no other way than by the one parameter, or not at all. */
function isHandleSeen(
  context: Context,
  { callbackParameter, isHandleAmbiguous }: Operation,
  fn: FunctionNode,
): boolean {
  if (isHandleAmbiguous || fn.params.some(({ type }) => type === "RestElement" || type === "TSParameterProperty"))
    return false;
  if (callbackParameter === null && fn.params.some(({ type }) => type !== "ObjectPattern")) return false;
  const implicit = context.source.scopeManager.acquire(fn)?.set.get("arguments");
  return implicit === undefined || implicit.references.length === 0;
}

/** Where an operation is ended in a piece of code, Ends included of which it is unknown whose handle they are given. */
function endingsOf(context: Context, { begin, stem }: Operation, unit: Enclosing, uses: readonly HandleUse[]): Endings {
  const endings = endingsIn(context, unit, uses);
  const possible = new Set(endings.possible);
  for (const end of endCandidates(context)) {
    if (end.stem !== stem || operationsOf(context).some(({ ends }) => ends.some(({ call }) => call === end.call)))
      continue;
    const place = placeWithin(unit, end.call);
    if (place !== null && place !== begin) possible.add(place);
  }
  return { ...endings, possible };
}

function hasAny({ certain, possible }: Endings): boolean {
  return certain.size + possible.size > 0;
}

/** Whether more than a casual name says that a call is a Begin at all, where no End of it is in sight. */
function isUnmistakable(context: Context, operation: Operation): boolean {
  const { begin, stem, witnesses } = operation;
  if (isPascalCase(calleeOf(begin)!.name) || witnesses.has("type-name") || witnesses.has("known-type")) return true;
  if (witnesses.has("null-tail") && hasInputs(operation)) return true;
  return endCandidates(context).some((end) => end.stem === stem);
}

function missedInCallback(context: Context, operation: Operation, fn: FunctionNode, endings: Endings): MissingEnd[] {
  if (endings.certain.size === 0) return [];
  const isRelated = testsRelatedSince(context, fn, null);
  const refine: PathQuestion<EndState>["refine"] = (test, isTrue, state) => {
    if (state !== "pending") return state;
    const node = unwrap(test);
    // A callback is called when the operation is complete, and not before.
    if (!isTrue && node.type === "MemberExpression" && IS_COMPLETED_MEMBERS.has(memberName(node) ?? "")) return null;
    return isRelated(test) ? "unknown" : state;
  };
  const exits = pathsToEnd(context, fn, endings, {
    initial: "pending",
    stops: callsWithoutReturn(context, fn),
    refine,
  });
  return exits
    .filter(({ state }) => state === "pending")
    .map((exit) => ({ operation, cause: exit.node === null ? "callbackSkips" : "callbackLeaves", exit }));
}

function missedByCaller(context: Context, operation: Operation, unit: Enclosing, endings: Endings): MissingEnd[] {
  if (endings.certain.size === 0) return [];
  const isRelated = testsRelatedSince(context, unit, operation.begin);
  const refine: PathQuestion<EndState>["refine"] = (test, isTrue, state) => {
    if (state !== "pending") return state;
    // Who gives up waiting has abandoned the operation on purpose.
    return isRelated(test) || mayHaveTimedOut(context, test, isTrue) ? "unknown" : state;
  };
  const exits = pathsToEnd(context, unit, endings, {
    initial: "idle",
    begin: operation.begin,
    stops: callsWithoutReturn(context, unit),
    refine,
  });
  return exits
    .filter(({ state }) => state === "pending")
    .map((exit) => ({ operation, cause: exit.node === null ? "skips" : "leaves", exit }));
}
