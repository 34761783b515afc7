/**
 * How many items at the start of a list something holds for, by a binary search.
 *
 * @param holds It holds for no item behind the first for which it does not.
 */
export function countLeading<Item>(items: readonly Item[], holds: (item: Item) => boolean): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(items[middle]!)) low = middle + 1;
    else high = middle;
  }
  return low;
}
