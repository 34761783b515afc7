import { lineBreakOf } from "../../ast/lines.ts";
import type { Operation } from "../../recognize/begin-end/operation.ts";
import type { Context } from "../../recognize/context.ts";
import { isTypeScript } from "../call-text.ts";
import { indentUnitOf, semicolon } from "../layout.ts";
import { NameSource } from "../naming.ts";
import type { Planner } from "../planner.ts";
import type { TextEdit } from "../types.ts";
import type { FacadeHelpers } from "./facade-helper-names.ts";

/** The helpers that have been written into a file, by the names that are given in it. */
const written = new WeakMap<NameSource, FacadeHelpers>();

/** Writes the two functions of {@link helperEdit} once, and links all facades to them. */
export function facadeHelpers(planner: Planner, operation: Operation): FacadeHelpers {
  const { context, draft, names } = planner;
  const { source } = context;
  let helpers = written.get(planner.names);
  if (helpers === undefined) {
    helpers = helperNames(context, names);
    written.set(names, helpers);
    const { range, text } = helperEdit(context, helpers);
    draft.replace(source.ast, range, text);
  }
  draft.link(operation, source.ast);
  return helpers;
}

/** Names for the two functions that are free in a file. */
export function helperNames({ source }: Context, names: NameSource = new NameSource(source)): FacadeHelpers {
  return {
    handleOf: names.unique(source.ast, ["handleOf", "handleOfPromise"]),
    outcomeOf: names.unique(source.ast, ["outcomeOf", "outcomeOfHandle"]),
  };
}

/**
 * The two functions, at the end of a file. They keep what the pattern promises: the callback
 * runs once, after completion, in success and failure alike; the End gives the outcome or throws the error, and only once. What nothing
 * on an event loop can do is to block: an End that comes too early throws. Source: "Asynchronous Programming Model (APM)".
 */
export function helperEdit({ source }: Context, helpers: FacadeHelpers): TextEdit {
  const last = source.ast.body.at(-1)!;
  const newline = lineBreakOf(source.text);
  const lines = linesOf(helpers, isTypeScript(source.filePath), indentUnitOf(source.text), semicolon(source));
  return { range: [last.range[1], last.range[1]], text: newline + newline + lines.join(newline) };
}

function linesOf({ handleOf, outcomeOf }: FacadeHelpers, isTyped: boolean, unit: string, end: string): string[] {
  const type = (text: string): string => (isTyped ? `: ${text}` : "");
  return [
    "/** The handle of an operation, for callers of a Begin: its callback runs once, when the promise is settled. */",
    `function ${handleOf}(promise${type("PromiseLike<unknown>")}, callback${type("((handle: any) => void) | null | undefined")}, state${type("unknown")})${type("any")} {`,
    `${unit}const handle${type("any")} = { AsyncState: state, CompletedSynchronously: false, IsCompleted: false, outcome: null }${end}`,
    `${unit}const complete = (outcome${type("() => unknown")}) => {`,
    `${unit}${unit}handle.IsCompleted = true${end}`,
    `${unit}${unit}handle.outcome = outcome${end}`,
    `${unit}${unit}callback?.(handle)${end}`,
    `${unit}}${end}`,
    `${unit}void promise.then((value) => complete(() => value), (error) => complete(() => { throw error${end} }))${end}`,
    `${unit}return handle${end}`,
    "}",
    "",
    "/** The outcome of an operation, for callers of an End: its result, or its error thrown. It is given once, and not before there is one. */",
    `function ${outcomeOf}(handle${type("any")})${type("any")} {`,
    `${unit}const { outcome } = handle${end}`,
    `${unit}if (outcome === null) throw new Error(handle.IsCompleted ? "The operation has been ended before." : "The operation is not complete, and waiting for it here would hang: await it instead.")${end}`,
    `${unit}handle.outcome = null${end}`,
    `${unit}return outcome()${end}`,
    "}",
  ];
}
