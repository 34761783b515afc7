import { createRequire } from "node:module";
import { describe, expect, it } from "vitest";
import { migrateText } from "../../src/plan/migrate.ts";
import { runPrograms } from "../harness/callback-programs.ts";
import { casesOf, COMPOSED, type FunctionCase } from "./async-functions.ts";

const VERSIONS: Readonly<Record<string, string>> = { "async-2": "2.6.4", "async-3": "3.2.6", "neo-async": "2.6.2" };

/** Every function of the library that becomes statements, in its two majors and with neo-async. */
describe("the functions of async", () => {
  const cases = [...COMPOSED].flatMap(([name, form]) =>
    Object.keys(VERSIONS).flatMap((library) => (hasFunction(library, name) ? casesOf(name, form, library) : [])),
  );
  const migrated = cases.map((each) => ({ ...each, after: migrate(each) }));

  it("have cases, each of them", () => {
    const named = new Set(cases.map(({ name }) => name));
    expect([...COMPOSED.keys()].filter((name) => !named.has(name))).toEqual([]);
  });

  it("migrate in all cases", () => {
    const stays = migrated.filter(({ after }) => after === null);
    expect([...new Set(stays.map(({ library, name }) => `${name} of ${library}`))]).toEqual([]);
  });

  it("are given functions that stay as well", () => {
    const staying = new Set(migrated.flatMap(({ after, name }) => (after?.includes("promisify(") ? [name] : [])));
    const others = [...COMPOSED].filter(([name, { over }]) => over !== "count" && !staying.has(name));
    expect(others.map(([name]) => name)).toEqual([]);
  });

  it("do the same without the library", () => {
    const run = migrated.flatMap((each) => (each.after === null ? [] : [{ ...each, after: each.after }]));
    const logs = runPrograms(
      run.flatMap(({ after, library, text }) => [
        { text, library },
        { text: after, library },
      ]),
    );
    const different = run.flatMap(({ after, isReordered, library, name, shows, text }, index) => {
      const [old, now] = [logs[2 * index]!, logs[2 * index + 1]!].map((log) => (isReordered ? log.toSorted() : log));
      if (JSON.stringify(old) === JSON.stringify(now)) return [];
      return [`${name} of ${library}: ${shows}\n${text}\n${after}\n${old!.join("\n")}\n--\n${now!.join("\n")}`];
    });
    expect(
      different[0],
      `${different.length} of ${run.length}: ${different.map((each) => each.split("\n")[0]).join("; ")}`,
    ).toBeUndefined();
  });
});

/** Not all names are there in all libraries. */
function hasFunction(library: string, name: string): boolean {
  return Object.hasOwn(createRequire(import.meta.url)(library) as object, name);
}

function migrate({ library, text }: FunctionCase): string | null {
  const name = library === "neo-async" ? "neo-async" : "async";
  const { output, status } = migrateText(text.replace('require("async")', `require("${name}")`), {
    filePath: "program.cjs",
    transforms: ["callbacks-to-async"],
    assume: { [name]: VERSIONS[library]! },
  });
  return status === "migrated" && !output.includes(`require("${name}")`) ? output : null;
}
