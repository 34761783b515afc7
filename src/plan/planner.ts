import type { FunctionNode, TSESTree } from "../ast/source.ts";
import type { Operation } from "../recognize/begin-end/operation.ts";
import type { Outputs } from "../recognize/events/outputs.ts";
import type { Links } from "./callbacks/links.ts";
import type { Countdown } from "./countdowns/countdown.ts";
import type { Joins } from "./joins.ts";
import type { PlannerBase } from "./planner-base.ts";

/** What is found out about the operations of a file before any of them is decided. */
export interface Facts {
  /** What the last of several operations is followed by, by each of them. */
  readonly countdowns: ReadonlyMap<Operation, Countdown>;
  /** The operations whose Ends give all their values as what is awaited, with the declarations of holders that go. */
  readonly outputs: ReadonlyMap<Operation, readonly TSESTree.VariableDeclaration[]>;
  /** The handlers whose values come as members of what a twin gives. */
  readonly given: ReadonlyMap<FunctionNode, Outputs>;
}

/** What the deciding of one file shares. */
export interface Planner extends PlannerBase {
  readonly facts: Facts;
  readonly links: Links;
  /** Where several operations are awaited together. */
  readonly joins: Joins;
  /** Started promises that need a guard only if an await comes to stand before their own. */
  readonly unguarded: Unguarded[];
}

/** A started promise, and the stretch of code in which its rejection would find nobody listening if an await stood there. */
export interface Unguarded {
  readonly operation: Operation;
  readonly name: string;
  /** The statement that starts it. */
  readonly statement: TSESTree.Statement;
  /** Where its own await begins. */
  readonly end: number;
}
