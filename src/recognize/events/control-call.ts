import type { TSESTree } from "../../ast/source.ts";

/** A call by which an object is told to start, or to cancel, an operation. */
export interface ControlCall {
  readonly call: TSESTree.CallExpression;
  readonly object: TSESTree.Expression;
  readonly name: string;
  /** The narrow place to report. */
  readonly nameNode: TSESTree.Node;
  /** The operation's name in lower case; empty where the method's name does not tell it: `Run`, `CancelAsync`. */
  readonly stem: string;
}
