import { enclosingOf } from "../../ast/functions.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import { Groups } from "../units.ts";

/** Where code comes to stand when each of some callbacks takes the place of what started it. */
export class CallbackHosts {
  readonly #places: ReadonlyMap<TSESTree.Node, TSESTree.Node>;
  readonly #groups = new Groups();

  /** @param places where the code of each callback comes */
  constructor(places: ReadonlyMap<FunctionNode, TSESTree.Node>) {
    this.#places = places;
    for (const [fn, place] of places) this.#groups.join(enclosingOf(place), fn);
  }

  /** The function, or file, in which a node stands when the callbacks around it are gone; `null` in callbacks that only start each other. */
  of(node: TSESTree.Node): ReturnType<typeof enclosingOf> | null {
    const host = this.#groups.of(enclosingOf(node)) as ReturnType<typeof enclosingOf>;
    return this.#places.has(host) ? null : host;
  }
}
