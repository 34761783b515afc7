import { join } from "node:path";
import type { Recovered } from "./recover.ts";

/** Tells what became of a run that was cut short: a line, and one more for each file. */
export function describeRecovered({ folder, direction, written, changedSince }: Recovered): string {
  const what = direction === "finish" ? "was finished" : "was taken back";
  const files = written.length === 1 ? "1 file" : `${written.length} files`;
  return [
    `A run of tapify that was cut short in ${folder} ${what}; for that, ${files} had to be written.`,
    ...written.map((path) => `  ${join(folder, path)}`),
    ...changedSince.map((path) => `  ${join(folder, path)} was changed or removed since, and is left as it is`),
  ].join("\n");
}
