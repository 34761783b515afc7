import { isFunction, memberOf } from "../../ast/functions.ts";
import { isNothing, unwrap, wrapped } from "../../ast/names.ts";
import { parameterVariable, readsOf, variableOf } from "../../ast/scopes.ts";
import { exportedName, isExportedWhole } from "../../ast/exports.ts";
import type { FunctionNode, Source, TSESTree } from "../../ast/source.ts";
import { COMPLETION_NAME } from "../../dialects/callback-names.ts";
import { OWN_COMPLETION } from "../../dialects/completion-parameters.ts";
import { resolveCallable } from "../callables.ts";
import type { Context } from "../context.ts";
import { describedOperationsOf } from "../operations/described-operations.ts";
import { isErrorFirst } from "../operations/error-first.ts";
import { functionsOf, parameterName } from "./parameters.ts";

/**
 * The functions of a file that its project calls with an error-first callback, in source order. Two witnesses: the name of the last parameter, and
 * that it is told an error or none, or is handed on to what calls it so.
 */
export function ownFunctionsOf(context: Context): readonly FunctionNode[] {
  const likely = functionsOf(context.source).filter((fn) => isNamedSo(fn) && isCalledByName(context.source, fn));
  if (likely.length === 0) return [];
  const given = describedOperationsOf(context).flatMap(({ callbacks, form }) => (isErrorFirst(form) ? callbacks : []));
  const handedOn = new Set<TSESTree.Node>(
    given.flatMap((each) => (each.kind === "parameter" ? [unwrap(each.argument)] : [])),
  );
  const called = new Set<TSESTree.Node>(given.flatMap((each) => (each.kind === "function" ? [each.fn] : [])));
  const uses = likely.map((fn) => ({ fn, used: usesIn(context, fn).map((use) => useAt(context, use)) }));
  const found = new Set<FunctionNode>();
  // What only hands on its callback, or the error that it was given, is told apart by those that it calls.
  for (let size = -1; size < found.size;) {
    size = found.size;
    for (const { fn, used } of uses) {
      const isTold = used.some(
        ({ givenTo, isSure, outer, use }) =>
          isSure ||
          handedOn.has(use) ||
          (givenTo !== null && found.has(givenTo)) ||
          (outer !== null && (called.has(outer) || found.has(calleeOfArgument(context, outer)!))),
      );
      if (isTold) found.add(fn);
    }
  }
  return likely.filter((fn) => found.has(fn));
}

/** What a function does with its callback at a place. */
interface Use {
  readonly use: TSESTree.Node;
  /** Whether it is called with nothing, or with what surely is an error, as the first of its arguments. */
  readonly isSure: boolean;
  /** The function whose first parameter it is called with. */
  readonly outer: FunctionNode | null;
  /** The function of the file that it is given to as the last argument. */
  readonly givenTo: FunctionNode | null;
}

function useAt(context: Context, use: TSESTree.Node): Use {
  const { isSure, outer } = errorAt(context, use);
  return { use, isSure, outer, givenTo: calleeOfArgument(context, wrapped(use)) };
}

function isNamedSo(fn: FunctionNode): boolean {
  const last = fn.params.length - 1;
  const name = last < 0 ? null : parameterName(fn, last);
  if (name === null || !COMPLETION_NAME.test(name)) return false;
  return !fn.params.some((_, index) => OWN_COMPLETION.served.test(parameterName(fn, index) ?? ""));
}

/** Whether a function has a name by which the project may call it; what is handed to other code is called by that. */
export function isCalledByName(source: Source, fn: FunctionNode): boolean {
  if (fn.type === "FunctionDeclaration") return fn.id !== null;
  const member = memberOf(fn);
  if (member?.type === "MethodDefinition") return member.kind === "method";
  if (member?.type === "Property" && wrapped(member.parent).parent?.type === "VariableDeclarator") return true;
  const { parent } = wrapped(fn);
  return (
    member?.type === "PropertyDefinition" ||
    parent?.type === "VariableDeclarator" ||
    isExportedWhole(fn) ||
    exportedName(source, fn) !== null
  );
}

function usesIn({ source }: Context, fn: FunctionNode): TSESTree.Node[] {
  const variable = parameterVariable(source, fn, fn.params.length - 1);
  return variable === null ? [] : readsOf(variable).map(({ identifier }) => identifier);
}

function errorAt({ source }: Context, use: TSESTree.Node): Pick<Use, "isSure" | "outer"> {
  const none = { isSure: false, outer: null };
  const named = wrapped(use);
  const call = named.parent;
  if (call?.type !== "CallExpression" || call.callee !== named) return none;
  const [first] = call.arguments;
  if (first === undefined) return none;
  if (isNothing(first)) return { isSure: true, outer: null };
  const error = unwrap(first);
  if (error.type === "NewExpression")
    return {
      isSure: error.callee.type === "Identifier" && /^(?:[A-Z]\w*)?Error$/.test(error.callee.name),
      outer: null,
    };
  const [definition] = variableOf(source, error)?.defs ?? [];
  if (String(definition?.type) === "CatchClause") return { isSure: true, outer: null };
  const node = definition?.node as TSESTree.Node | undefined;
  return isFunction(node) && node.params[0] === definition?.name ? { isSure: false, outer: node } : none;
}

/** The function of the file that is called with a node as the last of its arguments. */
function calleeOfArgument(context: Context, argument: TSESTree.Node): FunctionNode | null {
  const call = argument.parent;
  if (call?.type !== "CallExpression" || call.arguments.at(-1) !== argument) return null;
  const called = resolveCallable(context, call.callee);
  return called.kind === "function" && called.fn.params.length === call.arguments.length ? called.fn : null;
}
