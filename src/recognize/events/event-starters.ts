import { isFunction } from "../../ast/functions.ts";
import { calleeOf, memberName, wrapped } from "../../ast/names.ts";
import { nodesOf } from "../../ast/node-index.ts";
import type { TSESTree } from "../../ast/source.ts";
import { BARE_STARTERS, BUSY_MEMBERS, CANCEL_NAME, CANCELLATION_SUPPORT, STARTER_NAME } from "../../dialects/eap.ts";
import { LOOP_FUNCTIONS } from "../../dialects/waits.ts";
import type { Context } from "../context.ts";
import type { Knowledge } from "../knowledge.ts";
import { isAwaitable } from "../tasks/task-nature.ts";
import { natureOf } from "../tasks/tasks.ts";
import { fateOf } from "../tasks/value-fate.ts";
import type { ControlCall } from "./control-call.ts";

/** What a file asks of objects that have event-based operations. */
export interface Controls {
  readonly starters: readonly ControlCall[];
  readonly cancels: readonly ControlCall[];
  /** Reads of `IsBusy`. */
  readonly busyReads: readonly TSESTree.MemberExpression[];
  /** Members whose assignment says that an object's work can be cancelled. */
  readonly cancellationSupport: readonly TSESTree.MemberExpression[];
}

const controls = new WeakMap<Context, Controls>();

/** The calls and members of a file that start, cancel or watch an operation, whether or not there is an event to it. */
export function controlsOf(context: Context): Controls {
  let known = controls.get(context);
  if (known === undefined) {
    const calls = nodesOf(context.source).of("CallExpression");
    const members = nodesOf(context.source).of("MemberExpression");
    const cancels = calls.flatMap((call) => controlCall(call, cancelStem) ?? []);
    known = {
      starters: calls.flatMap((call) => controlCall(call, starterStem) ?? []),
      cancels: cancels.filter(({ call }) => isDropped(call) !== "no"),
      busyReads: members.filter((member) => BUSY_MEMBERS.has(memberName(member) ?? "")),
      cancellationSupport: members.filter((member) => CANCELLATION_SUPPORT.has(memberName(member) ?? "")),
    };
    controls.set(context, known);
  }
  return known;
}

function controlCall(call: TSESTree.CallExpression, stemOf: (name: string) => string | null): ControlCall | null {
  const callee = calleeOf(call);
  const stem = callee === null || callee.receiver === null ? null : stemOf(callee.name);
  return stem === null
    ? null
    : { call, object: callee!.receiver!, name: callee!.name, nameNode: callee!.nameNode, stem };
}

function cancelStem(name: string): string | null {
  const match = CANCEL_NAME.exec(name);
  return match === null ? null : (match[1] ?? "").toLowerCase();
}

function starterStem(name: string): string | null {
  if (BARE_STARTERS.has(name)) return "";
  return CANCEL_NAME.test(name) ? null : (STARTER_NAME.exec(name)?.[1]?.toLowerCase() ?? null);
}

/** Functions that do nothing with what their callback returns. */
const CALLERS: ReadonlySet<string> = new Set([
  "forEach",
  "ForEach",
  ...[...LOOP_FUNCTIONS].map((path) => path.slice(path.lastIndexOf(".") + 1)),
]);

/**
 * Whether nothing uses what a call gives: a starter of this pattern gives nothing. An arrow function that returns it may do so only
 * for being short; who calls it decides.
 */
export function isDropped(call: TSESTree.CallExpression): Knowledge {
  const outer = wrapped(call);
  const { parent } = outer;
  if (isFunction(parent) && parent.body === outer) {
    const around = wrapped(parent).parent;
    return around?.type === "CallExpression" && CALLERS.has(calleeOf(around)?.name ?? "") && !parent.async
      ? "yes"
      : "unknown";
  }
  const fate = fateOf(call);
  return fate.kind === "discarded" && fate.array === null ? "yes" : "no";
}

const doubtful = new WeakMap<Context, ReadonlySet<string>>();

/** The names of starters that somewhere in the file give something which is used, or may be: those are awaited, and raise no event of interest. */
export function consumedStarters(context: Context): ReadonlySet<string> {
  let known = doubtful.get(context);
  if (known === undefined) {
    known = new Set(
      controlsOf(context).starters.flatMap(({ call, name }) =>
        isDropped(call) === "yes" && !isKnownTask(context, call) ? [] : [name],
      ),
    );
    doubtful.set(context, known);
  }
  return known;
}

function isKnownTask(context: Context, call: TSESTree.CallExpression): boolean {
  const nature = natureOf(context, call);
  return isAwaitable(nature) && nature.isCertain;
}
