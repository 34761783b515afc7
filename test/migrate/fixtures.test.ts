import { describe, expect, it } from "vitest";
import { parse } from "../../src/ast/parse.ts";
import { REFUSALS } from "../../src/plan/codes.ts";
import { layoutsOf } from "../harness/layouts.ts";
import { typeErrors } from "../harness/typecheck.ts";
import { fixtures, migrate } from "./fixtures.ts";
import { NOTES } from "../../src/plan/note-codes.ts";

/** Every shape becomes what a careful maintainer would have written, or is refused and left alone. */

const migrations = new Map(fixtures.map((fixture) => [fixture, migrate(fixture, fixture.input)]));

describe.each(fixtures)("$name", (fixture) => {
  const migration = migrations.get(fixture)!;

  it("becomes the expected text", () => {
    expect(migration.output).toBe(fixture.output);
    expect(migration.status).toBe(fixture.output === fixture.input ? "refused" : "migrated");
  });

  it("is refused where expected", () => {
    expect(migration.refusals.map(({ code, line, column }) => ({ code, line, column }))).toEqual(fixture.refusals);
  });

  it.each(layoutsOf(fixture.input, fixture.path))("becomes the same with $layout", ({ text, layOut, columnOf }) => {
    const { output, migrations, refusals, status } = migrate(fixture, text);
    expect(output).toBe(layOut(fixture.output));
    expect({ status, migrations }).toEqual({ status: migration.status, migrations: migration.migrations });
    expect(refusals).toEqual(
      migration.refusals.map((refusal) => ({ ...refusal, column: columnOf(refusal.line, refusal.column) })),
    );
  });

  it("stays as it is when it is migrated again", () => {
    const again = migrate(fixture, fixture.output);
    expect(again.output).toBe(fixture.output);
    expect(again.migrations).toEqual([]);
    expect(() => parse(fixture.output.replace(/^\uFEFF/u, ""), fixture.path)).not.toThrow();
  });
});

describe("all fixtures together", () => {
  const refused = fixtures.filter((fixture) => fixture.refusals.length > 0);

  it("show every refusal, but for those of whole projects and those that say that the tool is wrong", () => {
    const shown = new Set(refused.flatMap((fixture) => fixture.refusals.map(({ code }) => code)));
    const codes = Object.keys(REFUSALS).filter(
      (code) =>
        !["check-failed", "does-not-settle", "exported-api", "module-out-of-sight", "would-not-compile"].includes(code),
    );
    expect([...shown].toSorted()).toEqual(codes.toSorted());
  });

  it("are refused in a quarter of the cases or more", () => {
    expect(refused.length / fixtures.length).toBeGreaterThanOrEqual(0.25);
  });

  it("show every note", () => {
    const shown = new Set(
      [...migrations.values()].flatMap((migration) =>
        migration.migrations.flatMap(({ notes }) => notes.map(({ code }) => code)),
      ),
    );
    expect([...shown].toSorted()).toEqual(Object.keys(NOTES).toSorted());
  });

  it("type-check after the migration where they did before", () => {
    const typed = fixtures.filter(({ path, input, output }) => /tsx?$/u.test(path) && input !== output);
    const before = new Set(filesWithErrors(Object.fromEntries(typed.map(({ path, input }) => [path, input]))));
    // They name modules, globals or types that are not here.
    expect([...before].toSorted()).toEqual(UNTYPED.toSorted());
    const after = Object.fromEntries(
      typed.flatMap(({ path, output }) => (before.has(path) ? [] : [[path, output] as const])),
    );
    expect(typeErrors(after)).toEqual([]);
  });
});

const UNTYPED: readonly string[] = [
  "fixtures/begin-end/adapter-camel-case.ts",
  "fixtures/begin-end/host-puerts-imported.ts",
  "fixtures/begin-end/host-puerts.ts",
  "fixtures/begin-end/host-unity-jsb-import.ts",
  "fixtures/begin-end/host-unity-jsb.ts",
  "fixtures/begin-end/target-twin-settings.ts",
  "fixtures/begin-end/view.tsx",
  "fixtures/blocking/host-puerts.ts",
  "fixtures/blocking/host-unity-jsb.ts",
  "fixtures/blocking/view.tsx",
  "fixtures/callbacks/handler-host-type.ts",
  "fixtures/events/abort-signal.ts",
  "fixtures/events/host-puerts-twin.ts",
  "fixtures/events/host-puerts.ts",
  "fixtures/events/host-unity-jsb.ts",
  "fixtures/events/spelling-operator.ts",
  "fixtures/events/view.tsx",
];

function filesWithErrors(files: Readonly<Record<string, string>>): readonly string[] {
  return typeErrors(files).flatMap((error) => /^fixtures[^(]*/u.exec(error) ?? []);
}
