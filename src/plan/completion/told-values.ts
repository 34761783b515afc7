import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import { isNothing, unwrap, wrapped } from "../../ast/names.ts";
import { parameterVariable, readsOf, variableOf } from "../../ast/scopes.ts";
import type { CompletionSite } from "../../recognize/completion/completion-sites.ts";
import type { Context } from "../../recognize/context.ts";
import { describedOperationsOf } from "../../recognize/operations/described-operations.ts";

/** Whether a function of the project surely gives its callback no value where it gives it an error. */
export function tellsErrorAlone(context: Context, { fn, index }: CompletionSite): boolean {
  const { source } = context;
  const variable = parameterVariable(source, fn, index);
  if (variable === null) return false;
  const operations = describedOperationsOf(context).filter(({ form }) => form.valuesAfterError === "undefined");
  const starts = new Set<TSESTree.Node>(operations.map(({ call }) => call));
  const callbacks = new Set<FunctionNode>(
    operations.flatMap((each) =>
      each.callbacks.flatMap((callback) => (callback.kind === "function" ? [callback.fn] : [])),
    ),
  );
  const isUndefinedThen = (value: TSESTree.Node): boolean => {
    const definition = value.type === "Identifier" ? variableOf(source, value)?.defs[0] : undefined;
    return String(definition?.type) === "Parameter" && callbacks.has(definition!.node as FunctionNode);
  };
  return readsOf(variable).every(({ identifier }) => {
    const named = wrapped(identifier);
    const { parent } = named;
    if (parent?.type !== "CallExpression") return false;
    if (parent.callee !== named) return starts.has(parent);
    const [error, value] = parent.arguments;
    if (error === undefined || value === undefined || isNothing(error) || isNothing(value)) return true;
    return isUndefinedThen(unwrap(value));
  });
}
