import type { FunctionNode, TSESTree } from "../../ast/source.ts";

/** How callbacks continue in one another, while chains are decided from their last links on. */
export class Links {
  readonly #next = new Map<TSESTree.Node, FunctionNode[]>();
  readonly #returning = new Set<TSESTree.Node>();

  /** Says that a callback continues in place in the one that begins its operation. */
  continueIn(starter: FunctionNode, callback: FunctionNode): void {
    this.#next.set(starter, [...(this.#next.get(starter) ?? []), callback]);
  }

  /** A callback and those that continue in place in it, however far. */
  from(callback: FunctionNode): Set<TSESTree.Node> {
    // A set is gone through with what is added meanwhile.
    const links = new Set<TSESTree.Node>([callback]);
    for (const link of links) for (const next of this.#next.get(link) ?? []) links.add(next);
    return links;
  }

  /** Says that a `return` is written into a function. */
  addReturn(unit: TSESTree.Node): void {
    this.#returning.add(unit);
  }

  hasReturn(unit: TSESTree.Node): boolean {
    return this.#returning.has(unit);
  }
}
