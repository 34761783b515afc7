import type { ControlCall } from "./control-call.ts";
import type { Subscription } from "./event-subscriptions.ts";
import type { TSESTree } from "../../ast/source.ts";

/** An operation of one object that is started by a call and completed by an event, with all that the file does to it. */
export interface EventOperation {
  /** The object, see `objectKeyOf`. */
  readonly objectKey: string;
  /** The operation's name in lower case; empty where its event is called `completed` alone. */
  readonly stem: string;
  readonly starters: readonly ControlCall[];
  /** Where handlers are added to its completed event. */
  readonly subscriptions: readonly Subscription[];
  /** Where they are taken from it, by any name that the object goes by. */
  readonly removals: readonly Subscription[];
  /** Subscriptions to progress, of this operation or of all of the object's. */
  readonly progress: readonly Subscription[];
  readonly cancels: readonly ControlCall[];
  /** Reads of `IsBusy` of the object. */
  readonly busyReads: readonly TSESTree.MemberExpression[];
  /** Whether the file shows that it can be cancelled. */
  readonly isCancellable: boolean;
}
