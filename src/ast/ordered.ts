import type { TSESTree } from "@typescript-eslint/types";
import { countLeading } from "../count-leading.ts";

/** Something with a place in a text: `[start, end)` offsets. Tokens, comments and edits are such. */
interface Placed {
  readonly range: readonly [number, number];
}

/**
 * The index of the first of some items that starts at an offset or behind it; their number where none does.
 *
 * @param items in the order of their starts
 */
export function firstFrom(items: readonly Placed[], offset: number): number {
  return countLeading(items, ({ range }) => range[0] < offset);
}

/**
 * The items that lie inside a range, in their order. Costs no more than there are items that start in it.
 *
 * @param items in the order of their starts
 */
export function itemsWithin<Item extends Placed>(
  items: readonly Item[],
  [start, end]: readonly [number, number],
): Item[] {
  const found: Item[] = [];
  for (let index = firstFrom(items, start); index < items.length && items[index]!.range[0] <= end; index++)
    if (items[index]!.range[1] <= end) found.push(items[index]!);
  return found;
}

/** The tokens of a file between two offsets. */
export function tokensWithin({ tokens = [] }: TSESTree.Program, range: readonly [number, number]): TSESTree.Token[] {
  return itemsWithin(tokens, range);
}
