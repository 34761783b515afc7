// @ts-check
// npm run bench:scale
//
// How the cost of a file grows with what is in it, on files that are made here, each measured in a process of its own:
//
// 1. `migrateText` with 400 and with 1,600 operations of each kind in one file; with chains of 250 and of 1,000 callbacks; and with
//    50,000 and with 200,000 statements of which a few start operations. CPU time, and how many times more the larger one costs.
// 2. What the preset `migration` adds to an ESLint run over a file with 20 and with 160 operations, in parses of that file by
//    @typescript-eslint/parser as ESLint has it parsed.
import { cpuUsage } from "node:process";
import { fileURLToPath } from "node:url";
import { measure } from "./measure.js";
import { presetCost } from "./preset.js";
import { KINDS, textOf } from "./scale-texts.js";

const SELF = fileURLToPath(import.meta.url);
/** Two trees of the largest file are more than Node.js allows itself on most machines. */
const MEMORY = "--max-old-space-size=12000";

const [task, kind, count] = process.argv.slice(2);
if (task === "migrate") await migrateOne(String(kind), Number(count));
else if (task === "preset") console.log(JSON.stringify(presetCost(String(kind), Number(count))));
else report();

function report() {
  console.log("1. Migration of one file, CPU time");
  for (const [name, { sizes }] of Object.entries(KINDS)) {
    const [small, large] = sizes.map((size) => run("migrate", name, size));
    const [few, many] = sizes.map((size) => size.toLocaleString("en"));
    console.log(
      `   ${name.padEnd(32)} ${few}: ${seconds(small.milliseconds)}, ${many}: ${seconds(large.milliseconds)}, ratio ${(large.milliseconds / small.milliseconds).toFixed(1)}  (${large.outcome})`,
    );
  }
  console.log("\n2. What the preset `migration` adds, in parses of the file");
  for (const name of ["polls", "callbacks", "events", "callbacks of fs"]) {
    const costs = [20, 160].map((size) => {
      const { added, parse } = run("preset", name, size);
      return `${size} operations: ${(added / parse).toFixed(2)} (${added.toFixed(0)} ms : ${parse.toFixed(0)} ms)`;
    });
    console.log(`   ${name.padEnd(32)} ${costs.join(", ")}`);
  }
}

/** @param {string} name @param {string} kindName @param {number} size */
function run(name, kindName, size) {
  return JSON.parse(measure([MEMORY, SELF, name, kindName, String(size)]).stdout);
}

/** @param {string} name @param {number} size */
async function migrateOne(name, size) {
  const { migrateText } = await import("../dist/src/plan/migrate.js");
  // The parser takes longer to load than a small file to migrate.
  migrateText(textOf(name, 1), { filePath: "small.ts" });
  const text = textOf(name, size);
  const start = cpuUsage();
  let outcome;
  try {
    const { migrations, refusals, status } = migrateText(text, { filePath: "large.ts" });
    outcome = `${status}: ${migrations.length} operations, ${refusals.length} refused`;
  } catch (error) {
    outcome = `not analysed: ${/** @type {Error} */ (error).name}`;
  }
  const { user, system } = cpuUsage(start);
  console.log(JSON.stringify({ milliseconds: (user + system) / 1000, outcome }));
}

/** @param {number} milliseconds */
function seconds(milliseconds) {
  return `${(milliseconds / 1000).toFixed(2)} s`;
}
