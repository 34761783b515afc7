/**
 * What a terminal obeys instead of showing it, what ends a line, what turns the direction of a text round, and halves of characters: the
 * categories of control characters, of line and paragraph separators and of surrogates, the bidirectional controls, and the byte order mark.
 */
const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{Bidi_Control}\uFEFF]/gu;

const SHORT: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/**
 * A name or a piece of source as reports show it, in one line: what does not print is escaped as in JSON (`\n`, `\u001b`). A text that
 * prints is given back as it is.
 */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, escape);
}

/** A text of several lines as reports show it: as `printable`, but for its line feeds and tabs. */
export function printableLines(text: string): string {
  return text.replace(UNPRINTABLE, (character) =>
    character === "\n" || character === "\t" ? character : escape(character),
  );
}

function escape(character: string): string {
  return SHORT[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
