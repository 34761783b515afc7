import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** What one trial found: nothing, or what is wrong and the files that show it, by path. */
export interface Trial {
  /** What was tried, in a few words. */
  readonly name: string;
  readonly fault: string | null;
  readonly input: Readonly<Record<string, string | Buffer>>;
}

/** One kind of stress: trials that a seed decides, so that the same seed tries the same. */
export interface Part {
  readonly name: string;
  try(seed: number): Promise<Trial>;
  /** What its trials came to, for the last line. */
  summary(): string;
  stop(): void;
}

/** Keeps the trials that found something, under a folder for temporary files. */
export class Failures {
  #folder: string | null = null;
  count = 0;

  /** Writes down what a trial found, and says where. */
  keep(part: string, seed: number, { name, fault, input }: Trial): void {
    this.count++;
    this.#folder ??= mkdtempSync(join(tmpdir(), "tapify-stress-"));
    const folder = join(this.#folder, `${part}-${seed}`);
    write(folder, { "fault.txt": `${name}\n\n${fault}\n` });
    write(join(folder, "input"), input);
    console.log(`${part}, seed ${seed}: ${name}\n  ${String(fault).replaceAll("\n", "\n  ")}\n  kept in ${folder}`);
  }
}

/** Writes files into a folder. */
export function write(folder: string, files: Readonly<Record<string, string | Buffer>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}
