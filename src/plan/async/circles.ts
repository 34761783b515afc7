import { enclosingFunction } from "../../ast/functions.ts";
import type { FunctionNode } from "../../ast/source.ts";
import type { Planner } from "../planner.ts";

const known = new WeakMap<Planner["files"], ReadonlyMap<FunctionNode, ReadonlySet<FunctionNode>>>();

/**
 * Whether a callback comes round to itself by way of other functions: it calls the function that begins its operation, or begins
 * another one whose callback does. A callback that begins its own operation again directly is a loop and no circle.
 */
export function isInCircle(planner: Planner, fn: FunctionNode): boolean {
  let next = known.get(planner.files);
  if (next === undefined) known.set(planner.files, (next = followers(planner)));
  const seen = new Set<FunctionNode>();
  const pending = [...(next.get(fn) ?? [])].filter((follower) => follower !== fn);
  for (let current = pending.pop(); current !== undefined; current = pending.pop()) {
    if (current === fn) return true;
    if (seen.has(current)) continue;
    seen.add(current);
    pending.push(...(next.get(current) ?? []));
  }
  return false;
}

/** Which functions a function starts: the callbacks of the operations it begins, and the starters it calls. */
function followers({ files, reach }: Planner): Map<FunctionNode, Set<FunctionNode>> {
  const next = new Map<FunctionNode, Set<FunctionNode>>();
  const add = (from: FunctionNode | null, to: FunctionNode) => {
    if (from === null) return;
    if (!next.has(from)) next.set(from, new Set());
    next.get(from)!.add(to);
  };
  const starters = new Set<FunctionNode>();
  for (const { begin, callback } of [...files.values()].flatMap(({ operations }) => operations)) {
    const starter = enclosingFunction(begin);
    if (callback.kind === "function") add(starter, callback.fn);
    if (starter !== null) starters.add(starter);
  }
  for (const starter of starters) {
    for (const usage of reach.usagesOf(starter)) if (usage.kind === "call") add(enclosingFunction(usage.call), starter);
  }
  return next;
}
