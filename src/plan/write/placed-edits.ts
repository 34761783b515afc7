import type { Range } from "../types.ts";

const BUCKET_BITS = 10;

/** Edits of one text by their places, while more are made: what lies in a range is found among those that start near it. */
export class PlacedEdits<Edit extends { readonly range: Range }> {
  readonly #all: Edit[] = [];
  readonly #buckets = new Map<number, Edit[]>();

  /** In the order in which they were made. */
  get all(): readonly Edit[] {
    return this.#all;
  }

  add(edit: Edit): void {
    this.#all.push(edit);
    const bucket = edit.range[0] >> BUCKET_BITS;
    const known = this.#buckets.get(bucket);
    if (known === undefined) this.#buckets.set(bucket, [edit]);
    else known.push(edit);
  }

  /** The edits that lie in a range, its edges included; those that start near each other in the order in which they were made. */
  within([start, end]: Range): Edit[] {
    const found: Edit[] = [];
    for (let bucket = start >> BUCKET_BITS; bucket <= end >> BUCKET_BITS; bucket++)
      for (const edit of this.#buckets.get(bucket) ?? [])
        if (start <= edit.range[0] && edit.range[1] <= end) found.push(edit);
    return found;
  }
}
