import type { TSESTree } from "../../ast/source.ts";
import type { Context } from "../../recognize/context.ts";
import type { Reach } from "../async/reach.ts";
import type { Decided } from "../decide.ts";
import { originalOffset } from "../edit-offsets.ts";
import type { Finished } from "../finish.ts";
import type { Decision } from "../plan-file.ts";
import type { Range, Refusal } from "../types.ts";
import type { ContractGroup } from "./contract-group.ts";

/** The files in which a contract may be declared, implemented and called. */
export interface ContractFiles {
  readonly paths: readonly string[];
  /** The path of the file that a node belongs to. */
  pathOf(node: TSESTree.Node): string;
  /** Whether operations are looked for in a file; all files may hold callers of them. */
  isChosen(path: string): boolean;
  /** The text of a file as it is. */
  textOf(path: string): string;
  /** Gives files other texts; those that are not named have their own again. */
  show(texts: ReadonlyMap<string, string>): void;
  /** The analysis of a file with the text that it was given. `twins` are awaitable methods that are known to exist. */
  contextOf(path: string, twins: readonly string[]): Context;
  /** What can be seen of functions, with the texts that the files were given. */
  reachOf(context: Context): Reach;
  /** Why code that is out of sight may use what a type declares; `null` where it may not. */
  bondOf(group: ContractGroup): Refusal["code"] | null;
  /** The errors that these texts would bring into a project, each with the file in which it is. */
  errorsOf(texts: ReadonlyMap<string, string>): readonly { readonly path: string; readonly message: string }[];
  /** How messages call the place of an offset of a file's text as it is. */
  placeOf(path: string, offset: number): string;
}

/** What the files become, one change after the other. */
export class Stages {
  readonly made = new Map<string, Decided[]>();
  readonly texts = new Map<string, string>();
  /** The names of classes and functions that may have nothing left to do. */
  readonly unneeded = new Set<string>();
  readonly #files: ContractFiles;
  readonly #edits = new Map<string, Finished["edits"][]>();

  constructor(files: ContractFiles) {
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
    return range.map((offset) =>
      edits.reduceRight((place, each) => originalOffset(each, place), offset),
    ) as unknown as Range;
  }

  /** How messages call the place of a range of a file as it is now. */
  placeOf(path: string, range: Range): string {
    const [first] = this.originalRange(path, range);
    return this.#files.placeOf(path, first);
  }
}
