import { textOf, type TSESTree } from "../../ast/source.ts";
import type { CompletionHandler } from "../../recognize/events/event-handlers.ts";
import { handlerOf } from "../../recognize/events/event-operations.ts";
import type { CompletedEvent } from "../../recognize/events/completed-event.ts";
import type { Context } from "../../recognize/context.ts";
import { isReachableFromOutside } from "../../recognize/events/event-reach.ts";
import { OutcomeTests } from "../../recognize/events/event-outcomes.ts";
import { valuesOf } from "../../recognize/events/event-reads.ts";
import type { Subscription } from "../../recognize/events/event-subscriptions.ts";
import type { Operation } from "../../recognize/begin-end/operation.ts";
import { endOfArgument, isTypeScript, looseComments, openParen, type Written } from "../call-text.ts";
import { connectionEnd, givesConnection, removerText } from "./event-remover.ts";
import { freshNames, namesIn } from "../names-in.ts";
import { isConstant, isPure } from "../purity.ts";
import { eventResultType } from "../async/result-type.ts";
import type { Start } from "../callbacks/started-call.ts";
import { parametersOf, delegateText } from "./adapter-parameters.ts";
import { abortText, adderText } from "./adapter-abort.ts";
import { listening } from "../write/event-promise.ts";
import { abortError, membersText, newPromise, promiseLayout } from "../write/new-promise.ts";
import { concat, joined, text, type Text } from "../write/text.ts";

/** Whether a twin tells less of an operation than its handler asks for beside values: of a cancellation, of progress; or may not take the arguments. */
export function needsAdapter(context: Context, event: CompletedEvent): boolean {
  const errors = (event.handler?.reads ?? []).filter(({ role }) => role === "error");
  const tests = new OutcomeTests(context, errors);
  // A text has no members that an error has.
  if (
    context.host.taskToPromise.kind === "call" &&
    context.host.taskToPromise.rejectsWith === "text" &&
    errors.some(({ node }) => !tests.isTested(node))
  )
    return true;
  return (
    event.isStateDoubtful ||
    event.aborts.length > 0 ||
    tellsProgress(event) ||
    event.handler?.reads.some(({ role }) => role === "cancelled") === true
  );
}

/** Whether handlers of progress are added for a call, or may know it by its user state: a twin tells them of a state of its own. */
export function tellsProgress({ progress, hasUserState, operation }: CompletedEvent): boolean {
  return progress.length > 0 || (hasUserState && operation.progress.length > 0);
}

/** Where an adapter comes to stand. */
interface AdapterPlace {
  /** The indentation of its line. */
  readonly indent: string;
  readonly written: Written;
  /** An expression that moves into it, with the edits made in it, for a line of this indentation. */
  readonly moved: (expression: TSESTree.Node, indent: string) => Text;
  /** Names that mean something in the code around it. */
  readonly taken: readonly string[];
}

/**
 * Renders a promise over a starter and its completed event. It listens before it starts, settles on the error, then the cancellation,
 * then the result, and takes every handler off again that it has added, in every case.
 */
export function eventAdapter(
  context: Context,
  operation: Operation,
  event: CompletedEvent,
  { indent, written, moved, taken }: AdapterPlace,
): Start {
  const { source } = context;
  const { receiver, inputs } = operation;
  const { subscription } = event;
  if (subscription === null || subscription.handler === null || receiver === null)
    return { refusal: "subscription-unsupported" };
  if (!isPure(receiver)) return { refusal: "receiver-has-effects" };
  const freshBeside = (...nodes: readonly TSESTree.Node[]) =>
    freshNames(...nodes.map(({ range }) => namesIn(source.text, range)));
  const used = freshNames(
    taken,
    ...[
      ...inputs,
      operation.state,
      receiver,
      subscription.object,
      ...event.progress.map(({ node }) => node),
      ...event.aborts.map(({ call }) => call),
    ].map(({ range }) => namesIn(source.text, range)),
  );
  const [resolve, reject, onCompleted, onProgress, onAbort, release, key, error] = [
    "resolve",
    "reject",
    "onCompleted",
    "onProgress",
    "onAbort",
    "release",
    "key",
    "error",
  ].map(used) as [string, string, string, string, string, string, string, string];
  const kept = isConstant(source, receiver) ? null : used("target");
  const receiverSource = written([operation.begin.range[0], endOfArgument(context, receiver, operation.begin)]);
  const object = kept ?? receiverSource;
  const layout = promiseLayout(source, indent);
  const { inner, end } = layout;
  const names = memberNames(event, subscription, freshBeside(receiver, operation.state)("e"));
  // A name that always means one function needs no other.
  const progress = event.progress.map((each, index) => ({
    ...each,
    isNamed: isConstant(source, each.handler!),
    name: isConstant(source, each.handler!)
      ? textOf(source, each.handler!)
      : index === 0
        ? onProgress
        : `${onProgress}${index + 1}`,
  }));
  const connectionName = (each: Subscription, base: string): string | null =>
    givesConnection(context, each) ? used(base) : null;
  const listeners = [
    ...progress.map(({ name, ...each }, index) => ({
      name,
      each,
      connection: connectionName(each, `progressConnection${index === 0 ? "" : index + 1}`),
    })),
    { name: onCompleted, each: subscription, connection: connectionName(subscription, "connection") },
  ];
  const aborts = event.aborts.map((each, index) => ({
    ...each,
    name: index === 0 ? onAbort : `${onAbort}${index + 1}`,
  }));
  const hasMore = progress.length + aborts.length > 0;
  const isGoneByItself = subscription.isOnce === "yes" && !hasMore;
  const removals = [
    ...listeners.map(({ name, each, connection }) =>
      connection === null ? removerText(context, event, each, object, name) : connectionEnd(each, connection),
    ),
    ...aborts.map((each) => abortText(context, each, each.name, "remove")),
  ];

  const ownKey = event.hasUserState && isKeyUsed(context, event) ? written(operation.state.range) : null;
  // A name that holds one value needs no other.
  const isKeyNamed = ownKey !== null && isConstant(source, operation.state);
  const state = isKeyNamed ? ownKey : key;
  const lines: Text[] = [];
  if (kept !== null) lines.push(text`${inner}const ${kept} = ${receiverSource}${end}`);
  // An object is like no other one; a primitive comes back over every bridge the same.
  const fresh = context.host.keepsObjects ? "{}" : "Math.random()";
  if (event.hasUserState && !isKeyNamed) lines.push(text`${inner}const ${key} = ${ownKey ?? fresh}${end}`);
  for (const { handler, name, isNamed } of progress)
    if (!isNamed) lines.push(text`${inner}const ${name} = ${moved(handler!, inner)}${end}`);
  for (const { listener, name } of aborts) lines.push(text`${inner}const ${name} = ${moved(listener, inner)}${end}`);
  const [before, after] = delegateText(context, subscription.handler);
  const { parameters, first } = parametersOf(context, event, names.args, freshBeside(receiver, operation.state));
  const startText = concat(
    object,
    source.text.slice(endOfArgument(context, receiver, operation.begin), openParen(context, operation) + 1),
    joined([...inputText(context, operation, written), ...(event.hasUserState ? [state] : [])], ", "),
  );
  const last = operation.inputs.at(-1);
  const from = last === undefined ? openParen(context, operation) : endOfArgument(context, last, operation.begin);
  lines.push(
    ...listening(layout, {
      resolve,
      reject,
      error,
      release: hasMore ? release : null,
      removals,
      handler: {
        head: `const ${onCompleted} = ${before}(${parameters}) =>`,
        before: [
          ...(first === null ? [] : [first]),
          ...(event.hasUserState ? [text`if (${names.args}.${names.state} !== ${state}) return`] : []),
        ],
        after,
      },
      isOnce: isGoneByItself,
      failures: [
        { test: `${names.args}.${names.error}`, reason: `${names.args}.${names.error}` },
        { test: `${names.args}.${names.cancelled}`, reason: abortError(textOf(source, operation.nameNode)) },
      ],
      value: membersText(valuesOf(event), names.args),
      adders: [
        ...listeners.map(
          ({ name, each, connection }) =>
            text`${connection === null ? "" : `const ${connection} = `}${adderText(context, each, object, name)}`,
        ),
        ...aborts.map((each) => abortText(context, each, each.name, "add")),
      ],
      start: text`${startText}${looseComments(context, operation, from, layout.deeper)})`,
    }),
  );
  const type = isTypeScript(source.filePath)
    ? `<${valuesOf(event).length === 0 ? "void" : eventResultType(context, event)}>`
    : "";
  return {
    text: newPromise(layout, type, [resolve, reject], lines),
    kind: "adapter",
    needsImport: null,
  };
}

/** The arguments of a start without the user state, with all that stands between them. */
function inputText(context: Context, operation: Operation, written: Written): Text[] {
  const last = operation.inputs.at(-1);
  return last === undefined
    ? []
    : [written([openParen(context, operation) + 1, endOfArgument(context, last, operation.begin)])];
}

interface MemberNames {
  readonly args: string;
  readonly error: string;
  readonly cancelled: string;
  readonly state: string;
}

/** The members of the arguments as the handler spells them, or else as the event is spelled. */
function memberNames({ handler }: CompletedEvent, { event }: Subscription, args: string): MemberNames {
  const reads = handler?.reads ?? [];
  const isPascal =
    reads.some(({ name, role }) => role !== "whole" && /^[A-Z]/.test(name)) ||
    (/^[A-Z]/.test(event) && !reads.some(({ name, role }) => role !== "whole" && /^[a-z]/.test(name)));
  const named = (role: string, pascal: string, camel: string): string =>
    reads.find((read) => read.role === role)?.name ?? (isPascal ? pascal : camel);
  return {
    args,
    error: named("error", "Error", "error"),
    cancelled: named("cancelled", "Cancelled", "cancelled"),
    state: named("state", "UserState", "userState"),
  };
}

/**
 * Whether somebody may know a call by the key that the program gives it: the handler itself, code that cancels, a handler of progress,
 * or code out of sight. Else each call gets a key of its own.
 */
function isKeyUsed(
  context: Context,
  { operation: { cancels, progress }, isKeyChecked, subscription }: CompletedEvent,
): boolean {
  const isAskedBy = (handler: CompletionHandler | null): boolean =>
    handler === null || handler.reads.some(({ role }) => role === "state" || role === "whole");
  return (
    isKeyChecked ||
    progress.some((each) => isAskedBy(handlerOf(context, each))) ||
    cancels.some(({ call }) => call.arguments.length > 0) ||
    isReachableFromOutside(context, subscription!.object)
  );
}
