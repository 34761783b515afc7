import { addRareWords, isKnownToLack, rareWordsIn, rareWordWithin } from "./rare-words.ts";
import { isWordPart } from "./text-scan.ts";

/**
 * The parts that text tests are made of. A search for plain words is several times faster than any other expression, and most files
 * hold none of a test's words; so each test says what words its match must hold, and is read only where one of them occurs.
 */

/** A question to a whole text. */
export interface TextTest {
  test(text: string): boolean;
  /** Words of which a text that passes must hold one, where the test is made of such. */
  readonly needs?: readonly string[] | undefined;
}

/**
 * Words up to this length are searched by the processor's own search for their first character, longer ones by a table, which takes
 * five times as long: so the start of a long word is searched first.
 */
const QUICK = 6;

/** Whether one of these words occurs anywhere, inside a longer word as well. */
export function words(...any: readonly string[]): TextTest {
  let searched: readonly { readonly word: string; readonly start: string; readonly within: string | null }[] | undefined;
  return {
    needs: any,
    test(text) {
      searched ??= any.map((word) => ({ word, start: word.slice(0, QUICK), within: rareWordWithin(word) }));
      for (const { word, start, within } of searched) {
        if (within !== null && isKnownToLack(text, within)) continue;
        if (text.includes(start) && (start === word || text.includes(word))) return true;
      }
      return false;
    },
  };
}

/** Whether an expression matches; every match must hold one of `any`. */
export function near(any: readonly string[], expression: RegExp): TextTest {
  return all(words(...any), expression);
}

/**
 * Whether an expression matches at a place of a word that no letter is before; the expression is sticky and begins with the word.
 * Where the word is rarer than what follows it, this is far quicker than a search for the expression.
 */
export function at(word: string, expression: RegExp): TextTest {
  return {
    needs: [word],
    test(text) {
      for (let place = text.indexOf(word); place !== -1; place = text.indexOf(word, place + word.length)) {
        if (isWordPart(text.charCodeAt(place - 1))) continue;
        expression.lastIndex = place;
        if (expression.test(text)) return true;
      }
      return false;
    },
  };
}

/** Whether all tests hold. */
export function all(...tests: readonly TextTest[]): TextTest {
  return { needs: tests.find(({ needs }) => needs !== undefined)?.needs, test: (text) => holdAlike(tests, text, true) };
}

/** Whether one of the tests holds. */
export function some(...tests: readonly TextTest[]): TextTest {
  const needs = tests.every((test) => test.needs !== undefined) ? tests.flatMap((test) => test.needs!) : undefined;
  return { needs, test: (text) => !holdAlike(tests, text, false) };
}

function holdAlike(tests: readonly TextTest[], text: string, answer: boolean): boolean {
  for (const test of tests) if (test.test(text) !== answer) return false;
  return true;
}

/**
 * Whether a member of one of these names occurs: after a dot, with a line break or a comment between them at most, as a key in quotes,
 * or in a pattern. A name that stands elsewhere (a variable, a type) does not count.
 */
export function member(...names: readonly string[]): TextTest {
  const name = `(?:${names.join("|")})`;
  return near(names, new RegExp(`${name}\\b(?<=(?:[./\\n\\r]\\s*|\\[["'\`]|[{,]\\s*)${name})`));
}

/** A test that several others share; they ask it about one text after the other. */
export function shared(inner: TextTest): TextTest {
  let lastText: string | undefined;
  let lastAnswer = false;
  return {
    needs: inner.needs,
    test(text) {
      if (text !== lastText) {
        lastAnswer = inner.test(text);
        lastText = text;
      }
      return lastAnswer;
    },
  };
}

/**
 * A test that hardly any text passes. One search for the words of all such tests together comes before each of them: nearly every text
 * is done with in this one pass.
 */
export function rare(inner: TextTest): TextTest {
  if (inner.needs === undefined) throw new TypeError("A rare test is made of words.");
  addRareWords(inner.needs);
  return { needs: inner.needs, test: (text) => rareWordsIn(text).size > 0 && inner.test(text) };
}
