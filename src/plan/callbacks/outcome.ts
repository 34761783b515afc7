import type { CallbackShape } from "./callback.ts";
import type { Planner } from "../planner.ts";

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
  /** Writes an await of `operand` wherever it is taken. */
  readonly write: (planner: Planner, shape: CallbackShape, operand: string) => void;
}
