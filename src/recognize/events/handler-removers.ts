import { classOf, enclosingFunction, enclosingOf, memberOf } from "../../ast/functions.ts";
import { keyName, wrapped } from "../../ast/names.ts";
import { decoratorsOf } from "../../ast/optional-parts.ts";
import { onlyValueOf, variableOf } from "../../ast/scopes.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import type { Context } from "../context.ts";
import { usesOfField } from "../field-uses.ts";
import type { Subscription } from "./event-subscriptions.ts";

/** A function that does nothing but take a handler off its event, and that only this handler calls: `this.detach()`. */
export interface HandlerRemover {
  readonly removal: Subscription;
  readonly fn: FunctionNode;
  /** The statements of the handler that call it. */
  readonly calls: readonly TSESTree.Statement[];
}

/** The functions by which a handler takes itself off an event. What others call as well is none of them. */
export function removersOf(
  context: Context,
  removals: readonly Subscription[],
  handler: FunctionNode,
): readonly HandlerRemover[] {
  return removals.flatMap((removal) => {
    const fn = enclosingFunction(removal.node);
    if (fn === null || fn === handler || !doesNothingElse(fn, removal)) return [];
    const uses = usesOf(context, fn);
    const calls = (uses ?? []).flatMap((use) => statementCalling(use) ?? []);
    const isOwn = uses !== null && calls.length === uses.length && calls.length > 0;
    return isOwn && calls.every((call) => enclosingOf(call) === handler) ? [{ removal, fn, calls }] : [];
  });
}

function doesNothingElse(fn: FunctionNode, { node }: Subscription): boolean {
  if (fn.params.length > 0 || fn.async || fn.generator) return false;
  if (fn.body.type !== "BlockStatement") return wrapped(node) === fn.body;
  const [only, ...others] = fn.body.body;
  return only?.type === "ExpressionStatement" && others.length === 0 && only.expression === wrapped(node);
}

/** The places that name a function; `null` where others may call it as well. */
function usesOf(context: Context, fn: FunctionNode): readonly TSESTree.Node[] | null {
  const member = memberOf(fn);
  if (member !== null) return member.type === "MethodDefinition" ? usesOfMethod(context, member) : null;
  const declared = fn.type === "FunctionDeclaration" ? fn.id : wrapped(fn).parent;
  const name = declared?.type === "VariableDeclarator" ? declared.id : declared;
  const variable = name?.type === "Identifier" ? variableOf(context.source, name) : null;
  const isFixed = variable !== null && (fn.type === "FunctionDeclaration" || onlyValueOf(variable) === wrapped(fn));
  const around = fn.type === "FunctionDeclaration" ? fn.parent : declared?.parent?.parent;
  if (!isFixed || /^Export/.test(around?.type ?? "")) return null;
  return variable.references.filter(({ init }) => init !== true).map(({ identifier }) => identifier as TSESTree.Node);
}

function usesOfMethod(context: Context, method: TSESTree.MethodDefinition): readonly TSESTree.Node[] | null {
  const owner = classOf(method);
  const name = keyName(method);
  const isPrivate = method.accessibility === "private" || name?.startsWith("#") === true;
  if (owner === null || name === null || !isPrivate || method.kind !== "method" || decoratorsOf(method).length > 0)
    return null;
  const { own, strange } = usesOfField(context, owner, name, method.static);
  return strange.length === 0 ? own : null;
}

/** The statement that calls what a place names, and does nothing else. */
function statementCalling(use: TSESTree.Node): TSESTree.Statement | null {
  const call = wrapped(use).parent;
  if (call?.type !== "CallExpression" || call.callee !== use || call.arguments.length > 0 || call.optional) return null;
  return call.parent.type === "ExpressionStatement" ? call.parent : null;
}
