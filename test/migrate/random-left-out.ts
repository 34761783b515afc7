import type { Chain, Link, Stem } from "./random-model.ts";
import type { Scope } from "./random-text.ts";

/** The links of a chain without what the migration is known to do wrong; when it is done right, the function here goes. */
export function withoutDefects(scope: Scope, chain: Chain): readonly Link[] {
  return withOwnReturns(scope, chain, withOwnNames(chain, withHandlers(chain, chain.links)));
}

/**
 * Left out: variables of one name for two callbacks that continue in place. A later callback of a chain may need one for its promise
 * or its state, and the migration does not see that another operation of the function around it has a variable of that name: in one
 * scope (`check-failed`), or in a block in which the other is used (a ReferenceError).
 */
function withOwnNames({ event }: Chain, links: readonly Link[]): readonly Link[] {
  const stems = new Set<Stem>(["Query", "Read", "Write"]);
  let readsInPlace = 0;
  return links.map((link, index) => {
    const isReading = link.stateRead === "last" && (link.state === "text" || link.state === "object");
    if (event === "none") {
      // Only with each other.
      const stem = stems.has(link.stem) ? link.stem : [...stems][0]!;
      stems.delete(stem);
      if (isReading) readsInPlace += 1;
      return { ...link, stem, stateRead: isReading && readsInPlace > 1 ? "first" : link.stateRead };
    }
    const next = link.guard !== "none" && links.slice(index + 1).some(({ guard }) => guard !== "none") ? "after" : link.next;
    if (index === 0) return { ...link, next };
    return { ...link, next, isNoted: false, end: link.end === "helper" ? "const" : link.end, stateRead: isReading ? "first" : link.stateRead };
  });
}

/**
 * Left out: a return in a later callback of a chain that is waited for, and in any callback that is waited for in a `forEach`. Where the
 * callback continues in place, the return leaves the function that waits, or the loop that the `forEach` has become.
 */
function withOwnReturns(scope: Scope, { event }: Chain, links: readonly Link[]): readonly Link[] {
  return links.map((link, index) => (event !== "none" && (index > 0 || scope.isInForEach) ? { ...link, leavesAbove: null } : link));
}

/**
 * Left out: callbacks that let an error escape while their caller does what may throw or return before it waits for them, since the
 * migration loses their error then, which has ended the program before.
 */
function withHandlers({ event, between }: Chain, links: readonly Link[]): readonly Link[] {
  // For an event that outlives the call the work in between is left out itself.
  if (event === "none" || event === "shared" || between.every(({ kind }) => kind === "note")) return links;
  return links.map((link) => ({ ...link, guard: link.guard === "none" ? "catch" : link.guard === "finally" ? "catch and finally" : link.guard }));
}
