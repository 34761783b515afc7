import { isNothing, refersTo, wrapped } from "../../ast/names.ts";
import { parameterVariable, readsOf } from "../../ast/scopes.ts";
import { enclosingOf } from "../../ast/functions.ts";
import type { TSESTree } from "../../ast/source.ts";
import { errorFirst, type Dialect, type OperationForm } from "../../dialects/dialect.ts";
import type { CompletionSite } from "../../recognize/completion/completion-sites.ts";
import type { Context } from "../../recognize/context.ts";
import { callbacksOf } from "../../recognize/operations/callbacks.ts";
import { describedOperationsOf } from "../../recognize/operations/described-operations.ts";
import type { DescribedOperation } from "../../recognize/operations/operation.ts";
import { asyncObstacle } from "../async/async-obstacle.ts";
import { headsOf } from "../async/signatures.ts";
import type { Reach } from "../async/reach.ts";
import { obstacle, type Obstacle } from "../decide/decision.ts";
import { tellsErrorAlone } from "./told-values.ts";

/** The project's own functions as a family: a call of one is awaited as the same call without the callback, once the function does without. */
const OWN_FUNCTIONS: Dialect = { name: "own functions", starts: [], operations: new Map() };

/** The calls of a function of the project as operations, all that there are; or why they are not, or cannot be, all in sight. */
export function ownCallsOf(reach: Reach, site: CompletionSite): readonly DescribedOperation[] | Obstacle {
  const { fn, index, nameNode } = site;
  if (!reach.isClosed(fn, new Set(headsOf(fn))) || index !== fn.params.length - 1)
    return obstacle("completion-parameter", site.parameter ?? fn);
  const own = asyncObstacle(reach, fn);
  if (own !== null) return obstacle(own, nameNode);
  const context = reach.contextOf(fn);
  const form = formOf(context, site);
  const calls: DescribedOperation[] = [];
  let isOffered = false;
  for (const usage of reach.usagesOf(fn)) {
    if (usage.kind === "export") {
      if (!reach.mayChangeExports) return obstacle("completion-exported", nameNode);
      isOffered = true;
    } else if (usage.kind === "call") {
      const operation = operationAt(reach, site, form, usage.call);
      if (operation === null) return obstacle("completion-not-given", usage.call);
      calls.push(operation);
    } else return obstacle(usage.kind === "value" ? "function-used-as-value" : "callers-unknown", usage.node);
  }
  // Whoever calls a function that nobody calls in sight is out of sight.
  return calls.length === 0 && !isOffered ? obstacle("completion-not-called", nameNode) : calls;
}

/** A call that gives the function all of its arguments, the callback last. */
function operationAt(
  reach: Reach,
  { index, name }: CompletionSite,
  form: OperationForm,
  call: TSESTree.CallExpression,
): DescribedOperation | null {
  if (call.optional || call.arguments.length !== index + 1) return null;
  const callee = refersTo(call.callee);
  const given = callee === null ? null : callbacksOf(reach.contextOf(call), call, form);
  if (callee === null || given === null) return null;
  const { nameNode } = callee;
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
