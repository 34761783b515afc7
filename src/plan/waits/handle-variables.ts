import { memberName, unwrap } from "../../ast/names.ts";
import { variableOf, type Variable } from "../../ast/scopes.ts";
import type { Context } from "../../recognize/context.ts";
import type { Operation } from "../../recognize/begin-end/operation.ts";
import { resetEventsOf } from "../../recognize/waits/reset-events.ts";

/** The variables of a file that hold handles, delegates, events, amounts of operations and `this`, which a migration may leave unused. */
export function handleVariables(context: Context, migrated: readonly Operation[]): Set<Variable> {
  const variables = new Set(sharedVariables(context));
  for (const operation of migrated) {
    if (operation.destination.kind === "variable") variables.add(operation.destination.variable);
    const delegate = variableOf(context.source, unwrap(operation.callbackArgument));
    if (delegate !== null) variables.add(delegate);
    // const AsyncCallback = CS.System.AsyncCallback as any;
    const creation = operation.callback.kind === "function" ? operation.callback.delegate : null;
    const constructorAlias =
      creation?.type === "NewExpression" ? variableOf(context.source, unwrap(creation.callee)) : null;
    if (constructorAlias !== null) variables.add(constructorAlias);
  }
  return variables;
}

const shared = new WeakMap<Context, readonly Variable[]>();

/** Those that belong to no operation alone: found once, whatever is migrated. */
function sharedVariables(context: Context): readonly Variable[] {
  let known = shared.get(context);
  if (known === undefined) {
    const events = resetEventsOf(context).flatMap(({ variable }) => (variable === null ? [] : [variable]));
    const counts = context.source.scopeManager.scopes.flatMap(({ variables }) => variables.filter(isCounting));
    shared.set(context, (known = [...events, ...counts]));
  }
  return known;
}

/** Whether a variable is given a number, the length of something, or what holds a number, where it is declared; what counts operations is. */
function isCounting({ defs: [definition], references }: Variable): boolean {
  const declarator = definition?.node;
  if (declarator?.type !== "VariableDeclarator" || references.every(({ init }) => init === true)) return false;
  if (declarator.init === null) return declarator.id.typeAnnotation?.typeAnnotation.type === "TSNumberKeyword";
  const value = unwrap(declarator.init);
  // const self = this;
  if (value.type === "ThisExpression") return true;
  if (value.type === "Literal") return typeof value.value === "number";
  // const state = { pending: 0 };
  if (value.type === "ObjectExpression")
    return (
      value.properties.length === 1 &&
      value.properties.every(
        (property) =>
          property.type === "Property" && property.value.type === "Literal" && typeof property.value.value === "number",
      )
    );
  return (
    value.type === "MemberExpression" && memberName(value) === "length" && unwrap(value.object).type === "Identifier"
  );
}
