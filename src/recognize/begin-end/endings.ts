import { enclosingOf, isFunction, memberOf, type Enclosing } from "../../ast/functions.ts";
import { wrapped } from "../../ast/names.ts";
import { waysOut, type Exit, type PathQuestion, type Step } from "../../ast/paths.ts";
import { parameterVariable, writesOf } from "../../ast/scopes.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import { resolveCallable } from "../callables.ts";
import { memoize, type Context } from "../context.ts";
import { usesOfVariable } from "./handle-uses.ts";
import type { Knowledge } from "../knowledge.ts";
import type { HandleUse } from "./operation.ts";

/** The places in a piece of code where a handle is ended, or may be. */
export interface Endings {
  /** Calls that surely end it: an End, or a function of the file that calls one on every path. */
  readonly certain: ReadonlySet<TSESTree.Node>;
  /** Places after which it cannot be told: it is passed on, stored, compared, captured by a function made there. */
  readonly possible: ReadonlySet<TSESTree.Node>;
  /** Whether code elsewhere uses it, which runs nobody knows when. */
  readonly areElsewhere: boolean;
}

/** What the uses of a handle mean for a piece of code: a function, a file, … as {@link enclosingOf} gives it. */
export function endingsIn(context: Context, unit: Enclosing, uses: readonly HandleUse[]): Endings {
  const certain = new Set<TSESTree.Node>();
  const possible = new Set<TSESTree.Node>();
  let areElsewhere = false;
  for (const use of uses) {
    const ending = endingOf(context, use);
    if (ending === null) continue;
    const place = placeWithin(unit, ending.node);
    if (place === null) areElsewhere = true;
    else (place === ending.node && ending.isCertain ? certain : possible).add(place);
  }
  return { certain, possible, areElsewhere };
}

function endingOf(context: Context, use: HandleUse): { node: TSESTree.Node; isCertain: boolean } | null {
  if (use.kind === "member") return null;
  if (use.kind === "end") return { node: use.end.call, isCertain: true };
  const helper = endsByHelper(context, use.node);
  return helper === "no" ? null : { node: use.node, isCertain: helper === "yes" };
}

/** Whether the function of the file that a handle is passed to ends it. */
function endsByHelper(context: Context, use: TSESTree.Identifier): Knowledge {
  const argument = wrapped(use);
  const { parent } = argument;
  if (parent?.type !== "CallExpression" || parent.callee === argument) return "unknown";
  const callable = resolveCallable(context, parent.callee);
  const parameter =
    callable.kind === "function"
      ? callable.fn.params[parent.arguments.indexOf(argument as TSESTree.Expression)]
      : undefined;
  return parameter === undefined || parameter.type === "RestElement" ? "unknown" : endsParameter(context, parameter);
}

/** Whether a function ends the handle that a parameter of it holds: on every path, never, or one cannot tell. */
export const endsParameter: (context: Context, parameter: TSESTree.Parameter) => Knowledge = memoize(
  computeEndsParameter,
  "unknown",
);

function computeEndsParameter(context: Context, parameter: TSESTree.Parameter): Knowledge {
  const fn = parameter.parent as FunctionNode;
  if (!isFunction(fn) || fn.generator) return "unknown";
  const variable = parameterVariable(context.source, fn, fn.params.indexOf(parameter));
  if (variable === null || writesOf(variable).length > 0) return "unknown";
  const endings = endingsIn(context, fn, usesOfVariable(context, variable));
  if (endings.areElsewhere) return "unknown";
  if (endings.certain.size + endings.possible.size === 0) return "no";
  const exits = pathsToEnd(context, fn, endings, { initial: "pending" });
  return exits.every(({ kind, state }) => kind === "throw" || state === "ended") ? "yes" : "unknown";
}

/** What has become of an operation at a point of a path. */
export type EndState =
  /** It has not begun. */
  | "idle"
  | "pending"
  | "ended"
  /** It may have been ended, or may yet be by somebody else. */
  | "unknown";

interface EndQuestion {
  readonly initial: EndState;
  readonly begin?: TSESTree.CallExpression;
  /** What else ends a path. */
  readonly stops?: ReadonlySet<TSESTree.Node>;
  readonly refine?: PathQuestion<EndState>["refine"];
}

/** Follows an operation along every path through a piece of code. */
export function pathsToEnd(
  context: Context,
  unit: Enclosing,
  endings: Endings,
  { initial, begin, stops = new Set(), refine }: EndQuestion,
): Exit<EndState>[] {
  const events = new Set([...endings.certain, ...endings.possible, ...stops, ...(begin === undefined ? [] : [begin])]);
  const step = (event: TSESTree.Node, state: EndState): Step<EndState> => {
    if (stops.has(event)) return { next: null, thrown: state };
    // A Begin that throws has begun nothing.
    if (event === begin) return { next: "pending", thrown: state };
    const next = state !== "pending" ? state : endings.certain.has(event) ? "ended" : "unknown";
    return { next, thrown: next };
  };
  return waysOut(context.source, unit, { initial, events, step, refine, doubt: "inFavour" });
}

/**
 * The node within a piece of code that stands for one deeper in it: the node itself, or the function around it where it is made.
 * `null` where the code does not hold it, or not in a place that its paths pass (a declaration, which is there from the start).
 */
export function placeWithin(unit: Enclosing, node: TSESTree.Node): TSESTree.Node | null {
  let place = node;
  for (let around = enclosingOf(place); around !== unit; around = enclosingOf(place)) {
    if (
      !isFunction(around) ||
      around.type === "FunctionDeclaration" ||
      (memberOf(around) !== null && memberOf(around)!.type !== "Property")
    )
      return null;
    place = around;
  }
  return place;
}
