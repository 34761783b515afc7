import { countLeading } from "../../count-leading.ts";
import { perText } from "./per-text.ts";

/** Where line breaks, the marks of comments and the like are in a text. Each is sought once a text, however often and from wherever it is asked for. */

export type Mark = "\n" | "/" | "//" | "/*" | "*/" | "`" | "}";

const marksOf = perText(() => new Map<Mark, readonly number[]>());

/** The places of a mark, in their order. */
export function placesOf(text: string, mark: Mark): readonly number[] {
  const places = marksOf(text);
  let all = places.get(mark) as number[] | undefined;
  if (all === undefined) {
    places.set(mark, (all = []));
    for (let at = text.indexOf(mark); at !== -1; at = text.indexOf(mark, at + 1)) all.push(at);
  }
  return all;
}

/** The last place of a mark up to an offset, as `lastIndexOf` gives it; -1 where there is none. */
export function lastMark(text: string, mark: Mark, at: number): number {
  const all = placesOf(text, mark);
  return all[countUpTo(all, at) - 1] ?? -1;
}

/** The first place of a mark from an offset on, as `indexOf` gives it; -1 where there is none. */
export function nextMark(text: string, mark: Mark, at: number): number {
  const all = placesOf(text, mark);
  return all[countUpTo(all, at - 1)] ?? -1;
}

/** How many of some sorted offsets are not behind one. */
export function countUpTo(sorted: readonly number[], at: number): number {
  return countLeading(sorted, (place) => place <= at);
}
