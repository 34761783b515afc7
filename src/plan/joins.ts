import type { TSESTree } from "../ast/source.ts";
import type { Operation } from "../recognize/begin-end/operation.ts";
import type { Countdown } from "./countdowns/countdown.ts";
import type { WaitGroup } from "./waits/wait-group.ts";

/** A place at which several started operations are awaited together. */
export type Join =
  /** What the last of several operations to complete is followed by. */
  | { readonly kind: "countdown"; readonly place: Countdown }
  /** A sleep that gave operations their time. */
  | { readonly kind: "sleep"; readonly place: TSESTree.Statement }
  /** A wait for several handles, or for one with a time-out. */
  | { readonly kind: "waits"; readonly place: WaitGroup };

/** A started operation that is awaited at a join. */
export interface Joined {
  readonly operation: Operation;
  /** The name that holds its promise, or the promises of all that start in its loop. */
  readonly name: string;
  /** The handle by which a wait knows it. */
  readonly handle?: TSESTree.Node;
}

/** The joins of a file, while operations are decided. Each is written once, when it is known who takes part. */
export class Joins {
  readonly #members = new Map<object, { readonly join: Join; readonly members: Joined[] }>();

  add(join: Join, member: Joined): void {
    const key = join.kind === "waits" ? join.place.call : join.place;
    const known = this.#members.get(key);
    if (known === undefined) this.#members.set(key, { join, members: [member] });
    else known.members.push(member);
  }

  all(): Iterable<{ readonly join: Join; readonly members: readonly Joined[] }> {
    return this.#members.values();
  }
}
