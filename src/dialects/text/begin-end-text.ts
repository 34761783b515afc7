import { CALLBACK_TYPE, HANDLE_MEMBERS, HANDLE_TYPE, KNOWN_TYPES } from "../apm.ts";
import { prefixSearch } from "./prefixes.ts";
import { around, rest, shared, type TextTest } from "./text-tests.ts";

/**
 * What a text must hold for a Begin/End operation to be possible in it: a call named like a Begin, and beside it a word of the pattern
 * (the End of the same stem, a handle's type or member, a known .NET type) or the nothing that .NET code passes for a callback.
 */

/** A name like that of a call which begins an operation; the rules about Begin and End share the question. */
export const BEGIN_NAME = shared(around(["Begin", "begin"], /(?<![\w$])(?:Begin|begin)[A-Z_$]/y));

/** A name like that of an End, and one with what may stand between it and its arguments: behind another test. */
export const END_NAME: TextTest = /(?<![\w$])[Ee]nd[A-Z_$]/;
export const END_CALL: TextTest = /(?<![\w$])[Ee]nd[A-Z_$]\w*\s*(?:\?\.)?[(<"'`\]]/;

/**
 * A name like a Begin's and, where it is called, what may stand between it and its arguments: a closing quote and bracket, `!`, type
 * arguments, a comment. It matches a name that is not called as well, so that nothing of it is read twice.
 */
const BEGIN_CALL = /(?:Begin|begin)([A-Z_$][\w$]*)(?:["'`]?\s*(?:\]\s*)?(?:!\s*)?(?:\)+\s*)?(?:\?\.\s*)?([(</]))?/g;
const HANDLE_WORDS = rest(HANDLE_TYPE, CALLBACK_TYPE, ...HANDLE_MEMBERS);
/** Nothing as the last argument, or with a comment behind it, which may be all that is between it and the end of the call. */
const NOTHING_AT_THE_END =
  /(?:null|undefined|void 0)\s*(?:!\s*)?(?:as\s+\w+\s*)?(?:,\s*)?(?:\)|\/\/|\/\*[^*]*\*\/\s*\))/;

/** Whether a text may hold a Begin/End operation. */
export function mayHoldOperation(text: string): boolean {
  if (!BEGIN_NAME.test(text)) return false;
  const stems = new Set<string>();
  for (const [, stem, opening] of text.matchAll(BEGIN_CALL)) if (opening !== undefined) stems.add(stem!);
  if (stems.size === 0) return false;
  if (HANDLE_WORDS.test(text) || NOTHING_AT_THE_END.test(text)) return true;
  return holdsEndOf(text, stems) || namesKnownType(text);
}

/** Whether a text has the name of a type whose operations are known. */
function namesKnownType(text: string): boolean {
  return [...new Set(text.match(/\b[A-Z]\w*/g))].some((word) => KNOWN_TYPES.some(({ name }) => name.test(word)));
}

/** Whether a text holds the End of one of these stems, at the start of a longer name as well. */
export function holdsEndOf(text: string, stems: Iterable<string>): boolean {
  const startsWithStem = prefixSearch(stems);
  for (const { index } of text.matchAll(/[Ee]nd(?=[A-Z_$])/g)) {
    if (startsWithStem(text, index + "End".length)) return true;
  }
  return false;
}

/** The same as a text test. */
export const BEGIN_END: TextTest = shared({ needs: BEGIN_NAME.needs, test: mayHoldOperation });
