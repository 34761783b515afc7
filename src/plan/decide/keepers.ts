import { contains } from "../../ast/flow.ts";
import { enclosingOf, isFunction } from "../../ast/functions.ts";
import { parameterVariable, readsOf, type Variable } from "../../ast/scopes.ts";
import type { FunctionNode, Source, TSESTree } from "../../ast/source.ts";
import { CALLBACK_NAME, COMPLETION_NAME, RESPONSE_NAME } from "../../dialects/callback-names.ts";
import { isCalledByName } from "../../recognize/completion/own-functions.ts";
import type { DescribedOperation } from "../../recognize/operations/operation.ts";

/*
 * A function that says by a callback that it is done either does without it, or stays as it is: were it async as well, its callers would be told
 * twice, and an error that they throw when they are called back would reject a promise that nobody looks at.
 */

/** The functions around a node, the innermost first. */
export function functionsAround(node: TSESTree.Node): FunctionNode[] {
  const found: FunctionNode[] = [];
  for (let unit = enclosingOf(node); isFunction(unit); unit = enclosingOf(unit)) found.push(unit);
  return found;
}

/** Whether what an operation calls back calls a callback that a function around it takes, which says by that what came of it. */
export function tellsFor(source: Source, around: FunctionNode, { callbacks }: DescribedOperation): boolean {
  const fns = callbacks.flatMap((each) => (each.kind === "function" ? [each.fn] : []));
  return callbacksTakenBy(source, around).some((variable) =>
    readsOf(variable).some(({ identifier }) => fns.some((fn) => fn !== around && contains(fn, identifier))),
  );
}

/** Whether a function that code calls by a name says by its last parameter that it is done. */
export function takesCompletion(source: Source, fn: FunctionNode): boolean {
  const variable = fn.params.length === 0 ? null : parameterVariable(source, fn, fn.params.length - 1);
  return (
    variable !== null &&
    COMPLETION_NAME.test(variable.name) &&
    !takesResponse(fn) &&
    readsOf(variable).length > 0 &&
    isCalledByName(source, fn)
  );
}

function callbacksTakenBy(source: Source, fn: FunctionNode): Variable[] {
  if (takesResponse(fn)) return [];
  return source.scopeManager
    .getDeclaredVariables(fn)
    .filter(({ defs, name }) => String(defs[0]?.type) === "Parameter" && CALLBACK_NAME.test(name));
}

/** Whether a function is a handler of a web server, which answers by its response; its `next` takes errors, and stays. */
function takesResponse({ params }: FunctionNode): boolean {
  return params.slice(1, -1).some((each) => each.type === "Identifier" && RESPONSE_NAME.test(each.name));
}
