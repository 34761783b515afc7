import { describe, expect, it } from "vitest";
import { tapify, Workspace } from "./support/workspace.ts";

const TWO = `export async function one(c: any) {
  const r = c.BeginRead(null, null);
  return c.EndRead(r);
}
export async function two(c: any) {
  const r = c.BeginWrite(null, null);
  return c.EndWrite(r);
}
`;

describe("tapify migrate --only", () => {
  it("changes what stands in the line, and nothing else", async () => {
    const workspace = new Workspace({ "a.ts": TWO, "b.ts": TWO });
    const { code, stdout } = await tapify(workspace.root, "migrate", "--only", "a.ts:6", "--target", "twin", "--write");
    expect(code).toBe(0);
    expect(stdout).toContain("a.ts\n  6 migrated Write (begin-end-to-async)\n");
    expect(stdout).toContain("\n1 file: 1 migrated, 0 refused, 0 unchanged, 0 errors.\n1 place in 1 file migrated.\n");
    expect(workspace.read("a.ts")).toBe(
      TWO.replace("  const r = c.BeginWrite(null, null);\n  return c.EndWrite(r);", "  return await c.WriteAsync();"),
    );
    expect(workspace.read("b.ts")).toBe(TWO);
  });

  it("says why a place stays", async () => {
    const text = TWO.replace("return c.EndWrite(r);", "keep(r);");
    const { root } = new Workspace({ "a.ts": text });
    const { code, stdout } = await tapify(root, "migrate", "--only", "a.ts:6", "--fail-on-refusal");
    expect(code).toBe(1);
    expect(stdout).toMatch(/^a\.ts\n {2}6:\d+ refused handle-escapes: /);
    expect(stdout).toMatch(/\nNext: tapify explain a\.ts:\d+ says what was tried there, and what to change\.\n$/);
  });

  it.each([
    [["--only", "a.ts:1"], "a.ts:1 holds nothing that a migration takes up. tapify explain a.ts:1 says"],
    [["--only", "a.ts"], "a.ts names no line."],
    [["--only", "gone.ts:1"], "gone.ts: no such file"],
    [["--only", "a.ts:1", "b.ts"], "--only names one place of one file, and goes with no paths and no --project."],
  ])("answers %j with what is wrong", async (options, message) => {
    const { root } = new Workspace({ "a.ts": TWO });
    const { code, stdout, stderr } = await tapify(root, "migrate", ...options);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(message);
  });

  it("says where a file does not parse", async () => {
    const { root } = new Workspace({ "a.ts": "let = ;\n" });
    const { code, stdout } = await tapify(root, "migrate", "--only", "a.ts:1");
    expect(stdout).toMatch(/a\.ts\n {2}1:\d+ error does not parse: /);
    expect(code).toBe(2);
  });
});
