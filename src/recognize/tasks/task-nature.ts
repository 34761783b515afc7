import type { FunctionNode, TSESTree } from "../../ast/source.ts";

/** What an expression is, as far as tasks go. */
export interface TaskNature {
  readonly kind: TaskKind;
  /**
   * Whether more than a common word says so. `Task` with no qualification is also what programs call a to-do or a job, so members
   * of it count as .NET's only where they are spelled as .NET spells them.
   */
  readonly isCertain: boolean;
  /** The call or `new` that the value comes from, where the file shows it. */
  readonly origin: TSESTree.CallExpression | TSESTree.NewExpression | null;
  /** The async function of this file whose promise it is. */
  readonly fn: FunctionNode | null;
  /** Whether it is complete from the start: `Task.FromResult(…)`. */
  readonly isComplete: boolean;
  /** Whether it is what a function gives that is being looked at, see `NOTHING_YET`. */
  readonly isNothingYet?: true;
}

export type TaskKind =
  /** A .NET task: it has members that block. */
  | "task"
  /** A promise of the script. */
  | "promise"
  /** Only called like a task: `xxxAsync(…)` on something unknown. */
  | "named"
  /** Surely neither. */
  | "none"
  | "unknown";

function nature(kind: TaskKind, rest: Partial<TaskNature> = {}): TaskNature {
  return { kind, isCertain: true, origin: null, fn: null, isComplete: false, ...rest };
}

export const NONE = nature("none");
export const UNKNOWN = nature("unknown");
/** What a call gives of a function that is being looked at: it adds nothing to what the others give. */
export const NOTHING_YET = nature("unknown", { isNothingYet: true });
export const PROMISE = nature("promise");
export const COMPLETE_PROMISE = nature("promise", { isComplete: true });
export const TASK = nature("task");
/** By the bare word `Task`. */
export const PLAIN_TASK = nature("task", { isCertain: false });
export const COMPLETE_TASK = nature("task", { isComplete: true });
export const NAMED = nature("named", { isCertain: false });

/** The promise of an async function. */
export function promiseOf(fn: FunctionNode): TaskNature {
  return nature("promise", { fn });
}

/** Whether a value is surely awaitable. */
export function isAwaitable(candidate: TaskNature): candidate is TaskNature & { readonly kind: "task" | "promise" } {
  return candidate.kind === "task" || candidate.kind === "promise";
}

/** What a value is that comes from one of several places: what they agree on. */
export function commonNature(natures: readonly TaskNature[]): TaskNature {
  const told = natures.filter((each) => each.isNothingYet !== true);
  const [first, ...rest] = told;
  if (first === undefined) return natures.length === 0 ? UNKNOWN : NOTHING_YET;
  if (rest.every((other) => other === first)) return first;
  if (rest.some((other) => other.kind !== first.kind)) return UNKNOWN;
  return {
    ...first,
    isCertain: told.every((each) => each.isCertain),
    isComplete: told.every((each) => each.isComplete),
    origin: null,
    fn: null,
  };
}
