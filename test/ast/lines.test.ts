import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  afterBlankLine,
  beforeBlankLine,
  hasLineBreak,
  lineEnd,
  lineStart,
  linesOf,
  nextLine,
  positionsIn,
  wholeLinesOf,
} from "../../src/ast/lines.ts";

const BREAKS = ["\n", "\r\n", "\r", "\u2028", "\u2029"] as const;

describe.each(BREAKS.map((lineBreak) => [JSON.stringify(lineBreak), lineBreak]))("with %s", (_, lineBreak) => {
  it("a line without anything is blank, and the end of another is not", () => {
    const text = ["a", "b", " \t", "c"].join(lineBreak);
    const [b, blank, c] = ["b", " ", "c"].map((character) => text.indexOf(character));
    expect(beforeBlankLine(text, blank!)).toBe(blank);
    expect(beforeBlankLine(text, c!)).toBe(blank);
    expect(afterBlankLine(text, blank!)).toBe(c);
    expect(afterBlankLine(text, b!)).toBe(b);
    expect(afterBlankLine(text, b! + 1)).toBe(blank);
    expect(beforeBlankLine(text, 0)).toBe(0);
    expect(afterBlankLine(text, c! + 1)).toBe(text.length);
  });

  it("positions are those that an editor shows", () => {
    const text = `one${lineBreak}two`;
    const positionOf = positionsIn(text);
    expect(positionOf(2)).toEqual({ line: 1, column: 3 });
    expect(positionOf(text.indexOf("t"))).toEqual({ line: 2, column: 1 });
    expect(positionOf(text.length)).toEqual({ line: 2, column: 4 });
  });
});

it("the lines of a text are the same by whatever they are asked for", () => {
  const texts = fc.array(fc.constantFrom("a", " ", "\t", ...BREAKS)).map((parts) => parts.join(""));
  fc.assert(
    fc.property(texts, (text) => {
      const lines = wholeLinesOf(text);
      expect(lines.join("")).toBe(text);
      expect(hasLineBreak(text)).toBe(linesOf(text).length > 1);
      const positionOf = positionsIn(text);
      let start = 0;
      for (const [index, line] of lines.entries()) {
        expect(linesOf(text)[index]).toBe(text.slice(start, lineEnd(text, start)));
        expect(nextLine(text, start)).toBe(start + line.length);
        for (let offset = start; offset < start + line.length; offset++) {
          expect(lineStart(text, offset)).toBe(start);
          expect(positionOf(offset)).toEqual({ line: index + 1, column: offset - start + 1 });
        }
        start += line.length;
      }
    }),
  );
});
