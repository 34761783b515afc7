import { classOf, enclosingFunction, functionName, isFunction, memberOf } from "../../ast/functions.ts";
import { entityName } from "../../ast/names.ts";
import { implementedBy } from "../../ast/optional-parts.ts";
import { variableOf } from "../../ast/scopes.ts";
import type { TSESTree } from "../../ast/source.ts";
import { BEGIN_NAME, END_NAME, HANDLE_TYPE } from "../../dialects/apm.ts";
import { EVENT_TYPES, TASK_TYPES } from "../../dialects/tap.ts";
import { isNamed } from "../annotations.ts";
import type { Context } from "../context.ts";
import { original } from "./completion-tests.ts";

/**
 * The code around a node that implements the pattern instead of using it: a class that is a handle, a task or an event itself, or a
 * Begin or End that a class offers. `null` elsewhere.
 */
export function libraryAround(node: TSESTree.Node): TSESTree.Node | null {
  const owner = classOf(node);
  if (owner === null) return null;
  const names = [
    owner.id?.name ?? null,
    owner.superClass == null ? null : entityName(owner.superClass),
    ...implementedBy(owner).map(({ expression }) => entityName(expression)),
  ];
  if (names.some((name) => isNamed(name, HANDLE_TYPE) || isNamed(name, TASK_TYPES) || isNamed(name, EVENT_TYPES)))
    return owner;
  for (let fn = enclosingFunction(node); fn !== null; fn = enclosingFunction(fn)) {
    const name = memberOf(fn) === null ? null : functionName(fn);
    if (name !== null && (BEGIN_NAME.test(name) || END_NAME.test(name))) return fn;
  }
  return null;
}

/**
 * Whether an expression is a parameter of the End around it: the handle of an operation, or the task behind one. An End gives what is
 * complete, or waits for it: both are its contract.
 */
export function isGivenToEnd(context: Context, expression: TSESTree.Node): boolean {
  const parameter = variableOf(context.source, original(context, expression));
  const fn = parameter?.defs[0]?.type === "Parameter" ? parameter.defs[0].node : null;
  return fn !== null && isFunction(fn) && END_NAME.test(functionName(fn) ?? "");
}
