import { contains } from "../../ast/flow.ts";
import type { Source, TSESTree } from "../../ast/source.ts";
import { CountReader } from "../countdowns/countdown-counts.ts";
import { isBareReturn, type Count } from "../countdowns/count-steps.ts";
import type { CompletionCalls } from "../decide/completion-calls.ts";
import { isWithin, type AwaitDecision, type Stretch } from "../decide/decision.ts";
import type { CountedJoin } from "./counted-joins.ts";

/**
 * Reads where the callbacks of a join count: once behind each success, as the last thing that they do, and behind a failure as well unless that
 * tells an error, after which nothing is to follow.
 *
 * @param awaited what is decided about the members of the join
 * @returns `null` where that is not sure
 */
export function readCounts(
  source: Source,
  { counter, direction, members }: CountedJoin,
  awaited: readonly AwaitDecision[],
  calls: CompletionCalls,
): readonly Count[] | null {
  const places = new Set<TSESTree.Node>(awaited.map(({ place }) => place));
  const counts = new Map<TSESTree.Node, Count>();
  for (const decision of awaited) {
    if (!members.has(decision.operation)) continue;
    for (const path of pathsOf(decision)) {
      const statements = path.flatMap((stretch) => statementsIn(stretch));
      if (tellsError(statements, calls)) continue;
      // What starts another member counts in the callback of that.
      const reader = new CountReader(source, counter, direction, new Set(), (each) => places.has(each));
      if (!reader.readTail(statements)) return null;
      for (const count of reader.counts) counts.set(count.write, count);
    }
  }
  return [...counts.values()];
}

/** The ways through the code of a decision. */
function pathsOf({ after, failure, success }: AwaitDecision): Stretch[][] {
  const behind = [[...success, ...after]];
  if (failure.kind !== "handled") return behind;
  return [...behind, failure.leaves ? [...failure.code] : [...failure.code, ...after]];
}

/** The statements of a stretch. */
export function statementsIn(stretch: Stretch): readonly TSESTree.Statement[] {
  const { inside } = stretch;
  if (inside.type !== "BlockStatement") return [inside as TSESTree.Statement];
  return inside.body.filter((each) => isWithin([stretch], each));
}

/** Whether statements end with an error that is told or thrown. */
function tellsError(statements: readonly TSESTree.Statement[], calls: CompletionCalls): boolean {
  const last = isBareReturn(statements.at(-1)) ? statements.at(-2) : statements.at(-1);
  if (last === undefined) return false;
  return last.type === "ThrowStatement" || calls.get(last)?.outcome.kind === "error";
}

/** The statements that do nothing but count, ask or follow the last operation: none of them stays in a callback. */
export function countingStatements(counts: readonly Count[]): TSESTree.Statement[] {
  return counts.flatMap(({ asking, counting, finish }) => [
    ...(counting === null ? [] : [counting]),
    asking,
    ...finish.filter((each) => !contains(asking, each)),
  ]);
}
