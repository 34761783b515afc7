import { enclosingOf } from "../../ast/functions.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import type { Draft } from "../draft.ts";
import { displayName } from "../usages.ts";
import { decidesBehind } from "./passed-functions.ts";
import type { Reach } from "./reach.ts";

/** A function that becomes async, and the place where it is given to an event or a timer, which does not wait for it. */
export interface PassedHandler {
  readonly fn: FunctionNode;
  readonly node: TSESTree.Node;
}

/**
 * Notes that a handler of an event becomes async; one that tells its event what is to become of it behind an await is refused.
 *
 * @param awaits the places at which the migration lets an `await` stand
 */
export function noteHandler(
  reach: Reach,
  draft: Draft<object>,
  awaits: readonly TSESTree.Node[],
  { fn, node }: PassedHandler,
): void {
  const place = awaits.filter((each) => enclosingOf(each) === fn).sort((a, b) => a.range[0] - b.range[0])[0];
  if (place !== undefined && decidesBehind(reach.contextOf(fn), fn, place))
    draft.refuse(fn, "function-used-as-value", node, displayName(fn));
  else draft.note(fn, "handler-now-async", node, displayName(fn));
}
