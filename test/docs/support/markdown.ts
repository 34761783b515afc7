import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** A fenced block of code. */
export interface CodeBlock {
  /** What stands after the fence: `ts`. */
  readonly info: string;
  readonly code: string;
  /** One-based line of the fence, for messages. */
  readonly line: number;
}

/** A heading with what stands below it, up to the next heading of its level or above. */
export interface Section {
  readonly title: string;
  readonly level: number;
  readonly text: string;
  readonly blocks: readonly CodeBlock[];
}

/** Reads a file of the repository. */
export function readPage(path: string): string {
  return readFileSync(fileURLToPath(new URL(`../../../${path}`, import.meta.url)), "utf8");
}

/** The sections of a page. Lines of code blocks are no headings. */
export function sectionsOf(page: string): Section[] {
  const lines = page.split("\n");
  const headings: { title: string; level: number; line: number }[] = [];
  let isCode = false;
  for (const [line, text] of lines.entries()) {
    if (text.startsWith("```")) isCode = !isCode;
    const match = isCode ? null : /^(#+) (.+)$/.exec(text);
    if (match !== null) headings.push({ title: match[2]!, level: match[1]!.length, line });
  }
  return headings.map(({ title, level, line }, index) => {
    const next = headings.slice(index + 1).find((other) => other.level <= level)?.line ?? lines.length;
    return { title, level, text: lines.slice(line + 1, next).join("\n"), blocks: blocksOf(lines, line + 1, next) };
  });
}

function blocksOf(lines: readonly string[], from: number, to: number): CodeBlock[] {
  const blocks: CodeBlock[] = [];
  let start = -1;
  for (let line = from; line < to; line++) {
    if (!lines[line]!.startsWith("```")) continue;
    if (start === -1) start = line;
    else {
      blocks.push({
        info: lines[start]!.slice(3).trim(),
        code: `${lines.slice(start + 1, line).join("\n")}\n`,
        line: start + 1,
      });
      start = -1;
    }
  }
  return blocks;
}
