/**
 * How an API family starts operations, how it tells of their outcome, and what can be awaited instead: data, and nothing else. A family
 * that these types can describe is one file of `families/` and its line in `families/index.ts`.
 */

/** What one parameter of a callback is. */
export type ParameterRole =
  /** The error; anything falsy is a success. */
  | { readonly role: "error" }
  /** A value of the outcome. */
  | { readonly role: "value"; readonly name: string };

/** How completion is told. */
export interface Delivery {
  /** A function that is called once, given as the last argument. */
  readonly kind: "callback";
  /** What it is called with. */
  readonly parameters: readonly ParameterRole[];
}

/** What an awaited call gives. */
export type ResultShape =
  /** The first value of the callback. */
  | "value"
  /** The callback's values as members of an object, under their names. */
  | "members";

/** What can be awaited instead of the call with the callback. */
export type AwaitedForm =
  /** The operation of the same name in a member of its module: `fs.promises.readFile`. */
  | { readonly kind: "member"; readonly of: string; readonly gives: ResultShape }
  /** What `util.promisify` makes of the operation. */
  | { readonly kind: "promisify"; readonly gives: ResultShape };

/** An operation of a family. */
export interface OperationForm {
  readonly delivery: Delivery;
  readonly awaited: AwaitedForm;
  /** Whether the operation can be called without a callback, and then does something else: what is no function for sure has to be named like one. */
  readonly isCallbackOptional?: true;
  /** What the call with the callback returns: nothing, or something that code may use. */
  readonly returns: "nothing" | "handle";
  /** An option that changes what the outcome consists of; with it, or with options that cannot be told, the operation is left alone. */
  readonly shapedBy?: string;
  /** Whether the first argument may be a file descriptor, which the awaited form does not take. */
  readonly takesDescriptor?: true;
}

/** An API family. */
export interface Dialect {
  readonly name: string;
  /** The modules that offer the operations, without `node:`. */
  readonly modules: readonly string[];
  /** The operations by the names under which the modules offer them. */
  readonly operations: ReadonlyMap<string, OperationForm>;
}

/** Several operations that are alike. */
export function alike(names: string, form: OperationForm): (readonly [string, OperationForm])[] {
  return names.split(" ").map((name) => [name, form] as const);
}

/** A callback that is given an error first, and then these values. */
export function errorFirst(...values: readonly string[]): Delivery {
  return {
    kind: "callback",
    parameters: [{ role: "error" }, ...values.map((name) => ({ role: "value", name }) as const)],
  };
}
