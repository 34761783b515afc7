import { countLeading } from "../count-leading.ts";
import type { PlannedSite } from "./types.ts";

/** Tells the first site in whose range an offset lies. Each answer costs a binary search. */
export function siteFinder(sites: readonly PlannedSite[]): (offset: number) => PlannedSite | undefined {
  const sorted = sites.toSorted((a, b) => a.range[0] - b.range[0]);
  let most = -1;
  const reached = sorted.map(({ range }) => (most = Math.max(most, range[1])));
  return (offset) => {
    const site = sorted[countLeading(reached, (end) => end < offset)];
    return site !== undefined && site.range[0] <= offset ? site : undefined;
  };
}
