import { memberName, isPascalCase } from "../../ast/names.ts";
import type { TSESTree } from "../../ast/source.ts";
import { OTHER_STEMS, UNMISTAKABLE_STARTERS } from "../../dialects/eap.ts";
import type { Context } from "../context.ts";
import { completionHandler, resolveHandler, showsCompletion, type CompletionHandler } from "./event-handlers.ts";
import { objectKey } from "./event-objects.ts";
import { consumedStarters, controlsOf } from "./event-starters.ts";
import { subscriptionsOf, type Subscription } from "./event-subscriptions.ts";
import type { ControlCall } from "./control-call.ts";
import type { EventOperation } from "./event-operation.ts";

const operations = new WeakMap<Context, readonly EventOperation[]>();

/**
 * The event-based operations of a file. A name is one witness; the other is the starter of the same name on the same object, and in
 * camel case, where every emitter may have such names, a handler that asks for an error, a cancellation or a state, or a sign of the
 * pattern on the object. A starter whose value is used anywhere is awaited, and no operation of this kind.
 */
export function eventOperationsOf(context: Context): readonly EventOperation[] {
  let known = operations.get(context);
  if (known === undefined) operations.set(context, (known = recognizeOperations(context)));
  return known;
}

/** Whether an operation has more than one start, or one of another operation is made on its object. */
export function hasOtherStarts(context: Context, operation: EventOperation): boolean {
  return (
    operation.starters.length > 1 ||
    eventOperationsOf(context).some(
      (other) => other !== operation && other.starters.length > 0 && other.objectKey === operation.objectKey,
    )
  );
}

interface Group {
  readonly key: string;
  readonly stem: string;
  readonly starters: ControlCall[];
  readonly subscriptions: Subscription[];
}

function recognizeOperations(context: Context): readonly EventOperation[] {
  const groups = new Map<string, Group>();
  const groupOf = (object: TSESTree.Node, stem: string): Group | null => {
    const key = objectKey(context, object);
    if (key === null) return null;
    const id = `${key} ${stem}`;
    let group = groups.get(id);
    if (group === undefined) groups.set(id, (group = { key, stem, starters: [], subscriptions: [] }));
    return group;
  };
  for (const subscription of subscriptionsOf(context)) {
    if (subscription.action === "add" && subscription.role === "completed")
      groupOf(subscription.object, subscription.stem)?.subscriptions.push(subscription);
  }
  if (groups.size > 0 || controlsOf(context).starters.some(isUnmistakable)) {
    const consumed = consumedStarters(context);
    for (const starter of controlsOf(context).starters) {
      if (consumed.has(starter.name)) continue;
      for (const stem of eventStems(starter)) groupOf(starter.object, stem)?.starters.push(starter);
    }
  }
  const candidates = [...groups.values()].filter(
    ({ starters, subscriptions }) => subscriptions.length > 0 || starters.some(isUnmistakable),
  );
  return candidates.map((group) => complete(context, group)).filter((operation) => isConvincing(context, operation));
}

function isUnmistakable({ name }: ControlCall): boolean {
  return UNMISTAKABLE_STARTERS.has(name);
}

/** The stems of the completed events that a starter may belong to. */
function eventStems({ stem }: ControlCall): readonly string[] {
  const others = [...OTHER_STEMS].flatMap(([event, starter]) => (starter === stem ? [event] : []));
  return stem === "" ? [""] : [stem, ...others, ""];
}

function complete(context: Context, { key, stem, starters, subscriptions }: Group): EventOperation {
  const isOwn = (object: TSESTree.Node): boolean => objectKey(context, object) === key;
  const all = subscriptionsOf(context);
  const controls = controlsOf(context);
  const cancels = controls.cancels.filter(
    (cancel) => (cancel.stem === "" || cancel.stem === stem) && isOwn(cancel.object),
  );
  return {
    objectKey: key,
    stem,
    starters,
    subscriptions,
    removals: all.filter(
      ({ action, object, role, stem: other }) =>
        action === "remove" && role === "completed" && other === stem && isOwn(object),
    ),
    progress: all.filter(
      ({ action, object, role, stem: other }) =>
        action === "add" && role === "progress" && (other === "" || stem.startsWith(other)) && isOwn(object),
    ),
    cancels,
    busyReads: controls.busyReads.filter(({ object }) => isOwn(object)),
    isCancellable: cancels.length > 0 || controls.cancellationSupport.some(({ object }) => isOwn(object)),
  };
}

/** The handler of a subscription, where the file shows it. */
export function handlerOf(context: Context, { handler }: Subscription): CompletionHandler | null {
  const callable = handler === null ? null : resolveHandler(context, handler);
  return callable?.kind === "function" ? completionHandler(context, callable.fn) : null;
}

function isConvincing(context: Context, operation: EventOperation): boolean {
  const { starters, stem, subscriptions } = operation;
  if (stem !== "" && starters.some(isUnmistakable)) return true;
  const handlers = subscriptions.map((subscription) => handlerOf(context, subscription));
  const shows = (evidence: "args" | "dotNetArgs"): boolean =>
    handlers.some((handler) => handler !== null && showsCompletion(handler, evidence));
  if (subscriptions.length === 0) return false;
  // An event called `completed` alone may be anything's, and recur; so may one whose starter is out of sight.
  if (stem === "" || starters.length === 0) return shows("dotNetArgs") && (stem !== "" || starters.length > 0);
  return shows("args") || operation.cancels.length + operation.busyReads.length > 0 || isDotNet(operation);
}

/** Whether starter and event are both spelled as .NET spells them. */
function isDotNet({ starters, subscriptions }: EventOperation): boolean {
  return starters.some(({ name }) => isPascalCase(name)) && subscriptions.some(({ event }) => isPascalCase(event));
}

/** Whether a member read is that of an object's `IsBusy`. */
export function isBusyRead(context: Context, node: TSESTree.Node, key: string): boolean {
  return (
    node.type === "MemberExpression" &&
    /^[iI]sBusy$/.test(memberName(node) ?? "") &&
    objectKey(context, node.object) === key
  );
}
