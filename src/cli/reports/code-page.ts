/** The page on which each code of a refusal or a note has a section. */
const PAGE = "https://github.com/eslint-plugin-tapify/eslint-plugin-tapify/blob/main/docs/refusals.md";

/** The address of what explains a code. */
export function pageOfCode(code: string): string {
  return `${PAGE}#${code}`;
}
