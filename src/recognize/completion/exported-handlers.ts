import { readsOf, variableOf } from "../../ast/scopes.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import type { ExportingHost } from "../../dialects/completion-parameters.ts";
import type { Context } from "../context.ts";
import { isHandler, servesAnother } from "./handler-witnesses.ts";
import { functionsOf } from "./parameters.ts";

/** What the host makes of a handler that asks for a completion parameter. */
export type HandlerFault =
  /** It declares the parameter, so the host does not start it. */
  | "refused"
  /** The same, and the parameter is not even used. */
  | "unused"
  /** A default value or a rest parameter hides it from the host, which starts the handler and passes no callback: it never answers. */
  | "unanswered";

export interface ExportedHandler {
  readonly fn: FunctionNode;
  readonly fault: HandlerFault;
  /** The completion parameter. */
  readonly parameter: TSESTree.Parameter;
  /** What it is called, where it has a name. */
  readonly name: string | null;
}

/**
 * The functions that a host calls by what the module exports, and that ask for a completion parameter, in source order. A file that serves
 * another host has none.
 */
export function exportedHandlersOf(context: Context, host: ExportingHost): readonly ExportedHandler[] {
  const { source } = context;
  const index = host.parameters.length - 1;
  const asking = functionsOf(source).filter(
    (fn) => fn.params.length > index || fn.params.at(-1)?.type === "RestElement",
  );
  return asking.flatMap((fn) => {
    const found =
      isHandler(context, host, fn) && !servesAnother(context, host, fn) ? faultOf(context, fn, index) : null;
    return found === null ? [] : [{ fn, ...found }];
  });
}

function faultOf(
  { source }: Context,
  fn: FunctionNode,
  index: number,
): Pick<ExportedHandler, "fault" | "parameter" | "name"> | null {
  // As `Function.length` counts.
  const counted = fn.params.findIndex(({ type }) => type === "AssignmentPattern" || type === "RestElement");
  const declared = counted === -1 ? fn.params.length : counted;
  const parameter = fn.params[index] ?? fn.params.at(-1)!;
  const named = nameIn(parameter, index - fn.params.indexOf(parameter));
  if (declared > index) {
    const isUsed = named === null || readsOf(variableOf(source, named)!).length > 0;
    return { fault: isUsed ? "refused" : "unused", parameter, name: named?.name ?? null };
  }
  // What an async function gives is an answer, whatever it would have called.
  if (fn.async || named === null || readsOf(variableOf(source, named)!).length === 0) return null;
  return { fault: "unanswered", parameter, name: named.name };
}

/** The name that holds the completion parameter: `callback`, `callback = …`, `...[callback]`. */
function nameIn(parameter: TSESTree.Node, rest: number): TSESTree.Identifier | null {
  switch (parameter.type) {
    case "Identifier":
      return parameter;
    case "AssignmentPattern":
      return nameIn(parameter.left, 0);
    case "RestElement": {
      const element = parameter.argument.type === "ArrayPattern" ? parameter.argument.elements[rest] : null;
      return element == null ? null : nameIn(element, 0);
    }
    default:
      return null;
  }
}
