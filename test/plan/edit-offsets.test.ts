import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mapOffset, originalOffset } from "../../src/plan/edit-offsets.ts";
import { applyEdits } from "../../src/plan/edits.ts";
import type { TextEdit } from "../../src/plan/types.ts";

/** A text of 40 different characters, so that each tells where it was. */
const TEXT = String.fromCharCode(...Array.from({ length: 40 }, (_, index) => 0x100 + index));

/** Edits that do not contradict each other, in any order; what they write occurs nowhere in the text. */
const edits: fc.Arbitrary<TextEdit[]> = fc
  .array(fc.tuple(fc.nat(3), fc.nat(4), fc.constantFrom("", "+", "++")), { maxLength: 8 })
  .chain((parts) => {
    let place = 0;
    const made: TextEdit[] = [];
    for (const [gap, length, text] of parts) {
      const start = place + gap + 1;
      if (length === 0 && text === "") continue;
      if (start + length >= TEXT.length) break;
      made.push({ range: [start, start + length], text });
      place = start + length;
    }
    return fc.shuffledSubarray(made, { minLength: made.length });
  });

describe("offsets after and before edits", () => {
  it("lead to the same characters", () => {
    fc.assert(
      fc.property(edits, (made) => {
        const edited = applyEdits(TEXT, made);
        for (let offset = 0; offset < TEXT.length; offset++) {
          const now = mapOffset(made, offset);
          const found = edited.indexOf(TEXT[offset]!);
          expect(now).toBe(found === -1 ? null : found);
          if (now === null) continue;
          // Of a place behind a removal the edited text does not tell that it was not before it.
          const before = originalOffset(made, now);
          expect(before).toBeLessThanOrEqual(offset);
          for (let gone = before; gone < offset; gone++) expect(mapOffset(made, gone)).toBeNull();
        }
      }),
      { numRuns: 500 },
    );
  });

  it("leads from what an edit wrote to where it wrote it", () => {
    const made: TextEdit[] = [
      { range: [10, 12], text: "+++" },
      { range: [2, 2], text: "++" },
    ];
    const edited = applyEdits(TEXT, made);
    expect([...edited].map((_, offset) => originalOffset(made, offset)).slice(0, 18)).toEqual([
      0, 1, 2, 2, 2, 3, 4, 5, 6, 7, 8, 9, 10, 10, 10, 12, 13, 14,
    ]);
  });
});
