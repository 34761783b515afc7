import { contains, suspends } from "../../ast/flow.ts";
import { enclosingOf, isFunction } from "../../ast/functions.ts";
import { moduleBindingOf } from "../../ast/modules.ts";
import { calleeOf, dottedName, unwrap } from "../../ast/names.ts";
import { nodesOf } from "../../ast/node-index.ts";
import type { TSESTree } from "../../ast/source.ts";
import { readsOf, variableOf, writesOf, type Variable } from "../../ast/scopes.ts";
import { resolveCallable } from "../callables.ts";
import type { Context } from "../context.ts";
import { displayName } from "../display.ts";
import { callbackKind } from "./callback-calls.ts";
import { calledFunction } from "./called-function.ts";
import { isEntryCall, isHandlerBody } from "./entry-calls.ts";
import { resultOf } from "./function-results.ts";
import { handlesItsFailures } from "./handled-failures.ts";
import { isAwaitable, PROMISE, type TaskNature } from "./task-nature.ts";
import { mayGiveTask } from "./task-names.ts";
import { natureOf } from "./tasks.ts";
import { fateOf, handlesFailure, isEverRead, isPlainlyRead, isImmediatelyInvoked, type Fate } from "./value-fate.ts";

/** A call that yields a task or promise which nothing waits for. */
export interface UnawaitedTask {
  readonly kind:
    /** The value is gone when the statement ends. */
    | "discarded"
    /** Thrown away on purpose, with `void` or `_ =`. */
    | "voided"
    /** Kept in a variable that nothing ever reads. */
    | "unread"
    /** Kept in a variable that is given another value before anything reads it. */
    | "overwritten"
    /** Put into an array that is lost in one of these ways. */
    | "array"
    /** Given to a `forEach`, which looks at nothing that its async function gives. */
    | "forEach";
  readonly call: TSESTree.CallExpression | TSESTree.NewExpression;
  /** The narrow place to report. */
  readonly nameNode: TSESTree.Node;
  /** How a message names the call. */
  readonly name: string;
  readonly nature: TaskNature;
  /** The variable that holds it, if one does. */
  readonly variable: Variable | null;
  /** What is called, to be compared with names: the dotted path, and the module it comes from. */
  readonly callee: { readonly path: string | null; readonly module: string | null };
  /** Whether it is the call of a function written in place. */
  readonly isImmediatelyInvoked: boolean;
  /** Whether it is what the file does as a program. */
  readonly isEntryCall: boolean;
  /** Whether it is all that an event handler does. */
  readonly isHandlerBody: boolean;
  /** The `void` before it. */
  readonly voidOperator: TSESTree.UnaryExpression | null;
  /** Where `await ` could be written, or `null` where it cannot: the function is not async, or it is an array. */
  readonly awaitAt: number | null;
}

const unawaited = new WeakMap<Context, readonly UnawaitedTask[]>();

/** The calls of a file whose task or promise is lost, in source order. */
export function unawaitedTasks(context: Context): readonly UnawaitedTask[] {
  let known = unawaited.get(context);
  if (known === undefined) {
    const index = nodesOf(context.source);
    const arrays = new Set<TSESTree.Node>();
    const found: UnawaitedTask[] = [];
    for (const calls of [index.of("CallExpression"), index.of("NewExpression")]) {
      for (const call of calls) {
        const task = recognizeUnawaited(context, call, arrays);
        if (task !== null) found.push(task);
      }
    }
    known = found.sort((a, b) => a.call.range[0] - b.call.range[0] || a.call.range[1] - b.call.range[1]);
    unawaited.set(context, known);
  }
  return known;
}

function recognizeUnawaited(
  context: Context,
  call: TSESTree.CallExpression | TSESTree.NewExpression,
  arrays: Set<TSESTree.Node>,
): UnawaitedTask | null {
  // What becomes of the value is cheap to tell and rules out nearly every call; what the value is may cost more.
  const fate = fateOf(call);
  if (fate.kind === "discarded" && losesPromisesOfEach(context, call))
    return { ...record(context, call), kind: "forEach" };
  if (fate.kind === "used" || (fate.kind === "stored" && isPlainlyRead(context, fate.identifier))) return null;
  if (
    handlesFailure(call) ||
    isTakenOut(call) ||
    isThrownOnPurpose(call) ||
    !(isNamedMap(call) || mayGiveTask(context, call))
  )
    return null;
  const isArray = yieldsPromises(context, call);
  const nature = isArray ? PROMISE : natureOf(context, call);
  if (!isAwaitable(nature) || nature.isComplete || failsUnheard(context, call, nature) || defersCode(context, call))
    return null;
  if (fate.kind === "stored" && isEverRead(context, fate.identifier)) return null;
  const variable = fate.kind === "stored" ? variableOf(context.source, fate.identifier) : null;
  const array = fate.kind === "voided" ? null : fate.array;
  // One array is one finding, whatever it holds.
  if (array !== null && arrays.has(array)) return null;
  if (array !== null) arrays.add(array);
  const voidOperator = fate.kind === "voided" ? fate.operator : null;
  // `void (a ? f() : g())` has no one place for an `await`.
  const isOnlyOperand = voidOperator === null || unwrap(voidOperator.argument) === call;
  return {
    ...record(context, call),
    kind: kindOf(fate, variable, isArray || array !== null),
    nature,
    variable,
    voidOperator,
    awaitAt: !isArray && array === null && isOnlyOperand && mayAwaitAt(context, call) ? call.range[0] : null,
  };
}

/** What is to be told of any such call. */
function record(context: Context, call: TSESTree.CallExpression | TSESTree.NewExpression): Omit<UnawaitedTask, "kind"> {
  return {
    call,
    nameNode: calleeOf(call)?.nameNode ?? call.callee,
    name: displayName(call) ?? "call",
    nature: PROMISE,
    variable: null,
    callee: { path: dottedName(call.callee), module: moduleBindingOf(context.source, call.callee)?.module ?? null },
    isImmediatelyInvoked: isImmediatelyInvoked(call),
    isEntryCall: isEntryCall(context, call),
    isHandlerBody: isHandlerBody(call),
    voidOperator: null,
    awaitAt: null,
  };
}

/** `list.forEach(async (item) => { await … })`: each promise is lost, and what comes behind runs before the work is done. */
function losesPromisesOfEach(
  context: Context,
  call: TSESTree.CallExpression | TSESTree.NewExpression,
): call is TSESTree.CallExpression {
  const argument = call.arguments[0] === undefined ? null : unwrap(call.arguments[0]);
  return (
    call.type === "CallExpression" &&
    isFunction(argument) &&
    argument.async &&
    callbackKind(context, call) === "forEach" &&
    suspends(context.source, argument.body) &&
    !handlesItsFailures(context, argument)
  );
}

/** Whether the promise is that of a function of the file which handles all of its failures itself. */
function failsUnheard(
  context: Context,
  call: TSESTree.CallExpression | TSESTree.NewExpression,
  { kind }: TaskNature,
): boolean {
  if (kind !== "promise" || call.type !== "CallExpression") return false;
  const fn = calledFunction(context, call);
  return fn !== null && handlesItsFailures(context, fn);
}

function kindOf(fate: Fate, variable: Variable | null, isArray: boolean): UnawaitedTask["kind"] {
  if (fate.kind === "voided") return "voided";
  if (isArray) return "array";
  if (variable === null) return "discarded";
  return writesOf(variable).length > 1 && readsOf(variable).length > 0 ? "overwritten" : "unread";
}

/** `pending.shift()`: what was started elsewhere and waited for from where it was kept goes from there. */
function isTakenOut(call: TSESTree.CallExpression | TSESTree.NewExpression): boolean {
  const callee = call.type === "CallExpression" && call.arguments.length === 0 ? calleeOf(call) : null;
  return callee !== null && callee.receiver !== null && (callee.name === "pop" || callee.name === "shift");
}

/** `ready.then(() => { throw error; })`: the failure is meant for whoever hears of those that nobody handles. */
function isThrownOnPurpose(call: TSESTree.CallExpression | TSESTree.NewExpression): boolean {
  const callee = call.type === "CallExpression" ? calleeOf(call) : null;
  const handler = callee?.name === "then" && callee.receiver !== null ? call.arguments[0] : undefined;
  if (!isFunction(handler) || handler.body.type !== "BlockStatement") return false;
  return handler.body.body.length === 1 && handler.body.body[0]!.type === "ThrowStatement";
}

/** `Promise.resolve().then(flush)`: code that runs a little later, as with `queueMicrotask`. Nothing is waited for before it, and nothing in it. */
function defersCode(context: Context, call: TSESTree.CallExpression | TSESTree.NewExpression): boolean {
  const callee = call.type === "CallExpression" && call.arguments.length === 1 ? calleeOf(call) : null;
  if (callee?.name !== "then" || callee.receiver === null || !natureOf(context, callee.receiver).isComplete)
    return false;
  const callable = resolveCallable(context, call.arguments[0]!);
  return (
    callable.kind !== "function" ||
    !isAwaitable(resultOf(context, callable.fn, (expression) => natureOf(context, expression)))
  );
}

/** `items.map(f)`: an array of promises if `f` gives one. */
function isNamedMap(call: TSESTree.CallExpression | TSESTree.NewExpression): boolean {
  const callee = call.type === "CallExpression" ? calleeOf(call) : null;
  return callee !== null && callee.receiver !== null && callee.name === "map" && call.arguments.length > 0;
}

/** Whether a call is that of a `map` which makes an array of promises. */
export function yieldsPromises(context: Context, call: TSESTree.CallExpression | TSESTree.NewExpression): boolean {
  if (!isNamedMap(call)) return false;
  const callable = resolveCallable(context, call.arguments[0]!);
  if (callable.kind !== "function" || callable.fn.generator) return false;
  if (callable.fn.async) return true;
  const result = resultOf(context, callable.fn, (expression) => natureOf(context, expression));
  if (!isAwaitable(result)) return false;
  // The text test takes a promise that is made in a function written in place for one that is returned.
  return (
    context.types !== null ||
    callable.binding !== null ||
    (result.origin?.type === "CallExpression" &&
      dottedName(calleeOf(result.origin)?.receiver ?? result.origin) !== "Promise")
  );
}

/** Whether an `await` may stand at a node: in the body of an async function, at the top level of a module. */
export function mayAwaitAt(context: Context, node: TSESTree.Node): boolean {
  const unit = enclosingOf(node);
  if (isFunction(unit)) return unit.async && contains(unit.body, node);
  if (unit.type !== "Program" || unit.sourceType !== "module" || /\.c[jt]s$/i.test(context.source.filePath))
    return false;
  return unit.body.some((statement) => /^(?:Import|Export)/.test(statement.type));
}
