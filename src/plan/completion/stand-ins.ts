import { contains } from "../../ast/flow.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import type { Context } from "../../recognize/context.ts";
import type { DescribedOperation } from "../../recognize/operations/operation.ts";
import { countedJoinsIn, type CountedJoin } from "../counted/counted-joins.ts";
import type { Obstacle } from "../decide/decision.ts";
import { keptRecursion } from "../repeats/repeat-decision.ts";
import { repeatsIn, type Repeat } from "../repeats/repeats.ts";

/** What stands for several operations of a file that are awaited as one: those that are counted, and those that a function starts again and again. */
export class StandIns {
  readonly joins: readonly CountedJoin[];
  readonly repeats: readonly Repeat[];

  /** Why others are not. */
  readonly unsure: readonly Unsure[];

  private constructor(joins: readonly CountedJoin[], repeats: readonly Repeat[], unsure: readonly Unsure[]) {
    this.joins = joins;
    this.repeats = repeats;
    this.unsure = unsure;
  }

  /**
   * Finds them.
   *
   * @param hosts the functions that are called with a completion parameter
   */
  static of(
    context: Context,
    hosts: readonly FunctionNode[],
    operations: readonly DescribedOperation[],
    byCallback: ReadonlyMap<FunctionNode, DescribedOperation>,
  ): StandIns {
    const found = repeatsIn(context, hosts, byCallback);
    return new StandIns(
      countedJoinsIn(context, operations, byCallback),
      found.flatMap((each) => ("kept" in each ? [] : [each])),
      found.flatMap((each) =>
        "kept" in each ? [{ fns: [each.fn], stop: keptRecursion(context.source, each.kept) }] : [],
      ),
    );
  }

  /** What stands for others: all of them, and not the calls by which a function begins again. */
  get wholes(): DescribedOperation[] {
    return [...this.joins, ...this.repeats].map(({ operation }) => operation);
  }

  /** All that is decided as an operation and is none. */
  get operations(): DescribedOperation[] {
    const agains = this.repeats.flatMap((each) => each.agains.map(({ operation }) => operation));
    return [...this.wholes, ...agains];
  }

  /** The functions whose code comes to stand where one of them is. */
  get functions(): (readonly [FunctionNode, DescribedOperation])[] {
    return [
      ...this.joins.flatMap(({ operation, round }) => (round === null ? [] : [[round, operation] as const])),
      ...this.repeats.map(({ fn, operation }) => [fn, operation] as const),
    ];
  }

  /** The same without one of them. */
  without(whole: DescribedOperation): StandIns {
    const isOther = (each: { readonly operation: DescribedOperation }): boolean => each.operation !== whole;
    return new StandIns(this.joins.filter(isOther), this.repeats.filter(isOther), this.unsure);
  }

  /** The functions in which what one of them stands for is done. */
  codeOf(whole: DescribedOperation): readonly FunctionNode[] {
    const join = this.joins.find(({ operation }) => operation === whole);
    const fns = [...(join?.members ?? [])].flatMap(({ callbacks }) =>
      callbacks.flatMap((each) => (each.kind === "function" ? [each.fn] : [])),
    );
    return [...fns, ...this.repeats.flatMap(({ fn, operation }) => (operation === whole ? [fn] : []))];
  }
}

/** Why some operations are not awaited as one, and in which functions those are. */
export interface Unsure {
  readonly fns: readonly FunctionNode[];
  readonly stop: Obstacle;
}

/** Why what is done at a place is no part of something that is awaited as one; `null` where there is no such reason. */
export function unsureAt(unsure: readonly Unsure[], place: TSESTree.Node): Obstacle | null {
  return unsure.find(({ fns }) => fns.some((fn) => contains(fn, place)))?.stop ?? null;
}
