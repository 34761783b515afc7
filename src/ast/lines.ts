/**
 * The lines of a text. A line ends where the language says so: at `\r\n`, which is one line break and never two, or at a line feed, a
 * carriage return, U+2028 or U+2029. An offset inside `\r\n` belongs to the line that it ends.
 */

const LINE_BREAKS = /\r\n|[\n\r\u2028\u2029]/g;

function isLineBreak(character: string | undefined): boolean {
  return character === "\n" || character === "\r" || character === "\u2028" || character === "\u2029";
}

function isBlank(character: string | undefined): boolean {
  return character === " " || character === "\t";
}

/** The line break a file uses: that of its first line. */
export function lineBreakOf(text: string): string {
  return /\r\n|\n|\r/.exec(text)?.[0] ?? "\n";
}

/** Whether a text goes over more than one line. */
export function hasLineBreak(text: string): boolean {
  return /[\n\r\u2028\u2029]/.test(text);
}

/** The lines of a text, without their line breaks. */
export function linesOf(text: string): string[] {
  return text.split(LINE_BREAKS);
}

/** The lines of a text, each with its line break. */
export function wholeLinesOf(text: string): string[] {
  const lines: string[] = [];
  for (let start = 0, next; start < text.length; start = next)
    lines.push(text.slice(start, (next = nextLine(text, start))));
  return lines;
}

/** The offsets at which the lines of a text begin. */
export function lineStartsOf(text: string): number[] {
  return [0, ...Array.from(text.matchAll(LINE_BREAKS), ({ index, 0: { length } }) => index + length)];
}

/** Gives the one-based line and column of offsets of a text. Each answer costs a binary search. */
export function positionsIn(text: string): (offset: number) => { line: number; column: number } {
  const starts = lineStartsOf(text);
  return (offset) => {
    let [low, high] = [0, starts.length];
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if (starts[middle]! <= offset) low = middle;
      else high = middle;
    }
    return { line: low + 1, column: offset - starts[low]! + 1 };
  };
}

/** The offset at which the line of `offset` begins. */
export function lineStart(text: string, offset: number): number {
  let start = offset;
  while (start > 0 && (!isLineBreak(text[start - 1]) || (text[start - 1] === "\r" && text[start] === "\n"))) start--;
  return start;
}

/** The offset at which the line of `offset` ends: that of its line break, or the end of the text. */
export function lineEnd(text: string, offset: number): number {
  let end = offset;
  while (end < text.length && !isLineBreak(text[end])) end++;
  return end;
}

/** The offset after the line break that ends the line of `offset`, or the end of the text. */
export function nextLine(text: string, offset: number): number {
  const end = lineEnd(text, offset);
  return Math.min(end + (text[end] === "\r" && text[end + 1] === "\n" ? 2 : 1), text.length);
}

/** The white space before the first character of the line of `offset`. */
export function indentAt(text: string, offset: number): string {
  const start = lineStart(text, offset);
  return text.slice(start, endOfBlanks(text, start));
}

/** The offset of the first character from `offset` on that is neither a blank nor a tab. */
export function endOfBlanks(text: string, offset: number): number {
  let end = offset;
  while (isBlank(text[end])) end++;
  return end;
}

/** Whether nothing but blanks stands between `offset` and the end of its line, which is a line break or the end of the text. */
export function isLineBlankFrom(text: string, offset: number): boolean {
  return endOfBlanks(text, offset) === lineEnd(text, offset);
}

/** The start of the next line where nothing but blanks stands before it; `offset` itself where more does, or no line follows. */
export function afterBlankLine(text: string, offset: number): number {
  const end = endOfBlanks(text, offset);
  return isLineBreak(text[end]) ? nextLine(text, end) : offset;
}

/** The start of the line before that of `start`, where it is blank; `start` itself where it is not, or is the first. */
export function beforeBlankLine(text: string, start: number): number {
  if (start === 0 || !isLineBreak(text[start - 1])) return start;
  const before = lineStart(text, start - 1);
  return afterBlankLine(text, before) === start ? before : start;
}
