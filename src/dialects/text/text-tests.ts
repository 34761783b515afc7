import { isMemberPlace } from "./member-text.ts";
import { perText } from "./per-text.ts";
import { isWordPart } from "./text-scan.ts";
import { everyPlace } from "./word-places.ts";
import { holdsWord, somePlace, wordId } from "./word-scan.ts";

/**
 * The parts that text tests are made of. All words of all tests are sought in one pass over the text, and most files hold none of a
 * test's words; so each test says what words its match must hold, and reads the text only where one of them occurs.
 */

/** A question to a whole text. */
export interface TextTest {
  test(text: string): boolean;
  /** Words of which a text that passes must hold one, where the test is made of such. */
  readonly needs?: readonly string[] | undefined;
}

/** Whether one of these words occurs anywhere, inside a longer word as well. */
export function words(...any: readonly string[]): TextTest {
  const numbers = any.map(wordId);
  return {
    needs: any,
    test(text) {
      for (const id of numbers) if (holdsWord(text, id)) return true;
      return false;
    },
  };
}

/** The same for words that few texts are asked for, behind another test: they are sought by themselves, and may be short. */
export function rest(...any: readonly string[]): TextTest {
  return {
    test(text) {
      for (const word of any) if (text.includes(word)) return true;
      return false;
    },
  };
}

/** Whether an expression matches, behind another test; every match must hold one of `any`. */
export function near(any: readonly string[], expression: RegExp): TextTest {
  return all(rest(...any), expression);
}

/** Whether a test holds for a place of one of these words, inside a longer word as well. */
export function atPlaces(any: readonly string[], test: (text: string, at: number) => boolean): TextTest {
  const numbers = any.map(wordId);
  return {
    needs: any,
    test(text) {
      for (const id of numbers) if (somePlace(text, id, (at) => test(text, at))) return true;
      return false;
    },
  };
}

/**
 * Whether an expression matches where one of these words starts, inside a longer word as well; the expression is sticky and begins with
 * the word, but for what it looks back at. Where the words are rare this is far quicker than a search for the expression.
 */
export function around(any: readonly string[], expression: RegExp): TextTest {
  return atPlaces(any, (text, at) => {
    expression.lastIndex = at;
    return expression.test(text);
  });
}

/** Whether all tests hold. The first that is made of words decides whether the others are asked, so the rarest comes first. */
export function all(...tests: readonly TextTest[]): TextTest {
  return { needs: tests.find(({ needs }) => needs !== undefined)?.needs, test: (text) => holdAlike(tests, text, true) };
}

/** Whether one of the tests holds. */
export function some(...tests: readonly TextTest[]): TextTest {
  const needs = tests.every((test) => test.needs !== undefined)
    ? [...new Set(tests.flatMap((test) => test.needs!))]
    : undefined;
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
  return some(...names.map((name) => atPlaces([name], (text, at) => isMemberNamed(text, at, name))));
}

/** The same, behind another test. */
export function nearMember(...names: readonly string[]): TextTest {
  return { test: (text) => names.some((name) => !everyPlace(text, name, (at) => !isMemberPlace(text, at))) };
}

function isMemberNamed(text: string, at: number, name: string): boolean {
  return !isWordPart(text.charCodeAt(at + name.length)) && isMemberPlace(text, at);
}

/** A test that several others share; they ask it about one text after the other. */
export function shared(inner: TextTest): TextTest {
  return { needs: inner.needs, test: perText((text) => inner.test(text)) };
}
