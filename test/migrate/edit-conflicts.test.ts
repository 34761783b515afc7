import { afterEach, describe, expect, it, vi } from "vitest";
import { parse } from "../../src/ast/parse.ts";
import type { TSESTree } from "../../src/ast/source.ts";
import { findAll } from "../../src/ast/walk.ts";
import { targetOf } from "../../src/recognize/contracts/contract-members.ts";
import * as joins from "../../src/plan/write-joins.ts";
import * as guards from "../../src/plan/callbacks/guards.ts";
import * as writing from "../../src/plan/contracts/pair-writing.ts";
import { Draft } from "../../src/plan/draft.ts";
import { authored, EditConflict } from "../../src/plan/edit-conflict.ts";
import { applyEdits, renderRange } from "../../src/plan/edits.ts";
import { migrateText } from "../../src/plan/migrate.ts";
import { migrateProject } from "../../src/project/migrate-project.ts";
import type { TextEdit } from "../../src/plan/types.ts";
import { TemporaryProject } from "../project/projects.ts";
import { fixtures, migrate } from "./fixtures.ts";

vi.mock("../../src/plan/write-joins.ts", { spy: true });
vi.mock("../../src/plan/callbacks/guards.ts", { spy: true });
vi.mock("../../src/plan/contracts/pair-writing.ts", { spy: true });
afterEach(() => void vi.restoreAllMocks());

const TEXT = "first second third";

function conflictOf(work: () => unknown): EditConflict {
  try {
    work();
  } catch (error) {
    if (error instanceof EditConflict) return error;
    throw error;
  }
  throw new Error("no conflict");
}

describe("edits that contradict each other", () => {
  it("are told apart from every other error, with both edits in the order of their places", () => {
    const later: TextEdit = { range: [3, 9], text: "B" };
    const earlier: TextEdit = { range: [0, 5], text: "A" };
    const conflict = conflictOf(() => applyEdits(TEXT, [later, earlier]));
    expect(conflict).not.toBeInstanceOf(RangeError);
    expect(conflict.edits).toEqual([earlier, later]);
    expect(conflict.message).toBe('Two edits contradict each other: "A" at 0-5, and "B" at 3-9.');
  });

  it("are named by their places in the whole text, also where a part of it is moved", () => {
    const edits = [
      { range: [7, 10], text: "" },
      { range: [8, 8], text: "x".repeat(100) },
    ] as const;
    expect(conflictOf(() => renderRange(TEXT, [6, 12], edits)).message).toBe(
      `Two edits contradict each other: a removal at 7-10, and "${"x".repeat(40)}…" at 8.`,
    );
  });

  it("name who made them: what they belong to, and the step; what a step has not filed is its own", () => {
    const [known, own] = [
      { range: [0, 8], text: "A", author: { name: "load", step: "inner" } } as const,
      { range: [2, 4], text: "B" } as const,
    ];
    const conflict = conflictOf(() =>
      authored({ name: "load", step: "later" }, () => renderRange(TEXT, [0, 18], [known, own])),
    );
    expect(conflict.edits.map(({ author }) => author)).toEqual([
      { name: "load", step: "inner" },
      { name: "load", step: "later" },
    ]);
    expect(conflict.message).toBe(
      'Two edits contradict each other: "A" at 0-8 by the step "inner" for load, and "B" at 2-4 by the step "later" for load.',
    );
    // Whoever is further out knows less.
    expect(conflictOf(() => authored({ name: "the file", step: "whole" }, () => void throws(conflict)))).toBe(conflict);
  });

  it("refuse all that was decided about a file in text that is moved, with who made them", () => {
    const source = parse("function load() {}", "a.ts");
    const [unit] = source.ast.body;
    const operation = { nameNode: unit! };
    const draft = Draft.empty<typeof operation>().inFile(source);
    draft.operation(unit!, operation);
    draft.during("first", unit!, () => draft.replace(unit!, [0, 8], "A"));
    draft.during("second", unit!, () => draft.replace(unit!, [4, 12], "B"));
    draft.during("third", unit!, () => draft.insert(unit!, 18, [{ range: [0, 18], inside: unit!, indent: null }]));
    expect(draft.components()).toMatchObject([
      {
        edits: [],
        refusals: [
          {
            code: "check-failed",
            hint: expect.stringContaining(
              '"A" at 0-8 by the step "first" for load, and "B" at 4-12 by the step "second" for load.',
            ) as string,
          },
        ],
      },
    ]);
  });
});

function throws(error: Error): never {
  throw error;
}

/** Makes two edits that contradict each other. */
function contradict(): never {
  applyEdits(TEXT, [
    { range: [0, 5], text: "A" },
    { range: [3, 9], text: "B" },
  ]);
  throw new Error("not reached");
}

const OPERATIONS = `function put(client: AmazonS3Client): PutObjectResponse {
  const handle: IAsyncResult = client.BeginPutObject(null, null);
  return client.EndPutObject(handle);
}
function wait(task: Task<number>): number {
  return task.Result;
}
`;

const PAIRS = ["Ask", "Tell"].map(
  (name) => `class ${name}er {
  private Begin${name}(callback: AsyncCallback | null, state: unknown): IAsyncResult {
    return TaskToApm.Begin(this.work(), callback, state);
  }
  private End${name}(result: IAsyncResult): string {
    return TaskToApm.End<string>(result);
  }
  async work(): Promise<string> { return ""; }
}
`,
);

describe("a planner that makes such edits", () => {
  const REPORTED = expect.stringContaining(
    'Please report the code that led to this. Two edits contradict each other: "A" at 0-5 by the step "joins"',
  ) as string;

  it("refuses the operations of the file, and what another migration makes of it stays", () => {
    vi.mocked(joins.writeJoins).mockImplementation(contradict);
    const { status, output, refusals } = migrateText(OPERATIONS, { filePath: "a.ts" });
    expect(status).toBe("migrated");
    expect(output).toContain("return await task");
    expect(output).toContain("client.BeginPutObject(null, null)");
    expect(refusals).toMatchObject([{ code: "check-failed", line: 2, hint: REPORTED }]);
  });

  it("refuses them as well where the edits are made after each operation has been decided", () => {
    vi.mocked(guards.guardStarted).mockImplementation(contradict);
    const { output, refusals } = migrateText(OPERATIONS, { filePath: "a.ts", transforms: ["begin-end-to-async"] });
    expect(output).toBe(OPERATIONS);
    expect(refusals).toMatchObject([{ code: "check-failed" }]);
  });

  it("refuses a contract, and the others go on", async () => {
    const { pairEdits } = await vi.importActual<typeof writing>("../../src/plan/contracts/pair-writing.ts");
    vi.mocked(writing.pairEdits).mockImplementation((context, pairs, name, ...more) =>
      name === "AskAsync" ? contradict() : pairEdits(context, pairs, name, ...more),
    );
    const text = PAIRS.join("");
    const { output, refusals } = migrateText(text, { filePath: "a.ts", transforms: ["contract-to-async"] });
    vi.mocked(writing.pairEdits).mockRestore();
    expect(output).toContain("BeginAsk(");
    expect(output).not.toContain("BeginTell(");
    expect(refusals).toMatchObject([
      {
        code: "check-failed",
        line: 2,
        hint: expect.stringContaining('by the step "contracts" for BeginAsk') as string,
      },
    ]);
  });

  it.each([
    ["while the file is planned", joins, "writeJoins"],
    ["when all files have been", guards, "guardStarted"],
  ] as const)("refuses the sites of a project: %s", (_when, module, name) => {
    vi.mocked((module as typeof joins & typeof guards)[name]).mockImplementation(contradict);
    const project = TemporaryProject.of({
      "tsconfig.json": JSON.stringify({ compilerOptions: { types: [], target: "ES2022", module: "ES2022" } }),
      "a.ts": OPERATIONS,
    });
    const [migration] = migrateProject(project.config, { transforms: ["begin-end-to-async"] }).values();
    expect(migration).toMatchObject({ status: "refused", output: OPERATIONS, refusals: [{ code: "check-failed" }] });
  });
});

type Method = TSESTree.Node & { readonly params: readonly TSESTree.Parameter[] };

/** Each text in which one parameter of one function has the name of another. */
function* withOneName(text: string, path: string): Iterable<string> {
  const source = parse(text, path);
  const isMethod = (node: TSESTree.Node): node is Method => "params" in node && Array.isArray(node.params);
  for (const { params } of findAll(source.ast, source.visitorKeys, isMethod)) {
    const names = params.map(targetOf).filter((target) => target.type === "Identifier");
    for (const taken of names) {
      for (const { name, range } of names)
        if (name !== taken.name)
          yield applyEdits(text, [{ range: [range[0], range[0] + name.length], text: taken.name }]);
    }
  }
}

describe("parameters of one name", () => {
  it.each(fixtures.filter(({ transform }) => transform === "contract-to-async"))(
    "are no reason to fail: $name",
    (fixture) => {
      for (const text of withOneName(fixture.input.replace(/^\uFEFF/u, ""), fixture.path)) {
        const { refusals } = migrate(fixture, text);
        expect(refusals.filter(({ code }) => code === "check-failed")).toEqual([]);
      }
    },
  );
});
