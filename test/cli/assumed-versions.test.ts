import { describe, expect, it } from "vitest";
import { tapify, Workspace } from "./support/workspace.ts";

describe.each(["check", "migrate", "explain"])("tapify %s --assume", (command) => {
  it.each(["mongodb", "mongodb@", "@scope/name", "mongodb@six", "@", ""])("does not take %j", async (value) => {
    const { root } = new Workspace({ "a.ts": "call();" });
    const { code, stderr } = await tapify(root, command, "--assume", value, command === "explain" ? "a.ts:1" : "a.ts");
    expect(code).toBe(2);
    expect(stderr).toContain("--assume takes a package and its version, as in mongodb@6");
  });

  it.each(["mongodb@6", "@scope/name@^1.2", "glob@>=9 <11"])("takes %j", async (value) => {
    const { root } = new Workspace({ "a.ts": "call();" });
    const { code } = await tapify(root, command, "--assume", value, command === "explain" ? "a.ts:1" : "a.ts");
    expect(code).toBe(0);
  });
});

describe.each(["check", "migrate", "explain"])("tapify %s --callbacks", (command) => {
  const place = command === "explain" ? "a.ts:1" : "a.ts";

  it.each(["store", "store:load", "store:load=later"])("does not take %j", async (value) => {
    const { root } = new Workspace({ "a.ts": "call();" });
    const { code, stderr } = await tapify(root, command, "--callbacks", value, place);
    expect(code).toBe(2);
    expect(stderr).toContain("--callbacks: Callbacks are said as MODULE:MEMBER,MEMBER=FORM");
  });

  it("takes what the settings take", async () => {
    const { root } = new Workspace({
      "a.ts": `import { load } from "./store";\nexport async function f() { await load(1, (err: Error) => { if (err) throw err; }); }\n`,
    });
    const { stdout } = await tapify(
      root,
      command,
      "--callbacks",
      "./store:load=promisify",
      place.replace(":1", ":2:42"),
    );
    expect(stdout).toMatch(/no-callback-and-promise|return-value-used/u);
  });
});
