import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { foundWords, holdsWord, somePlace, wordId } from "../../src/dialects/text/word-scan.ts";

// Words that overlap, that are parts of one another, and whose characters differ in few bits.
const WORDS = [
  "await",
  "awaitable",
  "Await",
  "asynchronous",
  "sync",
  "Task",
  "task",
  "tASK",
  "aaaa",
  "aaaab",
  "4!34",
  "for(",
  "for ",
];
const ids = new Map(WORDS.map((word) => [word, wordId(word)]));

function placesOf(text: string, word: string): number[] {
  const places: number[] = [];
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) places.push(at);
  return places;
}

function scanned(text: string, word: string): number[] {
  const places: number[] = [];
  somePlace(text, ids.get(word)!, (at) => {
    places.push(at);
    return false;
  });
  return places;
}

const piece = fc.oneof(
  fc.constantFrom(...WORDS, "a", "wait", "ask", "\n", "(", "é", "字", "\u{1f600}", "\ud800"),
  fc.string({ maxLength: 6 }),
);
const text = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(""));

describe("the scan for all words at once", () => {
  it("finds every place of every word, and no other", () => {
    fc.assert(
      fc.property(text, (each) => {
        const found = new Set(foundWords(each));
        for (const word of WORDS) {
          const places = placesOf(each, word);
          expect(scanned(each, word)).toEqual(places);
          expect(holdsWord(each, ids.get(word)!)).toBe(places.length > 0);
          expect(found.has(ids.get(word)!)).toBe(places.length > 0);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it("stops at the first place for which the test holds", () => {
    const asked: number[] = [];
    const isFound = somePlace("Task Task Task", ids.get("Task")!, (at) => {
      asked.push(at);
      return at === 5;
    });
    expect([isFound, asked]).toEqual([true, [0, 5]]);
  });

  it("finds words that became known after the text was read", () => {
    const late = "a word that nobody sought before";
    expect(holdsWord(late, ids.get("Task")!)).toBe(false);
    expect(holdsWord(late, wordId("nobody"))).toBe(true);
  });

  it("takes no word that is shorter than what it seeks first", () => {
    expect(() => wordId("map")).toThrow('"map" is too short');
  });
});
