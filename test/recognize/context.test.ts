import { expect, it } from "vitest";
import type { TSESTree } from "../../src/ast/source.ts";
import { memoize, type Context } from "../../src/recognize/context.ts";
import { analyzed } from "./analyzed.ts";

it("does not take what stands in for an answer for the answer, when there was none", () => {
  const context = analyzed("a;");
  const { ast } = context.source;
  let asked = 0;
  const question: (context: Context, node: TSESTree.Node) => string = memoize((_, node) => {
    if (asked++ === 0) throw new RangeError("too deep");
    return question(context, node);
  }, "stopgap");
  expect(() => question(context, ast)).toThrow(RangeError);
  expect([question(context, ast), asked]).toEqual(["stopgap", 2]);
  expect([question(context, ast), asked]).toEqual(["stopgap", 2]);
});
