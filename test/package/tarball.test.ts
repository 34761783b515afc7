import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pack, Scratch } from "./support/scratch.ts";

/** The program of a package that is installed in the checkout. */
function programOf(name: string, bin: string): string {
  const folder = fileURLToPath(new URL(`../../node_modules/${name}/`, import.meta.url));
  const { bin: bins } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
    bin: Record<string, string> | string;
  };
  return join(folder, typeof bins === "string" ? bins : bins[bin]!);
}

describe("the tarball", { timeout: 300_000 }, () => {
  const scratch = new Scratch();
  let tarball: string;
  beforeAll(() => {
    tarball = pack(scratch);
  });
  afterAll(() => scratch.remove());

  it("has no complaint of publint", () => {
    const { code, stdout } = scratch.node(programOf("publint", "publint"), "run", tarball, "--strict");
    expect(stdout).toContain("All good!");
    expect(code).toBe(0);
  });

  it("has the types that its modules have", () => {
    const attw = programOf("@arethetypeswrong/cli", "attw");
    const { code, stdout } = scratch.node(
      attw,
      tarball,
      "--profile",
      "esm-only",
      "--format",
      "json",
      "--include-entrypoints",
      "transforms/begin-end-to-async",
    );
    const { analysis, problems } = JSON.parse(stdout) as {
      analysis: {
        entrypoints: Record<
          string,
          { resolutions: Record<string, { resolution?: { fileName: string; isJson: boolean } }> }
        >;
      };
      problems?: object;
    };
    for (const entry of [".", "./core", "./transforms/begin-end-to-async"]) {
      expect(analysis.entrypoints[entry]?.resolutions["node16-esm"]?.resolution?.fileName).toMatch(/\.d\.ts$/);
    }
    // Seen from CommonJS a module is a module, which Node.js can `require` in every version that we support.
    expect(Object.keys(problems ?? {}).filter((kind) => !["NoResolution", "CJSResolvesToESM"].includes(kind))).toEqual(
      [],
    );
    expect(code).toBe(0);
  });
});
