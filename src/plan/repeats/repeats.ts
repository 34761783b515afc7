import { contains } from "../../ast/flow.ts";
import { enclosingOf, isFunction } from "../../ast/functions.ts";
import { globalPathOf } from "../../ast/globals.ts";
import { unwrap, wrapped } from "../../ast/names.ts";
import { variableOf, writesOf, type Variable } from "../../ast/scopes.ts";
import type { FunctionNode, Source, TSESTree } from "../../ast/source.ts";
import { findAll } from "../../ast/walk.ts";
import type { Dialect, OperationForm } from "../../dialects/dialect.ts";
import type { Context } from "../../recognize/context.ts";
import type { DescribedOperation } from "../../recognize/operations/operation.ts";
import { obstacleInCallback } from "../decide/callbacks.ts";
import type { AwaitPlace } from "../decide/decision.ts";
import { obstacleAt } from "../decide/places.ts";
import { functionVariable } from "./function-variable.ts";

/**
 * `function next(i) { … next(i + 1); … } next(0);`: a function inside another one that calls itself when what it has started is done, until it tells
 * the outer one's callback. Its code is that of a loop in the place of the first call.
 */

/** A call by which such a function begins again. */
export interface Again {
  /** What stands for the call where all is decided. */
  readonly operation: DescribedOperation;
  readonly place: AwaitPlace;
  /** What the function is given. */
  readonly given: readonly TSESTree.Expression[];
  /** How long it waits before that; `null` where it does not. */
  readonly delay: TSESTree.Expression | null;
}

export interface Repeat {
  /** What stands for the loop: the first call. */
  readonly operation: DescribedOperation;
  readonly fn: FunctionNode;
  readonly params: readonly TSESTree.Identifier[];
  readonly given: readonly TSESTree.Expression[];
  readonly agains: readonly Again[];
}

/** The global that calls a function later. */
const TIMER = "setTimeout";
const REPEATED: Dialect = { name: "repeated functions", starts: [], operations: new Map() };
const FORM: OperationForm = {
  delivery: { kind: "callback" },
  outcome: [],
  awaited: { kind: "sameCall", gives: "value" },
  returns: "nothing",
};

function operationOf(name: string, nameNode: TSESTree.Node, call: TSESTree.CallExpression): DescribedOperation {
  const none = { inputs: [], callbacks: [], members: [], object: null, module: null, start: null };
  return { dialect: REPEATED, form: FORM, name, call, nameNode, ...none };
}

/**
 * The functions inside of some others that call themselves by way of callbacks, where their code can be that of a loop.
 *
 * @param hosts functions with a completion parameter
 */
export function repeatsIn(
  context: Context,
  hosts: readonly FunctionNode[],
  byCallback: ReadonlyMap<FunctionNode, DescribedOperation>,
): (Repeat | KeptRecursion)[] {
  if (hosts.length === 0 || byCallback.size === 0) return [];
  const { source } = context;
  return hosts.flatMap((host) =>
    findAll(host.body, source.visitorKeys, isFunction).flatMap((fn) => {
      const variable = functionVariable(source, fn);
      const again = variable?.references.find(({ identifier }) => isInCallback(identifier, fn, byCallback));
      if (again === undefined || enclosingOf(fn) !== host || byCallback.has(fn)) return [];
      return [repeatOf(context, host, fn, byCallback) ?? { fn, kept: again.identifier as TSESTree.Node }];
    }),
  );
}

/** A function that calls itself by way of callbacks, and where that shows; no loop is sure to do the same. */
export interface KeptRecursion {
  readonly fn: FunctionNode;
  readonly kept: TSESTree.Node;
}

function isInCallback(
  node: TSESTree.Node,
  fn: FunctionNode,
  byCallback: ReadonlyMap<FunctionNode, DescribedOperation>,
): boolean {
  return (
    contains(fn, node) &&
    enclosingOf(node) !== fn &&
    [...byCallback.keys()].some((each) => contains(fn, each) && contains(each, node))
  );
}

function repeatOf(
  { source }: Context,
  host: FunctionNode,
  fn: FunctionNode,
  byCallback: ReadonlyMap<FunctionNode, DescribedOperation>,
): Repeat | null {
  const variable = functionVariable(source, fn);
  if (variable === null || fn.async || fn.generator || fn.body.type !== "BlockStatement") return null;
  const params = fn.params.filter((each) => each.type === "Identifier");
  if (params.length < fn.params.length || !isLoopCode(source, fn, byCallback)) return null;
  const agains: Again[] = [];
  let first: TSESTree.CallExpression | null = null;
  for (const { identifier, init } of variable.references) {
    if (init === true) continue;
    const called = callOf(source, identifier);
    if (called === null || called.given.length > params.length) return null;
    const { call, delay, given } = called;
    const place = placeOfCall(call);
    const operation = operationOf(variable.name, identifier, call);
    if (place === null) return null;
    if (contains(fn, call)) {
      if (!isInCode(call, fn, byCallback) || obstacleAt(place, operation) !== null) return null;
      agains.push({ operation, place, given, delay });
    } else if (first !== null || delay !== null || enclosingOf(call) !== host) return null;
    else first = call;
  }
  if (first === null || agains.length === 0) return null;
  // A parameter that nothing in sight gives a value would have to be taken for undefined.
  const given = first.arguments as TSESTree.Expression[];
  if (given.length < params.length || agains.some((each) => each.given.length < params.length)) return null;
  const name = unwrap(first.callee);
  return { operation: operationOf(variable.name, name, first), fn, params, given, agains };
}

/** A call of a function by its name, at once or by a timer: `next(i)`, `setTimeout(next, 100)`, `setTimeout(() => next(i), 100)`. */
function callOf(
  source: Source,
  named: TSESTree.Node,
): (Pick<Again, "delay" | "given"> & { readonly call: TSESTree.CallExpression }) | null {
  const node = wrapped(named);
  const { parent } = node;
  if (parent?.type !== "CallExpression" || parent.optional) return null;
  if (parent.arguments.some(({ type }) => type === "SpreadElement")) return null;
  const given = parent.arguments as TSESTree.Expression[];
  if (parent.callee !== node) return timedCall(source, node, []);
  const around = enclosingOf(parent);
  const isAll = isFunction(around) && around.params.length === 0 && isOnlyCall(around, parent);
  return (isAll ? timedCall(source, around, given) : null) ?? { call: parent, given, delay: null };
}

/** `setTimeout(next, 100)`, whose result nobody has. */
function timedCall(
  source: Source,
  called: TSESTree.Node,
  given: readonly TSESTree.Expression[],
): (Pick<Again, "delay" | "given"> & { readonly call: TSESTree.CallExpression }) | null {
  const { parent } = wrapped(called);
  if (parent?.type !== "CallExpression" || parent.optional || parent.arguments[0] !== wrapped(called)) return null;
  const [, delay] = parent.arguments as TSESTree.Expression[];
  return globalPathOf(source, parent.callee) === TIMER && parent.arguments.length === 2
    ? { call: parent, given, delay: delay! }
    : null;
}

/** Whether a call is all that a function does. */
function isOnlyCall({ body }: FunctionNode, call: TSESTree.CallExpression): boolean {
  if (body.type !== "BlockStatement") return body === call;
  const [only] = body.body;
  return body.body.length === 1 && only === call.parent && placeOfCall(call) !== null;
}

function placeOfCall({ parent }: TSESTree.CallExpression): AwaitPlace | null {
  return parent.type === "ExpressionStatement" || parent.type === "ReturnStatement" ? parent : null;
}

/** Whether a place stands in a function itself, or in callbacks that come to stand in it. */
export function isInCode(
  place: TSESTree.Node,
  fn: FunctionNode,
  byCallback: ReadonlyMap<FunctionNode, DescribedOperation>,
): boolean {
  for (let unit = enclosingOf(place); unit !== fn;) {
    const operation = isFunction(unit) ? byCallback.get(unit) : undefined;
    if (operation === undefined) return false;
    unit = enclosingOf(operation.call);
  }
  return true;
}

/** Whether the code of a function can be that of a loop: nothing in it is of one call, and no function keeps what each call has of its own. */
function isLoopCode(
  source: Source,
  fn: FunctionNode,
  byCallback: ReadonlyMap<FunctionNode, DescribedOperation>,
): boolean {
  if (obstacleInCallback(source, fn, fn as unknown as TSESTree.Expression) !== null) return false;
  const isEmptyVar = (node: TSESTree.Node): node is TSESTree.VariableDeclaration =>
    node.type === "VariableDeclaration" && node.kind === "var" && node.declarations.some(({ init }) => init === null);
  const isHoisted = (node: TSESTree.Node): node is TSESTree.Node => node.type === "FunctionDeclaration";
  if (findAll(fn.body, source.visitorKeys, isEmptyVar).length > 0) return false;
  const isTimed = (each: FunctionNode): boolean => timedCall(source, each, []) !== null;
  const inner = findAll(fn.body, source.visitorKeys, isFunction).filter(
    (each) => !byCallback.has(each) && !isTimed(each),
  );
  if (findAll(fn.body, source.visitorKeys, isHoisted).length > 0) return false;
  const isVar = (node: TSESTree.Node): node is TSESTree.VariableDeclaration =>
    node.type === "VariableDeclaration" && node.kind === "var";
  const declared = findAll(fn.body, source.visitorKeys, isVar).flatMap((each) =>
    source.scopeManager.getDeclaredVariables(each),
  );
  const isKept = ({ references }: Variable): boolean =>
    references.some(({ identifier }) => inner.some((each) => contains(each, identifier)));
  // What a function inside keeps is one variable for all rounds.
  if (declared.some(isKept)) return false;
  return fn.params.every((parameter) => {
    const variable = variableOf(source, parameter);
    return (
      variable !== null &&
      writesOf(variable).every(({ identifier }) => contains(fn, identifier as TSESTree.Node)) &&
      !isKept(variable)
    );
  });
}
