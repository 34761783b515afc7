// @ts-check
// `npm run package`: what a user gets: the size of the package, how many packages it brings along, and their licences. Exits with 1 when a ceiling
// is passed, or a licence is none of those that are known to allow use anywhere. Needs `npm run build`.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./root.js";

/** What may not be passed without a decision: bytes of the tarball and of its files, packages that come along. */
const CEILINGS = { packed: 1_200_000, unpacked: 4_500_000, packages: 30 };
const LICENCES = new Set([
  "0BSD",
  "Apache-2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "BlueOak-1.0.0",
  "CC0-1.0",
  "ISC",
  "MIT",
]);

const { stdout } = spawnSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
  cwd: ROOT,
  encoding: "utf8",
  maxBuffer: 2 ** 26,
  shell: process.platform === "win32",
});
const [{ entryCount, size, unpackedSize }] = JSON.parse(stdout);
const packages = broughtAlong();

/** @type {Map<string, string[]>} */
const byLicence = new Map();
for (const { licence, name } of packages) byLicence.set(licence, [...(byLicence.get(licence) ?? []), name]);
console.log(
  `${entryCount} files, ${size} bytes packed (at most ${CEILINGS.packed}), ${unpackedSize} unpacked (at most ${CEILINGS.unpacked})`,
);
console.log(`${packages.length} packages come along (at most ${CEILINGS.packages}), but for peers`);
for (const [licence, names] of [...byLicence].sort()) console.log(`  ${licence}: ${names.join(", ")}`);

const problems = [
  ...(size > CEILINGS.packed || unpackedSize > CEILINGS.unpacked ? ["The package is too large."] : []),
  ...(packages.length > CEILINGS.packages ? ["Too many packages come along."] : []),
  ...packages.flatMap(({ licence, name }) => (LICENCES.has(licence) ? [] : [`${name} has the licence ${licence}.`])),
  ...packages.flatMap(({ deprecated, name }) => (deprecated ? [`${name} is deprecated.`] : [])),
];
for (const problem of problems) console.error(problem);
process.exitCode = problems.length > 0 ? 1 : 0;

/** The packages that the runtime dependencies need, by the lock file. */
function broughtAlong() {
  const { packages: locked } = JSON.parse(readFileSync(join(ROOT, "package-lock.json"), "utf8"));
  /** @type {Map<string, { name: string, licence: string, deprecated: boolean }>} */
  const found = new Map();
  /** @param {string} from @param {string} name @returns {string | null} */
  const placeOf = (from, name) => {
    for (let base = from; ; base = base.slice(0, Math.max(0, base.lastIndexOf("node_modules") - 1))) {
      const place = `${base === "" ? "" : `${base}/`}node_modules/${name}`;
      if (place in locked) return place;
      if (base === "") return null;
    }
  };
  /** @param {string} from @param {string} name */
  const add = (from, name) => {
    const place = placeOf(from, name);
    if (place === null || found.has(place)) return;
    const { dependencies = {}, deprecated, license, version } = locked[place];
    const manifest = join(ROOT, place, "package.json");
    const licence = license ?? (existsSync(manifest) ? JSON.parse(readFileSync(manifest, "utf8")).license : undefined);
    found.set(place, {
      name: `${name}@${version}`,
      licence: licence ?? "unknown",
      deprecated: deprecated !== undefined,
    });
    for (const each of Object.keys(dependencies)) add(place, each);
  };
  for (const name of Object.keys(locked[""].dependencies)) add("", name);
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}
