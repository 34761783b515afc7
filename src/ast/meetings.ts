import type { Enclosing } from "./functions.ts";
import { waysOut, type Step } from "./paths.ts";
import type { Source, TSESTree } from "./source.ts";

/** What is asked of the paths through a function: whether two events, each one of several nodes, come one after the other. */
export interface MeetingQuestion {
  readonly earlier: ReadonlySet<TSESTree.Node>;
  readonly later: ReadonlySet<TSESTree.Node>;
  /** Whether the earlier event counts where it throws into a handler. */
  readonly countsThrown: boolean;
  /** Nodes after which it is as if nothing had happened. */
  readonly resets?: ReadonlySet<TSESTree.Node>;
  /** Nodes after which no path goes on. */
  readonly ends?: ReadonlySet<TSESTree.Node>;
}

/** How the later event follows the earlier one. */
export interface Meeting {
  /** Whether every path to the later event has passed the earlier one. */
  readonly isLed: boolean;
  /** Whether every path from the earlier event goes on to the later one, or throws. */
  readonly isFollowed: boolean;
  /** The later nodes that a path from the earlier event reaches first. */
  readonly reached: ReadonlySet<TSESTree.Node>;
}

type State = "none" | "once" | "twice";

/**
 * Tells whether two events meet on one path for sure. That some path has both is not enough: two conditions of their own may exclude each
 * other.
 */
export function meetingOf(source: Source, unit: Enclosing, question: MeetingQuestion): Meeting {
  const { countsThrown, earlier, ends, later, resets } = question;
  const arrivals = new Set<State>();
  const reached = new Set<TSESTree.Node>();
  const step = (event: TSESTree.Node, state: State): Step<State> => {
    if (ends?.has(event) === true) return { next: null, thrown: state };
    if (later.has(event)) {
      arrivals.add(state);
      if (state === "once") reached.add(event);
    }
    const next = nextOf(event, state);
    return { next, thrown: countsThrown || state !== "none" ? next : state };
  };
  const nextOf = (event: TSESTree.Node, state: State): State => {
    if (later.has(event) && (state !== "none" || !earlier.has(event))) return state === "once" ? "twice" : state;
    return earlier.has(event) ? "once" : "none";
  };
  const events = new Set([...earlier, ...later, ...(resets ?? []), ...(ends ?? [])]);
  const exits = waysOut(source, unit, { initial: "none", events, step, doubt: "everyPath" });
  return {
    isLed: arrivals.size > 0 && !arrivals.has("none"),
    isFollowed: arrivals.has("once") && exits.every(({ kind, state }) => kind === "throw" || state !== "once"),
    reached,
  };
}
