import type { Decided } from "./decide.ts";
import { originalOffset } from "./edits.ts";
import type { Finished } from "./finish.ts";
import type { Decision } from "./plan-file.ts";
import type { Range } from "./types.ts";

/** What the files become, one change after the other. */
export class Stages {
  readonly made = new Map<string, Decided[]>();
  readonly texts = new Map<string, string>();
  /** The names of classes and functions that may have nothing left to do. */
  readonly unneeded = new Set<string>();
  readonly #files: { readonly textOf: (path: string) => string };
  readonly #edits = new Map<string, Finished["edits"][]>();

  /** `files` gives each file as it was at first. */
  constructor(files: { readonly textOf: (path: string) => string }) {
    this.#files = files;
  }

  textOf(path: string): string {
    return this.texts.get(path) ?? this.#files.textOf(path);
  }

  take(path: string, decided: Decided): void {
    this.made.set(path, [...(this.made.get(path) ?? []), decided]);
    if (decided.finished === null) return;
    this.texts.set(path, decided.finished.output);
    this.#edits.set(path, [...(this.#edits.get(path) ?? []), decided.finished.edits]);
  }

  /** Says something of a file as it is before any change. */
  first(path: string, decision: Decision): void {
    this.made.set(path, [{ decisions: [decision], finished: null }, ...(this.made.get(path) ?? [])]);
  }

  /** Where a range of a file as it is now was at first. */
  originalRange(path: string, range: Range): Range {
    const edits = this.#edits.get(path) ?? [];
    return range.map((offset) => edits.reduceRight((place, each) => originalOffset(each, place), offset)) as unknown as Range;
  }
}
