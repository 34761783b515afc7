import { contains, isAlwaysBefore, loopAround } from "../../ast/flow.ts";
import { classOf, enclosingOf, isFunction, type Enclosing } from "../../ast/functions.ts";
import { calleeOf, unwrap } from "../../ast/names.ts";
import { onlyValueOf, variableOf } from "../../ast/scopes.ts";
import type { TSESTree } from "../../ast/source.ts";
import { isStaticContext } from "../../recognize/callables.ts";
import type { ClassNode } from "../../recognize/classes.ts";
import type { Context } from "../../recognize/context.ts";
import { classOfThis, thisBehind } from "../../recognize/field-uses.ts";
import { usagesOf } from "../usages.ts";
import { constructorOf } from "./field-counters.ts";

/** Whether code surely runs once: a file, and a function that is called once from such code. */
export function runsOnce(context: Context, unit: Enclosing, depth = 0): boolean {
  if (unit.type === "Program") return true;
  if (!isFunction(unit) || depth > 8) return false;
  const [usage, ...others] = usagesOf(context, unit);
  return (
    usage?.kind === "call" &&
    others.length === 0 &&
    loopAround(usage.call) === null &&
    runsOnce(context, enclosingOf(usage.call), depth + 1)
  );
}

/** Whether a method, or a constructor, surely runs once for each object of its class. */
export function runsOncePerObject(context: Context, unit: Enclosing, owner: ClassNode, depth = 0): boolean {
  if (!isFunction(unit) || depth > 8 || classOf(unit) !== owner || isStaticContext(unit)) return false;
  if (unit === constructorOf(owner)) return true;
  const usages = usagesOf(context, unit);
  const calls = usages.flatMap((usage) => (usage.kind === "call" ? [usage.call] : []));
  if (
    calls.length !== usages.length ||
    calls.some((call) => loopAround(call) !== null && !isOnOwnObject(context, call, owner))
  )
    return false;
  const [call] = calls;
  const self = calls.length === 1 && call !== undefined ? thisBehind(context, calleeOf(call)?.receiver ?? call) : null;
  if (self !== null)
    return classOfThis(self) === owner && runsOncePerObject(context, enclosingOf(call!), owner, depth + 1);
  const objects = calls.map((each) => objectOf(context, each, owner));
  return (
    calls.length > 0 &&
    objects.every((object) => object !== null) &&
    new Set(objects).size === objects.length &&
    calls.every((each) => isOnOwnObject(context, each, owner))
  );
}

/** The creation of the object on which a method is called: `new Loader().load()`, or the constant that holds one. */
function objectOf(context: Context, call: TSESTree.CallExpression, owner: ClassNode): TSESTree.NewExpression | null {
  const receiver = calleeOf(call)?.receiver ?? null;
  if (receiver === null) return null;
  const variable = variableOf(context.source, unwrap(receiver));
  const value = variable === null ? unwrap(receiver) : unwrap(onlyValueOf(variable) ?? receiver);
  return value.type === "NewExpression" && variableOf(context.source, unwrap(value.callee))?.defs[0]?.node === owner
    ? value
    : null;
}

/** Whether a call is the only one on an object in each run of the code that creates it. */
function isOnOwnObject(context: Context, call: TSESTree.CallExpression, owner: ClassNode): boolean {
  const creation = objectOf(context, call, owner);
  if (creation === null) return false;
  if (contains(call, creation)) return true;
  return enclosingOf(creation) === enclosingOf(call)
    ? loopAround(creation) === loopAround(call) && isAlwaysBefore(creation, call)
    : loopAround(call) === null && runsOnce(context, enclosingOf(call));
}
