import { calleeOf, isNothing, isPascalCase, memberName, unwrap, type Callee } from "../../ast/names.ts";
import { nodesOf } from "../../ast/node-index.ts";
import type { TSESTree } from "../../ast/source.ts";
import {
  ACCESSOR_NAME,
  COMPLETED_EVENT,
  EVENT_ADDERS,
  EVENT_REMOVERS,
  HANDLER_TYPE,
  NAMED_ADDERS,
  NAMED_REMOVERS,
  ONCE_ADDERS,
  PROGRESS_EVENT,
} from "../../dialects/eap.ts";
import type { Context } from "../context.ts";
import { connectionOf, type EventConnection } from "./event-connections.ts";
import { isHandlerValue } from "./event-handlers.ts";

/** How a handler is given to an event. */
export type SubscriptionSpelling =
  /** `client.add_XCompleted(fn)` */
  | "accessor"
  /** `client.XCompleted.connect(fn)`, `.add(fn)`, …; `connection.disconnect()` of what that gave */
  | "eventObject"
  /** `client.XCompleted("add", fn)` */
  | "eventCall"
  /** `client.on("xCompleted", fn)`, `client.addEventListener("xcompleted", fn)` */
  | "named"
  /** `client.XCompleted += fn` */
  | "operator"
  /** `client.onxcompleted = fn`, `client.XCompleted = fn` */
  | "property";

/** A place where a handler is added to an event of an operation, or taken from it. */
export interface Subscription {
  readonly action: "add" | "remove";
  readonly role: "completed" | "progress";
  readonly spelling: SubscriptionSpelling;
  /** What adds or removes once it has been evaluated. */
  readonly node: TSESTree.CallExpression | TSESTree.AssignmentExpression;
  /** The narrow place to report. */
  readonly nameNode: TSESTree.Node;
  /** The object that has the event. */
  readonly object: TSESTree.Expression;
  /** The event's name as written, without what the spelling adds to it. */
  readonly event: string;
  /** The operation's name in lower case, which all spellings have in common; empty for an event called `completed` alone. */
  readonly stem: string;
  /** `null` where all handlers are removed. */
  readonly handler: TSESTree.Node | null;
  /** Whether the handler is called once and is gone then; `unknown` where options decide. */
  readonly isOnce: "yes" | "no" | "unknown";
  /** What adding the handler gives and the file takes it off with; the same one where it does so. */
  readonly connection: EventConnection | null;
}

const subscriptions = new WeakMap<Context, readonly Subscription[]>();

/** The places of a file where handlers of completed and progress events are added and removed, in source order. */
export function subscriptionsOf(context: Context): readonly Subscription[] {
  let known = subscriptions.get(context);
  if (known === undefined) {
    const index = nodesOf(context.source);
    known = [
      ...index.of("CallExpression").flatMap((call) => connected(context, subscribingCall(call))),
      ...index.of("MemberExpression").flatMap((member) => assignedHandler(context, member) ?? []),
    ];
    known = [...known].sort((a, b) => a.node.range[0] - b.node.range[0]);
    subscriptions.set(context, known);
  }
  return known;
}

/** A subscription with the connection that it gives, and the removals by that. */
function connected(context: Context, added: Subscription | null): Subscription[] {
  if (
    added === null ||
    added.action !== "add" ||
    added.spelling !== "eventObject" ||
    added.node.type !== "CallExpression"
  )
    return added === null ? [] : [added];
  const connection = connectionOf(context, added.node);
  if (connection === null) return [added];
  const removals = connection.ends.map((end): Subscription => ({
    ...added,
    action: "remove",
    node: end,
    nameNode: calleeOf(end)!.nameNode,
    handler: null,
    isOnce: "no",
    connection,
  }));
  return [{ ...added, connection }, ...removals];
}

/** The stem and the role of an event by its name; `null` for other events. */
function eventOf(name: string): { stem: string; role: Subscription["role"] } | null {
  const completed = COMPLETED_EVENT.exec(name);
  const progress = completed === null ? PROGRESS_EVENT.exec(name) : null;
  const stem = completed?.[1] ?? progress?.[1];
  return stem === undefined
    ? null
    : { stem: stem.replace(/async$/, "").toLowerCase(), role: completed === null ? "progress" : "completed" };
}

type Kind = Pick<Subscription, "action" | "spelling"> & {
  readonly event: string;
  readonly object: TSESTree.Expression;
  readonly handler: TSESTree.Node | null;
  readonly nameNode: TSESTree.Node;
  readonly isOnce?: Subscription["isOnce"];
};

function subscription(node: Subscription["node"], { event, ...kind }: Kind): Subscription | null {
  const known = eventOf(event);
  return known === null || kind.handler?.type === "SpreadElement"
    ? null
    : { node, event, isOnce: "no", connection: null, ...known, ...kind };
}

function subscribingCall(call: TSESTree.CallExpression): Subscription | null {
  const callee = calleeOf(call);
  if (callee === null || callee.receiver === null) return null;
  const owner = { ...callee, receiver: callee.receiver };
  return accessor(call, owner) ?? eventObject(call, owner) ?? named(call, owner) ?? eventCall(call, owner);
}

type Owned = Callee & { readonly receiver: TSESTree.Expression };

function accessor(call: TSESTree.CallExpression, { name, nameNode, receiver }: Owned): Subscription | null {
  const [, action, event] = ACCESSOR_NAME.exec(name) ?? [];
  if (event === undefined || call.arguments.length !== 1) return null;
  return subscription(call, {
    action: action as Subscription["action"],
    spelling: "accessor",
    event,
    object: receiver,
    handler: call.arguments[0]!,
    nameNode,
  });
}

function eventObject(call: TSESTree.CallExpression, { name, receiver }: Owned): Subscription | null {
  const action = EVENT_ADDERS.has(name) ? "add" : EVENT_REMOVERS.has(name) ? "remove" : null;
  const member = unwrap(receiver);
  const event = member.type === "MemberExpression" ? memberName(member) : null;
  if (action === null || member.type !== "MemberExpression" || event === null) return null;
  const [handler = null, options] = call.arguments;
  if (action === "add" && handler === null) return null;
  // A list has an `Add` as well: of items that are completed, for one.
  if (isPascalCase(name) && handler !== null && !mayBeHandler(handler)) return null;
  return subscription(call, {
    action,
    spelling: "eventObject",
    event,
    object: member.object,
    handler,
    nameNode: member.property,
    isOnce: onceness(name, options),
  });
}

function mayBeHandler(node: TSESTree.Node): boolean {
  const value = unwrap(node);
  if (value.type === "NewExpression") return HANDLER_TYPE.test(calleeOf(value)?.name ?? "");
  return !/^(?:Array|Binary|Object|Template|Unary)\w+$|^(?:Literal|ThisExpression)$/.test(value.type);
}

function named(call: TSESTree.CallExpression, { name, receiver }: Owned): Subscription | null {
  const action = NAMED_ADDERS.has(name) ? "add" : NAMED_REMOVERS.has(name) ? "remove" : null;
  const [first, handler = null, options] = call.arguments;
  const event = first === undefined ? null : literalText(first);
  if (action === null || event === null || (action === "add" && handler === null)) return null;
  return subscription(call, {
    action,
    spelling: "named",
    event,
    object: receiver,
    handler,
    nameNode: first!,
    isOnce: onceness(name, options),
  });
}

function eventCall(call: TSESTree.CallExpression, { name, nameNode, receiver }: Owned): Subscription | null {
  const [first, handler] = call.arguments;
  const action = first === undefined ? null : literalText(first);
  if ((action !== "add" && action !== "remove") || handler === undefined) return null;
  return subscription(call, { action, spelling: "eventCall", event: name, object: receiver, handler, nameNode });
}

function assignedHandler(context: Context, member: TSESTree.MemberExpression): Subscription | null {
  const { parent } = member;
  const name = memberName(member);
  if (name === null || parent.type !== "AssignmentExpression" || parent.left !== member || eventOf(name) === null)
    return null;
  const base = { object: member.object, handler: parent.right, nameNode: member.property };
  if (parent.operator === "+=" || parent.operator === "-=") {
    return subscription(parent, {
      ...base,
      action: parent.operator === "+=" ? "add" : "remove",
      spelling: "operator",
      event: name,
    });
  }
  if (parent.operator !== "=") return null;
  const event = name.replace(/^on(?=[A-Za-z])/, "");
  if (isNothing(parent.right))
    return subscription(parent, { ...base, handler: null, action: "remove", spelling: "property", event });
  // `this.isCompleted = true` gives no handler.
  return isHandlerValue(context, parent.right)
    ? subscription(parent, { ...base, action: "add", spelling: "property", event })
    : null;
}

function literalText(node: TSESTree.Node): string | null {
  const value = unwrap(node);
  if (value.type === "TemplateLiteral" && value.expressions.length === 0) return value.quasis[0]!.value.cooked;
  return value.type === "Literal" && typeof value.value === "string" ? value.value : null;
}

/** `once(…)`, `{ once: true }`; a third argument that is no plain flag may hold a signal, or anything. */
function onceness(method: string, options: TSESTree.Node | undefined): Subscription["isOnce"] {
  if (ONCE_ADDERS.has(method)) return "yes";
  return options === undefined || (options.type === "Literal" && typeof options.value === "boolean") ? "no" : "unknown";
}

/** An event as messages name it: `DownloadStringCompleted` of `add_DownloadStringCompleted`. */
export function eventName({ event, nameNode, spelling }: Subscription): string {
  return spelling === "property" && nameNode.type === "Identifier" ? nameNode.name : event;
}
