import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { Workspace } from "../cli/support/workspace.ts";
import { ProgramHost } from "../harness/program-host.ts";
import { ROOT, transpile } from "../harness/transpile.ts";
import { fixtures, migrate, type Fixture } from "./fixtures.ts";

/** Handlers answer the same when they return it, by a host that passes a callback as by one that starts none which declares it. */

const handlers = fixtures.filter(
  ({ path, input, output }) => path.startsWith("fixtures/callbacks/handler-") && input !== output,
);
const refused = fixtures.filter(({ name }) => name.startsWith("completion-"));

const EVENTS = [
  {},
  { path: "a.txt" },
  { path: "b.json", kind: "tag" },
  { path: "missing", kind: "body" },
  { path: "none" },
];

const HOST = "test/harness/handler-host-child.ts";
const hostText = transpile(readFileSync(join(ROOT, HOST), "utf8"), HOST);

const programHost = new ProgramHost();
afterAll(() => programHost.stop());

describe.each(handlers)("$path", (fixture) => {
  it.each(EVENTS)("answers %j as before", async (event) => {
    const { output } = migrate(fixture, fixture.input);
    const before = await answer(fixture, fixture.input, "old", event);
    expect(before).toMatch(/^loaded\n(?:.*\n)*(?:answer|error) .*\n$/u);
    expect(await answer(fixture, output, "old", event)).toBe(before);
    expect(await answer(fixture, output, "new", event)).toBe(before);
  });

  it("was not started by the new host, or not served", async () => {
    const told = await answer(fixture, fixture.input, "new", {});
    expect(told).toMatch(/^loaded\n(?:not started|error TypeError context\.\w+ is not a function)\n$/u);
  });
});

it("has handlers of several shapes, and at least a third as many that are refused", () => {
  expect(handlers.length).toBeGreaterThanOrEqual(4);
  expect(refused.length * 3).toBeGreaterThanOrEqual(handlers.length);
});

async function answer({ path }: Fixture, text: string, host: "old" | "new", event: object): Promise<string> {
  const isTyped = path.endsWith(".ts");
  const name = isTyped ? "program.mjs" : `program${/\.\w+$/.exec(path)![0]}`;
  const workspace = new Workspace({
    [name]: isTyped ? transpile(text, path) : text,
    "host.mjs": hostText,
    "a.txt": "text of a",
    "b.json": '{ "b": 1 }',
    "node_modules/aws-sdk/index.js": readFileSync(join(ROOT, "test/migrate/packages/aws-sdk.cjs"), "utf8"),
  });
  const { stdout } = await programHost.run({
    cwd: workspace.root,
    file: workspace.path("host.mjs"),
    preloads: [],
    argv: [workspace.path(name), host, JSON.stringify(event)],
  });
  return stdout;
}
