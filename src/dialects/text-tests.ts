/**
 * The parts that text tests are made of. A search for plain words is several times faster than any other expression, and most files
 * hold none of a test's words; so each test says what words its match must hold, and is read only where one of them occurs.
 */

/** A question to a whole text. */
export interface TextTest {
  test(text: string): boolean;
}

/**
 * Words up to this length are searched by the processor's own search for their first character, longer ones by a table, which takes
 * five times as long: so the start of a long word is searched first.
 */
const QUICK = 6;

/** Whether one of these words occurs anywhere, inside a longer word as well. */
export function words(...any: readonly string[]): TextTest {
  const searched = any.map((word) => ({ word, start: word.slice(0, QUICK) }));
  return { test: (text) => searched.some(({ word, start }) => text.includes(start) && (start === word || text.includes(word))) };
}

/** Whether an expression matches; every match must hold one of `any`. */
export function near(any: readonly string[], expression: RegExp): TextTest {
  return all(words(...any), expression);
}

/** Whether all tests hold. */
export function all(...tests: readonly TextTest[]): TextTest {
  return { test: (text) => tests.every((test) => test.test(text)) };
}

/** Whether one of the tests holds. */
export function some(...tests: readonly TextTest[]): TextTest {
  return { test: (text) => tests.some((test) => test.test(text)) };
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
    test(text) {
      if (text !== lastText) {
        lastAnswer = inner.test(text);
        lastText = text;
      }
      return lastAnswer;
    },
  };
}
