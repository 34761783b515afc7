import { describe, expect, it } from "vitest";
import { parse } from "../../src/ast/parse.ts";
import type { Decided } from "../../src/plan/decide.ts";
import { applyEdits } from "../../src/plan/edits.ts";
import { MigrationRun } from "../../src/plan/migration-run.ts";
import { settle } from "../../src/plan/settle.ts";
import type { TextEdit } from "../../src/plan/types.ts";
import { refusalOf } from "../../src/plan/refusals.ts";

/** Migrations are run until none of them changes anything, and tell of the text as it was first. */

describe("migrations that take turns", () => {
  /** Runs migrations, each of which changes something in some of its turns, and gives the order in which they ran. */
  function order(changes: Readonly<Record<string, readonly boolean[]>>): { ran: string; isSettled: boolean } {
    const ran: string[] = [];
    const isSettled = settle(Object.keys(changes), (name) => {
      ran.push(name);
      return changes[name]![ran.filter((each) => each === name).length - 1] ?? false;
    });
    return { ran: ran.join(""), isSettled };
  }

  it("run once where nothing changes", () => {
    expect(order({ a: [], b: [] })).toEqual({ ran: "ab", isSettled: true });
    expect(order({})).toEqual({ ran: "", isSettled: true });
  });

  it("run again until each has seen what the others have made", () => {
    expect(order({ a: [true] })).toEqual({ ran: "aa", isSettled: true });
    expect(order({ a: [], b: [true], c: [] })).toEqual({ ran: "abcab", isSettled: true });
    expect(order({ a: [false, true], b: [true], c: [] })).toEqual({ ran: "abcabca", isSettled: true });
  });

  it("are given up after five rounds", () => {
    const always = [true, true, true, true, true, true];
    expect(order({ a: always })).toEqual({ ran: "aaaaa", isSettled: false });
    expect(order({ a: always, b: [] })).toEqual({ ran: "ababababab", isSettled: false });
    expect(order({ a: [true, true, true, true] })).toEqual({ ran: "aaaaa", isSettled: true });
  });
});

describe("what several rounds report", () => {
  const TEXT = "one();\n  two();\nthree();\n";

  /** A decision of one migration about a text: these calls change, those cannot. */
  function decided(
    text: string,
    changed: Readonly<Record<string, string>>,
    refused: readonly string[],
    round: number,
  ): Decided {
    const { ast } = parse(text, "a.js");
    const siteOf = (call: string) => {
      const statement = ast.body.find(({ range: [start, end] }) => text.slice(start, end) === `${call}();`)!;
      if (statement.type !== "ExpressionStatement" || statement.expression.type !== "CallExpression")
        throw new Error(call);
      return { nameNode: statement.expression.callee };
    };
    const edits = Object.entries(changed).map(([call, made]): TextEdit => ({
      range: siteOf(call).nameNode.range,
      text: made,
    }));
    const transform = "begin-end-to-async";
    return {
      decisions: [
        ...Object.keys(changed).map((call) => {
          const { range } = siteOf(call).nameNode;
          const outcome = { kind: "plan", transform, sites: [{ operation: call, range }], edits, notes: [] } as const;
          return { transform, sites: [siteOf(call)], outcome } as const;
        }),
        ...refused.map((call) => {
          const { range } = siteOf(call).nameNode;
          return {
            transform,
            sites: [siteOf(call)],
            outcome: [refusalOf("end-missing", range, `${call} in round ${round}`)],
          } as const;
        }),
      ],
      finished: edits.length === 0 ? null : { edits, output: applyEdits(text, edits) },
    };
  }

  function runOf(...rounds: readonly (readonly [Readonly<Record<string, string>>, readonly string[]])[]): MigrationRun {
    const run = new MigrationRun(TEXT);
    for (const [round, [changed, refused]] of rounds.entries()) {
      run.restart("begin-end-to-async");
      run.take(decided(run.text, changed, refused, round + 1));
    }
    return run;
  }

  it("counts as migrated what only the second migrates, where it was first, and says once what none does", () => {
    const { migrations, output, refusals } = runOf(
      [{ one: "await_;\nfirst" }, ["two", "three"]],
      [{ two: "second" }, ["three"]],
      [{}, ["three"]],
    ).outcome();
    expect(output).toBe("await_;\nfirst();\n  second();\nthree();\n");
    expect(migrations.map(({ line, operation }) => [operation, line])).toEqual([
      ["one", 1],
      ["two", 2],
    ]);
    expect(refusals.map(({ code, column, line }) => [code, line, column])).toEqual([["end-missing", 3, 1]]);
  });

  it("gives the first reason for what stays, which is about the code that the user has", () => {
    const { refusals } = runOf([{ one: "first" }, ["two"]], [{}, ["two", "three"]]).outcome();
    expect(refusals.map(({ line, message }) => [line, message])).toEqual([
      [2, expect.stringContaining("two in round 1")],
      [3, expect.stringContaining("three in round 2")],
    ]);
  });

  it("refuses all that was migrated, once each, where it comes to no end", () => {
    const { migrations, output, refusals, status } = runOf(
      [{ two: "deux" }, ["three"]],
      [{ deux: "two" }, ["three"]],
    ).unsettled("\uFEFF");
    expect({ output, status, migrations }).toEqual({ output: `\uFEFF${TEXT}`, status: "refused", migrations: [] });
    expect(refusals.map(({ code, column, line }) => [code, line, column])).toEqual([
      ["does-not-settle", 2, 3],
      ["end-missing", 3, 1],
    ]);
  });
});
