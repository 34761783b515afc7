import { expect, it } from "vitest";
import { fixtures } from "./fixtures.ts";

/** What is about the very top of a file, where a comment would be in the way. */
const WITHOUT_HEAD: Readonly<Record<string, string>> = {
  "fixtures/begin-end/layout-bom.ts": "A byte order mark stands before an import.",
  "fixtures/begin-end/layout-comments.ts": "The first line of a script with a hashbang is taken.",
  "fixtures/events/layout-bom.ts": "A byte order mark stands before an import.",
};

/** The first line of a text, if it is a comment of four words or more. */
function headOf(text: string): string | null {
  const line = /^.*/u.exec(text)![0];
  const words = /^(?:\/\/|\/\*+)(?<words>.*)$/u.exec(line)?.groups!.words!.match(/\p{L}[\p{L}'-]*/gu) ?? [];
  return words.length >= 4 ? line : null;
}

it("says in its first line which shape it is", () => {
  const without = fixtures.filter(({ input }) => headOf(input) === null).map(({ path }) => path);
  expect(without.toSorted()).toEqual(Object.keys(WITHOUT_HEAD).toSorted());
});

it("says something of its own", () => {
  const heads = fixtures.flatMap(({ input }) => headOf(input) ?? []);
  expect(heads.filter((head, index) => heads.indexOf(head) !== index)).toEqual([]);
});

it("says the same once it is migrated", () => {
  const changed = fixtures.filter(({ input, output }) => headOf(input) !== headOf(output)).map(({ path }) => path);
  expect(changed).toEqual([]);
});
