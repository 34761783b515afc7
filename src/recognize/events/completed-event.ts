import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import type { CompletionHandler } from "./event-handlers.ts";
import type { Subscription } from "./event-subscriptions.ts";
import type { HandlerRemover } from "./handler-removers.ts";
import type { EventOperation } from "./event-operation.ts";
import type { AbortListener } from "./abort-listener.ts";

/** Why a starter and a handler cannot be joined to one awaited call. */
export interface EventObstacle {
  readonly kind:
    /** More than one handler is called, or it cannot be told which. */
    | "severalHandlers"
    /** The handler is added too late, on some paths only, with options, or as part of an expression. */
    | "subscription"
    /** It is taken off the event by other code than itself. */
    | "removedElsewhere"
    /** Code out of sight may start the operation as well, and count on the handler. */
    | "shared"
    /** Calls may be pending side by side on one object, and nothing tells their completions apart. */
    | "overlap";
  readonly node: TSESTree.Node;
}

/** The completed event of one started operation, with what the file does to the event for it. */
export interface CompletedEvent {
  readonly operation: EventOperation;
  /** Where the handler is added; `null` where none can be told. */
  readonly subscription: Subscription | null;
  readonly handler: CompletionHandler | null;
  /** The function that is added to the event: the handler itself, or one that does nothing but call it. */
  readonly listener: FunctionNode | null;
  /** Where the handler takes itself off the event, and handlers of progress that were added for this call off theirs. */
  readonly removals: readonly Subscription[];
  /** The functions by which it does so where it does not do so itself. */
  readonly removers: readonly HandlerRemover[];
  /** Handlers of progress that are added for this call. */
  readonly progress: readonly Subscription[];
  /** Listeners that cancel this call when a signal says so. */
  readonly aborts: readonly AbortListener[];
  /** Whether the call is given a user state, which its completion gives back. */
  readonly hasUserState: boolean;
  /** Whether the last argument of the call has the name of such a state, but nothing shows that it is one. */
  readonly isStateDoubtful: boolean;
  /** Whether its handler passes over the completions of other calls by that state. */
  readonly isKeyChecked: boolean;
  readonly obstacle: EventObstacle | null;
}
