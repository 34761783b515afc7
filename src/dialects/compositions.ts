/** What a library does with functions that it is given to call: data, and nothing else. */

/** Which functions are called, and with what. */
export interface CompositionForm {
  /**
   * A list or an object of tasks; or one function, for each value of a list, for each value and key, for each number below one, for a value and what the
   * call before it gave, or again and again.
   */
  readonly over: "tasks" | "list" | "entries" | "count" | "memo" | "repeated";
  /** Where the tasks, or the function, stand among the arguments. */
  readonly at: number;
  /** How many values the function is given before its callback; tasks are given what `isHandedOn` says. */
  readonly passed: number;
  /** Whether all are started at once, or each when the one before it is done. */
  readonly order: "together" | "inTurn";
  /** Whether the list is gone through from its end. */
  readonly isReversed?: true;
  /** Whether each task is given what the one before it has answered. */
  readonly isHandedOn?: true;
  readonly gives: CompositionResult;
  /** Whether an error that is told at once keeps those behind it from being started, as it does for objects. */
  readonly isStoppedAtOnce?: true;
  /** The function that is asked whether to go on; absent where nothing but an error ends it. */
  readonly test?: CompositionTest;
  /** The version of the library from which on the answers come in the order of the list, and which modules have it so at all. */
  readonly orderedFrom?: { readonly version: string; readonly modules: readonly string[] };
}

/** A function that is asked whether another one is called once more. */
export interface CompositionTest {
  /** Where it stands among the arguments. */
  readonly at: number;
  /** Whether it is asked when that has been called already. */
  readonly isBehind: boolean;
  /** Whether a true answer is the end. */
  readonly isNegated: boolean;
  /** The version from which on it answers by a callback; and the modules of which no version does so. */
  readonly callsBackFrom: string;
}

/** What comes of all the answers. */
export type CompositionResult =
  /** Nothing: answers are not looked at. */
  | "nothing"
  /** All of them, in the order of the tasks. */
  | "answers"
  /** The one of the last task, or of the last call. */
  | "last"
  /** The values that were answered with something true, or those that were not. */
  | "kept"
  | "dropped"
  /** The first value that was answered with something true, and nothing is called behind it. */
  | "found"
  /** Whether there is one that was, or no one that was not; nothing is called behind it. */
  | "some"
  | "every"
  /** The answer that comes first, or the error. */
  | "first"
  /** The answers, with what is in them where they are lists. */
  | "joined"
  /** An object of the answers, under the keys of what is gone through. */
  | "members"
  /** The values in the order of their answers. */
  | "sorted";

/** Why a function of the library stays as it is. */
export type KeptComposition =
  /** It never has more than some calls pending. */
  | "limited"
  /** It goes on with the first answer, while the other calls are still pending. */
  | "raced"
  /** It keeps work, or answers, for later; or the order shows when it runs. */
  | "scheduled";
