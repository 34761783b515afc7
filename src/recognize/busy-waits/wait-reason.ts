import type { LoopTurn } from "../../ast/loops.ts";
import { variableOf, type Variable } from "../../ast/scopes.ts";
import type { TSESTree } from "../../ast/source.ts";
import { calleeOf, dottedName, unwrap } from "../../ast/names.ts";
import { PUMPING_NAME, SLEEPING_CALLS } from "../../dialects/busy-wait.ts";
import { clockRead } from "./clock-reads.ts";
import { completionRead, statusRead, zeroWait, type CompletionRead } from "./completion-reads.ts";
import type { Context } from "../context.ts";
import { callsReached } from "./event-loop-calls.ts";
import { flagIn, isAdvancedByLoop, type Flag } from "./flags.ts";
import { libraryAround } from "../tasks/library-side.ts";
import { substituted, type LoopAtom } from "./loop-atoms.ts";
import type { WaitNode } from "./loop-values.ts";
import { workIn } from "./loop-work.ts";
import type { Operation } from "../begin-end/operation.ts";
import { isWaitable, operationHeldBy, polledHandle, type PolledHandle } from "./polled-handle.ts";
import type { BusyWait } from "./busy-wait-kinds.ts";

/** Why a loop is believed to wait, and for what. */
export type WaitReason = Pick<BusyWait, "place" | "subject" | "handle" | "operation"> & {
  readonly cause: "handle" | "zero-wait" | "clock" | "flag";
};

/** What a loop, or a call that is one, evaluates each turn. */
export interface WaitTurn extends Pick<LoopTurn, "head" | "body"> {
  readonly loop: WaitNode;
}

/**
 * What a loop waits for, the first of these that holds: a handle or task, an event, a flag that only a callback changes, something that by
 * its name alone may complete, the time. `null` where it may do something else than wait, or where that cannot be told.
 */
export function waitReason(context: Context, turn: WaitTurn, atoms: readonly LoopAtom[]): WaitReason | null {
  const { loop } = turn;
  if (atoms.length === 0) return null;
  const isIdle = workIn(context, [...turn.head, ...turn.body], loop) === null;
  // A loop that gets on by itself, as one over a list does, may ask for anything on its way.
  const isStill =
    isIdle &&
    (turnCalls(context, turn).some((call) => SLEEPING_CALLS.test(pathOf(call))) ||
      !atoms.some(({ node }) => isAdvancedByLoop(context, loop, node)));
  const completion = (wanted: (handle: PolledHandle) => boolean): WaitReason | null =>
    first(atoms, (atom) => completionReason(context, loop, atom, wanted));
  if (libraryAround(loop) === null) {
    const reason =
      completion(({ isEvident }) => isEvident) ??
      first(atoms, (atom) => zeroWaitReason(context, atom)) ??
      flagReason(context, turn, atoms, isIdle, isStill) ??
      (isStill ? completion(isForeign) : null);
    if (reason !== null) return reason;
  }
  return isIdle ? first(atoms, (atom) => clockReason(context, loop, atom)) : null;
}

function first(atoms: readonly LoopAtom[], reasonOf: (atom: LoopAtom) => WaitReason | null): WaitReason | null {
  for (const atom of atoms) {
    const reason = reasonOf(atom);
    if (reason !== null) return reason;
  }
  return null;
}

function completionReason(
  context: Context,
  loop: WaitNode,
  atom: LoopAtom,
  wanted: (handle: PolledHandle) => boolean,
): WaitReason | null {
  const read = pendingRead(atom);
  if (read === null) return null;
  const handle = polledHandle(context, loop, read, substituted(context, read.receiver, atom.bindings));
  if (handle === null || !wanted(handle)) return null;
  return {
    cause: "handle",
    place: atom.place === atom.node ? read.node : atom.place,
    subject: read.node,
    handle: handle.variable,
    operation: handle.operation,
  };
}

/** The read of completion in an atom that lets the loop go on until then. */
function pendingRead(atom: LoopAtom): CompletionRead | null {
  const read = completionRead(atom.node);
  if (read === null) return statusRead(atom.node);
  return read.state?.whilePending === atom.value ? read : null;
}

/** A member of an object's own completes when the object says so: who in it changes the member is what matters. */
function isForeign({ receiver }: PolledHandle): boolean {
  return unwrap(receiver).type !== "ThisExpression";
}

function zeroWaitReason(context: Context, atom: LoopAtom): WaitReason | null {
  const wait = atom.value ? null : zeroWait(atom.node);
  if (wait === null) return null;
  const receiver = substituted(context, wait.receiver, atom.bindings);
  if (!wait.isUnmistakable && !isWaitable(context, receiver)) return null;
  return {
    cause: "zero-wait",
    place: atom.place === atom.node ? wait.node : atom.place,
    subject: wait.node,
    ...waitedFor(context, receiver),
  };
}

/** The handle behind `ar.AsyncWaitHandle`, or behind what holds an event or a task. */
function waitedFor(
  context: Context,
  receiver: TSESTree.Node,
): { handle: Variable | null; operation: Operation | null } {
  const node = unwrap(receiver);
  const held = node.type === "MemberExpression" ? node.object : node;
  return { handle: variableOf(context.source, unwrap(held)), operation: operationHeldBy(context, held) };
}

function flagReason(
  context: Context,
  turn: WaitTurn,
  atoms: readonly LoopAtom[],
  isIdle: boolean,
  isStill: boolean,
): WaitReason | null {
  const flags = atoms.map((atom): [LoopAtom, Flag | null] => [atom, flagIn(context, turn.loop, atom.node)]);
  const found = flags.filter((entry): entry is [LoopAtom, Flag] => entry[1] !== null);
  const isDeferred = found.every(([, flag]) => flag.isDeferred);
  const waitsIdly = isStill || (isIdle && isDeferred);
  // A loop that works is only there to wait when nothing but the flag can end it, and when its work cannot bring the flag about.
  const waitsAtWork =
    isDeferred &&
    found.length === atoms.length &&
    !turnCalls(context, turn).some((call) => PUMPING_NAME.test(calleeOf(call)?.name ?? ""));
  if (found.length === 0 || !(waitsIdly || waitsAtWork)) return null;
  const [atom, flag] = found[0]!;
  return { cause: "flag", place: atom.place, subject: flag.node, handle: null, operation: flag.operation };
}

function clockReason(context: Context, loop: WaitNode, atom: LoopAtom): WaitReason | null {
  // Only a comparison waits for the time; `while (taken[Date.now()])` looks for something else.
  const clock = atom.node.type === "BinaryExpression" ? clockRead(context, atom.node, loop) : null;
  return clock === null ? null : { cause: "clock", place: atom.place, subject: clock, handle: null, operation: null };
}

/** The calls that a turn makes, in the functions of the file as well. */
function turnCalls(context: Context, { head, body }: WaitTurn): readonly TSESTree.CallExpression[] {
  return callsReached(context, [...head, ...body]);
}

/** A call's function as a dotted path; only its last part where what it belongs to is no path. */
function pathOf(call: TSESTree.CallExpression): string {
  return dottedName(call.callee) ?? `.${calleeOf(call)?.name ?? ""}`;
}
