import { isFunction } from "../../ast/functions.ts";
import { indentAt, lineBreakOf } from "../../ast/lines.ts";
import { calleeOf, unwrap } from "../../ast/names.ts";
import { readsOf, variableOf } from "../../ast/scopes.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import { textOf } from "../../ast/source.ts";
import { findAll } from "../../ast/walk.ts";
import { COMPLETED_ARGS } from "../../dialects/eap.ts";
import { declaredType, typeNameOf } from "../../recognize/annotations.ts";
import type { Operation } from "../../recognize/begin-end/operation.ts";
import type { Context } from "../../recognize/context.ts";
import { resolveHandler } from "../../recognize/events/event-handlers.ts";
import { completionReads, valuesOf } from "../../recognize/events/event-reads.ts";
import { sureCancelsOf, type SureCancels } from "../../recognize/events/sure-cancels.ts";
import { targetOf } from "../../recognize/contracts/contract-members.ts";
import type { Draft } from "../draft.ts";
import { movedFunction } from "../callbacks/moved-body.ts";
import { joined, text, type Text } from "../write/text.ts";
import { semicolon } from "../layout.ts";
import type { EventTwin } from "../planner.ts";
import { isConstant, isPure } from "../purity.ts";

/** What a call of a twin is given in its options: the signal that cancels it, the function that is told of its progress. */
interface TwinOptions {
  readonly signal: string | SureCancels | null;
  readonly progress: ProgressOption | null;
}

/** A handler of progress as the function that a twin calls with the arguments of the event alone. */
interface ProgressOption {
  readonly handler: TSESTree.Node;
  /** A function that is written where it is added, and the parameter that stays of it, if any. */
  readonly inline: { readonly fn: FunctionNode; readonly args: TSESTree.Parameter | undefined } | null;
  /** How a function by a name is called: by itself with the arguments alone, or with the object before them. */
  readonly takesSender: boolean;
}

/** Whether a twin that settles as an adapter does tells all that the handler asks for, in the form that an adapter has. */
export function tellsEnough(context: Context, operation: Operation, twin: EventTwin): boolean {
  return twinOptions(context, operation, twin) !== null;
}

/** Whether the values that a handler asks for come in an object from a twin, although an adapter would give the one value itself. */
export function isOneOfSeveral({ event }: Operation, twin: EventTwin): boolean {
  return twin.values.length > 1 && valuesOf(event!).length === 1;
}

/** The options with which a twin does all that is done for a call by hand; `null` where it cannot. */
function twinOptions(context: Context, operation: Operation, twin: EventTwin): TwinOptions | null {
  const { handler, hasUserState } = operation.event!;
  // What only looks like a user state is an argument that the twin has to be given.
  if (hasUserState && operation.begin.arguments.length !== twin.inputs + 1) return null;
  // The argument that tells calls apart is no longer passed, so nobody may ask for it, and it may have done nothing.
  const dropped = operation.inputs.slice(twin.inputs);
  if (
    dropped.length > 0 &&
    (dropped.length > 1 ||
      !isPure(dropped[0]!) ||
      handler === null ||
      handler.reads.some(({ role }) => role === "state" || role === "whole"))
  )
    return null;
  if (!valuesOf(operation.event!).every((name) => twin.values.includes(name))) return null;
  const signal = signalOption(context, operation, twin, hasUserState || dropped.length > 0);
  const progress = progressOption(context, operation, twin);
  const options = signal === undefined || progress === undefined ? null : { signal, progress };
  return options !== null &&
    (options.signal !== null || options.progress !== null) &&
    operation.inputs.some(({ type }) => type === "SpreadElement")
    ? null
    : options;
}

/** The signal whose listener cancels the operation, or the calls that do; `undefined` where more is done to cancel it. */
function signalOption(
  context: Context,
  site: Operation,
  { signal }: EventTwin,
  hasState: boolean,
): TwinOptions["signal"] | undefined {
  const { aborts, operation } = site.event!;
  const [abort, more] = aborts;
  if (operation.cancels.length === 0) return null;
  if (abort === undefined) {
    const fits =
      signal !== null &&
      (hasState || !signal.takesState) &&
      operation.cancels.every(
        ({ call, name }) => name === signal.cancel && call.arguments.length === (signal.takesState ? 1 : 0),
      );
    const cancels = fits ? sureCancelsOf(context, site) : null;
    // A name that is not free is not taken.
    return cancels === null || context.source.text.includes(controllerName(cancels)) ? undefined : cancels;
  }
  if (operation.cancels.length !== aborts.length) return undefined;
  const [cancel] = operation.cancels;
  const target = calleeOf(abort.call)?.receiver;
  if (more !== undefined || signal === null || target == null || cancel!.name !== signal.cancel) return undefined;
  // With a key of each call, a cancel method without one may mean any of them.
  if (cancel!.call.arguments.length !== (signal.takesState ? 1 : 0) || (signal.takesState && !hasState))
    return undefined;
  // Other objects have an event of that name too.
  if (typeNameOf(context, target) !== "AbortSignal") return undefined;
  const type = declaredType(context, target);
  const declared =
    unwrap(target).type === "Identifier" ? annotationText(context, unwrap(target) as TSESTree.Identifier) : null;
  const isNullable = type !== undefined && declared !== null && /\bnull\b/.test(declared);
  return isNullable ? `${textOf(context.source, target)} ?? undefined` : textOf(context.source, target);
}

function annotationText({ source }: Context, name: TSESTree.Identifier): string | null {
  const [identifier] = variableOf(source, name)?.identifiers ?? [];
  return identifier?.type === "Identifier" && identifier.typeAnnotation != null
    ? textOf(source, identifier.typeAnnotation)
    : null;
}

/** The handler of progress; `undefined` where there are several, or one that asks for what the twin does not tell. */
function progressOption(
  context: Context,
  { event, receiver }: Operation,
  { progress }: EventTwin,
): ProgressOption | null | undefined {
  const [added, more] = event!.progress;
  if (event!.operation.progress.length !== event!.progress.length) return undefined;
  if (added === undefined) return null;
  if (
    more !== undefined ||
    progress === null ||
    added.event !== progress.event ||
    added.isOnce !== "no" ||
    added.connection !== null ||
    added.handler === null
  )
    return undefined;
  const handler = unwrap(added.handler);
  const callable = resolveHandler(context, added.handler);
  if (callable.kind !== "function") return undefined;
  const { fn } = callable;
  const params = fn.params.filter((parameter) => parameter.type !== "Identifier" || parameter.name !== "this");
  // Where it is not declared with how many arguments handlers are called, a lone one may be the sender.
  const index = progress.arity === null ? (params.length === 1 ? -1 : 1) : progress.arity - 1;
  if (
    index === -1 ||
    params.length > index + 1 ||
    params.length < fn.params.length ||
    params.some(({ type }) => type === "RestElement")
  )
    return undefined;
  const args = params[index];
  const reads = args === undefined ? [] : completionReads(context, fn, args, COMPLETED_ARGS);
  if (reads.some(({ role }) => role === "state" || role === "whole") || usesCall(context, fn)) return undefined;
  if (isFunction(handler))
    return params.some((parameter) => parameter !== args && isUsed(context, parameter))
      ? undefined
      : { handler, inline: { fn, args }, takesSender: false };
  const takesSender = index > 0 && params.length > 0;
  if (
    handler.type !== "Identifier" ||
    !isConstant(context.source, handler) ||
    (takesSender && (receiver === null || !isConstant(context.source, receiver)))
  )
    return undefined;
  return { handler, inline: null, takesSender };
}

/** Whether a function asks how it was called. */
function usesCall({ source }: Context, fn: FunctionNode): boolean {
  const asks = (node: TSESTree.Node): node is TSESTree.Node =>
    node.type === "ThisExpression" || (node.type === "Identifier" && node.name === "arguments");
  return fn.type !== "ArrowFunctionExpression" && findAll(fn, source.visitorKeys, asks).length > 0;
}

function isUsed({ source }: Context, parameter: TSESTree.Parameter): boolean {
  const target = targetOf(parameter);
  const variable = target.type === "Identifier" && parameter.type === "Identifier" ? variableOf(source, target) : null;
  return (
    variable === null || readsOf(variable).length > 0 || variable.references.some((reference) => reference.isWrite())
  );
}

/** The further arguments of a call of the twin, as text: those between that it leaves out, and its options; `null` where it cannot be called. */
export function twinArguments(
  planner: { readonly context: Context; readonly draft: Draft },
  operation: Operation,
  twin: EventTwin,
  indent: string,
): readonly Text[] | null {
  const { context } = planner;
  const options = twinOptions(context, operation, twin);
  if (options === null) return null;
  const { progress, signal } = options;
  const members: Text[] = [];
  if (typeof signal === "string") members.push(signal === "signal" ? signal : `signal: ${signal}`);
  else if (signal !== null) members.push(`signal: ${writeController(planner, operation, signal)}.signal`);
  if (progress !== null) {
    const name = textOf(context.source, progress.handler);
    if (progress.inline !== null) {
      removeSender(planner, progress.inline);
      members.push(text`onProgress: ${movedFunction(progress.handler, indent)}`);
    } else if (!progress.takesSender) members.push(name === "onProgress" ? name : `onProgress: ${name}`);
    else members.push(`onProgress: (e) => ${name}(${textOf(context.source, operation.receiver!)}, e)`);
  }
  if (members.length === 0) return [];
  const left = Math.max(0, twin.inputs - operation.inputs.length);
  return [...Array.from({ length: left }, () => "undefined"), text`{ ${joined(members, ", ")} }`];
}

function controllerName({ object }: SureCancels): string {
  return `${object}Controller`;
}

/** Declares a controller beside the object of an operation, which is aborted wherever the operation was cancelled. */
function writeController(
  { context: { source }, draft }: { readonly context: Context; readonly draft: Draft },
  operation: Operation,
  cancels: SureCancels,
): string {
  const name = controllerName(cancels);
  const { range } = cancels.declaration;
  draft.insert(
    operation,
    range[1],
    `${lineBreakOf(source.text)}${indentAt(source.text, range[0])}const ${name} = new AbortController()${semicolon(source)}`,
  );
  for (const call of cancels.calls) draft.replace(operation, call.range, `${name}.abort()`);
  return name;
}

/** Takes the parameters before the arguments of the event from a function. */
function removeSender(
  { context: { source }, draft }: { readonly context: Context; readonly draft: Draft },
  { fn, args }: NonNullable<ProgressOption["inline"]>,
): void {
  const [first] = fn.params;
  const last = fn.params.at(-1);
  if (first === undefined || last === undefined || first === args) return;
  // `_ => …` has no parentheses that stay.
  const isBare = !source.text.slice(fn.range[0], first.range[0]).includes("(");
  draft.replace(fn, [first.range[0], args === undefined ? last.range[1] : args.range[0]], isBare ? "()" : "");
}
