import { describe, expect, it } from "vitest";
import { everyPlace, wordSearch } from "../../src/dialects/text/word-places.ts";
import { fixtures } from "../migrate/fixtures.ts";

/** Many words of one text are looked up in an index of it, which must say what a search for each would say. */

type Search = (word: string, test: (at: number) => boolean) => boolean;

function placesBy(search: Search, word: string): number[] {
  const places: number[] = [];
  search(word, (at) => places.push(at) > 0);
  return places.toSorted((a, b) => a - b);
}

const TEXTS: readonly (readonly [string, string])[] = [
  ["all fixtures", fixtures.map(({ input }) => input).join("\n")],
  ["a short text", "f(x); x.f; f"],
  [
    "more names than there are buckets in any case",
    Array.from({ length: 20_000 }, (_, index) => `f${index}()`).join(" "),
  ],
];

describe.each(TEXTS)("in %s", (_, text) => {
  const words = new Set(text.match(/\b[a-z]\w*/gi));
  const chosen = [...words].filter((_word, index) => index % Math.ceil(words.size / 500) === 0);

  it("the index has the places of each word", () => {
    const indexed = wordSearch(text);
    for (let count = 0; count < 8; count++) indexed("never", () => true);
    for (const word of chosen) {
      const places = placesBy((...asked) => everyPlace(text, ...asked), word);
      expect({ word, places: placesBy(indexed, word) }).toEqual({ word, places });
    }
  });
});
