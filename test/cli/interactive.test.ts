import { describe, expect, it } from "vitest";
import { run } from "../../src/cli/run.ts";
import type { Io } from "../../src/cli/io.ts";
import { recordingIo, Workspace } from "./support/workspace.ts";

const site = (name: string): string => `export async function f${name}(c: any) {
  const r = c.Begin${name}(null, null);
  return c.End${name}(r);
}
`;
const migrated = (name: string): string => `export async function f${name}(c: any) {
  return await c.${name}Async();
}
`;
const FILES = { "a.ts": site("A") + site("B") + site("C"), "b.ts": site("D") };

/** Runs with answers, each of which is typed when it is asked for. */
async function answered(workspace: Workspace, answers: readonly string[], argv: readonly string[] = []) {
  const { io, written } = recordingIo(workspace.root, { isTTY: true, env: { NO_COLOR: "1" } });
  let asked = 0;
  async function* typed() {
    for (const answer of answers) {
      await Promise.resolve();
      asked++;
      yield Buffer.from(`${answer}\n`);
    }
  }
  const stdin = Object.assign(typed(), { isTTY: true }) as NonNullable<Io["stdin"]>;
  const code = await run(["migrate", "--interactive", "--target", "twin", ...argv], { ...io, stdin });
  return { code, asked, ...written };
}

describe("tapify migrate --interactive", () => {
  it.each([
    [
      ["y", "n", "y", "n"],
      ["A", "C"],
    ],
    [
      ["n", "a", "n"],
      ["B", "C"],
    ],
    [
      ["a", "y"],
      ["A", "B", "C", "D"],
    ],
    [["A"], ["A", "B", "C", "D"]],
    [
      ["n", "A"],
      ["B", "C", "D"],
    ],
    [
      ["y", "d", "y"],
      ["A", "D"],
    ],
    [["y", "q"], ["A"]],
    [["?", "x", "", "y", "q"], ["A"]],
    [["n"], []],
    [[], []],
  ])("%j writes %j", async (answers, names) => {
    const workspace = new Workspace(FILES);
    const { asked, code, stdout } = await answered(workspace, answers);
    expect({ code, asked }).toEqual({ code: 0, asked: answers.length });
    const text = (all: string): string =>
      [...all].map((name) => (names.includes(name) ? migrated(name) : site(name))).join("");
    expect(workspace.snapshot()).toEqual({ "a.ts": text("ABC"), "b.ts": text("D") });
    if (names.length > 0) expect(stdout).toContain(`${names.length} ${names.length === 1 ? "place" : "places"} in `);
  });

  it("shows the change alone, and says what may be answered", async () => {
    const { stdout } = await answered(new Workspace(FILES), ["n", "?", "q"]);
    const [first, second] = stdout.split("Migrate ");
    expect(first).toContain("-  const r = c.BeginA(null, null);\n-  return c.EndA(r);\n+  return await c.AAsync();\n");
    expect(first).not.toContain("AsyncB");
    expect(second).toContain("A [y,n,a,A,d,q,?]? --- a/a.ts");
    expect(stdout).toContain("n - do not migrate this\na - migrate this and all later ones in the file\n");
  });

  it("asks once about what can only change together", async () => {
    const text = `export async function f(c: any) {
  const r = c.BeginRead(null, null);
  const w = c.BeginWrite(null, null);
  return [c.EndRead(r), c.EndWrite(w)];
}
`;
    const workspace = new Workspace({ "a.ts": text });
    const { asked, stdout } = await answered(workspace, ["y"]);
    expect(asked).toBe(1);
    expect(stdout).toContain("Migrate Read, Write [");
    expect(workspace.read("a.ts")).not.toContain("Begin");
  });

  it("says the lines of the text as it was, and what was refused", async () => {
    const refused = site("E").replace("return c.EndE(r);", "keep(r);");
    const { stdout } = await answered(new Workspace({ "a.ts": FILES["a.ts"] + refused }), ["y", "y", "y"]);
    expect(stdout).toContain(
      "  2 migrated A (begin-end-to-async)\n  6 migrated B (begin-end-to-async)\n  10 migrated C",
    );
    expect(stdout).toContain("1 place in 1 file refused");
  });

  it("asks nothing where nothing could be written", async () => {
    const workspace = new Workspace(FILES);
    workspace.commit();
    workspace.write("new.ts", "");
    const { asked, code, stderr } = await answered(workspace, ["y"]);
    expect({ asked, code }).toEqual({ asked: 0, code: 2 });
    expect(stderr).toContain("uncommitted changes");
  });

  it("needs a terminal, and goes with no other way to choose or to report", async () => {
    const { root } = new Workspace(FILES);
    const { io, written } = recordingIo(root);
    expect(await run(["migrate", "-i"], io)).toBe(2);
    expect(written.stderr).toContain("--interactive asks a person, and needs a terminal for its input and its output.");
    for (const option of [["--only", "a.ts:2"], ["-p", "."], ["--todo"], ["-f", "json"]]) {
      const other = recordingIo(root);
      expect(await run(["migrate", "-i", ...option], other.io)).toBe(2);
    }
  });
});
