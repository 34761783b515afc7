// @ts-check
// `npm run site`: makes a site of README, CHANGELOG and docs, with the page to try tapify on in it, into site/dist, and checks each link in it.
// Installs what it needs by the lock file of this folder; needs `npm run build`. SITE_BASE is the path at which the site is served: "/" unless
// told, with a "/" at its end.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { REPOSITORY } from "../dist/src/addresses.js";
import { rules } from "../dist/rules/index.js";
import { brokenLinks, missingAnchors } from "./links.js";

const FOLDER = import.meta.dirname;
const ROOT = join(FOLDER, "..");
const PAGES = join(FOLDER, "pages");
const OUT = join(FOLDER, "dist");

if (!existsSync(join(FOLDER, "node_modules/vitepress"))) run("npm", ["ci", "--no-audit", "--no-fund"], FOLDER);
writePages();
process.env.TAPIFY_REPOSITORY = REPOSITORY;
process.env.TAPIFY_RULES = JSON.stringify(Object.keys(rules).map((name) => ({ text: name, link: `/rules/${name}` })));
run(process.execPath, ["node_modules/vitepress/bin/vitepress.js", "build", "."], FOLDER);
run(process.execPath, ["scripts/playground.js", "--out", join(OUT, "playground"), "--site", "../"], ROOT);

const faults = [...brokenLinks(OUT, process.env.SITE_BASE ?? "/"), ...missingAnchors(OUT)];
for (const fault of faults) console.error(fault);
console.log(
  `site: ${readdirSync(OUT, { recursive: true }).filter((name) => String(name).endsWith(".html")).length} pages, ${faults.length} broken links`,
);
process.exitCode = faults.length === 0 ? 0 : 1;

/** Lays out the pages as the site has them: what is in docs stands at the top, README is the first page. */
function writePages() {
  rmSync(PAGES, { recursive: true, force: true });
  cpSync(join(ROOT, "docs"), PAGES, { recursive: true });
  write("index.md", read("README.md").replaceAll("](docs/", "](").replaceAll("](CHANGELOG.md", "](./CHANGELOG.md"));
  write("CHANGELOG.md", read("CHANGELOG.md").replaceAll("](docs/", "](./"));
  for (const name of readdirSync(PAGES, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".md")))
    write(name, ofSite(readFileSync(join(PAGES, name), "utf8")));
}

/** A page whose links to other files of the repository lead there. @param {string} text */
function ofSite(text) {
  return text
    .replaceAll(/\]\((?:\.\.\/)+README\.md/g, "](/index.md")
    .replaceAll(
      /\]\((?:\.\.\/)*((?:LICENSE|SECURITY\.md|CONTRIBUTING\.md|bench\/|fixtures\/)[^)]*)\)/g,
      `](${REPOSITORY}/blob/main/$1)`,
    );
}

/** @param {string} name */
function read(name) {
  return readFileSync(join(ROOT, name), "utf8");
}

/** @param {string} name @param {string} text */
function write(name, text) {
  mkdirSync(dirname(join(PAGES, name)), { recursive: true });
  writeFileSync(join(PAGES, name), text);
}

/** @param {string} program @param {string[]} argv @param {string} cwd */
function run(program, argv, cwd) {
  const { status } = spawnSync(program, argv, { cwd, stdio: "inherit", shell: process.platform === "win32" });
  if (status !== 0) process.exit(1);
}
