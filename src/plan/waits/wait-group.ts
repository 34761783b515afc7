import type { TSESTree } from "../../ast/source.ts";

/**
 * Waits that more than one await takes the place of: `WaitOne` with a time-out or with its result used, `WaitHandle.WaitAll` and
 * `WaitHandle.WaitAny` over the handles of several operations, and idle loops that poll several of them. Source: the reference page of
 * System.Threading.WaitHandle.
 */
export interface WaitGroup {
  /** The call that waits, or the loop that polls. */
  readonly call: TSESTree.CallExpression | TSESTree.WhileStatement | TSESTree.DoWhileStatement;
  readonly mode: "one" | "all" | "any";
  /** The `AsyncWaitHandle` of each operation, in the order of the indices that `WaitAny` gives. */
  readonly members: readonly TSESTree.Node[];
  /** How long to wait, as text; `null` for ever. */
  readonly milliseconds: string | null;
  /** The declaration of the array, if the handles were put into a constant first. */
  readonly declaration: TSESTree.VariableDeclaration | null;
}
