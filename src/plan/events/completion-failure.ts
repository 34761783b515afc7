import { contains } from "../../ast/flow.ts";
import { enclosingOf } from "../../ast/functions.ts";
import { unwrap } from "../../ast/names.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import { isValue, type CompletionRead } from "../../recognize/events/event-reads.ts";
import type { Branch, Branches } from "./completion-branches.ts";
import { shorthandText } from "./completion-values.ts";
import { isSeenInFunction } from "../naming.ts";
import type { Planner } from "../planner.ts";
import type { NamedValue } from "./named-value.ts";
import type { CallbackShape } from "../callbacks/callback-shape.ts";
import { ABORT_ERROR } from "../write/new-promise.ts";

/** How the cases know what went wrong: what the error itself is, what it is for them, and whether there was a cancellation instead. */
export interface Failure {
  /** The expression of the error, and the name or expression by which the cases know it. */
  readonly reason: string;
  readonly isAbort: string;
}

/** The names by which the cases know what went wrong: of the error, and of whether it was a cancellation, where a branch is for both. */
export interface KnownFailure {
  readonly name: string;
  readonly cancelled: string | null;
}

/** Whether an error is that of a cancellation. */
export function isAbortError(error: string): string {
  return `${error} instanceof Error && ${error}.name === "${ABORT_ERROR}"`;
}

/** `const text = e.Result`, where it is the first thing that follows a success: the name that the value gets. */
export function declaredValue(
  planner: Planner,
  { fn }: Pick<CallbackShape, "fn">,
  { success, isNested }: Branches,
  reads: readonly CompletionRead[],
  places: readonly TSESTree.Node[],
): Pick<NamedValue, "member" | "name"> | null {
  const { source } = planner.context;
  const [first] = success;
  const [declarator] =
    first?.type === "VariableDeclaration" && first.declarations.length === 1 ? first.declarations : [];
  const read = reads.find(({ node }) => declarator?.init != null && unwrap(declarator.init) === node);
  if (first === undefined || declarator?.id.type !== "Identifier" || read === undefined || !isValue(read)) return null;
  const { name } = declarator.id;
  const isSeen =
    isNested && [fn, ...places.map(enclosingOf)].some((unit) => isSeenInFunction(source, unit, name, first.parent));
  return isSeen ? null : { member: read.name, name };
}

/** Writes what the members that tell of the outcome are in each case; those of a joint branch have names of their own. */
export function answerReads(
  planner: Planner,
  fn: FunctionNode,
  branches: Branches,
  reads: readonly CompletionRead[],
  known: KnownFailure,
): void {
  const { draft } = planner;
  const { error, cancelled, success } = branches;
  const isIn = (branch: Branch | undefined, node: TSESTree.Node): boolean => branch != null && contains(branch, node);
  for (const { node, role } of reads) {
    if (role !== "error" && role !== "cancelled") continue;
    if (!isIn(error, node) && !isIn(cancelled, node) && !success.some((statement) => contains(statement, node)))
      continue;
    const text =
      role === "error"
        ? isIn(error, node)
          ? known.name
          : "null"
        : ((isIn(cancelled, node) ? known.cancelled : null) ?? String(isIn(cancelled, node)));
    draft.replace(fn, node.range, shorthandText(node, text));
  }
}
