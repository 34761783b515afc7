import { describe, expect, it } from "vitest";
import { formatJournal, parseJournal, type Journal } from "../../src/cli/journal/journal.ts";

const HASH = "0123456789abcdef".repeat(4);
const COPY = (last: string) => `.tapify-123-abc-000000000000000${last}.tmp`;
const JOURNAL: Journal = {
  process: { pid: 123, started: "abc", host: "def" },
  changes: [
    { path: "src/a.ts", before: HASH, after: HASH.replace("0", "1"), newCopy: COPY("1"), oldCopy: COPY("2") },
    { path: "b c/[d].tsx", before: HASH, after: HASH, newCopy: COPY("3"), oldCopy: COPY("4") },
  ],
};

function parseWith(change: object, rest: object = {}): Journal {
  return parseJournal(
    JSON.stringify({ version: 1, ...JOURNAL, changes: [{ ...JOURNAL.changes[0], ...change }], ...rest }),
  );
}

describe("a journal", () => {
  it("is read as it was written, and holds neither contents nor absolute paths", () => {
    const text = formatJournal(JOURNAL);
    expect(parseJournal(text)).toEqual(JOURNAL);
    expect(text).not.toContain('"/');
  });

  it("is not read in part, wherever it breaks off", () => {
    const text = formatJournal(JOURNAL).trimEnd();
    for (let length = 0; length < text.length; length++)
      expect(() => parseJournal(text.slice(0, length)), text.slice(0, length)).toThrow("breaks off");
  });

  it.each([
    ["/etc/x.ts", "leads out"],
    ["../x.ts", "leads out"],
    ["src/../../x.ts", "leads out"],
    ["src/./x.ts", "leads out"],
    ["src//x.ts", "leads out"],
    ["", "leads out"],
    ["x.ts\0", "leads out"],
    [".git/hooks/x.js", "no migration writes"],
    ["src/.GIT/x.js", "no migration writes"],
    ["node_modules/p/x.ts", "no migration writes"],
    ["package.json", "no migration writes"],
    [".git/config", "no migration writes"],
    ["types.d.ts", "no migration writes"],
    [7, "without a path"],
  ])("is refused for the path %j", (path, message) => {
    expect(() => parseWith({ path })).toThrow(message);
  });

  it.each([
    ["a hash that is none", { before: "1" }, "has no hashes"],
    ["a hash in capitals", { after: HASH.toUpperCase() }, "has no hashes"],
    ["a copy of any name", { newCopy: "b.ts" }, "a copy of"],
    ["a copy elsewhere", { newCopy: `../${COPY("1")}` }, "a copy of"],
    ["a copy of another process", { oldCopy: COPY("2").replace("123", "124") }, "a copy of"],
    ["a copy of a process that started at another time", { oldCopy: COPY("2").replace("abc", "abd") }, "a copy of"],
    ["one copy for both texts", { oldCopy: COPY("1") }, "twice"],
  ])("is refused for %s", (_name, change, message) => {
    expect(() => parseWith(change)).toThrow(message);
  });

  it.each([
    ["another version", { version: 2 }, "another version of tapify (2, not 1)"],
    ["no version", { version: undefined }, "another version"],
    ["no process", { process: null }, "which process"],
    ["process 0", { process: { pid: 0, started: "a", host: "a" } }, "which process"],
    ["a group of processes", { process: { pid: -1, started: "a", host: "a" } }, "which process"],
    ["no list", { changes: {} }, "does not list"],
    ["a list of texts", { changes: ["src/a.ts"] }, "no change"],
    ["a file twice", { changes: [JOURNAL.changes[0], JOURNAL.changes[0]] }, "twice"],
  ])("is refused for %s", (_name, rest, message) => {
    expect(() => parseWith({}, rest)).toThrow(message);
  });

  it.each(["null", "[]", "1", '"journal"'])("is refused when it is %s", (text) => {
    expect(() => parseJournal(text)).toThrow("holds no journal");
  });
});
