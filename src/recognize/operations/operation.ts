import type { Variable } from "../../ast/scopes.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import type { Dialect, OperationForm, StartPattern } from "../../dialects/dialect.ts";

/** When a function is called back. */
export type CalledOn = "either" | "success" | "failure" | "always";

/** What is given as a callback, or as a handler of an event that tells of the outcome. */
export type GivenCallback = {
  readonly on: CalledOn;
  readonly argument: TSESTree.Expression;
} & (
  | /** A function of the file. */ { readonly kind: "function"; readonly fn: FunctionNode }
    /** A parameter of a function around the call: who calls that function is called back. */
  | { readonly kind: "parameter" }
  /** Something else that may be a function. */
  | { readonly kind: "unknown" }
);

/** The object that a call has given, where its events tell of the outcome. */
export interface GivenObject {
  /** The variable that holds it; `null` where a handler is given to it at once. */
  readonly variable: Variable | null;
  /** The statement that holds the call, and the last of those right behind that give it handlers. */
  readonly first: TSESTree.Statement;
  readonly last: TSESTree.Statement;
  /** The names of the object in those statements. */
  readonly names: ReadonlySet<TSESTree.Node>;
}

/** One start of an operation that a dialect describes. */
export interface DescribedOperation {
  readonly dialect: Dialect;
  readonly form: OperationForm;
  /** Where the function comes from; `null` for one of the project's own. */
  readonly start: StartPattern | null;
  /** The name under which its dialect knows it. */
  readonly name: string;
  readonly call: TSESTree.CallExpression;
  /** The module that the function comes from, however it was followed there; `null` where it is no module's. */
  readonly module: string | null;
  /** The narrow place to report. */
  readonly nameNode: TSESTree.Node;
  /** The arguments that are no callbacks. */
  readonly inputs: readonly TSESTree.Expression[];
  /** What is called back, one at least. */
  readonly callbacks: readonly GivenCallback[];
  /** What is called back and stands in an object among the inputs. */
  readonly members: readonly TSESTree.Property[];
  readonly object: GivenObject | null;
}

/** What a read of the outcome is for the code. */
export type ReadRole =
  | "error"
  | "value"
  | "state"
  /** A question whose answer is yes after a failure, or after a success. */
  | "failed"
  | "succeeded"
  /** The whole, in a way that cannot be told. */
  | "whole"
  /** The error, at a time when it need not be told any more. */
  | "late";

/** A place where the code that is called back reads a part of the outcome. */
export interface OutcomeRead {
  readonly role: ReadRole;
  /** The name of a value in its dialect; the role of anything else. */
  readonly name: string;
  readonly node: TSESTree.Node;
  /** The parameter, or its part, that is this part of the outcome; `null` where it is a member of something. */
  readonly declared: TSESTree.BindingName | null;
}
