import { isNothing, refersTo, unwrap, wrapped } from "../../ast/names.ts";
import { onlyValueOf, parameterVariable, readsOf, variableOf } from "../../ast/scopes.ts";
import { enclosingOf } from "../../ast/functions.ts";
import type { TSESTree } from "../../ast/source.ts";
import { errorFirst, type Dialect, type OperationForm } from "../../dialects/dialect.ts";
import type { CompletionSite } from "../../recognize/completion/completion-sites.ts";
import type { Context } from "../../recognize/context.ts";
import { callbacksOf, isNoCallback, isSurelyCallback } from "../../recognize/operations/callbacks.ts";
import { describedOperationsOf } from "../../recognize/operations/described-operations.ts";
import type { DescribedOperation } from "../../recognize/operations/operation.ts";
import { asyncObstacle } from "../async/async-obstacle.ts";
import { headsOf } from "../async/signatures.ts";
import type { Reach } from "../async/reach.ts";
import { obstacle, type Obstacle } from "../decide/decision.ts";
import { absentCallbackOf, isAbsent, type AbsentCallback } from "./absent-callbacks.ts";
import { givesOwnPromise } from "./promise-halves.ts";
import { tellsErrorAlone } from "./told-values.ts";

/** The project's own functions as a family: a call of one is awaited as the same call without the callback, once the function does without. */
const OWN_FUNCTIONS: Dialect = { name: "own functions", starts: [], operations: new Map() };

/** The calls of a function of the project as operations, all that there are; or why they are not, or cannot be, all in sight. */
export function ownCallsOf(reach: Reach, site: CompletionSite): readonly DescribedOperation[] | Obstacle {
  const { fn, index, nameNode } = site;
  const usages = reach.usagesOf(fn);
  if (!reach.mayChangeExports && usages.some(({ kind }) => kind === "export"))
    return obstacle("completion-exported", nameNode);
  if (!reach.isClosed(fn, new Set(headsOf(fn))) || index !== fn.params.length - 1)
    return obstacle("completion-parameter", site.parameter ?? fn);
  const own = asyncObstacle(reach, fn);
  if (own !== null) return obstacle(own, nameNode);
  const context = reach.contextOf(fn);
  const form = formOf(context, site);
  const calls: DescribedOperation[] = [];
  let isOffered = false;
  const absent = absentCallbackOf(context.source, site);
  const isGone = (node: TSESTree.Node): boolean => reach.contextOf(node) === context && isAbsent(absent, node);
  const hasPromise = absent.gone.some((statement) => givesOwnPromise(fn, statement, usages));
  for (const usage of usages) {
    if (isGone(usage.kind === "call" ? usage.call : usage.node)) continue;
    if (usage.kind === "export") isOffered = true;
    else if (usage.kind === "call") {
      const operation = operationAt(reach, site, form, usage.call, absent);
      if (operation === null && hasPromise && givesNone(reach, site, usage.call, absent)) continue;
      if (operation === null) return obstacle("completion-not-given", usage.call);
      calls.push(operation);
    } else if (usage.kind === "value") return obstacle("function-used-as-value", usage.node);
    else return obstacle(usage.code ?? "callers-unknown", usage.node);
  }
  const uncertain = mixedCall(reach, site, calls, absent);
  if (uncertain !== null) return obstacle("completion-optional", uncertain);
  // Whoever calls a function that nobody calls in sight is out of sight.
  return calls.length === 0 && !isOffered ? obstacle("completion-not-called", nameNode) : calls;
}

/** Whether a call surely gives the function no callback. */
function givesNone(
  reach: Reach,
  { index }: CompletionSite,
  call: TSESTree.CallExpression,
  { shifted }: AbsentCallback,
): boolean {
  const args = call.arguments;
  if (call.optional || args.length > index || args.some(({ type }) => type === "SpreadElement")) return false;
  const before = args[index - 1];
  return shifted === undefined || before === undefined || isNoCallback(reach.contextOf(call), before);
}

/** Where calls give the callback one place earlier: what keeps the parameter in that place from having a default value instead. */
function mixedCall(
  reach: Reach,
  { fn, index }: CompletionSite,
  calls: readonly DescribedOperation[],
  { shifted }: AbsentCallback,
): TSESTree.Node | null {
  const short = calls.find(({ call }) => call.arguments.length === index);
  const before = fn.params[index - 1];
  if (short === undefined || shifted == null || before === undefined) return null;
  if (before.type !== "Identifier" || before.typeAnnotation != null) return before;
  const open = calls.find(({ call }) => {
    const given = call.arguments[index - 1];
    return call.arguments.length > index && !isSurelyGiven(reach.contextOf(call), given!);
  });
  return open?.call ?? null;
}

/** Whether an argument is surely not `undefined`, which a default value takes the place of. */
function isSurelyGiven({ source }: Context, argument: TSESTree.Node): boolean {
  const value = unwrap(argument);
  const variable = value.type === "Identifier" ? variableOf(source, value) : null;
  const bound = variable === null ? value : onlyValueOf(variable);
  return bound !== null && /^(?:Array|Object|New)Expression$|Literal$/u.test(bound.type);
}

/** A call that gives the function all of its arguments, or all but what it looks for its callback in, and the callback last. */
function operationAt(
  reach: Reach,
  { index, name }: CompletionSite,
  form: OperationForm,
  call: TSESTree.CallExpression,
  { shifted }: AbsentCallback,
): DescribedOperation | null {
  const isShort = shifted !== undefined && call.arguments.length === index;
  if (call.optional || (call.arguments.length !== index + 1 && !isShort)) return null;
  const given = callbacksOf(reach.contextOf(call), call, form);
  if (given === null) return null;
  // What stands in the place of something else has to be a callback for sure.
  if (isShort && !given.callbacks.every((each) => isSurelyCallback(each))) return null;
  // `require("./load")(name, callback)` has no name there.
  const nameNode = refersTo(call.callee)?.nameNode ?? call.callee;
  return { dialect: OWN_FUNCTIONS, form, start: null, name, call, module: null, nameNode, ...given };
}

/** What a function tells its callback, and whether it may throw when it is called. */
function formOf(context: Context, site: CompletionSite): OperationForm {
  const { fn, index } = site;
  const { delivery, outcome } = errorFirst("value");
  const [error, value] = outcome as [
    OperationForm["outcome"][number] & { role: "error" },
    OperationForm["outcome"][number],
  ];
  const throwsAtOnce = describedOperationsOf(context).some(
    ({ call, form }) => form.throwsAtOnce === true && enclosingOf(call) === fn,
  );
  return {
    delivery,
    outcome: [{ ...error, none: absentError(context, fn, index) }, value],
    awaited: { kind: "sameCall", gives: "value" },
    returns: "nothing",
    ...(tellsErrorAlone(context, site) ? { valuesAfterError: "undefined" } : {}),
    ...(throwsAtOnce ? { throwsAtOnce } : {}),
  };
}

/** What a function gives its callback for the error where there is none. */
function absentError({ source }: Context, fn: CompletionSite["fn"], index: number): "null" | "undefined" | "either" {
  const variable = parameterVariable(source, fn, index);
  const given = new Set(
    (variable === null ? [] : readsOf(variable)).map(({ identifier }) => {
      const named = wrapped(identifier);
      const call = named.parent;
      if (call?.type !== "CallExpression" || call.callee !== named) return "either";
      const [first] = call.arguments;
      if (first === undefined) return "undefined";
      return isNothing(first) ? (first.type === "Literal" ? "null" : "undefined") : "error";
    }),
  );
  given.delete("error");
  const [only] = given;
  return given.size === 1 && only !== undefined && only !== "error" ? only : "either";
}
