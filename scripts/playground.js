// @ts-check
// `npm run playground`: builds the page to try tapify on into playground/dist, of what `npm run build` has compiled, and prints its size.
//
//   node scripts/playground.js [--out FOLDER] [--site ADDRESS]
//
// ADDRESS is where the pages of the site are, seen from this one; without it, links lead to the repository.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import { build } from "vite";
import { ROOT } from "./root.js";

const { values } = parseArgs({ options: { out: { type: "string" }, site: { type: "string", default: "" } } });
const out = resolve(values.out ?? join(ROOT, "playground/dist"));

if (!existsSync(join(ROOT, "dist/src/core.js"))) {
  console.error("tapify is not built. Run `npm run build` first.");
  process.exit(2);
}
await build({
  configFile: join(ROOT, "playground/vite.config.ts"),
  logLevel: "warn",
  define: { "import.meta.env.VITE_SITE": JSON.stringify(values.site) },
  build: { outDir: out, emptyOutDir: true },
});

const files = readdirSync(out, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map(({ name, parentPath }) => ({ name, bytes: readFileSync(join(parentPath, name)) }))
  .map(({ bytes, name }) => ({ name, size: bytes.length, packed: gzipSync(bytes).length }));
// The parser and ESLint are loaded for the first text that a rule or a migration has to look at.
const late = files.filter(({ name }) => /^(?:parser|lint)-/.test(name));
const early = files.filter((file) => !late.includes(file));
console.log(`playground: ${sizeOf(early)} at first, ${sizeOf(late)} on demand`);

/** @param {{ size: number, packed: number }[]} some */
function sizeOf(some) {
  /** @param {number} bytes */
  const kilobytes = (bytes) => `${Math.round(bytes / 1000).toLocaleString("en")} kB`;
  const total = some.reduce((sum, { size }) => sum + size, 0);
  const packed = some.reduce((sum, each) => sum + each.packed, 0);
  return `${kilobytes(total)} (${kilobytes(packed)} compressed)`;
}
