import { variableOf, type Variable } from "../../ast/scopes.ts";
import type { Context } from "../../recognize/context.ts";
import { countersOf } from "../countdowns/counters.ts";
import { isPure } from "../purity.ts";
import { isFlag } from "./error-flags.ts";

/** The variables of a file that may count something, or say that an error was told: where nothing does so any more, they hold nothing. */
export function countVariablesOf(context: Context): Variable[] {
  const flags = context.source.scopeManager.scopes.flatMap(({ variables }) => variables.filter(isFlag));
  const counters = countersOf(context).flatMap(({ declarator, initial, member }) => {
    const variable = declarator === null || member !== null ? null : variableOf(context.source, declarator.id);
    return variable !== null && (initial === null || isPure(initial)) ? [variable] : [];
  });
  return [...counters, ...flags];
}
