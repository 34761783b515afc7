/** Where the pages are that this one links to. Within the site they stand beside it; else they are where the plugin itself says they are. */
import { pageOfCode, PAGES, REPOSITORY } from "../../dist/src/addresses.js";

/** The folder of the site's pages, as its build tells; empty where the page is built by itself. */
const SITE: string = import.meta.env.VITE_SITE ?? "";

/** The page that the links of the head name. */
export function pageOf(name: string): string {
  if (name === "repository") return REPOSITORY;
  if (SITE === "") return name === "README" ? `${REPOSITORY}#readme` : `${PAGES}/${name}.md`;
  return name === "README" ? SITE : `${SITE}${name}.html`;
}

/** What explains a code, of a refusal or a note. */
export function codePage(code: string): string {
  return inSite(pageOfCode(code));
}

/** What explains a rule. @param url as the rule tells it */
export function rulePage(url: string): string {
  return inSite(url);
}

function inSite(url: string): string {
  return SITE === "" ? url : url.replace(`${PAGES}/`, SITE).replace(/\.md(?=#|$)/, ".html");
}
