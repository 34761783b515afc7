import { indentAt, lineBreakOf } from "../../ast/lines.ts";
import { textOf, type TSESTree } from "../../ast/source.ts";
import type { Context } from "../../recognize/context.ts";
import type { ArgsValue } from "../../recognize/contracts/completion-args.ts";
import type { DeclaredEvent } from "../../recognize/contracts/declared-events.ts";
import { isTypeScript } from "../call-text.ts";
import { keyText, nameOfEvents, type EventDesign, type PlacedEvents } from "./event-groups.ts";
import { indentUnitOf, semicolon } from "../layout.ts";
import { freshNames, namesIn } from "../names-in.ts";
import { lowerFirst } from "../naming.ts";
import { ABORT_ERROR } from "../events/adapter-abort.ts";

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
  const [newline, end, unit, indent] = [
    lineBreakOf(source.text),
    semicolon(source),
    indentUnitOf(source.text),
    indentAt(source.text, starter.node.range[0]),
  ];
  const [inner, deeper] = [indent + unit + unit, indent + unit + unit + unit];
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
  const cancelled = `${reject}(Object.assign(new Error("${starter.name} was cancelled."), { name: "${ABORT_ERROR}" }))${end || ";"}`;
  const lines: string[] = [];
  const add = (line: string): number => lines.push(inner + line);
  const taken = [
    ...(cancel === null ? [] : [`signal${signal === "signal" ? "" : `: ${signal}`}`]),
    ...(progress === null ? [] : [`onProgress${onProgress === "onProgress" ? "" : `: ${onProgress}`}`]),
  ];
  if (taken.length > 0) add(`const { ${taken.join(", ")} } = ${options} ?? {}${end}`);
  if (cancel !== null)
    lines.push(
      `${inner}if (${signal}?.aborted === true) {`,
      `${deeper}${cancelled}`,
      `${deeper}return${end}`,
      `${inner}}`,
    );
  if (state !== null) add(`const ${key} = ${keyText(state)!}${end}`);
  if (cancel !== null) add(`const ${onAbort} = () => this.${cancel.name}(${cancel.takesState ? key : ""})${end}`);
  const handlers: { readonly event: DeclaredEvent; readonly name: string }[] = [];
  if (progress !== null) {
    handlers.push({ event: progress.event, name: onChanged });
    const filter = progress.state === null ? [] : [`${deeper}if (${e}.${progress.state} !== ${key}) return${end}`];
    lines.push(
      ...handlerLines(context, progress.event, onChanged, e, inner, deeper, [
        ...filter,
        `${deeper}${onProgress}?.(${e})${end}`,
      ]),
    );
  }
  handlers.push({ event: completed, name: onCompleted });
  const listening = cancel === null ? [] : [`${signal}?.removeEventListener("abort", ${onAbort})${end}`];
  const releases = [...handlers.map(({ event, name }) => `this${event.remover!}${name})${end}`), ...listening];
  add(`const ${release} = () => {`);
  lines.push(...releases.map((line) => deeper + line));
  add(`}${end}`);
  lines.push(
    ...handlerLines(context, completed, onCompleted, e, inner, deeper, [
      ...(state === null ? [] : [`${deeper}if (${e}.${shape.state!} !== ${key}) return${end}`]),
      `${deeper}${release}()${end}`,
      `${deeper}if (${e}.${shape.error!}) ${reject}(${e}.${shape.error!})${end || ";"}`,
      ...(shape.cancelled === null ? [] : [`${deeper}else if (${e}.${shape.cancelled}) ${cancelled}`]),
      `${deeper}else ${resolve}(${valueText(shape.values, e)})${end}`,
    ]),
  );
  for (const { event, name } of handlers) add(`this${event.adder!}${name})${end}`);
  if (cancel !== null) add(`${signal}?.addEventListener("abort", ${onAbort})${end}`);
  add("try {");
  lines.push(`${deeper}this.${starter.name}(${[...inputs, ...(state === null ? [] : [key])].join(", ")})${end}`);
  add(`} catch (${error}) {`);
  lines.push(`${deeper}${release}()${end}`, `${deeper}${reject}(${error})${end}`);
  add("}");
  return `{${newline}${indent}${unit}return new Promise${type}((${resolve}, ${reject}) => {${newline}${lines.join(newline)}${newline}${indent}${unit}})${end}${newline}${indent}}`;
}

/** A handler of an event, typed as what adds it takes. */
function handlerLines(
  context: Context,
  { handlerType, arity }: DeclaredEvent,
  name: string,
  e: string,
  inner: string,
  deeper: string,
  body: readonly string[],
): string[] {
  const { source } = context;
  const end = semicolon(source);
  const isTyped = isTypeScript(source.filePath);
  if (handlerType === undefined || arity === null) {
    // It is not known how many parameters there are, but the arguments of the event come last.
    return [
      `${inner}const ${name} = (...args${isTyped ? ": any[]" : ""}) => {`,
      `${deeper}const ${e} = args[args.length - 1]${end}`,
      ...body,
      `${inner}}${end}`,
    ];
  }
  const parameters = [...Array.from({ length: arity - 1 }, (_, index) => (index === 0 ? "_sender" : `_${index}`)), e];
  return [
    `${inner}const ${name}: ${textOf(source, handlerType)} = (${parameters.join(", ")}) => {`,
    ...body,
    `${inner}}${end}`,
  ];
}

/** What the promise gives: nothing, the one value that there is, or all of them in an object. */
function valueText(values: readonly ArgsValue[], e: string): string {
  if (values.length < 2) return values.map(({ name }) => `${e}.${name}`).join("");
  return `{ ${values.map(({ name }) => `${lowerFirst(name)}: ${e}.${name}`).join(", ")} }`;
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
