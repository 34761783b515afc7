import { describe, expect, it } from "vitest";
import { parse } from "../../src/ast/parse.ts";
import type { Range } from "../../src/plan/types.ts";
import { Rendering, type TreeEdit } from "../../src/plan/write/rendering.ts";
import { concat, joined, text, type Moved, type Text } from "../../src/plan/write/text.ts";

const TEXT = `before();
start(() => {
  first();
  if (ok) {
    second(\`
  as it is\`);
  }
});
after();
`;
const SOURCE = parse(TEXT, "a.ts");

function rangeOf(part: string): Range {
  const at = TEXT.indexOf(part);
  return [at, at + part.length];
}

const CALL = rangeOf(TEXT.slice(TEXT.indexOf("start("), TEXT.indexOf("after")).trim());
/** The inside of the function. */
const BODY: Range = [TEXT.indexOf("{\n  first") + 1, TEXT.lastIndexOf("}")];

function moved(range: Range, indent: string | null = null, more: Partial<Moved> = {}): Text {
  return [{ range, inside: SOURCE.ast, indent, ...more }];
}

/** The edits as they come out: range and text. */
function rendered(...edits: readonly TreeEdit[]): string[] {
  return new Rendering(SOURCE, edits).outermost().map(({ edit, text }) => `${edit.range.join("-")} ${text}`);
}

describe("text that is written last", () => {
  it("has pieces that are joined", () => {
    expect(text`a${"b"}${concat("", "c")}d`).toBe("abcd");
    expect(joined(["a", "b"], ", ")).toBe("a, b");
    expect(text`(${moved([0, 6])})`).toEqual(["(", { range: [0, 6], inside: SOURCE.ast, indent: null }, ")"]);
  });

  it("takes a stretch along with what is edited in it, whenever that is", () => {
    const wrap = { range: CALL, text: text`await all(${moved(rangeOf("first()"))});` };
    const rename = { range: rangeOf("first"), text: "last" };
    const expected = [`${CALL.join("-")} await all(last());`];
    expect(rendered(wrap, rename)).toEqual(expected);
    expect(rendered(rename, wrap)).toEqual(expected);
  });

  it("is indented for its new place, but for what is a string", () => {
    const move = { range: CALL, text: moved(BODY, "") };
    expect(rendered(move)).toEqual([`${CALL.join("-")} first();\nif (ok) {\n  second(\`\n  as it is\`);\n}`]);
  });

  it("indents what is written into a stretch with that", () => {
    const move = { range: CALL, text: moved(BODY, "\t") };
    const write = { range: rangeOf("first()"), text: "run(() => {\n    one();\n  })" };
    expect(rendered(move, write)).toEqual([
      `${CALL.join("-")} run(() => {\n\t  one();\n\t});\n\tif (ok) {\n\t  second(\`\n  as it is\`);\n\t}`,
    ]);
  });

  it("loses what is edited in text that goes, and says so", () => {
    const insert = { range: [rangeOf("second(")[0], rangeOf("second(")[0]] as const, text: "await " };
    const rendering = new Rendering(SOURCE, [{ range: CALL, text: moved(rangeOf("first();")) }, insert]);
    expect(rendering.outermost().map(({ text }) => text)).toEqual(["first();"]);
    expect(rendering.isShown(insert)).toBe(false);
  });

  it("leaves what is inserted at the edge of text that goes where it is", () => {
    const insert = { range: [CALL[0], CALL[0]] as const, text: "void " };
    expect(rendered({ range: CALL, text: "f();" }, insert)).toEqual([
      `${CALL.join("-")} f();`,
      `${CALL[0]}-${CALL[0]} void `,
    ]);
  });

  it("wraps an edit of the same range that was made before", () => {
    const range = rangeOf("first()");
    expect(rendered({ range, text: "other()" }, { range, text: text`await ${moved(range)}` })).toEqual([
      `${range.join("-")} await other()`,
    ]);
  });

  it("leaves out what takes a node from its old place, where it stands in the new one", () => {
    const range = rangeOf("first();");
    const [inside] = [{ ...SOURCE.ast, range } as typeof SOURCE.ast];
    const removal = { range, text: "" };
    const there = { range: rangeOf("after()"), text: moved(range, null, { takes: [inside] }) };
    expect(rendered(removal, there)).toEqual([`${range.join("-")} `, `${rangeOf("after()").join("-")} first();`]);
  });

  it("tells which edits stand in which, and asks whether they may", () => {
    const wrap = { range: CALL, text: text`new Promise(() => ${moved(rangeOf("first()"), null, { isClosed: true })})` };
    const insert = { range: [rangeOf("first()")[0], rangeOf("first()")[0]] as const, text: "await " };
    const inside: (readonly [TreeEdit, TreeEdit])[] = [];
    const rendering = new Rendering<TreeEdit>(SOURCE, [wrap, insert], {
      onInside: (...both) => void inside.push(both),
      mayStandIn: (edit) => edit !== insert,
    });
    rendering.outermost();
    expect(inside).toContainEqual([wrap, insert]);
    expect(rendering.isShown(insert)).toBe(false);
    expect(rendering.isShown(wrap)).toBe(true);
  });

  it("renders stretches in stretches as deep as a chain of callbacks is long", () => {
    const length = 3_000;
    const source = parse(Array.from({ length }, (_, index) => `{ start${index}; }\n`).join(""), "chain.ts");
    const blocks = source.ast.body.map((inside) => {
      if (inside.type !== "BlockStatement") throw new Error(`${inside.type} is no block`);
      return { inside, range: inside.body[0]!.range };
    });
    const edits = blocks.slice(1).flatMap(({ inside, range }, index): TreeEdit[] => [
      // What comes in place of one start is the next block's code, which then leaves its own place.
      { range: blocks[index]!.range, text: text`done${String(index)}; ${[{ inside, range, indent: "" }]}` },
      { range: inside.range, text: "" },
    ]);
    let insides = 0;
    const rendering = new Rendering<TreeEdit>(source, edits, { onInside: () => void insides++ });
    const [first, ...others] = rendering.outermost();
    expect(first?.edit.range).toEqual(blocks[0]!.range);
    expect(first?.text).toBe(
      `${Array.from({ length: length - 1 }, (_, index) => `done${index}; `).join("")}start${length - 1};`,
    );
    expect(others).toHaveLength(length - 1);
    // Each edit is told to stand in the one whose stretch it is in, and in the removal around it.
    expect(insides).toBe(2 * (length - 2));
  });
});
