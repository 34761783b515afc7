import { aliasedVariable, writeNode } from "../../ast/aliases.ts";
import { contains } from "../../ast/flow.ts";
import { enclosingOf, type Enclosing } from "../../ast/functions.ts";
import { meetingOf } from "../../ast/meetings.ts";
import { writesOf, type Reference, type Variable } from "../../ast/scopes.ts";
import type { TSESTree } from "../../ast/source.ts";
import { COMPLETED_SYNCHRONOUSLY_MEMBERS } from "../../dialects/apm.ts";
import { operationsOf } from "./begin-end.ts";
import type { Context } from "../context.ts";
import { endCandidates, type EndCandidate } from "./end-calls.ts";
import { endsParameter } from "./endings.ts";
import { handleGivenTo, isHelper } from "./known-handles.ts";
import type { Operation } from "./operation.ts";

/** An End of a handle that has been ended already. */
export type RepeatedEnd =
  | { readonly kind: "repeated"; readonly first: EndCandidate }
  /** The callback of the operation ends it, on every path. */
  | { readonly kind: "endedByCallback"; readonly operation: Operation };

/** The Ends of a file that come after another End of the same handle, whichever path is taken. */
export function repeatedEndsOf(context: Context): ReadonlyMap<TSESTree.CallExpression, RepeatedEnd> {
  const repeated = new Map<TSESTree.CallExpression, RepeatedEnd>();
  for (const operation of operationsOf(context)) {
    for (const { call } of endsBesideCallback(context, operation))
      repeated.set(call, { kind: "endedByCallback", operation });
  }
  for (const { ends, unit, variable } of endsByHandle(context)) {
    const writes = writesWithin(unit, variable);
    if (writes === null) continue;
    for (const [index, later] of ends.entries()) {
      const first = ends.find(
        (earlier, other) => other < index && alwaysFollows(context, unit, earlier, later, writes),
      );
      if (first !== undefined) repeated.set(later.call, { kind: "repeated", first });
    }
  }
  return repeated;
}

/** The Ends outside of a callback that ends the operation whatever happens. With `CompletedSynchronously` the two share the work. */
function endsBesideCallback(
  context: Context,
  { callback, callbackParameter, callbackUses, ends }: Operation,
): readonly EndCandidate[] {
  if (callback.kind !== "function" || callbackParameter === null) return [];
  const { fn } = callback;
  const others = ends.filter(({ call }) => !contains(fn, call));
  const parameter = fn.params.find((each) =>
    callbackParameter.identifiers.some((identifier) => contains(each, identifier)),
  );
  if (others.length === 0 || parameter === undefined || endsParameter(context, parameter) !== "yes") return [];
  return callbackUses.some((use) => use.kind === "member" && COMPLETED_SYNCHRONOUSLY_MEMBERS.has(use.name))
    ? []
    : others;
}

interface EndsOfHandle {
  readonly variable: Variable;
  readonly unit: Enclosing;
  /** In source order. */
  readonly ends: EndCandidate[];
}

/** The Ends of a file by the variable that holds their handle and the function they stand in. */
function endsByHandle(context: Context): readonly EndsOfHandle[] {
  const ends = endCandidates(context).filter((end) => !isHelper(context, end));
  const variableIn = (argument: TSESTree.Node | null): Variable | null =>
    argument === null ? null : aliasedVariable(context.source, argument);
  // What is known to be a handle in one place is one in the others, whatever it is called and cast to there.
  const handles = new Set(ends.map((end) => variableIn(handleGivenTo(context, end))));
  const groups: EndsOfHandle[] = [];
  for (const end of ends) {
    const variable = end.call.arguments.map(variableIn).find((each) => each !== null && handles.has(each));
    if (variable == null) continue;
    const unit = enclosingOf(end.call);
    const group = groups.find((each) => each.variable === variable && each.unit === unit);
    if (group === undefined) groups.push({ variable, unit, ends: [end] });
    else group.ends.push(end);
  }
  return groups;
}

/** Where a function gives a variable a value; `null` where others may do so too while it runs. */
function writesWithin(unit: Enclosing, variable: Variable): ReadonlySet<TSESTree.Node> | null {
  const writes = writesOf(variable);
  const isWithin = ({ identifier }: Reference): boolean => enclosingOf(identifier) === unit;
  if (writes.some((write) => !isWithin(write) && write.init !== true)) return null;
  return new Set(writes.filter(isWithin).map(({ identifier }) => writeNode(identifier as TSESTree.Node)));
}

/** Whether two Ends meet on one path for sure. */
function alwaysFollows(
  { source }: Context,
  unit: Enclosing,
  earlier: EndCandidate,
  later: EndCandidate,
  resets: ReadonlySet<TSESTree.Node>,
): boolean {
  const { isFollowed, isLed } = meetingOf(source, unit, {
    earlier: new Set([earlier.call]),
    later: new Set([later.call]),
    resets,
    countsThrown: true,
  });
  return isLed || isFollowed;
}
