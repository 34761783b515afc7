import { suspends } from "../ast/flow.ts";
import { unwrap } from "../ast/names.ts";
import { textOf, type TSESTree } from "../ast/source.ts";
import { HANDLER_TYPE } from "../dialects/eap.ts";
import type { CompletedEvent } from "../recognize/completed-event.ts";
import type { Context } from "../recognize/context.ts";
import type { Subscription } from "../recognize/event-subscriptions.ts";
import type { Operation } from "../recognize/operation.ts";
import { endOfArgument, freshNames, isTypeScript, openParen, type Written } from "./call-text.ts";
import { valuesOf } from "./completion-values.ts";
import { renderRange } from "./edits.ts";
import { removerText } from "./event-remover.ts";
import { indentAt, indentUnitOf, lineBreakOf, semicolon } from "./layout.ts";
import { lowerFirst } from "./naming.ts";
import { isConstant, isPure } from "./purity.ts";
import { resultType } from "./result-type.ts";
import type { Start } from "./start.ts";

/** Whether a twin tells less of an operation than its handler asks for: of a cancellation, of more than one value, of progress. */
export function needsAdapter(event: CompletedEvent): boolean {
  const values = valuesOf(event);
  return event.progress.length > 0 || values.length > 1 || values.some((name) => !/^[rR]esult$/.test(name)) || event.handler?.reads.some(({ role }) => role === "cancelled") === true;
}

/** The name of the error with which an adapter rejects after a cancellation. */
export const ABORT_ERROR = "AbortError";

/**
 * Renders a promise over a starter and its completed event. It listens before it starts, settles on the error, then the cancellation,
 * then the result, and takes every handler off again that it has added, in every case.
 */
export function eventAdapter(context: Context, operation: Operation, event: CompletedEvent, indent: string, written: Written): Start {
  const { source } = context;
  const { receiver, inputs } = operation;
  const { subscription } = event;
  if (subscription === null || subscription.handler === null || receiver === null) return { refusal: "subscription-unsupported" };
  if (!isPure(receiver)) return { refusal: "receiver-has-effects" };
  if (inputs.some((input) => suspends(source, input))) return { refusal: "await-not-allowed" };
  const used = freshNames(source, [...inputs, operation.state, receiver, subscription.object, ...event.progress.map(({ node }) => node)]);
  const [resolve, reject, onCompleted, onProgress, release, key, error] = ["resolve", "reject", "onCompleted", "onProgress", "release", "key", "error"].map(used) as [string, string, string, string, string, string, string];
  const kept = isConstant(source, receiver) ? null : used("target");
  const receiverSource = written([operation.begin.range[0], endOfArgument(context, receiver, operation.begin)]);
  const object = kept ?? receiverSource;
  const inner = indent + indentUnitOf(source.text);
  const deeper = inner + indentUnitOf(source.text);
  const end = semicolon(source);
  const newline = lineBreakOf(source.text);
  const names = memberNames(event, subscription);
  const progress = event.progress.map((each, index) => ({ ...each, name: index === 0 ? onProgress : `${onProgress}${index + 1}` }));
  const listeners = [...progress.map(({ name, ...each }) => ({ name, each })), { name: onCompleted, each: subscription }];
  const isGoneByItself = subscription.isOnce === "yes" && progress.length === 0;
  const removals = listeners.map(({ name, each }) => `${removerText(context, event, each, object, name)}${end}`);
  const releases = progress.length > 0 ? [`${release}()${end}`] : removals;

  const lines: string[] = [];
  if (kept !== null) lines.push(`${inner}const ${kept} = ${receiverSource}${end}`);
  // A primitive, as it comes back over every bridge the same.
  if (event.hasUserState) lines.push(`${inner}const ${key} = ${keyText(operation, event, written)}${end}`);
  for (const { handler, name } of progress) lines.push(`${inner}const ${name} = ${handlerText(context, handler!, inner, written)}${end}`);
  if (progress.length > 0) lines.push(`${inner}const ${release} = () => {`, ...removals.map((line) => deeper + line), `${inner}}${end}`);
  const [before, after] = delegateText(context, subscription.handler);
  const { parameters, first } = parametersOf(context, event, used);
  lines.push(`${inner}const ${onCompleted} = ${before}(${parameters}) => {`);
  if (first !== null) lines.push(`${deeper}${first}${end}`);
  if (event.hasUserState) lines.push(`${deeper}if (${names.args}.${names.state} !== ${key}) return${end}`);
  if (!isGoneByItself) lines.push(...releases.map((line) => deeper + line));
  lines.push(
    `${deeper}if (${names.args}.${names.error}) ${reject}(${names.args}.${names.error})${end || ";"}`,
    `${deeper}else if (${names.args}.${names.cancelled}) ${reject}(Object.assign(new Error("${textOf(source, operation.nameNode)} was cancelled."), { name: "${ABORT_ERROR}" }))${end || ";"}`,
    `${deeper}else ${resolve}(${valueText(event, names.args)})${end}`,
    `${inner}}${after}${end}`,
  );
  for (const { name, each } of listeners) lines.push(`${inner}${adderText(context, each, object, name)}${end}`);
  const startText = object + source.text.slice(endOfArgument(context, receiver, operation.begin), openParen(context, operation) + 1) + [...inputs.map((input) => written(input.range)), ...(event.hasUserState ? [key] : [])].join(", ");
  lines.push(`${inner}try {`, `${deeper}${startText})${end}`, `${inner}} catch (${error}) {`, ...releases.map((line) => deeper + line), `${deeper}${reject}(${error})${end}`, `${inner}}`);
  const type = isTypeScript(source.filePath) ? `<${valuesOf(event).length === 0 ? "void" : resultType(context, operation)}>` : "";
  return { text: `new Promise${type}((${resolve}, ${reject}) => {${newline}${lines.join(newline)}${newline}${indent}})`, kind: "adapter", needsImport: null };
}

interface MemberNames {
  readonly args: string;
  readonly error: string;
  readonly cancelled: string;
  readonly state: string;
}

/** The members of the arguments as the handler spells them, or else as the event is spelled. */
function memberNames({ handler }: CompletedEvent, { event }: Subscription): MemberNames {
  const reads = handler?.reads ?? [];
  const isPascal = reads.some(({ name, role }) => role !== "whole" && /^[A-Z]/.test(name)) || (/^[A-Z]/.test(event) && !reads.some(({ name, role }) => role !== "whole" && /^[a-z]/.test(name)));
  const named = (role: string, pascal: string, camel: string): string => reads.find((read) => read.role === role)?.name ?? (isPascal ? pascal : camel);
  return { args: "e", error: named("error", "Error", "error"), cancelled: named("cancelled", "Cancelled", "cancelled"), state: named("state", "UserState", "userState") };
}

/** What the promise gives: nothing, the one value that is asked for, or all of them in an object. */
function valueText(event: CompletedEvent, args: string): string {
  const values = valuesOf(event);
  if (values.length < 2) return values.map((name) => `${args}.${name}`).join("");
  return `{ ${values.map((name) => `${lowerFirst(name)}: ${args}.${name}`).join(", ")} }`;
}

/** A key of its own for each call; where code cancels by the key that the program gives, that one. */
function keyText(operation: Operation, { operation: { cancels } }: CompletedEvent, written: Written): string {
  return cancels.some(({ call }) => call.arguments.length > 0) ? written(operation.state.range) : "Math.random()";
}

/**
 * The parameters of the adapter's handler: as many as the program's own has, typed as those are. Where that takes none it is not known
 * how many there are, but the arguments of the event come last.
 */
function parametersOf(context: Context, { handler }: CompletedEvent, used: (name: string) => string): { parameters: string; first: string | null } {
  const isTyped = isTypeScript(context.source.filePath);
  const parameters = (handler?.fn.params ?? []).filter((parameter) => parameter.type !== "Identifier" || parameter.name !== "this");
  const args = handler?.args ?? null;
  const typed = (name: string, parameter: TSESTree.Parameter, other: string): string => (isTyped ? `${name}: ${annotationText(context, parameter) ?? other}` : name);
  if (args !== null) return { parameters: [...parameters.slice(0, parameters.indexOf(args)).map((sender) => typed(used("_sender"), sender, "unknown")), typed("e", args, "any")].join(", "), first: null };
  const all = used("args");
  return { parameters: `...${all}${isTyped ? ": any[]" : ""}`, first: `const e = ${all}[${all}.length - 1]` };
}

function annotationText({ source }: Context, parameter: TSESTree.Parameter): string | null {
  const target = parameter.type === "AssignmentPattern" ? parameter.left : parameter;
  const annotation = "typeAnnotation" in target ? target.typeAnnotation?.typeAnnotation : undefined;
  return annotation === undefined ? null : textOf(source, annotation);
}

/** What stands around the function in `new XCompletedEventHandler(fn)`. */
function delegateText({ source }: Context, handler: TSESTree.Node): [string, string] {
  const node = unwrap(handler);
  const inner = node.type === "NewExpression" && HANDLER_TYPE.test(textOf(source, node.callee)) ? node.arguments[0] : undefined;
  return inner === undefined ? ["", ""] : [source.text.slice(node.range[0], inner.range[0]), source.text.slice(inner.range[1], node.range[1])];
}

/** The subscription as written, on the object of the start and with another handler. */
function adderText({ source }: Context, { node, object, handler }: Subscription, receiver: string, name: string): string {
  return renderRange(source.text, node.range, [
    { range: [node.range[0], object.range[1]], text: receiver },
    { range: handler!.range, text: name },
  ]);
}

/** A handler that moves into the adapter, indented for it. */
function handlerText({ source }: Context, handler: TSESTree.Node, indent: string, written: Written): string {
  const from = indentAt(source.text, handler.range[0]);
  return written(handler.range).split(/(?<=\n)/).map((line, index) => (index > 0 && line.startsWith(from) ? indent + line.slice(from.length) : line)).join("");
}
