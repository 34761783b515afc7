import { expect, it } from "vitest";
import { parse } from "../../src/ast/parse.ts";
import type { Range } from "../../src/plan/types.ts";
import { EditTree, type TreeEdit } from "../../src/plan/write/edit-tree.ts";

it("renders stretches in stretches as deep as a chain of callbacks is long", () => {
  const length = 3_000;
  const source = parse(Array.from({ length }, (_, index) => `{ start${index}; }\n`).join(""), "chain.ts");
  const owner = {};
  const blocks = source.ast.body.map((inside) => {
    if (inside.type !== "BlockStatement") throw new Error(`${inside.type} is no block`);
    return { inside, range: inside.body[0]!.range };
  });
  const edits = blocks.slice(1).flatMap(({ inside, range }, index): TreeEdit[] => [
    // What comes in place of one start is the next block's code, which then leaves its own place.
    { owner, range: blocks[index]!.range, parts: [`done${index}; `, { inside, range, indent: "" }] },
    { owner, range: inside.range, parts: [] },
  ]);
  const [[, first], ...others] = new EditTree(source, edits).render() as [[object, { range: Range; text: string }]];
  expect(first.range).toEqual(blocks[0]!.range);
  expect(first.text).toBe(
    `${Array.from({ length: length - 1 }, (_, index) => `done${index}; `).join("")}start${length - 1};`,
  );
  expect(others).toHaveLength(length - 1);
});
