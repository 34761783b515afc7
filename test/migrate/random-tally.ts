import type { FileMigration } from "../../src/plan/migration.ts";
import type { PrintedProgram } from "./random-print.ts";

/** So many programs are kept for the type check, before their migration and after it. */
const KEPT = 60;

/** What became of the programs of a run. */
export class Tally {
  programs = 0;
  /** Programs of which nothing was refused. */
  migrated = 0;
  readonly texts: string[] = [];
  readonly #refused = new Map<string, number>();
  readonly #shapes = new Map<string, boolean>();

  add({ text, shapes }: PrintedProgram, { output, status, refusals }: FileMigration): void {
    this.programs += 1;
    const isMigrated = status === "migrated" && refusals.length === 0;
    if (isMigrated) this.migrated += 1;
    for (const code of new Set(refusals.map((refusal) => refusal.code)))
      this.#refused.set(code, (this.#refused.get(code) ?? 0) + 1);
    for (const shape of shapes) this.#shapes.set(shape, isMigrated || this.#shapes.get(shape) === true);
    if (status === "migrated" && this.texts.length < 2 * KEPT) this.texts.push(text, output);
  }

  /** Shapes that were in no program that was migrated. */
  refusedShapes(): readonly string[] {
    return [...this.#shapes].filter(([, isMigrated]) => !isMigrated).map(([shape]) => shape);
  }

  summary(): string {
    const refused = [...this.#refused].toSorted(([, a], [, b]) => b - a).map(([code, count]) => `${code} in ${count}`);
    return `${this.programs} programs, ${this.migrated} migrated; ${this.#shapes.size} shapes; refused: ${refused.join(", ") || "none"}`;
  }
}
