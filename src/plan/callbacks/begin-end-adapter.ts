import { endNameOf } from "../../dialects/apm-names.ts";
import { calleeOf } from "../../ast/names.ts";
import { isSameReference } from "../../ast/scopes.ts";
import { textOf, type TSESTree } from "../../ast/source.ts";
import { declaredType, typeNameOf } from "../../recognize/annotations.ts";
import type { Context } from "../../recognize/context.ts";
import type { Operation } from "../../recognize/begin-end/operation.ts";
import { endOfArgument, isTypeScript, looseComments, openParen, type Written } from "../call-text.ts";
import { freshNames, namesIn } from "../names-in.ts";
import { isConstant, isPure } from "../purity.ts";
import { resultType } from "../async/result-type.ts";
import type { Start } from "./started-call.ts";
import { newPromise, promiseLayout } from "../write/new-promise.ts";
import { concat, text } from "../write/text.ts";

/** Renders a promise over a Begin/End pair. */
export function beginEndAdapter(context: Context, operation: Operation, indent: string, written: Written): Start {
  const { source } = context;
  const { receiver, callback } = operation;
  if (receiver !== null && !isPure(receiver)) return { refusal: "receiver-has-effects" };
  const delegate = callback.kind === "function" ? callback.delegate : null;
  if (delegate === null && !context.host.functionsAreDelegates) return { refusal: "no-awaitable-target" };
  const fresh = freshNames(
    ...[
      ...operation.inputs,
      ...(operation.ends[0]?.extraArguments ?? []),
      ...(receiver === null ? [] : [receiver]),
    ].map(({ range }) => namesIn(source.text, range)),
  );
  const [resolve, reject, ar, error] = [fresh("resolve"), fresh("reject"), fresh("ar"), fresh("error")];
  const endName = endNameOf(calleeOf(operation.begin)!.name);
  // An End that was called on the same words reads them again at the same time as before; any other object is kept from the start.
  const isReadAgain =
    receiver === null ||
    isConstant(source, receiver) ||
    (operation.ends.length > 0 &&
      operation.ends.every((end) => end.receiver !== null && isSameReference(source, end.receiver, receiver)));
  const kept = isReadAgain ? null : fresh("target");
  // With the parentheses that may stand around it.
  const receiverSource =
    receiver === null ? "" : written([operation.begin.range[0], endOfArgument(context, receiver, operation.begin)]);
  const receiverText = kept ?? receiverSource;
  const endText = receiver === null ? endName : text`${receiverText}${memberTail(context, operation, endName)}`;
  const inputs = concat(...operation.inputs.map((input) => text`${written(input.range)}, `));
  const result = isTypeScript(source.filePath) ? `<${resultType(context, operation)}>` : "";
  const [before, after] = delegateText(context, delegate);
  const parameter = `(${ar}${handleAnnotation(context, operation)})`;
  const layout = promiseLayout(source, indent);
  const { inner, end } = layout;
  const beginText = concat(
    receiverText,
    source.text.slice(
      receiver === null ? operation.begin.range[0] : endOfArgument(context, receiver, operation.begin),
      openParen(context, operation),
    ),
  );
  const keeping = kept === null ? [] : [text`${inner}const ${kept} = ${receiverSource}${end}`];
  const callbackText = text`${before}${parameter} => { try { ${resolve}(${endText}(${endArguments(context, operation, ar)}))${end} } catch (${error}) { ${reject}(${error})${end} } }${after}`;
  const comments = looseComments(context, operation, openParen(context, operation), inner);
  return {
    text: newPromise(
      layout,
      result,
      [resolve, reject],
      [...keeping, text`${inner}${beginText}(${inputs}${callbackText}, null${comments})${end}`],
    ),
    kind: "adapter",
    needsImport: null,
  };
}

/** What the End takes: the handle in its place among the values that it fills in. */
function endArguments({ source }: Context, { ends: [end] }: Operation, handle: string): string {
  if (end === undefined || end.extraArguments.length === 0) return handle;
  return end.call.arguments
    .map((argument) => (end.extraArguments.includes(argument) ? textOf(source, argument) : handle))
    .join(", ");
}

function memberTail(context: Context, { nameNode }: Operation, endName: string): string {
  return nameNode.type === "Literal"
    ? `[${textOf(context.source, nameNode).charAt(0)}${endName}${textOf(context.source, nameNode).charAt(0)}]`
    : `.${endName}`;
}

/** What stands around the function in `new AsyncCallback(f)`. */
function delegateText(context: Context, delegate: TSESTree.Node | null): [string, string] {
  if (delegate === null || (delegate.type !== "NewExpression" && delegate.type !== "CallExpression")) return ["", ""];
  const inner = delegate.arguments.at(-1)!;
  return [
    context.source.text.slice(delegate.range[0], inner.range[0]),
    context.source.text.slice(inner.range[1], delegate.range[1]),
  ];
}

/** The annotation for the handle: that of the callback there was; none where the receiver's type gives it; `any` where it has no type. */
function handleAnnotation(context: Context, operation: Operation): string {
  if (!isTypeScript(context.source.filePath)) return "";
  const parameter = operation.callbackParameter?.identifiers[0];
  const annotation = parameter?.type === "Identifier" ? parameter.typeAnnotation?.typeAnnotation : undefined;
  if (annotation !== undefined) return `: ${textOf(context.source, annotation)}`;
  const { receiver } = operation;
  const isTyped =
    receiver === null ||
    (declaredType(context, receiver)?.type !== "TSAnyKeyword" && typeNameOf(context, receiver) !== null);
  return isTyped ? "" : ": any";
}
