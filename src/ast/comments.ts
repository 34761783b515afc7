/**
 * Comments in the text of an expression or a type, told by their marks alone. A mark without an end (in a string, say) starts none, and
 * what is behind it is not searched again for each of its like.
 */

/** A text without its comments. */
export function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?(?:\*\/|$)|\/\/.*/g, (comment) =>
    comment.startsWith("//") || isClosed(comment) ? "" : comment.replace(/\/\/.*/g, ""),
  );
}

/** A text without its block comments. */
export function withoutBlockComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?(?:\*\/|$)/g, (comment) => (isClosed(comment) ? "" : comment));
}

function isClosed(comment: string): boolean {
  return comment.length >= "/**/".length && comment.endsWith("*/");
}
