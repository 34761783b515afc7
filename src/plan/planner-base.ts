import type { TSESTree } from "../ast/source.ts";
import type { Context } from "../recognize/context.ts";
import { calleeOf } from "../ast/names.ts";
import type { Operation } from "../recognize/begin-end/operation.ts";
import type { AsyncFunctions } from "./async/async-functions.ts";
import type { Reach } from "./async/reach.ts";
import type { RefusalCode } from "./codes.ts";
import type { Draft } from "./draft.ts";
import type { NameSource } from "./naming.ts";
import type { Target } from "./types.ts";

/** What is known of a file's operations by those who have it planned. */
export interface PlanKnowledge {
  /** The awaitable twin of an event-based operation that settles as an adapter would; `null` where none such is known. */
  readonly eventTwin?: (operation: Operation) => EventTwin | null;
}

/** An awaitable method that is made of a starter and its event. */
export interface EventTwin {
  /** How many arguments it takes: those of the starter without the user state. */
  readonly inputs: number;
  /** The members of the event's arguments that it gives: one by itself, several in an object. */
  readonly values: readonly string[];
  /** The cancel method for which a signal stands; `null` where it takes none. */
  readonly signal: { readonly cancel: string; readonly takesState: boolean } | null;
  /** The event of progress for which a function stands, and how many arguments its handlers are called with; `null` where it takes none. */
  readonly progress: { readonly event: string; readonly arity: number | null } | null;
}

/** What the planning of one file has from its start. */
export interface PlannerBase {
  readonly context: Context;
  /** What can be seen of the file's functions. */
  readonly reach: Reach;
  /** The operations of all files that are planned together, this one among them. */
  readonly files: ReadonlyMap<TSESTree.Program, { readonly operations: readonly Operation[] }>;
  readonly draft: Draft;
  readonly names: NameSource;
  readonly functions: AsyncFunctions;
  readonly target: Target;
  readonly eventTwin: NonNullable<PlanKnowledge["eventTwin"]>;
  /** Whether a loop that works while it polls becomes one that yields; such a loop is refused otherwise. */
  readonly yieldInPolls: boolean;
  /** Whether a pair that the file offers gets an async function beside it; such a pair is refused otherwise. */
  readonly facade: boolean;
  readonly operations: readonly Operation[];
}

/** The name under which an operation appears in messages: that of its Begin. */
export function beginName(operation: Operation): string {
  return calleeOf(operation.begin)!.name;
}

/** Refuses an operation, and with it everything linked to it. */
export function refuse(
  { draft }: Pick<PlannerBase, "context" | "draft">,
  operation: Operation,
  code: RefusalCode,
  place: TSESTree.Node = operation.nameNode,
  name = beginName(operation),
): void {
  draft.refuse(operation, code, place, name);
}

/** The statement that a call is, with nothing around it; `null` when its value is used. */
export function statementOfCall(call: TSESTree.Node): TSESTree.ExpressionStatement | null {
  const outer = call.parent?.type === "ChainExpression" ? call.parent : call;
  return outer.parent?.type === "ExpressionStatement" ? outer.parent : null;
}
