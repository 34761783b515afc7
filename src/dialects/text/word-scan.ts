import { forgetText, perText } from "./per-text.ts";

/**
 * One pass over a text that tells where all the words of all text tests occur in it, in the way of Wu and Manber: the two characters
 * at a place tell how far it is to the next place where the start of a word may end, so that most characters are never looked at.
 *
 * A linter does much else between one text and the next, so that the tables are far away from the processor each time: small ones that
 * say "perhaps" too often are quicker than large ones that say it seldom.
 */

/** No word is shorter than this. */
export const SHORTEST_WORD = 4;
/** Of each word this many characters are sought first. */
const WINDOW = SHORTEST_WORD;
const LAST_ASCII = 0x7f;

const list: string[] = [];
const ids = new Map<string, number>();

/** The number of a word, which is sought from the next text on. It has four characters at least. */
export function wordId(word: string): number {
  let id = ids.get(word);
  if (id === undefined) {
    if (word.length < WINDOW) throw new RangeError(`"${word}" is too short to be sought with the others.`);
    ids.set(word, (id = list.push(word) - 1));
    isTableComplete = false;
  }
  return id;
}

let isTableComplete = false;
/** By the two characters at a place, of each some bits: how far the next window may end from there; 0 where one may end there. */
const distances = new Uint8Array(1 << 12);
/** By some bits of four characters: whether they may be those of a window. */
const isWindow = new Uint8Array(1 << 10);
/** The words by the four characters of their windows. */
const byWindow = new Map<number, number[]>();
/** The first and the last entry of each word in the two lists below; the first is 0 for a word that does not occur. */
let first = new Int32Array(0);
let last = new Int32Array(0);

function completeTable(): void {
  distances.fill(WINDOW - 1);
  isWindow.fill(0);
  byWindow.clear();
  for (const [id, word] of list.entries()) {
    const codes = Array.from({ length: WINDOW }, (_, at) => codeOf(word.charCodeAt(at)));
    for (let at = 1; at < WINDOW; at++) {
      const pair = pairAt(codes, at);
      distances[pair] = Math.min(distances[pair]!, WINDOW - 1 - at);
    }
    const window = windowAt(codes, WINDOW - 1);
    isWindow[mixed(window)] = 1;
    const same = byWindow.get(window);
    if (same === undefined) byWindow.set(window, [id]);
    else same.push(id);
  }
  [first, last] = [new Int32Array(list.length), new Int32Array(list.length)];
  found.length = 0;
  isTableComplete = true;
}

function pairAt(codes: ArrayLike<number>, at: number): number {
  return ((codes[at - 1]! & 0x3f) << 6) | (codes[at]! & 0x3f);
}

/** The four characters up to a place, of seven bits each. */
function windowAt(codes: ArrayLike<number>, at: number): number {
  return (codes[at - 3]! << 21) | (codes[at - 2]! << 14) | (codes[at - 1]! << 7) | codes[at]!;
}

function mixed(window: number): number {
  return Math.imul(window, 0x9e3779b1) >>> 22;
}

function codeOf(code: number): number {
  return code > LAST_ASCII ? 0 : code;
}

/** The words of the text that was scanned last, in the order of their first places. */
const found: number[] = [];
/** Where each word that was met starts, and the entry of its next place. Entry 0 is none. */
let starts = new Int32Array(1024);
let following = new Int32Array(1024);
let entries = 1;

function scan(text: string): void {
  if (!isTableComplete) completeTable();
  for (const id of found) first[id] = 0;
  found.length = 0;
  entries = 1;
  const codes = codesOf(text);
  const { length } = text;
  for (let at = WINDOW - 1; at < length;) {
    const distance = distances[pairAt(codes, at)]!;
    if (distance > 0) {
      at += distance;
    } else {
      const window = windowAt(codes, at);
      if (isWindow[mixed(window)] === 1) noteWords(text, at + 1 - WINDOW, window);
      at++;
    }
  }
}

/** Notes the words that start at a place with four characters. */
function noteWords(text: string, start: number, window: number): void {
  const ids = byWindow.get(window);
  if (ids === undefined) return;
  for (const id of ids) {
    if (!text.startsWith(list[id]!, start)) continue;
    if (entries === starts.length) grow();
    starts[entries] = start;
    following[entries] = 0;
    if (first[id] === 0) {
      first[id] = entries;
      found.push(id);
    } else {
      following[last[id]!] = entries;
    }
    last[id] = entries++;
  }
}

function grow(): void {
  const [olderStarts, olderFollowing] = [starts, following];
  [starts, following] = [new Int32Array(2 * starts.length), new Int32Array(2 * starts.length)];
  starts.set(olderStarts);
  following.set(olderFollowing);
}

const encoder = new TextEncoder();
let bytes = new Uint8Array(1 << 16);

/** The characters of a text as bytes, which are read several times faster; 0 for each beyond ASCII. */
function codesOf(text: string): Uint8Array {
  const { length } = text;
  if (bytes.length < length) bytes = new Uint8Array(2 * length);
  // Of a text with anything beyond ASCII, the bytes are more than the characters, or do not fit.
  const { read, written } = encoder.encodeInto(text, bytes);
  if (read === length && written === length) return bytes;
  for (let at = 0; at < length; at++) bytes[at] = codeOf(text.charCodeAt(at));
  return bytes;
}

const scanned = perText((text) => {
  scan(text);
  return true;
});

function ensureScanned(text: string): void {
  // What was found of the text before does not tell of a word that was added since.
  if (!isTableComplete) forgetText();
  scanned(text);
}

/** The words that occur in a text, inside longer words as well; good until another text is asked about. */
export function foundWords(text: string): readonly number[] {
  ensureScanned(text);
  return found;
}

/** Whether a word occurs in a text, inside a longer word as well. */
export function holdsWord(text: string, id: number): boolean {
  ensureScanned(text);
  return first[id] !== 0;
}

/** Whether a test holds for one of the places of a word, in their order. The test asks about no other text. */
export function somePlace(text: string, id: number, test: (at: number) => boolean): boolean {
  ensureScanned(text);
  for (let entry = first[id]!; entry !== 0; entry = following[entry]!) if (test(starts[entry]!)) return true;
  return false;
}
