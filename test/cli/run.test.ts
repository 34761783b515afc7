import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { tapify, Workspace } from "./support/workspace.ts";

const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
  version: string;
};

describe("tapify", () => {
  it.each([["--help"], ["-h"], ["help"]])("explains itself with %s", async (argument) => {
    const { code, stdout } = await tapify("/", argument);
    expect(code).toBe(0);
    expect(stdout).toContain("tapify check   [paths...]");
  });

  it.each([
    ["help", "check"],
    ["check", "--help"],
    ["check", "x", "-h"],
  ])("explains a command with %s %s", async (...argv) => {
    const { code, stdout } = await tapify("/", ...argv);
    expect(code).toBe(0);
    expect(stdout).toContain("--preset NAME");
    expect((await tapify("/", "help", "migrate")).stdout).toContain("--fail-on-refusal");
    expect((await tapify("/", "help", "explain")).stdout).toContain("FILE:LINE[:COLUMN]");
    expect((await tapify("/", "help", "recover")).stdout).toContain("--force");
  });

  it("prints the package's version", async () => {
    expect(await tapify("/", "--version")).toEqual({ code: 0, stdout: `${version}\n`, stderr: "" });
  });

  it.each([
    [[], "no command given"],
    [["lint"], 'there is no command "lint". The commands are: check, migrate, explain, init, recover, merge-reports.'],
    [["help", "lint"], 'there is no command "lint"'],
    [["chek"], 'there is no command "chek". Did you mean check? The commands are:'],
    [["help", "Migrate"], "Did you mean migrate?"],
    [["a.ts"], 'there is no command "a.ts". Paths follow a command: tapify check a.ts. The commands are:'],
    [["migrate", "--wirte"], "Unknown option '--wirte'. Did you mean --write?\ntapify migrate takes --write,"],
    [["migrate", "--yieldInPolls"], "Did you mean --yield-in-polls?"],
    [["migrate", "--twins", "A,,B"], "--twins takes names with commas between them: --twins A,B."],
    [["check", "--entrypoints=go"], "Did you mean --entry-points?"],
    [["check", "--host", "puerst"], '--host cannot be "puerst". Did you mean "puerts"? It is one of: none, puerts,'],
    [["check", "--preset", "recommended-type-checked"], '--preset cannot be "recommended-type-checked". It is one of:'],
    [["--write"], "options follow a command (check, migrate, explain, init, recover, merge-reports)"],
    [
      ["migrate", "--dry"],
      "Unknown option '--dry'.\ntapify migrate takes --write, --allow-dirty, --fail-on-refusal, --transform VALUE,",
    ],
    [["migrate", "--host"], "--host"],
    [["migrate", "--write=yes"], "--write"],
    [["migrate", "--host", "v8"], '--host cannot be "v8". It is one of: none, puerts,'],
    [
      ["migrate", "--transform", "all"],
      '--transform cannot be "all". It is one of: contract-to-async, begin-end-to-async',
    ],
    [["migrate", "--target", "new"], '--target cannot be "new". It is one of: auto, twin, adapter.'],
    [["migrate", "--format", "xml"], '--format cannot be "xml". It is one of: text, json, html, sarif, github, blob.'],
    [["migrate", "gone.ts"], "gone.ts: no such file or folder"],
    [["check", "--preset", "strict"], '--preset cannot be "strict". It is one of: recommended, migration, all.'],
    [["check", "--host", "v8"], '--host cannot be "v8"'],
    [["check", "--project", "gone.json"], "--project gone.json: no such file"],
    [["check", "gone.ts"], "gone.ts: no such file or folder"],
    [["explain"], "tapify explain takes one place: FILE:LINE or FILE:LINE:COLUMN."],
    [["explain", "a.ts:1", "b.ts:1"], "tapify explain takes one place"],
    [["explain", "a.ts"], "a.ts names no line. Write it as FILE:LINE or FILE:LINE:COLUMN."],
    [["explain", "a.ts:0"], "a.ts:0: lines and columns count from 1."],
    [["explain", "gone.ts:1"], "gone.ts: no such file."],
    [["explain", "a.ts:1", "--host", "v8"], '--host cannot be "v8"'],
    [["explain", "a.ts:1", "--write"], "Unknown option '--write'.\ntapify explain takes --transform VALUE,"],
    [["init", "."], "tapify init takes no paths."],
    [["recover", "gone"], "gone: no such folder"],
    [["recover", ".", "."], "tapify recover takes one folder."],
    [["recover", "--write"], "Unknown option '--write'.\ntapify recover takes --force."],
  ])("answers %j with what is allowed, and exits with 2", async (argv, message) => {
    const workspace = new Workspace({ "a.ts": "" });
    const { code, stdout, stderr } = await tapify(workspace.root, ...argv);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(/^tapify: /);
    expect(stderr).toContain(message);
  });
});
