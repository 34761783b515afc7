import { variableOf } from "../../ast/scopes.ts";
import { unwrap } from "../../ast/names.ts";
import { contains } from "../../ast/flow.ts";
import { textOf, type Source, type TSESTree } from "../../ast/source.ts";
import { findAll } from "../../ast/walk.ts";
import type { DescribedOperation } from "../../recognize/operations/operation.ts";
import type { Completing } from "../decide/await-callback.ts";
import { obstacle, type AwaitDecision, type Obstacle, type RepeatedAgain } from "../decide/decision.ts";
import { obstacleAt, placeOf } from "../decide/places.ts";
import type { Again, Repeat } from "./repeats.ts";

const NONE = {
  kind: "await",
  values: [],
  failure: { kind: "none" },
  success: [],
  after: [],
  leaves: true,
  isApart: false,
  rewrites: [],
  told: null,
} as const;

/** Decides that a loop takes the place of the first call of a function, and what its other calls become. */
export function decideRepeat(
  source: Source,
  repeat: Repeat,
  operations: readonly DescribedOperation[],
): ReadonlyMap<DescribedOperation, AwaitDecision> | Obstacle {
  const { agains, fn, given, operation, params } = repeat;
  const place = placeOf(operation, () => true);
  const beside = operations.find(({ call }) => contains(fn, call));
  if (place === null || beside === undefined) return keptRecursion(source, operation.nameNode);
  const stop = obstacleAt(place, operation);
  if (stop !== null) return stop;
  const decided = new Map<DescribedOperation, AwaitDecision>();
  const changed = new Set<TSESTree.Identifier>();
  for (const again of agains) {
    const assigned = assignedBy(source, repeat, again);
    if (assigned === null) return keptRecursion(source, again.operation.nameNode);
    for (const { param } of assigned) changed.add(param);
    const parts: RepeatedAgain = {
      ...{ fn, delay: again.delay, beside },
      given: assigned.map(({ param, value }) => ({ name: param.name, value })),
    };
    decided.set(again.operation, {
      ...NONE,
      ...{ operation: again.operation, fns: [], place: again.place, end: again.place, again: parts },
    });
  }
  const first = params.map((name, index) => {
    const variable = variableOf(source, name);
    const isWritten = variable?.references.some((each) => each.isWrite()) === true;
    return { name, first: given[index]!, changes: changed.has(name) || isWritten };
  });
  const whole = { operation, fns: [fn], place, end: place, repeat: { fn, params: first } };
  return decided.set(operation, { ...NONE, ...whole });
}

interface Assigned {
  readonly param: TSESTree.Identifier;
  readonly value: TSESTree.Expression;
}

/** What parameters are given anew, each before what it is read for has changed; `null` where there is no such order. */
function assignedBy(source: Source, { params }: Repeat, { given }: Again): Assigned[] | null {
  const left = params.flatMap((param, index): Assigned[] => {
    const value = given[index]!;
    return variableOf(source, unwrap(value)) === variableOf(source, param) ? [] : [{ param, value }];
  });
  const ordered: Assigned[] = [];
  while (left.length > 0) {
    const next = left.findIndex(
      ({ param }) => !left.some((other) => other.param !== param && reads(source, other.value, param)),
    );
    if (next < 0) return null;
    ordered.push(...left.splice(next, 1));
  }
  return ordered;
}

function reads(source: Source, value: TSESTree.Node, param: TSESTree.Identifier): boolean {
  const isIt = (node: TSESTree.Node): node is TSESTree.Identifier =>
    node.type === "Identifier" && node.name === param.name && variableOf(source, node) === variableOf(source, param);
  return findAll(value, source.visitorKeys, isIt).length > 0;
}

/** All that stands for a part of a repeated function. */
export function operationsOf({ agains, operation }: Repeat): DescribedOperation[] {
  return [operation, ...agains.map((each) => each.operation)];
}

/** What tells completion parameters, where what begins a loop again leaves its code as that does. */
export function beginningAgain(completing: Completing, repeats: readonly Repeat[]): Completing {
  const agains = repeats.flatMap((each) => each.agains);
  if (agains.length === 0) return completing;
  const done = { kind: "done", value: null } as const;
  const left = agains.map(
    ({ operation: { call }, place }) =>
      [place, { call, place, leaving: null, outcome: done, isDeferred: false, unit: null }] as const,
  );
  const calls = new Set<TSESTree.Node>(agains.map(({ operation }) => operation.call));
  return {
    calls: new Map([...completing.calls, ...left]),
    starts: new Set([...completing.starts].filter((start) => !calls.has(start))),
    passedOn: completing.passedOn,
    isReturnIgnored: (fn) => completing.isReturnIgnored(fn),
  };
}

/** Why a function that calls itself by way of callbacks stays as it is. @param place where it does so, by its name */
export function keptRecursion(source: Source, place: TSESTree.Node): Obstacle {
  return obstacle("recursion-kept", place, textOf(source, place));
}
