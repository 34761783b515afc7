import { describe, expect, it } from "vitest";
import { tapify, Workspace } from "./support/workspace.ts";

const BAD = `export function two(c: any) {
  const handle = c.BeginWrite(null, null);
  while (!handle.IsCompleted) {}
  return c.EndWrite(handle);
}
`;
const GOOD = `export async function one(c: any) {
  const r = c.BeginRead(null, null);
  return c.EndRead(r);
}
`;
const FILES = {
  "a.ts": BAD,
  "src/b.ts": GOOD,
  "src/c.ts": "let x;\n",
  "src/d.ts": `${GOOD}${BAD}\u2028`,
  "src/e.ts": "c.BeginRead(; c.EndRead(r);\n",
  "z.js": BAD.replaceAll(": any", ""),
};

async function divided(root: string, command: string, count: number, ...options: string[]) {
  const parts: string[] = [];
  for (let index = 1; index <= count; index++) {
    const part = `../parts-of-${count}/${index}.json`;
    const shard = ["--shard", `${index}/${count}`, "--format", "blob", "--output-file", part];
    await tapify(root, command, ...options, ...shard);
    parts.push(part);
  }
  return parts;
}

describe("the parts of a run", () => {
  it.each([
    ["check", "stylish"],
    ["check", "json"],
    ["check", "json-with-metadata"],
    ["check", "html"],
    ["check", "sarif"],
    ["check", "github"],
    ["check", "junit"],
    ["migrate", "text"],
    ["migrate", "json"],
    ["migrate", "html"],
    ["migrate", "sarif"],
    ["migrate", "github"],
  ])("%s and --format %s give merged what one run gives", async (command, format) => {
    const { root } = new Workspace(
      Object.fromEntries(Object.entries(FILES).map(([path, text]) => [`p/${path}`, text])),
    );
    const folder = `${root}/p`;
    const whole = await tapify(folder, command, "--format", format);
    const time = / - Generated on [^<]*/g;
    for (const count of [1, 3, 9]) {
      const parts = await divided(folder, command, count);
      const merged = await tapify(folder, "merge-reports", ...parts.toReversed(), "--format", format);
      expect(merged.stdout.replaceAll(time, "")).toBe(whole.stdout.replaceAll(time, ""));
      expect(merged.code).toBe(whole.code);
    }
  });

  it("end as one run does with its options", async () => {
    const { root } = new Workspace({ "p/a.ts": BAD, "p/b.ts": BAD });
    const folder = `${root}/p`;
    for (const options of [["--max-warnings", "1"], ["--quiet"], ["--max-warnings", "9"]]) {
      const whole = await tapify(folder, "check", ...options);
      const merged = await tapify(folder, "merge-reports", ...(await divided(folder, "check", 2, ...options)));
      expect({ code: merged.code, stdout: merged.stdout }).toEqual({ code: whole.code, stdout: whole.stdout });
    }
    const refused = BAD.replace("while", "if (c.x) return handle;\n  while");
    const other = new Workspace({ "p/a.ts": refused });
    const parts = await divided(other.path("p"), "migrate", 2, "--fail-on-refusal");
    expect((await tapify(other.path("p"), "merge-reports", ...parts)).code).toBe(1);
  });

  it("have each file once", async () => {
    const workspace = new Workspace(FILES);
    for (let index = 1; index <= 4; index++)
      await tapify(workspace.root, "migrate", "--write", "--shard", `${index}/4`);
    const one = new Workspace(FILES);
    await tapify(one.root, "migrate", "--write");
    expect(workspace.snapshot()).toEqual(one.snapshot());
  });

  it("are refused where they are not those of one run", async () => {
    const { root } = new Workspace({ "p/a.ts": BAD, "p/other.json": "{}", "p/none.json": "x" });
    const folder = `${root}/p`;
    const [first, second] = await divided(folder, "check", 2);
    const [other] = await divided(folder, "check", 3);
    const [migrated] = await divided(folder, "migrate", 4);
    const message = async (...argv: string[]): Promise<string> => {
      const { code, stderr, stdout } = await tapify(folder, "merge-reports", ...argv);
      expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
      return stderr;
    };
    expect(await message()).toContain("merge-reports takes the reports of all parts of a run");
    expect(await message(first!)).toContain("part 2 of 2 is missing.");
    expect(await message(first!, second!, second!)).toContain("part 2 of 2 is there twice.");
    expect(await message(first!, other!)).toContain("is of another run");
    expect(await message(first!, migrated!)).toContain("is of another run");
    expect(await message("other.json")).toContain("other.json is no part of a run.");
    expect(await message("none.json")).toContain("none.json cannot be read");
    expect(await message("gone.json")).toContain("gone.json cannot be read");
    expect(await message(first!, second!, "--format", "nonsense")).toContain("nonsense");
  });

  it.each([
    [["check", "--shard", "4/3"], "--shard takes a part and the number of parts"],
    [["check", "--shard", "0/3"], "--shard takes a part"],
    [["migrate", "--shard", "one"], '"one"'],
    [["check", "--shard", "1/2", "-p", "."], "--shard goes without --project and --stdin."],
    [["migrate", "--shard", "1/2", "-p", "."], "--shard goes without --only and --project."],
    [["check", "--cache", "--stdin"], "--cache goes without --project and --stdin"],
  ])("%j is answered with what is wrong", async (argv, message) => {
    const { root } = new Workspace({ "a.ts": BAD, "tsconfig.json": "{}" });
    const { code, stderr } = await tapify(root, ...argv);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});
