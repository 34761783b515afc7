import { calleeOf, typeReferenceName, unwrap, isPascalCase } from "../../ast/names.ts";
import { nodesOf } from "../../ast/node-index.ts";
import { parameterVariable, writesOf } from "../../ast/scopes.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import {
  BEGIN_NAME,
  BRACKET_STEM,
  CALLBACK_TYPE,
  HANDLE_TYPE,
  IS_COMPLETED_MEMBERS,
  KNOWN_TYPES,
  WAIT_HANDLE_MEMBERS,
  type KnownOperation,
} from "../../dialects/apm.ts";
import { lastSegment } from "../../ast/names.ts";
import { annotationOf, declaredType, isNamed, typeNameOf } from "../annotations.ts";
import { resolveCallable, type Callable } from "../callables.ts";
import type { Context } from "../context.ts";
import { declarationsOf } from "../declarations.ts";
import { endCandidates, endTaking } from "./end-calls.ts";
import { destinationOf, reachOf } from "./handle-flow.ts";
import { resolveCallback } from "./forwarding.ts";
import { handleUses, usesOfVariable } from "./handle-uses.ts";
import type { Completion, EndCall, HandleUse, Operation, Witness } from "./operation.ts";

const operations = new WeakMap<Context, readonly Operation[]>();

/**
 * The Begin/End operations of a file, in source order. A call is one when it is named like a Begin, ends in a callback and a
 * state, and one witness more says so (see {@link Witness}); anything less is left alone.
 */
export function operationsOf(context: Context): readonly Operation[] {
  let known = operations.get(context);
  if (known === undefined) {
    known = nodesOf(context.source)
      .of("CallExpression")
      .flatMap((call) => {
        const operation = recognizeBegin(context, call);
        return operation === null || typeof operation === "string" ? [] : [operation];
      });
    operations.set(context, known);
  }
  return known;
}

/** What a call that is named like a Begin lacks to be one. */
export type BeginLack =
  /** A callback and a state at its end. */
  | "arguments"
  /** Arguments that can be counted. */
  | "counted-arguments"
  /** Something in the callback's place that may be one. */
  | "callback"
  /** A second witness beside the name. */
  | "witness";

/** What a call lacks to be a Begin of the file; `null` for one that lacks nothing, or is not named like one. */
export function beginLackOf(context: Context, call: TSESTree.CallExpression): BeginLack | null {
  const recognized = recognizeBegin(context, call);
  return typeof recognized === "string" ? recognized : null;
}

function recognizeBegin(context: Context, call: TSESTree.CallExpression): Operation | BeginLack | null {
  const callee = calleeOf(call);
  const stem = callee === null ? undefined : BEGIN_NAME.exec(callee.name)?.[1];
  if (callee === null || stem === undefined) return null;
  if (call.arguments.length < 2) return "arguments";
  if (call.arguments.some((argument) => argument.type === "SpreadElement")) return "counted-arguments";
  const callbackArgument = call.arguments.at(-2)!;
  const state = call.arguments.at(-1)!;
  const callback = resolveCallback(context, callbackArgument);
  if (!mayBeCallback(callback)) return "callback";

  const flow = followHandle(context, call);
  const fn = callback.kind === "function" ? callback.fn : null;
  const callbackParameter = fn === null ? null : parameterVariable(context.source, fn, handleIndex(fn));
  // A parameter that is given another value no longer holds the handle throughout.
  const isReassigned = callbackParameter !== null && writesOf(callbackParameter).length > 0;
  const callbackUses = callbackParameter === null || isReassigned ? [] : usesOfVariable(context, callbackParameter);
  const ends = [...flow.uses, ...callbackUses].flatMap((use) =>
    use.kind === "end" && use.end.stem === stem ? [use.end] : [],
  );
  if (flow.end !== null && flow.end.stem === stem) ends.push(flow.end);
  const operation = {
    stem,
    begin: call,
    receiver: callee.receiver,
    nameNode: callee.nameNode,
    inputs: call.arguments.slice(0, -2),
    callbackArgument,
    callback,
    state,
    destination: flow.destination,
    handleUses: flow.uses,
    callbackUses,
    callbackParameter,
    isHandleAmbiguous: flow.isAmbiguous || isReassigned,
    ends,
    event: null,
  };
  const witnesses = witnessesOf(context, operation, flow.end);
  if (!isConvincing(context, operation, callee.name, witnesses)) return "witness";
  return { ...operation, witnesses, completion: completionOf(operation) };
}

/** The place of the handle among a callback's parameters: the first, behind a `this` that only types have. */
function handleIndex(fn: FunctionNode): number {
  const [first] = fn.params;
  return first?.type === "Identifier" && first.name === "this" ? 1 : 0;
}

/** Nothing, a function, an End, or a name whose value the file does not tell; never a literal or an object. */
function mayBeCallback(callback: Callable): boolean {
  if (callback.kind !== "unknown") return true;
  return (
    callback.delegate !== null ||
    ["Identifier", "MemberExpression", "CallExpression", "ConditionalExpression", "LogicalExpression"].includes(
      unwrap(callback.node).type,
    )
  );
}

interface HandleFlow {
  readonly destination: Operation["destination"];
  readonly uses: readonly HandleUse[];
  /** The End around the Begin: `EndRead(BeginRead(…))`. */
  readonly end: EndCall | null;
  readonly isAmbiguous: boolean;
}

function followHandle(context: Context, call: TSESTree.CallExpression): HandleFlow {
  const destination = destinationOf(context, call);
  if (destination.kind === "argument") {
    const end = endTaking(argumentAround(call, destination.call));
    return { destination, uses: [], end, isAmbiguous: false };
  }
  if (destination.kind !== "variable") return { destination, uses: [], end: null, isAmbiguous: false };
  const reach = reachOf(destination.variable, destination.identifier);
  return {
    destination,
    uses: reach.certain.flatMap((read) => handleUses(context, read)),
    end: null,
    isAmbiguous: reach.possible.length > 0,
  };
}

function argumentAround(inner: TSESTree.Node, call: TSESTree.CallExpression | TSESTree.NewExpression): TSESTree.Node {
  return call.arguments.find((argument) => unwrap(argument) === inner) ?? inner;
}

type Unfinished = Omit<Operation, "witnesses" | "completion">;

function witnessesOf(context: Context, operation: Unfinished, endAround: EndCall | null): Set<Witness> {
  const witnesses = new Set<Witness>();
  const { callback, callbackParameter, destination } = operation;
  if (callback.kind === "none" && resolveCallable(context, operation.state).kind === "none") witnesses.add("null-tail");
  const delegate = callback.kind === "function" || callback.kind === "unknown" ? callback.delegate : null;
  const annotated = [callbackParameter, destination.kind === "variable" ? destination.variable : null];
  if (
    delegate !== null ||
    annotated.some((variable) => variable !== null && isNamed(typeReferenceName(annotationOf(variable)), HANDLE_TYPE))
  )
    witnesses.add("type-name");
  if (callback.kind === "unknown" && isCallbackType(declaredType(context, callback.node))) witnesses.add("type-name");
  const { name } = calleeOf(operation.begin)!;
  if (
    declarationsOf(context, operation.receiver, name, operation.begin).some(({ result }) =>
      isNamed(typeReferenceName(result), HANDLE_TYPE),
    )
  )
    witnesses.add("type-name");
  if (context.types?.namesOf(operation.begin).some((name) => isNamed(name, HANDLE_TYPE))) witnesses.add("type-name");
  const ends = (use: HandleUse): boolean =>
    use.kind === "end" ? use.end.stem === operation.stem : use.kind === "other" && use.helper?.uses.some(ends) === true;
  if (operation.callbackUses.some(ends)) witnesses.add("callback-ends");
  if (callback.kind === "end" && callback.callee.name.endsWith(operation.stem)) witnesses.add("callback-ends");
  if ([...operation.callbackUses, ...operation.handleUses].some((use) => use.kind === "member"))
    witnesses.add("handle-member");
  if (
    endAround?.stem === operation.stem ||
    operation.handleUses.some((use) => use.kind === "end" && use.end.stem === operation.stem)
  )
    witnesses.add("handle-flow");
  if (knownOperation(context, operation.receiver, operation.stem) !== null) witnesses.add("known-type");
  return witnesses;
}

/** `AsyncCallback`, or a function type that takes an `IAsyncResult`. */
function isCallbackType(type: TSESTree.TypeNode | undefined): boolean {
  if (type?.type !== "TSFunctionType") return isNamed(typeReferenceName(type), CALLBACK_TYPE);
  const [parameter] = type.params;
  return (
    parameter?.type === "Identifier" &&
    isNamed(typeReferenceName(parameter.typeAnnotation?.typeAnnotation), HANDLE_TYPE)
  );
}

/** What the dialects know of an operation by the type of its receiver, or `null`. */
export function knownOperation(context: Context, receiver: TSESTree.Node | null, stem: string): KnownOperation | null {
  if (receiver === null) return null;
  const typeName = typeNameOf(context, receiver);
  if (typeName === null) return null;
  const known = KNOWN_TYPES.find((type) => type.name.test(lastSegment(typeName)));
  const operation = known?.operations[stem] ?? known?.others;
  return operation === undefined ? null : { ...operation, result: operation.result.replace("*", stem) };
}

function isConvincing(context: Context, operation: Unfinished, name: string, witnesses: ReadonlySet<Witness>): boolean {
  if (witnesses.size === 0) return false;
  const strong = [...witnesses].some((witness) => witness !== "null-tail" && witness !== "handle-flow");
  const hasEnd = operation.ends.length > 0 || endCandidates(context).some((end) => end.stem === operation.stem);
  // Posting work to a user-interface thread is spelled BeginInvoke and is one-way; only an End makes it an operation.
  if (operation.stem === "Invoke") return strong && hasEnd;
  return strong || hasEnd || (witnesses.has("null-tail") && (isPascalCase(name) || hasInputs(operation)));
}

/**
 * Whether the nothing at the end of a call in camel case comes behind something that the operation works on. By itself it is .NET's habit in
 * .NET's spelling alone, and what begins an update or a transaction takes such arguments as well.
 */
export function hasInputs({ inputs, stem }: Pick<Operation, "inputs" | "stem">): boolean {
  return inputs.length > 0 && !BRACKET_STEM.test(stem);
}

function completionOf(operation: Unfinished): Completion {
  const { callback, destination, handleUses: uses } = operation;
  if (callback.kind === "function" || callback.kind === "end") return "callback";
  if (callback.kind === "unknown") return "escapes";
  if (destination.kind === "argument") return operation.ends.length > 0 ? "endAtOnce" : "escapes";
  if (destination.kind === "escapes" || operation.isHandleAmbiguous || uses.some((use) => use.kind === "other"))
    return "escapes";
  if (destination.kind === "member")
    return WAIT_HANDLE_MEMBERS.has(memberText(destination.member)) ? "waitHandle" : "escapes";
  if (uses.some((use) => use.kind === "member" && WAIT_HANDLE_MEMBERS.has(use.name))) return "waitHandle";
  if (uses.some((use) => use.kind === "member" && IS_COMPLETED_MEMBERS.has(use.name))) return "poll";
  return operation.ends.length > 0 ? "endAtOnce" : "never";
}

function memberText(member: TSESTree.MemberExpression): string {
  return !member.computed && member.property.type === "Identifier" ? member.property.name : "";
}
