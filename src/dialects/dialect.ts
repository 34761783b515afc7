import type { CompositionForm, KeptComposition } from "./compositions.ts";

/**
 * How an API family starts operations, how it tells of their outcome, and what can be awaited instead: data, and nothing else. A family
 * that these types can describe is one file of `families/` and its line in `families/index.ts`.
 */

/** Where the functions come from that start operations. The names of a family's operations are those under which they are found there. */
export type StartPattern =
  /**
   * Exports of modules, without `node:`. An operation with the name of its module is the module itself as well; where modules are split, each
   * operation is also a module below them.
   */
  | { readonly kind: "module"; readonly modules: readonly string[]; readonly isSplit?: true }
  /** Members of a global, at any depth: `tabs.get` of `chrome`. */
  | { readonly kind: "global"; readonly path: string }
  /** Methods of an object that one of these gives: `get` of `transaction.objectStore("notes")`. */
  | { readonly kind: "made"; readonly by: readonly Maker[] };

/**
 * What gives an object whose methods start operations. A list of them says all ways to such an object. Where `gives` says so, it is the
 * outcome of the call: what an await of it gives, and what is given to its callback behind the error.
 */
export type Maker =
  /** A call of an export of a module, or of `new` with one, by its path in there. `""` is the module; one that ends in `/`, all below it. */
  | {
      readonly kind: "export";
      readonly how: "call" | "new";
      readonly modules: readonly string[];
      readonly names: readonly string[];
      /** All exports of such names as well, but for some. */
      readonly like?: { readonly name: RegExp; readonly except: ReadonlySet<string> };
      /** An option with which the object is another one. */
      readonly without?: string;
      readonly gives?: "outcome";
    }
  /** A call of a method of an object, or of `new` with a member of it, which one of `of` has given; `null` for any object. */
  | {
      readonly kind: "method";
      readonly how?: "new";
      readonly names: readonly string[];
      readonly of: readonly Maker[] | null;
      readonly gives?: "outcome";
    }
  /** `new` with a class that is such an object. */
  | { readonly kind: "instance"; readonly of: readonly Maker[] }
  /** Any member of such an object. */
  | { readonly kind: "member"; readonly of: readonly Maker[] }
  /** Methods of the object that give it again. */
  | { readonly kind: "itself"; readonly names: readonly string[]; readonly gives?: "outcome" };

/** How completion is told. */
export type Delivery =
  /**
   * A function that is called once, given as the last argument; behind so many others where a function that stands before them is something
   * else, and behind no more than so many where one that stands behind them is.
   */
  | { readonly kind: "callback"; readonly behind?: number; readonly upTo?: number }
  /** One function for a success and one for a failure, each at its position among the arguments. */
  | { readonly kind: "functions"; readonly success: number; readonly failure: number }
  /** Such functions, and one that is called in any case, as members of an object that is the last argument. */
  | { readonly kind: "options"; readonly success: string; readonly failure: string; readonly always: string }
  /** Two events of the object that the call gives, by their names without `on`. */
  | { readonly kind: "events"; readonly success: string; readonly failure: string };

/** Where a part of the outcome is found by the code that is called. */
export type OutcomePlace =
  /** A parameter, or a member of it. Where success and failure have a function each, a value is one of the first, an error of the second. */
  | { readonly in: "parameter"; readonly index: number; readonly member?: string }
  /** A global, which tells it as long as that code runs. */
  | { readonly in: "global"; readonly path: string }
  /** A member of the object that the call gives. */
  | { readonly in: "object"; readonly member: string };

/** One value of a status: where it is declared, and what it is. */
export interface StatusValue {
  readonly path: string;
  readonly text: string;
}

/** A part of the outcome, and the places where it is found, the usual one first. */
export type OutcomePart =
  /** The error; anything falsy is a success, which has this one for it: `null` unless told. */
  | { readonly role: "error"; readonly at: readonly OutcomePlace[]; readonly none?: "null" | "undefined" | "either" }
  /** A value. Its type is told where the awaited form does not tell it. */
  | { readonly role: "value"; readonly name: string; readonly at: readonly OutcomePlace[]; readonly type?: string }
  /** What the caller has given along. */
  | { readonly role: "state"; readonly at: readonly OutcomePlace[] }
  /** What says whether the operation has failed. */
  | {
      readonly role: "status";
      readonly at: readonly OutcomePlace[];
      readonly failed: StatusValue;
      readonly succeeded: StatusValue;
    };

/** What an awaited call gives. */
export type ResultShape =
  /** The first value of the outcome. */
  | "value"
  /** The values of the outcome as members of an object, under their names. */
  | "members"
  /** The values of the outcome as elements of an array, in their order. */
  | "elements";

/** What can be awaited instead of the call with the callback. */
export type AwaitedForm =
  /** The operation of the same name in a member of its module: `fs.promises.readFile`. */
  | { readonly kind: "member"; readonly of: string; readonly gives: ResultShape }
  /** What `util.promisify` makes of the operation; of a method, when it is bound to its object. */
  | {
      readonly kind: "promisify";
      readonly gives: ResultShape;
      /** The member of the promise that is what the call with the callback returns. */
      readonly handle?: string;
    }
  /** The same call without what is called back, from a version of its package on. */
  | { readonly kind: "sameCall"; readonly gives: ResultShape; readonly since?: string }
  /** A method of what the same call returns without what is called back. */
  | { readonly kind: "chained"; readonly method: string; readonly gives: ResultShape }
  /** The object whose method is called, which starts the operation when it is awaited. */
  | { readonly kind: "receiver"; readonly gives: ResultShape }
  /** A method of the same object whose name goes on, from a version of its package on. */
  | { readonly kind: "suffixed"; readonly suffix: string; readonly gives: ResultShape; readonly since?: string }
  /** The method of the same name of what a method of the same object gives. */
  | { readonly kind: "through"; readonly method: string; readonly gives: ResultShape }
  /** None that gives the same: what is awaited in later versions gives something else. */
  | { readonly kind: "none"; readonly gives: ResultShape }
  /** A promise that is written around the call. */
  | { readonly kind: "adapter"; readonly gives: ResultShape }
  /** Statements and expressions that await the functions which the call is given; or why there are none. */
  | { readonly kind: "composed"; readonly composition: CompositionForm | KeptComposition; readonly gives: "value" };

/** What a package does with a callback when it has been given it for nothing. */
export type WithDroppedCallback = "ignores" | "throws" | "rejects";

/** The version of a package from which on an operation gives a promise and has no use for a callback. */
export interface DroppedCallback {
  readonly from: string;
  readonly does: WithDroppedCallback;
  /** The same for a callback in a place where options are taken now; and what versions before another did with it. */
  readonly asOptions?: {
    readonly at: number;
    readonly does: WithDroppedCallback;
    readonly before?: { readonly version: string; readonly does: WithDroppedCallback };
  };
  /** The version from which on the module itself is no function any more: an export with the operation's name is, which has these members. */
  readonly self?: { readonly until: string; readonly members: readonly string[] };
}

/** What a call gives where nothing is called back, if that does nothing by itself. */
export interface UnsentRequest {
  /** Whether an await sends it, as anything that calls its `then` does. */
  readonly isSentByAwait: boolean;
  /** The methods of it that only give it again; any other may send it. */
  readonly chain: readonly string[];
  /** How it is sent, as code writes it. */
  readonly sentBy: string;
}

/** What stands in the place of the values after an error: nothing, or what there is of them, which the error of a promise may hold under their names. */
export type ValuesAfterError = "undefined" | "null" | "given" | "membersOfError";

/** An operation of a family. */
export interface OperationForm {
  readonly delivery: Delivery;
  readonly outcome: readonly OutcomePart[];
  /** The member of an object among the arguments whose value comes back as the state. */
  readonly carrier?: string;
  readonly awaited: AwaitedForm;
  readonly dropped?: DroppedCallback;
  readonly unsent?: UnsentRequest;
  /** Whether the operation can be called without a callback, and then does something else: what is no function for sure has to be named like one. */
  readonly isCallbackOptional?: true;
  /** What the call with the callback returns: nothing, something that code may use, or what starts the operation once more when it is awaited. */
  readonly returns: "nothing" | "handle" | "request";
  /** What a callback is given for the values when there is an error; absent where that is not known. */
  readonly valuesAfterError?: ValuesAfterError;
  /** Values, or members of them, that say by themselves that the operation has failed. */
  readonly failureToldBy?: readonly string[];
  /** Methods that stop the operation: nothing is called back then, but a promise rejects. */
  readonly stoppedBy?: readonly string[];
  /** Whether the call itself may throw, in either form, as wrong arguments make it do. */
  readonly throwsAtOnce?: true;
  /** An option that changes what the outcome consists of; with it, or with options that cannot be told, the operation is left alone. */
  readonly shapedBy?: string;
  /** Whether the first argument may be a file descriptor, which the awaited form does not take. */
  readonly takesDescriptor?: true;
}

/** An API family. */
export interface Dialect {
  readonly name: string;
  readonly starts: readonly StartPattern[];
  /** The operations by the names under which they are found where the family starts. */
  readonly operations: ReadonlyMap<string, OperationForm>;
  /** All other methods of such names, where the family is too large to be listed. */
  readonly others?: { readonly name: RegExp; readonly except: ReadonlySet<string>; readonly form: OperationForm };
}

/** Several operations that are alike, by their names with white space between them. */
export function alike(names: string, form: OperationForm): (readonly [string, OperationForm])[] {
  return names.split(/\s+/).flatMap((name) => (name === "" ? [] : [[name, form] as const]));
}

/** A callback that is given an error first, and then these values. */
export function errorFirst(...values: readonly string[]): Pick<OperationForm, "delivery" | "outcome"> {
  return {
    delivery: { kind: "callback" },
    outcome: [
      { role: "error", at: [{ in: "parameter", index: 0 }] },
      ...values.map((name, index) => ({ role: "value", name, at: [{ in: "parameter", index: index + 1 }] }) as const),
    ],
  };
}
