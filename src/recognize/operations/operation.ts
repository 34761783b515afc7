import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import type { Dialect, OperationForm } from "../../dialects/dialect.ts";

/** What is given as a callback. */
export type GivenCallback =
  /** A function of the file. */
  | { readonly kind: "function"; readonly fn: FunctionNode; readonly argument: TSESTree.Expression }
  /** A parameter of a function around the call: who calls that function is called back. */
  | { readonly kind: "parameter"; readonly argument: TSESTree.Expression }
  /** Something else that may be a function. */
  | { readonly kind: "unknown"; readonly argument: TSESTree.Expression };

/** One start of an operation that a dialect describes. */
export interface DescribedOperation {
  readonly dialect: Dialect;
  readonly form: OperationForm;
  /** The name under which its module offers it. */
  readonly name: string;
  readonly call: TSESTree.CallExpression;
  /** The narrow place to report. */
  readonly nameNode: TSESTree.Node;
  /** The arguments but for the callback. */
  readonly inputs: readonly TSESTree.Expression[];
  readonly callback: GivenCallback;
}
