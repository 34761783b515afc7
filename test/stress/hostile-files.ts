import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Random } from "../harness/damage.ts";

/** Something in a tree that a program may stumble over. */
export interface HostileThing {
  readonly name: string;
  /** Puts it into a folder that holds nothing else. */
  make(folder: string, random: Random): void;
}

/** Has the words that make tapify look at a text, so that nothing is passed over for the lack of them. */
const WORDS = "client.BeginPutObject(request, null, null); client.EndPutObject(handle); task.Result; task.Wait();\n";

/** Everything that trees are made of, each thing once. */
export const HOSTILE_THINGS: readonly HostileThing[] = [
  thing("a pipe as a source", (at) => makePipe(at("pipe.ts"))),
  thing("a pipe as .gitignore", (at) => {
    makePipe(at("sub/.gitignore"));
    writeFileSync(at("sub/a.ts"), WORDS);
  }),
  thing("a pipe that a tsconfig.json extends", (at) => {
    makePipe(at("base.json"));
    writeFileSync(at("tsconfig.json"), '{ "extends": "./base.json" }\n');
  }),
  thing("a link to a device without an end", (at) => symlinkSync("/dev/zero", at("zero.ts"))),
  thing("a link to a device that cannot be read", (at) => symlinkSync("/dev/full", at("full.ts"))),
  thing("a link to nothing", (at) => symlinkSync("gone.ts", at("dangling.ts"))),
  thing("links in a circle", (at) => {
    symlinkSync("b.ts", at("a.ts"));
    symlinkSync("a.ts", at("b.ts"));
    symlinkSync(".", at("around"));
    symlinkSync("..", at("up"));
  }),
  thing("a folder called like a source", (at) => writeFileSync(at("folder.ts/a.ts"), WORDS)),
  thing("deep folders", (at, random) => writeFileSync(at(`${"d/".repeat(count(random, 100, 1500))}a.ts`), WORDS)),
  thing("names with anything in them", (at) => {
    for (const name of [
      "line\nbreak.ts",
      "clear\u001b[2J.ts",
      "-dash.ts",
      "quote'\".ts",
      "b\\s.ts",
      " .ts",
      "{a,b}[c]*?.ts",
    ])
      writeFileSync(at(name), WORDS);
  }),
  thing("a name as long as names get", (at) => writeFileSync(at(`${"n".repeat(252)}.ts`), WORDS)),
  thing("a file of more than 512 MB", (at) => {
    writeFileSync(at("large.ts"), WORDS);
    truncateSync(at("large.ts"), 2 ** 29 + 100);
  }),
  ...texts(),
];

/** Texts, each of which is one file. */
function texts(): HostileThing[] {
  const text = (name: string, make: (random: Random) => string | Buffer): HostileThing =>
    thing(name, (at, random) => writeFileSync(at("text.ts"), make(random)));
  const long = (random: Random): number => count(random, 1_000, 300_000);
  const nested = (open: string, close: string) => (random: Random) => {
    const depth = count(random, 1_000, 50_000);
    return `${WORDS}const x = ${open.repeat(depth)}1${close.repeat(depth)};\n`;
  };
  return [
    text("nothing", () => ""),
    text("a byte order mark", () => "\uFEFF"),
    text("bytes that are no UTF-8", () =>
      Buffer.concat([Buffer.from(WORDS), Buffer.from([0xff, 0xc3, 0x28, 0xed, 0xa0, 0x80])]),
    ),
    text("UTF-16", () => Buffer.from(`\uFEFF${WORDS}`, "utf16le")),
    text("characters that are none", () => `${WORDS}\0\0\u2028\u2029\uFFFE\x1b[31m\r\r\n`),
    text("a long line", (random) => `const x = [${"1, ".repeat(count(random, 100_000, 2_000_000))}]; ${WORDS}`),
    text("many lines", (random) => WORDS.repeat(count(random, 100, 2_000))),
    text("a string without an end", (random) => `const s = '${"a".repeat(long(random))}\n${WORDS}`),
    text("strings without an end", (random) => `${`const s = "it's\n`.repeat(count(random, 10, 2_000))}${WORDS}`),
    text("a template without an end", (random) => `const s = \`\${${"a".repeat(long(random))}\n${WORDS}`),
    text("templates in templates", nested("`${", "}`")),
    text("a comment without an end", (random) => `/* ${"* ".repeat(long(random))}\n${WORDS}`),
    text("a regular expression without an end", (random) => `const r = /[${"a".repeat(long(random))}\n${WORDS}`),
    text(
      "a conflict with an apostrophe",
      () => `<<<<<<< HEAD\n// don't\n${WORDS}=======\n// do\n>>>>>>> ${"b".repeat(60)}'s\n${WORDS}`,
    ),
    text("blanks behind a word", (random) => `// BeginSection${" ".repeat(long(random))}x\n${WORDS}`),
    text("a word again and again", (random) => `${"Begin".repeat(long(random))}\n${WORDS}`),
    text("a module's name again and again", (random) => `${"puer.".repeat(count(random, 1_000, 60_000))}x;\n${WORDS}`),
    text(
      "a worker's name again and again",
      (random) => `${"new Worker ".repeat(count(random, 1_000, 30_000))}\n${WORDS}`,
    ),
    text("empty callbacks in a row", (random) => `${"() => {} ".repeat(count(random, 1_000, 30_000))}\n${WORDS}`),
    text("parentheses in parentheses", nested("(", ")")),
    text("arrays in arrays", nested("[", "]")),
    text("functions in functions", nested("(() => ", ")()")),
    text("signs before signs", nested("- ", "")),
    text("a sum without an end", nested("1 + ", "")),
    text("calls behind calls", (random) => `${WORDS}a${".b()".repeat(count(random, 1_000, 30_000))};\n`),
    text("blocks in blocks", (random) => {
      const depth = count(random, 1_000, 20_000);
      return `${WORDS}${"{".repeat(depth)}${"}".repeat(depth)}\n`;
    }),
    text("types in types", (random) => {
      const depth = count(random, 1_000, 20_000);
      return `${WORDS}type T = ${"Array<".repeat(depth)}1${">".repeat(depth)};\n`;
    }),
  ];
}

function thing(name: string, make: (at: (path: string) => string, random: Random) => void): HostileThing {
  return {
    name,
    make: (folder, random) =>
      make((path) => {
        const file = join(folder, path);
        mkdirSync(dirname(file), { recursive: true });
        return file;
      }, random),
  };
}

function makePipe(path: string): void {
  execFileSync("mkfifo", [path]);
}

function count(random: Random, least: number, most: number): number {
  return least + Math.floor(random() * (most - least));
}
