// @ts-check
// Looks at the links of a site that has been built. Nothing is asked of the network: links that leave the site are not followed.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { PAGES, pageOfCode, pageOfRule } from "../dist/src/addresses.js";
import { rules } from "../dist/rules/index.js";
import { NOTES, REFUSALS } from "../dist/src/core.js";

/** @type {Map<string, ReadonlySet<string>>} */
const known = new Map();

/**
 * The links within a site that lead nowhere, each as a sentence.
 *
 * @param {string} folder
 * @param {string} base The path at which the site is served; ends with "/".
 */
export function brokenLinks(folder, base) {
  const pages = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".html"));
  return pages.flatMap((page) => {
    const address = new URL(page.replaceAll("\\", "/"), `http://site${base}`);
    // The names of the page to try it on are written when it runs.
    if (page.startsWith("playground")) return [];
    const links = [...readFileSync(join(folder, page), "utf8").matchAll(/<a\b[^>]*?\bhref="([^"]+)"/g)];
    return [...new Set(links.map(([, href = ""]) => href.replaceAll("&amp;", "&")))].flatMap((href) => {
      const url = new URL(href, address);
      if (url.host !== "site") return [];
      return url.pathname.startsWith(base) && hasPlace(folder, url.pathname.slice(base.length), url.hash)
        ? []
        : [`${page} links to ${href}, which is not there.`];
    });
  });
}

/** The rules and codes that have no place of their own in a site, each as a sentence. @param {string} folder */
export function missingAnchors(folder) {
  const addresses = [
    ...Object.keys(rules).map(pageOfRule),
    ...[...Object.keys(REFUSALS), ...Object.keys(NOTES)].map(pageOfCode),
  ];
  return addresses.flatMap((address) => {
    const [path = "", hash = ""] = address.slice(PAGES.length + 1).split("#");
    return hasPlace(folder, path.replace(/\.md$/, ".html"), hash && `#${hash}`)
      ? []
      : [`The site has no place for ${address}.`];
  });
}

/** @param {string} folder @param {string} path @param {string} hash empty, or with its "#" */
function hasPlace(folder, path, hash) {
  const file = join(folder, path === "" || path.endsWith("/") ? `${path}index.html` : path);
  const page = existsSync(file) ? file : `${file}.html`;
  if (!existsSync(page)) return false;
  return hash === "" || idsOf(page).has(decodeURIComponent(hash.slice(1)));
}

/** The names of places on a page. @param {string} page */
function idsOf(page) {
  let ids = known.get(page);
  if (ids === undefined) {
    const found = readFileSync(page, "utf8").matchAll(/\sid="([^"]+)"/g);
    known.set(page, (ids = new Set([...found].map(([, id = ""]) => id))));
  }
  return ids;
}
