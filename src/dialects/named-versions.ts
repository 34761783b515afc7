/** Versions of packages by their names, of texts like `mongodb@6` or `@scope/name@^1.2`. What names no version has an empty one. */
export function versionsNamed(texts: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    texts.map((text) => {
      // The first letter may be the "@" of a scope.
      const at = text.indexOf("@", 1);
      return at === -1 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
    }),
  );
}
