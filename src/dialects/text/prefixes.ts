import { spend } from "./reading-budget.ts";

/**
 * Tells of places in texts whether one of some names starts there. The names may be as many as a hostile text can hold, so that neither a
 * search for each of them nor an expression with all of them would do.
 *
 * @param names None is empty.
 */
export function prefixSearch(names: Iterable<string>): (text: string, at: number) => boolean {
  const sorted = withoutLonger([...new Set(names)].sort());
  return (text, at) => {
    // The last name that is not behind what starts at the place: if one of them starts there, it is this one.
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const name = sorted[middle]!;
      spend(name.length);
      if (name <= text.slice(at, at + name.length)) low = middle + 1;
      else high = middle;
    }
    return low > 0 && text.startsWith(sorted[low - 1]!, at);
  };
}

/** Of some sorted names those of which no other is the beginning. */
function withoutLonger(sorted: readonly string[]): readonly string[] {
  const kept: string[] = [];
  for (const name of sorted) if (kept.length === 0 || !name.startsWith(kept.at(-1)!)) kept.push(name);
  return kept;
}
