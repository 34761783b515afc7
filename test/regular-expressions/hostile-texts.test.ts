import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { WORKER_MARKS } from "../../src/dialects/waits.ts";
import type * as readingBudget from "../../src/dialects/text/reading-budget.ts";
import { CANDIDATES, mayContain, type Candidate } from "../../src/dialects/text/text-test.ts";
import { hostOf } from "../../src/recognize/context.ts";
import { buildCli, type BuiltCli } from "../cli/support/built-cli.ts";
import { Workspace } from "../cli/support/workspace.ts";
import { REASONS, TRIED_ONCE } from "./tried-once.ts";

/** The steps that readings have taken from their budgets. */
const budget = vi.hoisted(() => ({ taken: 0 }));

vi.mock("../../src/dialects/text/reading-budget.ts", async (importOriginal) => {
  const original = await importOriginal<typeof readingBudget>();
  return {
    ...original,
    spend(steps: number): void {
      budget.taken += steps;
      original.spend(steps);
    },
  };
});

/** What the text tests read, in pieces that are hostile in long runs: starts without an end, and the same word again and again. */
const PIECES = [
  ...[
    "while(",
    "while/*",
    "while//",
    'while("',
    'while(\\"',
    "for(",
    "for(;",
    "for(;;",
    "for(;;)",
    "do{",
    "for(;;)/*",
    "if(",
  ],
  ...[
    "await ",
    "await/*",
    "await(",
    "async ",
    "async",
    "f.",
    "Promise<",
    "return Promise.x;",
    "{return Promise.x;",
    "x => ",
  ],
  ...[
    "map(",
    ".map(",
    "setTimeout(",
    "import(",
    "import/*",
    ". promises",
    "f = async",
    "f: async",
    "x = f ",
    "f = f as ",
    "): Promise<",
  ],
  ...[
    "Result",
    ".Result",
    ".Result\n",
    "// Result\n",
    "*/.Result",
    "\nwait",
    "await x.wait;",
    "Task",
    "Task<",
    "Promise<Promise",
  ],
  ...[
    "Begin",
    "BeginRead",
    "BeginRead ",
    "BeginSection  ",
    "EndRead",
    "EndEnd",
    "null",
    "null//",
    "null/*",
    "void 0 as any",
  ],
  ...[
    "Async",
    "loadAsync",
    "loadAsync.",
    "saveAsync save ",
    "LoadCompleted",
    "ompleted ",
    "AmazonClient",
    "Amazon",
    "Request",
  ],
  ...["puer", "}=puer", "$a", "{workerData", "workerData}=", "CS . ", "Thread . ", "func", ". func"],
  ...["'", '"', "`", "${", "`${", "\\", "'\\", "/", "//", "/*", "/**/", "// c\n", "*/", "<", "<!--", "</"],
  ...[
    "(",
    "[",
    "{",
    "}",
    ")",
    "]",
    ";",
    ",",
    ".",
    "?.",
    "!",
    "=",
    "=>",
    ":",
    " ",
    "\t",
    "\n",
    "\r",
    "\r\n",
    "x",
    "x ",
    "$",
    "é",
  ],
];

/** What lets the text tests read on. */
const FRONTS = [
  "",
  "IAsyncResult Begin BeginA( EndB ",
  "async function f(){} Promise ",
  "await x; Task Async Thread ",
  "class f{async f(){}}; ",
  "Completed Async LoadAsync( async Amazon ",
];

/** Texts in which every name is another. */
const NAMES: Readonly<Record<string, (index: number) => string>> = {
  "stems without an End": (index) => `BeginA${index}( EndB${index} `,
  "awaitable names": (index) => `a${index}Async Promise `,
  functions: (index) => `async function f${index}(){}\n`,
  "members in use": (index) => `async f${index}(){} x${index}.f${index} `,
  "functions that give promises of each other": (index) => `async function f${index}(){ return f${index + 1}() }\n`,
  owners: (index) => `class f{async f(){}} x${index} = y as z; x${index}.f;`,
};

function named(piece: (index: number) => string, length: number): string {
  let text = "";
  for (let index = 0; text.length < length; index++) text += piece(index);
  return text;
}

function run(piece: string, length: number): string {
  return piece.repeat(Math.ceil(length / piece.length));
}

describe("a text of 300 kB passes through every text test", () => {
  const LENGTH = 300_000;
  it.each(PIECES.map((piece) => [JSON.stringify(piece), run(piece, LENGTH)]))("%s", (_, text) => {
    for (const candidate of CANDIDATES) mayContain(text, candidate);
    hostOf(text, {});
    expect(WORKER_MARKS.some((mark) => mark.test(text))).toBe(false);
  });

  it.each(Object.entries(NAMES))("%s", (_, piece) => {
    const text = named(piece, LENGTH);
    expect(CANDIDATES.map((candidate) => mayContain(text, candidate))).toHaveLength(CANDIDATES.length);
  });
});

describe("a text of twice the length takes twice the steps", () => {
  const LENGTH = 10_000;

  function stepsOf(text: string, candidate: Candidate): number {
    budget.taken = 0;
    mayContain(text, candidate);
    return budget.taken;
  }

  it.each(FRONTS)("behind: %s", (front) => {
    const steep = [...PIECES.map((piece) => (length: number) => run(piece, length)), ...namedTexts()].flatMap(
      (textOf) =>
        CANDIDATES.flatMap((candidate) => {
          const [single, double] = [LENGTH, 2 * LENGTH].map((length) => stepsOf(front + textOf(length), candidate));
          return double! <= 2.2 * single! + 2000 ? [] : [`${candidate}: ${textOf(1)}: ${single} ${double}`];
        }),
    );
    expect(steep).toEqual([]);
  });

  function namedTexts() {
    return Object.values(NAMES).map((piece) => (length: number) => named(piece, length));
  }
});

describe("an expression that is tried once", () => {
  afterEach(() => vi.restoreAllMocks());

  /** The places at which listed expressions of a kind were tried in vain. */
  function missesOf(text: string, candidate: Candidate, reason: keyof typeof REASONS): string[] {
    const misses: string[] = [];
    const original = RegExp.prototype.test;
    vi.spyOn(RegExp.prototype, "test").mockImplementation(function (this: RegExp, subject) {
      const at = this.lastIndex;
      const holds = original.call(this, subject);
      if (!holds && this.sticky && TRIED_ONCE.get(String(this)) === reason) misses.push(`${String(this)} at ${at}`);
      return holds;
    });
    mayContain(text, candidate);
    vi.restoreAllMocks();
    return misses;
  }

  it.each(["'", '"', "`", "`${", "'\\", "= /[", "x = '\n", "return `"])("fails once in a text of %s", (piece) => {
    const text = `${run(piece, 5000)}\ntask.Result; Task; async`;
    expect(missesOf(text, "taskWait", "partsOf").length).toBeLessThanOrEqual(1);
  });

  it.each([
    "for(;;)",
    "while(x) y; ",
    "while(x) /*)*/ a.a.a.a ",
    "for(;;) /* for(;;) */ x.x ",
    "for(a;b;c) { d.e = f }",
  ])("fails once at each body in a text of %s", (piece) => {
    const misses = missesOf(run(piece, 5000), "busyWait", "body");
    expect(misses.length).toBe(new Set(misses).size);
  });
});

describe("tapify migrate", () => {
  let cli: BuiltCli;
  beforeAll(() => {
    cli = buildCli();
  });
  afterAll(() => cli.remove());

  const LENGTH = 300_000;
  const CONFLICT = "<<<<<<< HEAD\n// it's ours\nlet a = 'x';\n=======\nlet a = 'don't';\n>>>>>>> theirs\n";
  const WAIT = "async function f(t: Task<number>) { return t.Result; }\n";

  it("says of every hostile text in a folder what became of it", async () => {
    const texts = {
      "conflict.ts": CONFLICT + WAIT,
      "conflicts.ts": run(CONFLICT, LENGTH) + WAIT,
      "quote.ts": `const s = '${"a".repeat(LENGTH)}\n${WAIT}`,
      "quotes.ts": `${run("const s = 'a", LENGTH)}\n${WAIT}`,
      "template.ts": `const s = \`${"a$".repeat(LENGTH / 2)}\n${WAIT}`,
      "section.ts": `// BeginSection${" ".repeat(500)}x\n${WAIT}`,
      "blanks.ts": `// ${run("BeginSection      ", LENGTH)}\n/* IAsyncResult ${" ".repeat(LENGTH)} */\n${WAIT}`,
      "nothing.ts": `/* ${run("null // ", LENGTH)} */\nbeginRead(x);\n${WAIT}`,
      "puerts.ts": `/* ${run("$a", LENGTH)} */\n${WAIT}`,
      "worker.ts": `/* ${run("{ workerData ", LENGTH)} */\nThread.Sleep(5);\n${WAIT}`,
      "comment.ts": `${WAIT}/* ${run("/*", LENGTH)}`,
      "word.ts": `${WAIT}// ${run("BeginAsyncTaskResult", LENGTH)}\n`,
      "good.ts": WAIT,
    };
    const workspace = new Workspace(texts);
    const { code, stdout } = await cli.run(workspace.root, ["migrate", "--format", "json"]);
    const { files } = JSON.parse(stdout) as { files: { path: string; status: string }[] };
    const status = Object.fromEntries(files.map((file) => [file.path, file.status]));
    expect(code).toBe(2);
    expect(status).toEqual({
      "blanks.ts": "migrated",
      "comment.ts": "error",
      "conflict.ts": "error",
      "conflicts.ts": "error",
      "good.ts": "migrated",
      "nothing.ts": "migrated",
      "puerts.ts": "migrated",
      "quote.ts": "error",
      "quotes.ts": "error",
      "section.ts": "migrated",
      "template.ts": "error",
      "word.ts": "migrated",
      "worker.ts": "migrated",
    });
  });
});
