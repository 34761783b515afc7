import { loopAround, suspends } from "../../ast/flow.ts";
import { turnOf, type Loop, type LoopTurn } from "../../ast/loops.ts";
import { dottedName } from "../../ast/names.ts";
import { nodesOf } from "../../ast/node-index.ts";
import type { TSESTree } from "../../ast/source.ts";
import { YIELDING_CALLS } from "../../dialects/busy-wait.ts";
import { resolveCallable } from "../callables.ts";
import type { Context } from "../context.ts";
import { callsReached, eventLoopCallsOf } from "./event-loop-calls.ts";
import { loopAtoms } from "./loop-atoms.ts";
import { returnedExpression } from "./loop-values.ts";
import { workIn } from "./loop-work.ts";
import { waitReason, type WaitReason } from "./wait-reason.ts";
import type { BusyWait } from "./busy-wait-kinds.ts";

const found = new WeakMap<Context, readonly BusyWait[]>();

/** The busy waits of a file, in source order. A loop whose purpose cannot be told is none. */
export function busyWaitsOf(context: Context): readonly BusyWait[] {
  let known = found.get(context);
  if (known === undefined) {
    const index = nodesOf(context.source);
    const calls = eventLoopCallsOf(context);
    const pumps = new Map(
      calls.flatMap(({ kind, call }) => (kind === "run-loop-once" ? [[loopAround(call), call]] : [])),
    );
    const loops: Loop[] = [...index.of("WhileStatement"), ...index.of("DoWhileStatement"), ...index.of("ForStatement")];
    const waits = [
      ...loops.map((loop) => busyLoop(context, loop, pumps.get(loop) ?? null)),
      ...calls.map(({ kind, call }) => (kind === "run-loop-once" ? null : busyCall(context, kind, call))),
    ];
    known = waits.filter((wait) => wait !== null).sort((a, b) => a.node.range[0] - b.node.range[0]);
    found.set(context, known);
  }
  return known;
}

/** `pump` is the call in the loop that runs the event loop, if there is one. */
function busyLoop(context: Context, loop: Loop, pump: TSESTree.CallExpression | null): BusyWait | null {
  const turn = turnOf(context.source, loop);
  if (turn === null) return null;
  const parts = [...turn.head, ...turn.body];
  if (parts.some((part) => suspends(context.source, part))) return null;
  const atoms = turn.conditions.flatMap((condition) => loopAtoms(context, loop, condition));
  const reason = waitReason(context, turn, atoms);
  if (pump !== null)
    return {
      ...of(reason),
      cause: "run-loop-once",
      node: loop,
      place: turn.conditions[0]?.test ?? pump.callee,
      subject: pump.callee,
      body: bodyOf(context, turn),
    };
  if (
    reason === null ||
    callsReached(context, parts).some((call) => YIELDING_CALLS.test(dottedName(call.callee) ?? ""))
  )
    return null;
  return { ...reason, node: loop, body: bodyOf(context, turn) };
}

/** A call that loops over a predicate: `SpinUntil` as long as it does not hold, `loopWhile` as long as it does. */
function busyCall(context: Context, cause: "loop-while" | "spin-until", call: TSESTree.CallExpression): BusyWait {
  const [predicate] = call.arguments;
  const callable = predicate === undefined ? null : resolveCallable(context, predicate);
  const test = callable?.kind === "function" ? returnedExpression(callable.fn) : null;
  const condition = test === null ? null : { test, goesOnWhen: cause === "loop-while" };
  const atoms = condition === null ? [] : loopAtoms(context, call, condition);
  const reason = waitReason(context, { loop: call, head: [], body: [] }, atoms);
  return { ...of(reason), cause, node: call, place: call.callee, subject: call.callee, body: "empty" };
}

/** What a wait of a kind of its own still tells of what it waits for. */
function of(reason: WaitReason | null): Pick<BusyWait, "handle" | "operation"> {
  return { handle: reason?.handle ?? null, operation: reason?.operation ?? null };
}

function bodyOf(context: Context, turn: LoopTurn): BusyWait["body"] {
  if (turn.body.length === 0) return "empty";
  return workIn(context, turn.body, turn.loop) === null ? "idle" : "work";
}
