import type { Context } from "../context.ts";
import { endCandidates, type EndCandidate } from "./end-calls.ts";
import { foreignEnd, type ForeignEnd } from "./foreign-ends.ts";
import { notAHandle, type NotAHandle } from "./not-handles.ts";
import { repeatedEndsOf, type RepeatedEnd } from "./repeated-ends.ts";

/** An End that cannot work, with the reason. */
export interface InvalidEnd {
  readonly end: EndCandidate;
  readonly reason: NotAHandle | ForeignEnd | RepeatedEnd;
}

const found = new WeakMap<Context, readonly InvalidEnd[]>();

/** The Ends of a file that surely are misuse, in source order, each with the most telling reason. */
export function invalidEndsOf(context: Context): readonly InvalidEnd[] {
  let known = found.get(context);
  if (known === undefined) {
    const repeated = repeatedEndsOf(context);
    known = endCandidates(context).flatMap((end) => {
      const reason = notAHandle(context, end) ?? foreignEnd(context, end) ?? repeated.get(end.call) ?? null;
      return reason === null ? [] : [{ end, reason }];
    });
    found.set(context, known);
  }
  return known;
}
