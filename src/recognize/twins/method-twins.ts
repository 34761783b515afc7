import { classOf, enclosingFunction, functionName } from "../../ast/functions.ts";
import { calleeOf, lastSegment, unwrap, type Callee } from "../../ast/names.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import { asyncNames } from "../../dialects/text/twin-text.ts";
import { AWS_CLIENT, TYPES_WITH_TWINS } from "../../dialects/sync-twins.ts";
import { typeNameOf } from "../annotations.ts";
import type { Context } from "../context.ts";
import { declarationsOf, isDeprecated, type Declaration } from "../declarations.ts";
import { isAwaitableVersion } from "./same-signature.ts";
import { isAwaitable } from "../tasks/task-nature.ts";
import { natureOfType } from "../tasks/task-types.ts";
import { natureOf } from "../tasks/tasks.ts";
import { isWorthAwaiting } from "./twin-work.ts";
import { isConfigured } from "./twins.ts";

/** The awaitable version of a method or function that blocks. */
export interface MethodTwin {
  readonly name: string;
  /** What the twin gives: a task needs the host's help to be awaited. */
  readonly gives: "promise" | "task";
}

/**
 * The awaitable twin of what a call calls: `SaveAsync` of `Save`, or `SaveTaskAsync`, on the same receiver, with the same leading parameters
 * and the same result. It exists on evidence only: the settings, declarations of the file, the type checker, a known .NET type. A twin that
 * is deprecated, that the call stands in, or that does nothing but make the very call is none.
 */
export function twinOfCall(context: Context, call: TSESTree.CallExpression): MethodTwin | null {
  const callee = calleeOf(call);
  if (callee === null || callee.receiver?.type === "Super" || callee.name.endsWith("Async")) return null;
  const typeName = callee.receiver === null ? null : typeNameOf(context, callee.receiver);
  for (const name of [`${callee.name}Async`, `${callee.name}TaskAsync`]) {
    if (!mayExist(context, callee, typeName, name) || isInside(context, call, callee, typeName, name)) continue;
    const gives = evidenceFor(context, call, callee, typeName, name);
    // A call that gives a task already is no blocking one.
    if (gives !== null && !isAwaitable(natureOf(context, call))) return { name, gives };
  }
  return null;
}

const namesSeen = new WeakMap<Context, ReadonlySet<string>>();

/** The quick answer for most calls: nobody mentions such a name. */
function mayExist(context: Context, { name: blocking }: Callee, typeName: string | null, name: string): boolean {
  if (
    context.types !== null ||
    isConfigured(context, typeName, name) ||
    (typeName !== null && isKnown(typeName, blocking, name))
  )
    return true;
  let names = namesSeen.get(context);
  if (names === undefined) namesSeen.set(context, (names = asyncNames(context.source.text)));
  return names.has(name);
}

function evidenceFor(
  context: Context,
  call: TSESTree.CallExpression,
  callee: Callee,
  typeName: string | null,
  name: string,
): MethodTwin["gives"] | null {
  const { receiver } = callee;
  const twins = declarationsOf(context, receiver, name, call);
  if (twins.length > 0) return declaredTwin(context, callee, call, twins);
  if (isConfigured(context, typeName, name)) return "task";
  if (receiver === null) return null;
  const typed = context.types?.awaitableVersion(call, receiver, name) ?? "unknown";
  if (typed !== "unknown") return typed === "no" ? null : typed;
  // A type that the file declares has what it declares.
  if (declarationsOf(context, receiver, callee.name, call).length > 0) return null;
  return typeName !== null && isKnownCall(context, call, callee.name, typeName, name) ? "task" : null;
}

function declaredTwin(
  context: Context,
  { name, receiver }: Callee,
  call: TSESTree.CallExpression,
  twins: readonly Declaration[],
): MethodTwin["gives"] | null {
  const own = declarationsOf(context, receiver, name, call);
  if (own.some(({ isAsync }) => isAsync)) return null;
  const isFit = (twin: Declaration): boolean =>
    !isDeprecated(context, twin) &&
    own.some(
      (declaration) =>
        isAwaitableVersion(context.source, declaration, twin) && isWorthAwaiting(context, declaration, twin),
    );
  const fit = twins.find((twin) => givenBy(context, twin) !== null && isFit(twin));
  return fit === undefined ? null : givenBy(context, fit);
}

function givenBy(context: Context, { isAsync, result }: Declaration): MethodTwin["gives"] | null {
  if (isAsync) return "promise";
  const nature = natureOfType(context, result);
  return nature !== null && isAwaitable(nature) ? nature.kind : null;
}

/** Whether a call stands in its own twin, which would then wait for itself. */
function isInside(
  context: Context,
  call: TSESTree.CallExpression,
  { receiver }: Callee,
  typeName: string | null,
  name: string,
): boolean {
  for (let fn: FunctionNode | null = enclosingFunction(call); fn !== null; fn = enclosingFunction(fn)) {
    if (functionName(fn) !== name) continue;
    const object = receiver === null ? null : unwrap(receiver);
    if (object === null || object.type === "ThisExpression") return true;
    if (typeName !== null && classOf(fn)?.id?.name === lastSegment(typeName)) return true;
    if (declarationsOf(context, receiver, name, call).some((declaration) => declaration.fn === fn)) return true;
  }
  return false;
}

/** Whether a .NET type is known to have the twin. */
function isKnown(typeName: string, blocking: string, name: string): boolean {
  const last = lastSegment(typeName);
  if (AWS_CLIENT.test(last)) return name === `${blocking}Async`;
  return TYPES_WITH_TWINS.some(
    (type) => type.name.test(last) && type.methods.has(blocking) && name === blocking + type.suffix,
  );
}

function isKnownCall(
  context: Context,
  call: TSESTree.CallExpression,
  blocking: string,
  typeName: string,
  name: string,
): boolean {
  if (!isKnown(typeName, blocking, name)) return false;
  if (!AWS_CLIENT.test(lastSegment(typeName))) return true;
  const [request] = call.arguments;
  return call.arguments.length === 1 && lastSegment(typeNameOf(context, request!) ?? "") === `${blocking}Request`;
}
