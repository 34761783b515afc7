import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { migrateText } from "../../src/plan/migrate.ts";
import { TracedRunner } from "../harness/run-traced.ts";
import { ROOT } from "../harness/transpile.ts";

/** Callers of a class with a completed event, a progress event and a cancel method: they do the same with its awaitable method, or all stays. */

const runner = new TracedRunner();
afterAll(() => runner.stop());

const FIXTURE = readFileSync(join(ROOT, "fixtures/contracts/events-options.input.ts"), "utf8");
const CLASSES = FIXTURE.slice(0, FIXTURE.indexOf("// A listener that cancels"));
const HANDLER =
  'loader.add_LoadCompleted((_sender, e) => {\n    if (e.Error !== null) {\n      trace("failed", e.Error.message);\n    } else if (e.Cancelled) {\n      trace("cancelled", name);\n    } else {\n      trace("loaded", e.Result, e.Size);\n    }\n  });';

/** What stands before the handler is added, and what starts the operation. */
const MIGRATED: Readonly<Record<string, readonly [string, string]>> = {
  "progress without parentheses": ['loader.add_LoadProgressChanged(_ => trace("changed"));', "loader.LoadAsync(name);"],
  "progress by a pattern": [
    'const changed = (_sender: unknown, { ProgressPercentage }: ProgressChangedEventArgs) => trace("changed", ProgressPercentage);\n  loader.add_LoadProgressChanged(changed);',
    "loader.LoadAsync(name);",
  ],
  "a cancel call in time": ["", 'loader.LoadAsync(name, "key");\n  setTimeout(() => loader.CancelAsync("key"), 1);'],
  "a cancel call behind the start": ["", 'loader.LoadAsync(name, "key");\n  loader.CancelAsync("key");'],
  "the user state in the handler": ["", 'loader.LoadAsync(name, "key");'],
};
const KEPT: Readonly<Record<string, readonly [string, string]>> = {
  "progress that asks for its sender": [
    "loader.add_LoadProgressChanged((sender, e) => trace(sender === loader, e.ProgressPercentage));",
    "loader.LoadAsync(name);",
  ],
  "progress that keeps its arguments": [
    "const all: unknown[] = [];\n  loader.add_LoadProgressChanged((_sender, e) => trace(all.push(e)));",
    "loader.LoadAsync(name);",
  ],
  "two handlers of progress": [
    'loader.add_LoadProgressChanged(() => trace("a"));\n  loader.add_LoadProgressChanged(() => trace("b"));',
    "loader.LoadAsync(name);",
  ],
  "another key": ["", 'loader.LoadAsync(name, "key");\n  setTimeout(() => loader.CancelAsync("other"), 1);'],
  "a cancel call in a declared function": [
    "stop();",
    'loader.LoadAsync(name, "key");\n  function stop(): void {\n    loader.CancelAsync("key");\n  }',
  ],
  "a start on some paths": ["", 'if (name !== "") loader.LoadAsync(name, "key");\n  loader.CancelAsync("key");'],
  "a cancel call while it tells of its progress": [
    'loader.add_LoadProgressChanged(() => loader.CancelAsync("key"));',
    'loader.LoadAsync(name, "key");',
  ],
};

function program([before, start]: readonly [string, string]): string {
  return `${CLASSES}function load(name: string): void {\n  const loader = new Loader();\n  ${before}\n  ${HANDLER}\n  ${start}\n}\n\nload("first");\nload("second");\n`;
}

function migrate(text: string): ReturnType<typeof migrateText> {
  return migrateText(text, { filePath: "program.ts", transforms: ["contract-to-async"] });
}

it.each(Object.entries(MIGRATED))("%s", async (_, code) => {
  const text = program(code);
  const { output, refusals } = migrate(text);
  expect(refusals).toEqual([]);
  expect(output).toContain("loader.LoadTaskAsync(name");
  expect(migrate(output).output).toBe(output);
  expect(await runner.run(output)).toEqual(await runner.run(text));
});

it.each(Object.entries(KEPT))("stays: %s", (_, code) => {
  const { refusals, status } = migrate(program(code));
  expect(status).toBe("refused");
  expect(refusals.map(({ code: refused }) => refused)).toEqual(["pair-still-called"]);
});
