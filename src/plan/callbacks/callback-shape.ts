import type { TSESTree, FunctionNode } from "../../ast/source.ts";
import type { Variable } from "../../ast/scopes.ts";
import type { Planner } from "../planner.ts";
import type { Operation, EndCall, HelperUse } from "../../recognize/begin-end/operation.ts";
import type { Text } from "../write/text.ts";
import type { ResetEvent } from "../../recognize/waits/reset-events.ts";

/** How a callback reads the state that its Begin was given. */
export interface StateUse {
  /** Every `ar.AsyncState` that is still needed, without the casts around it. */
  readonly reads: readonly TSESTree.Node[];
  /** `const client = ar.AsyncState as Socket`: the variable and its declaration, when there is one such. */
  readonly variable: Variable | null;
  readonly declaration: TSESTree.VariableDeclaration | null;
  /** The type the state is read as, as text. */
  readonly type: string | null;
  /** Whether the callback needs the state for more than reaching the object whose End it calls. */
  readonly isNeeded: boolean;
}

/** Where the first await of a rewritten callback stands, so that nothing in it runs before completion. */
export type Barrier =
  /** What takes the outcome comes first. */
  | "none"
  /** Something else comes first: wait for completion there, take the outcome where it is taken. */
  | "settled"
  /** Nothing takes the outcome. */
  | "await";

/** How a callback takes the outcome of its operation: it calls an End, or asks the arguments of a completed event. */
export interface OutcomeUse {
  /** Whether anything takes it; where nothing does, errors were lost. */
  readonly isTaken: boolean;
  /** Whether one place takes it, so that the start may stand there. */
  readonly isTakenOnce: boolean;
  /** Whether taking it writes a `return` into the callback. */
  readonly returns: boolean;
  /** Whether a failure of the operation leads into code that the callback has for it. */
  readonly isFailureHandled: boolean;
  /** The indentation of the line on which it is taken. */
  readonly indent: (planner: Planner) => string;
  readonly barrier: (planner: Planner, shape: CallbackShape) => Barrier;
  /** Writes an await of `operand` wherever it is taken; `isMoved` where the body of the callback comes to stand somewhere else. */
  readonly write: (planner: Planner, shape: CallbackShape, operand: Text, isMoved: boolean) => void;
}

/** A callback function with all the operations it completes, ready to be rewritten. */
export interface CallbackShape {
  readonly fn: FunctionNode;
  /** The operations begun outside it. */
  readonly operations: readonly Operation[];
  /** The operations that it begins itself with itself as the callback: the rounds of a loop. */
  readonly repeats: readonly Operation[];
  readonly ends: readonly EndCall[];
  /** Where the callback has a function of the file end the operation for it; then it has no End itself. */
  readonly helpers: readonly HelperUse[];
  /** `ar.IsCompleted`: always true in a callback. */
  readonly completedReads: readonly TSESTree.MemberExpression[];
  readonly state: StateUse;
  /** The parameter by which a handler of several objects knows the one that it is called for. */
  readonly sender: TSESTree.Identifier | null;
  /** How it takes the outcome. */
  readonly outcome: OutcomeUse;
  /** The events this callback sets, each resolved to one variable of the file. */
  readonly events: readonly ResetEvent[];
  /** Statements that go: the state's declaration, and the event's `Set()`. */
  readonly removed: ReadonlySet<TSESTree.Statement>;
}
