import { describe, expect, it } from "vitest";
import { tapify, Workspace } from "./support/workspace.ts";

/** `tapify explain --project`: what becomes of a place when the whole project is migrated. */

const CONFIG =
  '{ "compilerOptions": { "strict": true, "types": [], "target": "ES2022", "module": "ES2022", "moduleResolution": "Bundler" }, "include": ["src"] }\n';

/** @param name of the function that waits */
const waiting = (name: string): string => `import type { Task } from "./task";

export function ${name}(job: Task<number>): number {
  return job.Result;
}
`;

const FILES = {
  "tsconfig.json": CONFIG,
  "outside.ts": waiting("elsewhere"),
  "src/task.ts": "export interface Task<T> extends PromiseLike<T> {\n  readonly Result: T;\n}\n",
  "src/total.ts": waiting("total"),
  "src/report.ts": `import type { Task } from "./task";
import { total } from "./total";

export function report(job: Task<number>): string {
  return String(total(job));
}
`,
  "src/size.ts": waiting("size"),
  "src/panel.ts": `import { size } from "./size";
import type { Task } from "./task";

export class Panel {
  readonly size: number;

  constructor(job: Task<number>) {
    this.size = size(job);
  }
}
`,
};

describe("tapify explain --project", () => {
  it("says what becomes of a place whose callers in other files follow", async () => {
    const { root } = new Workspace(FILES);
    const alone = await tapify(root, "explain", "src/total.ts:4");
    const inProject = await tapify(root, "explain", "src/total.ts:4", "--project", "tsconfig.json");
    expect([alone.stderr, inProject.stderr, inProject.code]).toEqual(["", "", 0]);
    expect(alone.stdout).toContain("callers that are out of sight");
    expect(inProject.stdout).toContain("blocking-to-await: can be migrated");
    expect(inProject.stdout).toContain("tried awaited-wait: taken");
    expect(inProject.stdout).not.toContain("out of sight");
  });

  it("tells at the place what stands in its way in another file", async () => {
    const { root } = new Workspace(FILES);
    const { code, stdout } = await tapify(root, "explain", "src/size.ts:4", "--project", "tsconfig.json");
    expect(code).toBe(0);
    expect(stdout).toContain("blocking-to-await: refused");
    expect(stdout).toContain("refused at src/size.ts:4:14 function-cannot-be-async");
    expect(stdout).toContain("in src/panel.ts:7:14: ");
  });

  it("gives programs the same", async () => {
    const { root } = new Workspace(FILES);
    const place = ["src/size.ts:4", "--project", "tsconfig.json", "--json"];
    const { stdout } = await tapify(root, "explain", ...place);
    const { sites } = JSON.parse(stdout) as {
      sites: { migrations: { outcome: string; strategies: { name: string; verdict: string }[] }[] }[];
    };
    expect(sites.map(({ migrations }) => migrations)).toMatchObject([
      [{ outcome: "refused", strategies: [{ name: "awaited-wait", verdict: "held-back" }] }],
    ]);
  });

  it.each([
    ["outside.ts:4", "tapify: outside.ts is not part of the project.\n"],
    ["src/total.ts:40", "tapify: src/total.ts has no line 40"],
  ])("refuses %s", async (place, message) => {
    const { root } = new Workspace(FILES);
    const { code, stdout, stderr } = await tapify(root, "explain", place, "--project", "tsconfig.json");
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(message);
  });

  it("says what is wrong with a project that cannot be loaded", async () => {
    const { root } = new Workspace({
      ...FILES,
      "broken.json": '{ "include": ["src"], "compilerOptions": { "target": "x" } }',
    });
    const { code, stderr } = await tapify(root, "explain", "src/total.ts:4", "--project", "broken.json");
    expect(code).toBe(2);
    expect(stderr).toContain("broken.json");
  });
});
