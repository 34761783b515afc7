/** Where the project and its pages are. Whoever links to a page asks here. */

/** The repository, which is also the home page. */
export const REPOSITORY = "https://github.com/eslint-plugin-tapify/eslint-plugin-tapify";

/** The folder of the pages. */
export const PAGES = `${REPOSITORY}/blob/main/docs`;

/** The page of a rule. @param name without a prefix */
export function pageOfRule(name: string): string {
  return `${PAGES}/rules/${name}.md`;
}

/** The section about a code, of a refusal or a note. */
export function pageOfCode(code: string): string {
  return `${PAGES}/refusals.md#${code}`;
}
