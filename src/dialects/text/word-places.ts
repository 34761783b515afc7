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

/** Notes every word of a text by a hash of its characters. */
function indexWords(text: string): void {
  indexedText = text;
  makeRoom(text.length);
  let count = 0;
  for (let at = 0; at < text.length; at++) {
    let code = text.charCodeAt(at);
    if (code <= LAST_ASCII && IS_NAME_PART[code] === 0) continue;
    const start = at++;
    let hash = code;
    for (; at < text.length && isPart((code = text.charCodeAt(at))); at++) hash = (Math.imul(hash, FACTOR) + code) | 0;
    const bucket = bucketOf(hash);
    starts[count] = start;
    previous[count] = heads[bucket]!;
    heads[bucket] = count++;
  }
}

function everyIndexed(text: string, word: string, test: (at: number) => boolean): boolean {
  if (text !== indexedText) indexWords(text);
  for (let entry = heads[bucketOf(hashOf(word))]!; entry !== -1; entry = previous[entry]!) {
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

const FACTOR = 31;

function hashOf(word: string): number {
  let hash = word.charCodeAt(0);
  for (let at = 1; at < word.length; at++) hash = (Math.imul(hash, FACTOR) + word.charCodeAt(at)) | 0;
  return hash;
}

/** Mixes in the upper bits, of which the mask takes none. */
function bucketOf(hash: number): number {
  return (hash ^ (hash >>> 15)) & (buckets - 1);
}

const FEWEST_BUCKETS = 4096;
/** There are more buckets than other words in any text that people write. */
const CHARACTERS_PER_BUCKET = 8;

/** Empties the index, and makes it large enough for a text: its words must not crowd in a few buckets, however many they are. */
function makeRoom(length: number): void {
  buckets = FEWEST_BUCKETS;
  while (buckets * CHARACTERS_PER_BUCKET < length) buckets *= 2;
  if (heads.length < buckets) heads = new Int32Array(buckets);
  heads.fill(-1, 0, buckets);
  if (starts.length < length) [starts, previous] = [new Int32Array(2 * length), new Int32Array(2 * length)];
}

// Kept from text to text, as they are large.
let buckets = FEWEST_BUCKETS;
let heads = new Int32Array(FEWEST_BUCKETS);
let starts = new Int32Array(0);
let previous = new Int32Array(0);
