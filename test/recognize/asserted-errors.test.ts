import { describe, expect, it } from "vitest";
import { parse } from "../../src/ast/parse.ts";
import { textOf } from "../../src/ast/source.ts";
import { assertedNothing } from "../../src/recognize/operations/asserted-errors.ts";

/** What the only statement of a text asserts to be nothing. */
function asserted(text: string): string | null {
  const source = parse(text, "file.ts");
  const value = assertedNothing(source.ast.body[0]!);
  return value === null ? null : textOf(source, value);
}

describe("what a statement asserts to be nothing", () => {
  it.each([
    "assert.ifError(err)",
    "t.ifError(err)",
    "assert.isNull(err, 'no error')",
    "assert(!err);",
    "assert.ok(!err, err)",
    "assert.equal(err, null)",
    "assert.strictEqual(undefined, err)",
    "should.not.exist(err)",
    "expect(err).toBeNull()",
    "expect(err).not.toBeTruthy()",
    "expect(err).toBe(null)",
    "expect(err).to.not.exist",
    "expect(err).not.to.exist",
    "expect(err).to.be.null",
    "expect(err).to.be(null)",
    "expect(err).to.be.equal(undefined)",
    "expect(err).not.to.be.ok()",
    "should(err).be.null()",
    "expect(err as Error).toBeFalsy()",
  ])("%s", (text) => {
    expect(asserted(text)).toMatch(/^err\b/u);
  });

  it.each([
    "assert(err)",
    "assert.ok(err)",
    "assert.equal(err, 1)",
    "assert.equal(err.code, data)",
    "assert.notEqual(err, null)",
    "should.exist(err)",
    "expect(err).toBeTruthy()",
    "expect(err).not.toBeNull()",
    "expect(err).to.exist",
    "expect(err).toBe(expected)",
    "expect(err)",
    "expect(!err)",
    "expect(...errors).toBeNull()",
    "expect(err).toMatchObject({ code: null })",
    "if (err) throw err;",
    "log(err)",
    "const none = assert.ifError(err);",
  ])("not %s", (text) => {
    expect(asserted(text)).toBeNull();
  });
});
