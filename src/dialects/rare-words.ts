/**
 * Words that hardly any text holds, of all tests together: one search tells which of them a text holds, and nearly every text is done
 * with in that one pass.
 */

const all = new Set<string>();

/** Adds words to those that are searched together; the first text must come after the last word. */
export function addRareWords(words: readonly string[]): void {
  for (const word of words) all.add(word);
}

/** The words that hold no other, which are enough to search. */
let shortest: readonly string[] | undefined;
let expression: RegExp | undefined;

let lastText: string | undefined;
let lastFound: ReadonlySet<string> = new Set();

/** Which of the words a text holds; of one that holds another, only the other is told. */
export function rareWordsIn(text: string): ReadonlySet<string> {
  if (text !== lastText) {
    lastFound = search(text);
    lastText = text;
  }
  return lastFound;
}

const NONE: ReadonlySet<string> = new Set();

function search(text: string): ReadonlySet<string> {
  expression ??= new RegExp(shortestWords().map((word) => word.replace(/[$()*+.?[\\\]^{|}]/g, "\\$&")).join("|"), "g");
  expression.lastIndex = 0;
  let match = expression.exec(text);
  if (match === null) return NONE;
  const found = new Set<string>();
  for (; match !== null; match = expression.exec(text)) {
    found.add(match[0]);
    // Another word may start within this one.
    expression.lastIndex = match.index + 1;
  }
  return found;
}

function shortestWords(): readonly string[] {
  return (shortest ??= [...all].filter((word) => ![...all].some((other) => other !== word && word.includes(other))));
}

/** Of the words that are searched together, one that a word holds, if there is one. */
export function rareWordWithin(word: string): string | null {
  return shortestWords().find((each) => word.includes(each)) ?? null;
}

/** Whether it is known already that a text does not hold a word that has this one within it. */
export function isKnownToLack(text: string, within: string): boolean {
  return text === lastText && !lastFound.has(within);
}
