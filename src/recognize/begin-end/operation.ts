import type { Variable } from "../../ast/scopes.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import type { Callable } from "../callables.ts";
import type { CompletedEvent } from "../events/completed-event.ts";
import type { Destination } from "./handle-flow.ts";

/** Why a Begin or an End is believed to be one, besides its name. */
export type Witness =
  /** `(…, null, null)`. */
  | "null-tail"
  /** `new AsyncCallback(f)`, a callback parameter or a handle variable annotated `IAsyncResult`, a Begin that the file declares to give one. */
  | "type-name"
  /** The callback hands its parameter to the End of the same stem. */
  | "callback-ends"
  /** The callback, or the code that holds the handle, reads `AsyncState`, `IsCompleted`, … */
  | "handle-member"
  /** The value of the Begin arrives in the End of the same stem. */
  | "handle-flow"
  /** The receiver's type is known to have this operation. */
  | "known-type";

/** One use of a handle: of the variable a Begin's value went to, or of a callback's parameter. */
export type HandleUse =
  | { readonly kind: "end"; readonly node: TSESTree.Identifier; readonly end: EndCall }
  /** `handle.IsCompleted`, `handle.AsyncState`, … */
  | {
      readonly kind: "member";
      readonly node: TSESTree.Identifier;
      readonly member: TSESTree.MemberExpression;
      readonly name: string;
    }
  /** Returned, passed on, stored, compared, captured: what happens to it cannot be followed. */
  | {
      readonly kind: "other";
      readonly node: TSESTree.Identifier;
      /** The function of the file that it is passed on to. */ readonly helper?: HelperUse;
    };

/** A handle that is an argument of a call of a function of the file, and what that function does with it. */
export interface HelperUse {
  readonly call: TSESTree.CallExpression;
  readonly fn: FunctionNode;
  /** The place of the handle among the arguments. */
  readonly index: number;
  readonly uses: readonly HandleUse[];
}

/** A call of an End. */
export interface EndCall {
  readonly call: TSESTree.CallExpression;
  readonly stem: string;
  /** `null` for a plain function. */
  readonly receiver: TSESTree.Expression | null;
  readonly nameNode: TSESTree.Node;
  /** The argument that holds the handle. */
  readonly handle: TSESTree.Expression;
  /** The arguments beside the handle: out and ref values. */
  readonly extraArguments: readonly TSESTree.CallExpressionArgument[];
}

/** How the completion of an operation is waited for. */
export type Completion =
  /** The callback is a function of this file. */
  | "callback"
  /** A loop reads `IsCompleted`. */
  | "poll"
  /** `AsyncWaitHandle.WaitOne()`. */
  | "waitHandle"
  /** No wait but the End itself. */
  | "endAtOnce"
  /** Nobody looks at the handle again. */
  | "never"
  /** The handle, or the callback, leaves what can be followed. */
  | "escapes";

/** One logical asynchronous call: a Begin with or without its End, or the starter of an operation that a completed event tells of. */
export interface Operation {
  readonly stem: string;
  /** The call that starts it. */
  readonly begin: TSESTree.CallExpression;
  /** `null` for a plain function. */
  readonly receiver: TSESTree.Expression | null;
  readonly nameNode: TSESTree.Node;
  /** The arguments before callback and state; all but the user state of a starter. */
  readonly inputs: readonly TSESTree.CallExpressionArgument[];
  /** The callback as it is handed over; for a completed event, the handler where it is added to it. */
  readonly callbackArgument: TSESTree.Node;
  readonly callback: Callable;
  readonly state: TSESTree.CallExpressionArgument;
  readonly destination: Destination;
  /** Uses of the handle outside the callback. */
  readonly handleUses: readonly HandleUse[];
  /** Uses of the callback's parameter; empty unless the callback is a function of this file. */
  readonly callbackUses: readonly HandleUse[];
  /** The callback's parameter, where it has one. */
  readonly callbackParameter: Variable | null;
  /** Whether some read of the handle's variable may see this handle or another value. */
  readonly isHandleAmbiguous: boolean;
  /** The Ends that surely take this operation's handle. */
  readonly ends: readonly EndCall[];
  readonly completion: Completion;
  readonly witnesses: ReadonlySet<Witness>;
  /** The event that tells of its completion; `null` where a callback is given to the Begin. */
  readonly event: CompletedEvent | null;
}
