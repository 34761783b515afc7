import { aliasedVariable, writeNode, writesTo } from "../../ast/aliases.ts";
import { contains } from "../../ast/flow.ts";
import { enclosingOf, type Enclosing } from "../../ast/functions.ts";
import { overlaps, pathOf, type MemberPath } from "../../ast/member-paths.ts";
import { unwrap } from "../../ast/names.ts";
import { nodesOf } from "../../ast/node-index.ts";
import { waysOut, type Step } from "../../ast/paths.ts";
import { isSameReference, variableOf, type Variable } from "../../ast/scopes.ts";
import type { TSESTree } from "../../ast/source.ts";
import type { Context } from "../context.ts";
import { destinationOf } from "./handle-flow.ts";
import { mutationsOf, type Mutation } from "./mutations.ts";
import { observationsOf, saysComplete } from "./observations.ts";
import { startedBy, type StartedWork } from "../tasks/started-work.ts";

/** A change of an object that work in progress was given. */
export interface PendingMutation {
  readonly mutation: Mutation;
  readonly work: StartedWork;
  /** The argument, as the call names it. */
  readonly input: TSESTree.Expression;
}

const found = new WeakMap<Context, readonly PendingMutation[]>();

/**
 * The changes of a file that touch what work in progress was given, in source order: the first for each such work. Of several works that a
 * change touches the first is named.
 */
export function pendingMutationsOf(context: Context): readonly PendingMutation[] {
  let known = found.get(context);
  if (known === undefined) {
    const byNode = new Map<TSESTree.Node, PendingMutation>();
    const mutations = mutationsByRoot(context);
    for (const call of nodesOf(context.source).of("CallExpression")) {
      for (const pending of pendingMutations(context, call, mutations))
        if (!byNode.has(pending.mutation.node)) byNode.set(pending.mutation.node, pending);
    }
    const works = new Set<TSESTree.CallExpression>();
    known = [...byNode.values()]
      .sort((a, b) => a.mutation.node.range[0] - b.mutation.node.range[0])
      .filter(({ work }) => works.size < works.add(work.call).size);
    found.set(context, known);
  }
  return known;
}

/** A variable, or the name of what the file does not declare, `this` included. */
type Root = Variable | string;

/** Changes by the variable that the changed object is reached from: it rules out nearly every call before anything else is asked. */
function mutationsByRoot(context: Context): ReadonlyMap<Root, readonly Mutation[]> {
  const byRoot = new Map<Root, Mutation[]>();
  for (const mutation of mutationsOf(context)) {
    const root = rootOf(context, mutation.object);
    if (root !== null) byRoot.set(root, [...(byRoot.get(root) ?? []), mutation]);
  }
  return byRoot;
}

function rootOf(context: Context, expression: TSESTree.Node): Root | null {
  const node = unwrap(expression);
  if (node.type === "ThisExpression") return "this";
  if (node.type === "MemberExpression") return rootOf(context, node.object);
  return node.type === "Identifier" ? (aliasedVariable(context.source, node) ?? node.name) : null;
}

function pendingMutations(
  context: Context,
  call: TSESTree.CallExpression,
  mutations: ReadonlyMap<Root, readonly Mutation[]>,
): PendingMutation[] {
  const touchingAny = call.arguments.some((argument) => touching(context, call, argument, mutations).length > 0);
  const work = touchingAny ? startedBy(context, call) : null;
  if (work === null) return [];
  return work.inputs.flatMap(({ expression: input, used }) => {
    const candidates = touching(context, call, input, mutations).filter(
      (mutation) => !keepsWork(context, mutation, work) && changesUsed(context, mutation, input, used),
    );
    const pending =
      candidates.length === 0 ? new Set() : pendingAt(context, enclosingOf(call), work, input, candidates);
    return candidates.filter((mutation) => pending.has(mutation)).map((mutation) => ({ mutation, work, input }));
  });
}

/** The changes, in the function of a call, of what an argument of it denotes. */
function touching(
  context: Context,
  call: TSESTree.CallExpression,
  argument: TSESTree.Node,
  mutations: ReadonlyMap<Root, readonly Mutation[]>,
): readonly Mutation[] {
  const root = rootOf(context, argument);
  const candidates = root === null ? [] : (mutations.get(root) ?? []);
  const unit = candidates.length === 0 ? null : enclosingOf(call);
  return candidates.filter(({ node, object }) => enclosingOf(node) === unit && isPartOf(context, object, argument));
}

/** Whether what a change touches is used by the work, by the members on the way to it. */
function changesUsed(
  context: Context,
  { object, place, node }: Mutation,
  input: TSESTree.Expression,
  used: readonly MemberPath[],
): boolean {
  // Whatever changes the length of an array, or its elements by a method, changes all of it.
  const isWhole = node.type === "CallExpression";
  const changed = pathOf(isWhole ? object : place, depthOf(context, object, input) + (isWhole ? 0 : 1));
  const part = changed.at(-1) === "length" ? changed.slice(0, -1) : changed;
  return used.some((path) => overlaps(path, part));
}

/** How many members there are between an object and a part of it. */
function depthOf(context: Context, part: TSESTree.Node, whole: TSESTree.Node): number {
  let depth = 0;
  for (let node = unwrap(part); !denotesSame(context, node, whole); node = unwrap(node.object), depth++)
    if (node.type !== "MemberExpression") return depth;
  return depth;
}

/** Whether a change only notes on the object that the work is in progress: `order.saving = save(order)`. */
function keepsWork(context: Context, { node }: Mutation, { call }: StartedWork): boolean {
  if (node.type !== "AssignmentExpression") return false;
  const destination = destinationOf(context, call);
  const kept = variableOf(context.source, unwrap(node.right));
  return contains(node.right, call) || (destination.kind === "variable" && destination.variable === kept);
}

/** Whether an expression denotes an object, or something inside it. */
function isPartOf(context: Context, expression: TSESTree.Node, whole: TSESTree.Node): boolean {
  for (let node = unwrap(expression); ; node = unwrap(node.object)) {
    if (denotesSame(context, node, whole)) return true;
    if (node.type !== "MemberExpression") return false;
  }
}

function denotesSame(context: Context, left: TSESTree.Node, right: TSESTree.Node): boolean {
  const variable = aliasedVariable(context.source, left);
  return variable === null
    ? isSameReference(context.source, left, right)
    : variable === aliasedVariable(context.source, right);
}

type State = "idle" | "pending" | "observed";

/** The changes that no path reaches with the work observed, and one at least with the work begun. */
function pendingAt(
  context: Context,
  unit: Enclosing,
  work: StartedWork,
  input: TSESTree.Expression,
  mutations: readonly Mutation[],
): ReadonlySet<Mutation> {
  const arrivals = new Map(mutations.map(({ node }) => [node, new Set<State>()]));
  const observations = observationsOf(context, unit, work);
  const replacements = replacementsOf(context, input);
  const step = (event: TSESTree.Node, state: State): Step<State> => {
    arrivals.get(event)?.add(state);
    // A call that throws has started nothing.
    if (event === work.call) return { next: "pending", thrown: state };
    const next = replacements.has(event) ? "idle" : observations.has(event) && state === "pending" ? "observed" : state;
    return { next, thrown: next };
  };
  const refine = (test: TSESTree.Expression, isTrue: boolean, state: State): State =>
    state === "pending" && saysComplete(context, test, isTrue) ? "observed" : state;
  const events = new Set([work.call, ...arrivals.keys(), ...observations, ...replacements]);
  waysOut(context.source, unit, { initial: "idle", events, step, refine, doubt: "everyPath" });
  return new Set(
    mutations.filter(({ node }) => arrivals.get(node)!.has("pending") && !arrivals.get(node)!.has("observed")),
  );
}

/** Where the variable or member that named the argument is given another object. */
function replacementsOf(context: Context, input: TSESTree.Expression): ReadonlySet<TSESTree.Node> {
  const replacements = new Set<TSESTree.Node>();
  for (let node = unwrap(input); ; node = unwrap(node.object)) {
    for (const { identifier } of node.type === "Identifier" ? writesTo(context.source, node) : [])
      replacements.add(writeNode(identifier));
    if (node.type !== "MemberExpression") return replacements;
    for (const { node: write, place } of mutationsOf(context))
      if (isSameReference(context.source, place, node)) replacements.add(write);
  }
}
