import { join } from "node:path";
import type { Recovered } from "./recover.ts";
import { printable } from "../../printable.ts";

/** Tells what became of a run that was cut short: a line, and one more for each file. */
export function describeRecovered({ folder, direction, written, changedSince }: Recovered): string {
  const what = direction === "finish" ? "was finished" : "was taken back";
  const files = written.length === 1 ? "1 file" : `${written.length} files`;
  const shown = (path: string): string => printable(join(folder, path));
  return [
    `A run of tapify that was cut short in ${printable(folder)} ${what}; for that, ${files} had to be written.`,
    ...written.map((path) => `  ${shown(path)}`),
    ...changedSince.map((path) => `  ${shown(path)} was changed or removed since, and is left as it is`),
  ].join("\n");
}
