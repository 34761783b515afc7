import type { TSESTree } from "../../ast/source.ts";

/** A listener on an `AbortSignal` that does nothing but cancel an operation: `signal.addEventListener("abort", () => client.CancelAsync())`. */
export interface AbortListener {
  readonly call: TSESTree.CallExpression;
  readonly nameNode: TSESTree.Node;
  readonly listener: TSESTree.Node;
  readonly statement: TSESTree.ExpressionStatement;
}
