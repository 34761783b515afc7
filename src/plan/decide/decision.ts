import type { Variable } from "../../ast/scopes.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import type { DescribedOperation } from "../../recognize/operations/operation.ts";
import type { RefusalCode } from "../codes.ts";
import type { Range } from "../types.ts";

/** A stretch of code that comes to stand elsewhere: a statement, or the inside of a block. */
export interface Stretch {
  readonly range: Range;
  /** What it is a part of. */
  readonly inside: TSESTree.Node;
}

/** A parameter of the callback that becomes a variable. */
export interface ValueBinding {
  readonly parameter: TSESTree.Identifier | TSESTree.ObjectPattern | TSESTree.ArrayPattern;
  /** Its name in the dialect, which is a member of the awaited object where that gives an object. */
  readonly name: string;
  /** Whether the code assigns to it. */
  readonly isAssigned: boolean;
}

/** What becomes of an error. */
export type FailureDecision =
  /** There is none: the operation tells of no error. */
  | { readonly kind: "none" }
  /** It was thrown, and ended the program as an uncaught error; now it comes out of the await. */
  | { readonly kind: "thrown" }
  /** Nobody looked at it. */
  | { readonly kind: "ignored" }
  | {
      readonly kind: "handled";
      readonly code: readonly Stretch[];
      /** Whether the code always leaves the callback. */
      readonly leaves: boolean;
      readonly error: Variable;
    };

/** An operation is awaited where it is started, and the code of its callback follows. */
export interface AwaitDecision {
  readonly kind: "await";
  readonly operation: DescribedOperation;
  readonly fn: FunctionNode;
  /** The statement that starts it, or the expression that is the whole of an arrow function. */
  readonly place: TSESTree.ExpressionStatement | TSESTree.ReturnStatement | TSESTree.CallExpression;
  readonly values: readonly ValueBinding[];
  readonly failure: FailureDecision;
  /** What follows a success. */
  readonly success: readonly Stretch[];
  /** Where the code that follows a success reads the error, of which there is none. */
  readonly errorReads: readonly TSESTree.Identifier[];
}

/** Why an operation stays as it is, and where that shows. */
export interface Obstacle {
  readonly kind: "obstacle";
  readonly code: RefusalCode;
  readonly place: TSESTree.Node;
}

export function obstacle(code: RefusalCode, place: TSESTree.Node): Obstacle {
  return { kind: "obstacle", code, place };
}
