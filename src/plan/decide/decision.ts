import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import type { DescribedOperation } from "../../recognize/operations/operation.ts";
import type { RefusalCode } from "../codes.ts";
import type { Range } from "../types.ts";

/** A stretch of code that comes to stand elsewhere: a statement, or the inside of a block. */
export interface Stretch {
  readonly range: Range;
  /** What it is a part of. */
  readonly inside: TSESTree.Node;
  /** Nodes in it whose place is there from now on, whatever removes them where they stood. */
  readonly takes?: readonly TSESTree.Node[];
}

/** A value of the outcome that becomes a variable. */
export interface ValueBinding {
  /** Its name in the dialect, which is a member of the awaited object where that gives an object. */
  readonly name: string;
  /** The function to whose code it is given. */
  readonly fn: FunctionNode;
  /** The parameter, or part of one, that declares it; `null` where it is read as a member of something. */
  readonly declared: TSESTree.BindingName | null;
  /** Its type, where the code or the dialect tells it. */
  readonly type: string | null;
  readonly reads: readonly TSESTree.Node[];
  /** Whether the code assigns to it. */
  readonly isAssigned: boolean;
}

/** The error in the code that follows a failure. */
export interface ErrorBinding {
  /** What the code calls it, or the pattern that takes it apart; `null` where it is read as a member of something. */
  readonly name: string | null;
  readonly isPattern: boolean;
  readonly reads: readonly TSESTree.Node[];
}

/** An error that becomes a variable, which has none after a success. */
export interface KeptError {
  readonly name: string;
  readonly none: "null" | "undefined";
  readonly reads: readonly TSESTree.Node[];
}

/** What becomes of an error. */
export type FailureDecision =
  /** There is none: the operation tells of no error. */
  | { readonly kind: "none" }
  /** It was thrown, and ended the program as an uncaught error; now it comes out of the await. */
  | {
      readonly kind: "thrown";
      readonly thrown: TSESTree.Node;
      /** Whether it was told to a completion parameter, and ended nothing. */
      readonly isTold: boolean;
    }
  /** Nobody looked at it. */
  | { readonly kind: "ignored" }
  /** The code does not ask for it first. */
  | { readonly kind: "kept"; readonly error: KeptError }
  | {
      readonly kind: "handled";
      readonly code: readonly Stretch[];
      /** Whether the code always leaves the callback. */
      readonly leaves: boolean;
      readonly error: ErrorBinding;
    };

/** An expression that means something else in the new place, and what is written for it. */
export interface Rewrite {
  readonly node: TSESTree.Node;
  readonly text: string;
}

/** Nothing, what is awaited, its promise in the place of the function around, or a member of what is awaited. */
export type ToldAnswer = "nothing" | "all" | "promise" | { readonly member: string };

/** An operation is awaited where it is started, or in a function of its own, and the code that was called back follows. */
export interface AwaitDecision {
  readonly kind: "await";
  readonly operation: DescribedOperation;
  /** The functions whose code moves. */
  readonly fns: readonly FunctionNode[];
  /** The statement that starts it, or the expression that is the whole of an arrow function. */
  readonly place: AwaitPlace;
  /** The last statement of those that start it; most often the same. */
  readonly end: TSESTree.Node;
  readonly values: readonly ValueBinding[];
  readonly failure: FailureDecision;
  /** What follows a success. */
  readonly success: readonly Stretch[];
  /** What follows either. */
  readonly after: readonly Stretch[];
  /** Whether what follows a success, and what follows either, always leaves the code that it comes to stand in. */
  readonly leaves: boolean;
  /** Whether its code comes to stand in an async function of its own, which is given the promise and which nobody awaits. */
  readonly isApart: boolean;
  /** The error in the code that follows a success, of which there is none, and the state that came back. */
  readonly rewrites: readonly Rewrite[];
  /** What leaves the code that it comes to stand in, where that is no function's any more. */
  readonly leave?: "continue";
  /** The operations that are awaited together here, where it stands for several that were counted. */
  readonly join?: Joining;
  /**
   * What it is as one of such operations: code of the function that is called for each, an element of a list of promises, or what gives one to such
   * a list.
   */
  readonly joined?: "inside" | "element" | "pushed";
  /** The loop that takes its place, where it stands for the first call of a function that calls itself. */
  readonly repeat?: Repeating;
  /** What begins such a loop again, where it stands for a call by which the function calls itself. */
  readonly again?: RepeatedAgain;
  /** What the function around answers with where the operation itself called its host back; `null` where code did. */
  readonly told: ToldAnswer | null;
}

/** Operations that are awaited together. */
export interface Joining {
  /** The statements that start them, or the one that does so in each round of a loop. */
  readonly starts: readonly TSESTree.Node[];
  /** The loop; `null` where there is none, or it is a `forEach`. */
  readonly loop: TSESTree.Statement | null;
  /** The call of `forEach`. */
  readonly each: TSESTree.CallExpression | null;
  /** The function that is called in each round, and its own start where that is all that it does. */
  readonly round: FunctionNode | null;
  readonly direct: TSESTree.Node | null;
  /** What follows the last of them. */
  readonly finish: readonly TSESTree.Statement[];
  /** What counted them, and asked whether one was the last. */
  readonly gone: readonly TSESTree.Statement[];
  /** Whether it may be that none is started; then nothing followed. */
  readonly mayBeNone: boolean;
  /** Whether each error was told, and not the first one alone. */
  readonly isToldEach: boolean;
}

/** A function whose code becomes that of a loop. */
export interface Repeating {
  readonly fn: FunctionNode;
  /** What it is given first, and whether that changes from round to round. */
  readonly params: readonly {
    readonly name: TSESTree.Identifier;
    readonly first: TSESTree.Expression;
    readonly changes: boolean;
  }[];
}

export interface RepeatedAgain {
  readonly fn: FunctionNode;
  /** What the function is given that is something else than before, in an order in which one does not change another. */
  readonly given: readonly { readonly name: string; readonly value: TSESTree.Expression }[];
  /** How long it waits before that. */
  readonly delay: TSESTree.Expression | null;
  /** An operation of the function, whose module is at hand. */
  readonly beside: DescribedOperation;
}

export type AwaitPlace =
  TSESTree.ExpressionStatement | TSESTree.ReturnStatement | TSESTree.VariableDeclaration | TSESTree.CallExpression;

/** Why an operation stays as it is, and where that shows. */
export interface Obstacle {
  readonly kind: "obstacle";
  readonly code: RefusalCode;
  readonly place: TSESTree.Node;
  /** Whom it is about, where that is not what stays. */
  readonly name?: string;
}

export function obstacle(code: RefusalCode, place: TSESTree.Node, name?: string): Obstacle {
  return { kind: "obstacle", code, place, ...(name === undefined ? {} : { name }) };
}

/** The range of what starts an operation. */
export function extentOf({ end, place }: AwaitDecision): Range {
  return [place.range[0], end.range[1]];
}

/** Whether a node lies in one of some stretches. */
export function isWithin(stretches: readonly Stretch[], { range }: TSESTree.Node): boolean {
  return stretches.some((each) => each.range[0] <= range[0] && range[1] <= each.range[1]);
}
