import type { Context } from "../../recognize/context.ts";
import type { CompletedEvent } from "../../recognize/events/completed-event.ts";
import { isTypeScript } from "../call-text.ts";
import { type TSESTree, textOf } from "../../ast/source.ts";
import { unwrap } from "../../ast/names.ts";
import { HANDLER_TYPE } from "../../dialects/eap.ts";

/**
 * The parameters of the adapter's handler: as many as the function has that the program adds, typed as those are, or as those of the
 * handler that it calls. Where that takes none it is not known how many there are, but the arguments of the event come last.
 */
export function parametersOf(
  context: Context,
  { handler, listener }: CompletedEvent,
  name: string,
  used: (name: string) => string,
): { parameters: string; first: string | null } {
  const isTyped = isTypeScript(context.source.filePath);
  const isReal = (parameter: TSESTree.Parameter): boolean =>
    parameter.type !== "Identifier" || parameter.name !== "this";
  const parameters = (listener?.params ?? []).filter(isReal);
  const targets = (handler?.fn.params ?? []).filter(isReal);
  const args = handler?.args ?? null;
  const typed = (
    own: string,
    parameter: TSESTree.Parameter | undefined,
    other: TSESTree.Parameter | undefined,
    unknown: string,
  ): string => {
    const type = [parameter, other].flatMap((each) =>
      each === undefined ? [] : (annotationText(context, each) ?? []),
    )[0];
    return isTyped ? `${own}: ${type ?? unknown}` : own;
  };
  if (args !== null && parameters.length > 0) {
    // A handler that is called by another function may take the arguments alone.
    const index = listener === handler?.fn ? parameters.indexOf(args) : parameters.length - 1;
    const senders = parameters
      .slice(0, index)
      .map((sender, place) =>
        typed(used("_sender"), sender, targets.length > index ? targets[place] : undefined, "unknown"),
      );
    return { parameters: [...senders, typed(name, parameters[index], args, "any")].join(", "), first: null };
  }
  const all = used("args");
  return { parameters: `...${all}${isTyped ? ": any[]" : ""}`, first: `const ${name} = ${all}[${all}.length - 1]` };
}

function annotationText({ source }: Context, parameter: TSESTree.Parameter): string | null {
  const target = parameter.type === "AssignmentPattern" ? parameter.left : parameter;
  const annotation = "typeAnnotation" in target ? target.typeAnnotation?.typeAnnotation : undefined;
  return annotation === undefined ? null : textOf(source, annotation);
}

/** What stands around the function in `new XCompletedEventHandler(fn)`. */
export function delegateText({ source }: Context, handler: TSESTree.Node): [string, string] {
  const node = unwrap(handler);
  const inner =
    node.type === "NewExpression" && HANDLER_TYPE.test(textOf(source, node.callee)) ? node.arguments[0] : undefined;
  return inner === undefined
    ? ["", ""]
    : [source.text.slice(node.range[0], inner.range[0]), source.text.slice(inner.range[1], node.range[1])];
}
