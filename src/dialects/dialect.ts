/**
 * How an API family starts operations, how it tells of their outcome, and what can be awaited instead: data, and nothing else. A family
 * that these types can describe is one file of `families/` and its line in `families/index.ts`.
 */

/** Where the functions come from that start operations. The names of a family's operations are those under which they are found there. */
export type StartPattern =
  /** Exports of modules, without `node:`. */
  | { readonly kind: "module"; readonly modules: readonly string[] }
  /** Members of a global, at any depth: `tabs.get` of `chrome`. */
  | { readonly kind: "global"; readonly path: string }
  /** Methods of what a call of a method of one of these names has given: `get` of `transaction.objectStore("notes")`. */
  | { readonly kind: "made"; readonly by: readonly string[] };

/** How completion is told. */
export type Delivery =
  /** A function that is called once, given as the last argument. */
  | { readonly kind: "callback" }
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
  | { readonly role: "error"; readonly at: readonly OutcomePlace[]; readonly none?: "null" | "undefined" }
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
  | "members";

/** What can be awaited instead of the call with the callback. */
export type AwaitedForm =
  /** The operation of the same name in a member of its module: `fs.promises.readFile`. */
  | { readonly kind: "member"; readonly of: string; readonly gives: ResultShape }
  /** What `util.promisify` makes of the operation. */
  | { readonly kind: "promisify"; readonly gives: ResultShape }
  /** The same call without what is called back. */
  | { readonly kind: "sameCall"; readonly gives: ResultShape }
  /** A promise that is written around the call. */
  | { readonly kind: "adapter"; readonly gives: ResultShape };

/** An operation of a family. */
export interface OperationForm {
  readonly delivery: Delivery;
  readonly outcome: readonly OutcomePart[];
  /** The member of an object among the arguments whose value comes back as the state. */
  readonly carrier?: string;
  readonly awaited: AwaitedForm;
  /** Whether the operation can be called without a callback, and then does something else: what is no function for sure has to be named like one. */
  readonly isCallbackOptional?: true;
  /** What the call with the callback returns: nothing, or something that code may use. */
  readonly returns: "nothing" | "handle";
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
}

/** Several operations that are alike. */
export function alike(names: string, form: OperationForm): (readonly [string, OperationForm])[] {
  return names.split(" ").map((name) => [name, form] as const);
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
