import { beforeEach, describe, expect, it } from "vitest";
import { forgetText, perText } from "../../src/dialects/text/per-text.ts";

/** A function that counts how often each text is read. */
function counted() {
  const reads: string[] = [];
  const ask = perText((text) => {
    reads.push(text);
    return { length: text.length };
  });
  return { ask, reads };
}

describe("what is known of a text", () => {
  beforeEach(() => forgetText());

  it("is kept for as long as nobody asks about another one", () => {
    const [one, two] = [counted(), counted()];
    expect(one.ask("a")).toBe(one.ask("a"));
    two.ask("a");
    one.ask("a");
    expect([one.reads, two.reads]).toEqual([["a"], ["a"]]);
    two.ask("b");
    expect(one.ask("a")).toEqual({ length: 1 });
    expect([one.reads, two.reads]).toEqual([
      ["a", "a"],
      ["a", "b"],
    ]);
  });

  it("holds for the same characters, wherever they come from", () => {
    const { ask, reads } = counted();
    ask(["a", "b"].join(""));
    ask("ab");
    expect(reads).toEqual(["ab"]);
  });

  it("is an answer, also a negative one", () => {
    let reads = 0;
    const ask = perText(() => reads++ > 0);
    expect([ask("a"), ask("a")]).toEqual([false, false]);
  });

  it("is no failure: who asks again gets an answer", () => {
    let reads = 0;
    const ask = perText((text) => {
      if (reads++ === 0) throw new RangeError("too long");
      return text === "a";
    });
    expect(() => ask("a")).toThrow(RangeError);
    expect(ask("a")).toBe(true);
  });

  it("is not what was made of it while another text came in between", () => {
    const other = counted();
    let reads = 0;
    const ask = perText((text) => {
      reads++;
      other.ask(`${text}!`);
      return true;
    });
    ask("a");
    ask("a");
    expect(reads).toBe(2);
  });

  it("is let go of", () => {
    const { ask, reads } = counted();
    ask("a");
    forgetText();
    ask("a");
    expect(reads).toEqual(["a", "a"]);
  });
});
