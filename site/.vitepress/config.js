// @ts-check
import { slug } from "github-slugger";
import { defineConfig } from "vitepress";

const REPOSITORY = process.env.TAPIFY_REPOSITORY ?? "";
/** @type {{ text: string, link: string }[]} */
const RULES = JSON.parse(process.env.TAPIFY_RULES ?? "[]");

/** That of the page to try it on. */
const ICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Crect width='32' height='32' rx='8' fill='%234549c9'/%3E%3Cpath d='M8 10h16M16 10v13' stroke='white' stroke-width='4' stroke-linecap='round'/%3E%3C/svg%3E";

const pages = [
  { text: "Start", link: "/" },
  { text: "Command line", link: "/cli" },
  { text: "How it decides", link: "/how-it-decides" },
  { text: "Refusals and notes", link: "/refusals" },
];

export default defineConfig({
  title: "tapify",
  description:
    "Finds misuse of old asynchronous code in TypeScript and JavaScript, and rewrites that code as async/await",
  lang: "en",
  head: [["link", { rel: "icon", href: ICON }]],
  base: process.env.SITE_BASE ?? "/",
  srcDir: "pages",
  outDir: "dist",
  // It is built into the site afterwards; links.js looks for it.
  ignoreDeadLinks: ["/playground/", "/playground/index"],
  markdown: {
    // The same names as on the pages of the repository, so that a link to a section holds on both.
    anchor: { slugify: slug },
    // Braces behind a fence are options of the rule that the example is about.
    attrs: { disable: true },
  },
  themeConfig: {
    nav: [
      ...pages,
      { text: "Rules", link: "/rules/no-busy-wait", activeMatch: "^/rules/" },
      { text: "Try it", link: "/playground/", target: "_self" },
    ],
    sidebar: [
      { text: "tapify", items: [...pages, { text: "Changes", link: "/CHANGELOG" }] },
      { text: "Rules", items: RULES },
    ],
    outline: { level: [2, 3] },
    search: { provider: "local" },
    socialLinks: REPOSITORY === "" ? [] : [{ icon: "github", link: REPOSITORY }],
  },
});
