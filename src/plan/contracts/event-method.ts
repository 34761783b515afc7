import { indentAt } from "../../ast/lines.ts";
import { textOf, type TSESTree } from "../../ast/source.ts";
import type { Context } from "../../recognize/context.ts";
import type { ArgsValue } from "../../recognize/contracts/completion-args.ts";
import type { DeclaredEvent } from "../../recognize/contracts/declared-events.ts";
import { isTypeScript } from "../call-text.ts";
import { keyText, nameOfEvents, type EventDesign, type PlacedEvents } from "./event-groups.ts";
import { indentUnitOf } from "../layout.ts";
import { freshNames, namesIn } from "../names-in.ts";
import { lowerFirst } from "../naming.ts";
import { listening } from "../write/event-promise.ts";
import { abortError, membersText, newPromise, promiseLayout } from "../write/new-promise.ts";
import { plain, type Text } from "../write/text.ts";

/**
 * Renders the awaitable method of an event-based operation: a promise over the starter and the event of its own class. It listens before
 * it starts, settles on the error, then the cancellation, then the result, and takes every handler off again in every case. A signal asks
 * for the cancellation; what comes of it the event tells. `context` is the file, `placed` the operation as its class or interface has it.
 */
export function eventMethod(context: Context, placed: PlacedEvents): string {
  const { starter } = placed;
  const design = placed.design!;
  const { source } = context;
  const isTyped = isTypeScript(source.filePath);
  const used = freshNames(...starter.params.map(({ range }) => namesIn(source.text, range)));
  const options = used("options");
  const members = [
    ...(design.cancel === null ? [] : ["signal?: AbortSignal"]),
    ...(design.progress === null
      ? []
      : [`onProgress?: (${used("e")}: ${argsText(context, design.progress.event)}) => void`]),
  ];
  const inputs = (design.state === null ? starter.params : starter.params.slice(0, -1)).map((parameter) =>
    textOf(source, parameter),
  );
  const parameters = [
    ...inputs,
    ...(members.length === 0 ? [] : [isTyped ? `${options}?: { ${members.join("; ")} }` : options]),
  ];
  const type = resultText(context, placed, design);
  const { typeParameters } = "value" in starter.node ? starter.node.value : starter.node;
  const head = `${nameOfEvents(starter.name)}${typeParameters == null ? "" : textOf(source, typeParameters)}(${parameters.join(", ")})${isTyped ? `: Promise<${type}>` : ""}`;
  if (starter.fn === null) return `${head}${/[;,]$/.exec(textOf(source, starter.node))?.[0] ?? ""}`;
  const { accessibility } = starter.node as TSESTree.MethodDefinition;
  return `${accessibility == null ? "" : `${accessibility} `}${head} ${bodyText(context, placed, design, { options, type: isTyped ? `<${type}>` : "", used })}`;
}

interface BodyNames {
  readonly options: string;
  readonly type: string;
  readonly used: (name: string) => string;
}

function bodyText(
  context: Context,
  { starter, members: { completed } }: PlacedEvents,
  { inputs, state, shape, cancel, progress }: EventDesign,
  { options, type, used }: BodyNames,
): string {
  const { source } = context;
  const unit = indentUnitOf(source.text);
  const indent = indentAt(source.text, starter.node.range[0]);
  const layout = promiseLayout(source, indent + unit);
  const { deeper, end, inner, newline } = layout;
  const [resolve, reject, signal, onProgress, key, onAbort, onChanged, onCompleted, release, error, e] = [
    "resolve",
    "reject",
    "signal",
    "onProgress",
    "key",
    "onAbort",
    "onChanged",
    "onCompleted",
    "release",
    "error",
    "e",
  ].map(used) as [string, string, string, string, string, string, string, string, string, string, string];
  const cancelled = abortError(starter.name);
  const lines: Text[] = [];
  const add = (line: string): number => lines.push(inner + line);
  const taken = [
    ...(cancel === null ? [] : [`signal${signal === "signal" ? "" : `: ${signal}`}`]),
    ...(progress === null ? [] : [`onProgress${onProgress === "onProgress" ? "" : `: ${onProgress}`}`]),
  ];
  if (taken.length > 0) add(`const { ${taken.join(", ")} } = ${options} ?? {}${end}`);
  if (cancel !== null)
    lines.push(
      `${inner}if (${signal}?.aborted === true) {`,
      `${deeper}${reject}(${cancelled})${end || ";"}`,
      `${deeper}return${end}`,
      `${inner}}`,
    );
  if (state !== null) add(`const ${key} = ${keyText(state)!}${end}`);
  if (cancel !== null) add(`const ${onAbort} = () => this.${cancel.name}(${cancel.takesState ? key : ""})${end}`);
  const handlers: { readonly event: DeclaredEvent; readonly name: string }[] = [];
  if (progress !== null) {
    handlers.push({ event: progress.event, name: onChanged });
    const { head, before } = handlerText(context, progress.event, onChanged, e);
    const filter = progress.state === null ? [] : [`if (${e}.${progress.state} !== ${key}) return`];
    lines.push(
      `${inner}${head} {`,
      ...[...before, ...filter, `${onProgress}?.(${e})`].map((line) => deeper + line + end),
      `${inner}}${end}`,
    );
  }
  handlers.push({ event: completed, name: onCompleted });
  const { head, before } = handlerText(context, completed, onCompleted, e);
  lines.push(
    ...listening(layout, {
      resolve,
      reject,
      error,
      release,
      removals: [
        ...handlers.map(({ event, name }) => `this${event.remover!}${name})`),
        ...(cancel === null ? [] : [`${signal}?.removeEventListener("abort", ${onAbort})`]),
      ],
      handler: {
        head,
        before: [...before, ...(state === null ? [] : [`if (${e}.${shape.state!} !== ${key}) return`])],
        after: "",
      },
      isOnce: false,
      failures: [
        { test: `${e}.${shape.error!}`, reason: `${e}.${shape.error!}` },
        ...(shape.cancelled === null ? [] : [{ test: `${e}.${shape.cancelled}`, reason: cancelled }]),
      ],
      value: membersText(
        shape.values.map(({ name }) => name),
        e,
      ),
      adders: [
        ...handlers.map(({ event, name }) => `this${event.adder!}${name})`),
        ...(cancel === null ? [] : [`${signal}?.addEventListener("abort", ${onAbort})`]),
      ],
      start: `this.${starter.name}(${[...inputs, ...(state === null ? [] : [key])].join(", ")})`,
    }),
  );
  const promise = plain(newPromise(layout, type, [resolve, reject], lines));
  return `{${newline}${layout.indent}return ${promise}${end}${newline}${indent}}`;
}

/** A handler of an event, typed as what adds it takes: its head up to its body, and what that begins with. */
function handlerText(
  { source }: Context,
  { handlerType, arity }: DeclaredEvent,
  name: string,
  e: string,
): { readonly head: string; readonly before: readonly string[] } {
  // Where it is not known how many parameters there are, the arguments of the event come last.
  if (handlerType === undefined || arity === null) {
    const type = isTypeScript(source.filePath) ? ": any[]" : "";
    return { head: `const ${name} = (...args${type}) =>`, before: [`const ${e} = args[args.length - 1]`] };
  }
  const parameters = [...Array.from({ length: arity - 1 }, (_, index) => (index === 0 ? "_sender" : `_${index}`)), e];
  return { head: `const ${name}: ${textOf(source, handlerType)} = (${parameters.join(", ")}) =>`, before: [] };
}

function resultText(
  context: Context,
  { members: { completed } }: PlacedEvents,
  { shape: { values } }: EventDesign,
): string {
  const typeOf = ({ name, type, isFixed, context: declaring }: ArgsValue): string => {
    const isSame =
      type !== undefined && ((isFixed && declaring.source.filePath === context.source.filePath) || isUniversal(type));
    if (isSame) return textOf(declaring.source, type);
    return completed.argsType === undefined ? "any" : `${argsText(context, completed)}["${name}"]`;
  };
  if (values.length === 0) return "void";
  return values.length === 1
    ? typeOf(values[0]!)
    : `{ ${values.map((value) => `${lowerFirst(value.name)}: ${typeOf(value)}`).join("; ")} }`;
}

/** Whether a type means the same in every file: what keywords and literals make up. */
function isUniversal(type: TSESTree.TypeNode): boolean {
  if (type.type === "TSArrayType") return isUniversal(type.elementType);
  if (type.type === "TSUnionType") return type.types.every(isUniversal);
  return (
    /^TS(?:Any|BigInt|Boolean|Null|Number|Object|String|Symbol|Undefined|Unknown)Keyword$/.test(type.type) ||
    type.type === "TSLiteralType"
  );
}

/** The type of what handlers of an event are given, as the file can say it. */
function argsText({ source }: Context, { argsContext, argsType, arity, handlerType }: DeclaredEvent): string {
  if (argsType === undefined) return "any";
  if (argsContext.source.filePath === source.filePath) return textOf(source, argsType);
  return handlerType === undefined || arity === null
    ? "any"
    : `Parameters<${textOf(source, handlerType)}>[${arity - 1}]`;
}
