import { isFunction } from "../ast/functions.ts";
import type { FunctionNode, Source, TSESTree } from "../ast/source.ts";
import { walk } from "../ast/walk.ts";
import type { Range } from "../plan/types.ts";

/** The code of a node without the functions in it, which are about other things. */
export function ownCode({ visitorKeys }: Source, node: TSESTree.Node): Range[] {
  const inner: Range[] = [];
  walk(node, visitorKeys, (each) => {
    if (each === node || !isFunction(each)) return undefined;
    inner.push(each.body.range);
    return false;
  });
  const parts: Range[] = [];
  let start = node.range[0];
  for (const [from, to] of inner) {
    parts.push([start, from]);
    start = to;
  }
  return [...parts, [start, node.range[1]]];
}

/** What stands before the body of a function. */
export function headOf({ body, range }: FunctionNode): Range {
  return [range[0], body.range[0]];
}
