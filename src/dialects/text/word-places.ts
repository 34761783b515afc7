import { spend } from "./reading-budget.ts";
import { isWordPart } from "./text-scan.ts";

/** Where words occur in a text. */

/** Whether a test holds for every place of a word, as a word of its own. A search for a word is far quicker than an expression. */
export function everyPlace(text: string, word: string, test: (at: number) => boolean): boolean {
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + word.length)) {
    if (isWholeWord(text, at, at + word.length) && !test(at)) return false;
  }
  return true;
}

/** Whether no letter and no hyphen (a path in quotes, a difference) touches what stands between two places. */
export function isWholeWord(text: string, start: number, end: number): boolean {
  return !isNamePart(text.charCodeAt(start - 1)) && !isNamePart(text.charCodeAt(end));
}

function isNamePart(code: number): boolean {
  return code === 0x2d || isWordPart(code);
}

/** So many words are searched one by one in less time than it takes to go through the text. */
const FEW = 8;

/** The same for words that are asked for one after the other: from the ninth on the text is gone through once for all of them. */
export function wordSearch(text: string): (word: string, test: (at: number) => boolean) => boolean {
  let searches = 0;
  return (word, test) => {
    if (searches === FEW) return everyIndexed(text, word, test);
    searches++;
    return everyPlace(text, word, test);
  };
}

let indexedText: string | undefined;

/** Notes every word of a text by its length and its ends. */
function indexWords(text: string): void {
  indexedText = text;
  heads.fill(-1);
  if (starts.length < text.length)
    [starts, previous] = [new Int32Array(2 * text.length), new Int32Array(2 * text.length)];
  let count = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code <= LAST_ASCII && IS_NAME_PART[code] === 0) continue;
    const start = at++;
    while (at < text.length && isPart(text.charCodeAt(at))) at++;
    const bucket = bucketOf(text, start, at);
    starts[count] = start;
    previous[count] = heads[bucket]!;
    heads[bucket] = count++;
  }
}

function everyIndexed(text: string, word: string, test: (at: number) => boolean): boolean {
  if (text !== indexedText) indexWords(text);
  for (let entry = heads[bucketOf(word, 0, word.length)]!; entry !== -1; entry = previous[entry]!) {
    spend(word.length);
    const at = starts[entry]!;
    if (text.startsWith(word, at) && !isPart(text.charCodeAt(at + word.length)) && !test(at)) return false;
  }
  return true;
}

const LAST_ASCII = 0x7f;
const IS_NAME_PART = Uint8Array.from({ length: LAST_ASCII + 1 }, (_, code) => (isNamePart(code) ? 1 : 0));

function isPart(code: number): boolean {
  return code > LAST_ASCII || IS_NAME_PART[code] === 1;
}

const BUCKETS = 4096;

function bucketOf(text: string, start: number, end: number): number {
  return (
    (text.charCodeAt(start) * 67 +
      text.charCodeAt((start + end) >> 1) * 31 +
      text.charCodeAt(end - 1) * 7 +
      end -
      start) &
    (BUCKETS - 1)
  );
}

// Kept from text to text, as they are large.
const heads = new Int32Array(BUCKETS);
let starts = new Int32Array(0);
let previous = new Int32Array(0);
