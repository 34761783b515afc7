import { contains } from "../../ast/flow.ts";
import { indentAt, lineBreakOf } from "../../ast/lines.ts";
import { calleeOf, unwrap, wrapped } from "../../ast/names.ts";
import { scopeOf, variableOf } from "../../ast/scopes.ts";
import type { TSESTree } from "../../ast/source.ts";
import type { Context } from "../../recognize/context.ts";
import type { DeclaredPair } from "../../recognize/contracts/contract-pairs.ts";
import type { Operation } from "../../recognize/begin-end/operation.ts";
import { outputsOf } from "../../recognize/events/outputs.ts";
import { Draft } from "../draft.ts";
import { renderRange } from "../edits.ts";
import { awaitText, isEvaluatedFirst } from "../evaluation.ts";
import { indentUnitOf, removalRange, semicolon } from "../layout.ts";
import { dissolvedHandle } from "./pair-dissolving.ts";
import { forwardingOf, isParameter, type Forwarding } from "./pair-forwarding.ts";
import { outputsOfGroups, type PairGroup } from "./pair-groups.ts";
import { givesNothing, RESULT } from "./pair-signature.ts";
import { outEdits, type PassedOn } from "./pair-outs.ts";
import { startOf } from "../callbacks/start.ts";
import { wrappedBody } from "./pair-wrapping.ts";
import type { Target } from "../types.ts";
import { type PairBody, type BodyLayout, bodyLines, endLines, freshName } from "./pair-layout.ts";
import { startName } from "../callbacks/started-call.ts";
import { moved } from "../callbacks/moved-body.ts";
import { text } from "../write/text.ts";

/** What decides how a body is written. */
export interface BodyChoices {
  readonly target: Target;
  /** The pairs that become awaitable with it. */
  readonly groups: readonly PairGroup[];
}

/**
 * Writes the body of the awaitable operation that a pair becomes: what its Begin does, an await of what it starts, and what its End does with
 * the outcome. A pair that does more than pass its call on becomes a promise that its own callback settles.
 */
export function pairBody(context: Context, pair: DeclaredPair, { target, groups }: BodyChoices): PairBody {
  const { source } = context;
  const indent = indentAt(source.text, pair.begin.node.range[0]);
  const layout: BodyLayout = {
    indent,
    inner: indent + indentUnitOf(source.text),
    newline: lineBreakOf(source.text),
    end: semicolon(source),
  };
  const stub = stubBody(context, pair, layout);
  if (stub !== null) return stub;
  const forwarding = forwardingOf(context, pair) ?? dissolvedHandle(context, pair);
  if (namesClash(context, pair, forwarding)) return { refusal: "pair-unsupported", node: pair.end.nameNode };
  return forwarding === null
    ? wrappedBody(context, pair, layout)
    : forwardedBody(context, pair, forwarding, { target, groups }, layout);
}

/** A Begin that does nothing but throw, as in ports that are not finished: the method throws the same. */
function stubBody(context: Context, pair: DeclaredPair, { indent, newline }: BodyLayout): PairBody | null {
  const { body } = pair.begin.fn!;
  const [only, more] = body.type === "BlockStatement" ? body.body : [];
  const isUsed = [pair.callback, pair.state].some((parameter) =>
    (variableOf(context.source, parameter)?.references ?? []).some((reference) => reference.isRead()),
  );
  if (
    only?.type !== "ThrowStatement" ||
    more !== undefined ||
    isUsed ||
    pair.inputs.some(({ held }) => held !== undefined)
  )
    return null;
  return {
    text: `{${newline}${bodyLines(context, body, [only], []).join(newline)}${newline}${indent}}`,
    notes: [],
    needsImport: null,
    unneeded: [],
  };
}

function forwardedBody(
  context: Context,
  pair: DeclaredPair,
  { started, before, taken, edits: known = [], gone = [], unneeded = [] }: Forwarding,
  { target, groups }: BodyChoices,
  layout: BodyLayout,
): PairBody {
  const { source } = context;
  const { indent, inner, newline, end } = layout;
  const passedOn = passesOn(context, pair, started, taken, groups);
  const outs = outEdits(context, pair, passedOn);
  if (outs === null) return { refusal: "pair-unsupported", node: pair.end.nameNode };
  const draft = Draft.empty().inFile(source);
  for (const { range, text } of outs.edits) draft.replace(pair.end.node, range, text);
  const operation = started.kind === "operation" ? withEnd(started.operation, taken, pair) : null;
  const outputs = new Map(passedOn !== null && operation !== null ? [[operation, []]] : []);
  // What a `try` of the End catches did not come out of the Begin.
  const isFirst = isEvaluatedFirst(source, taken, pair.end.fn!.body, new Set(gone));
  const isInline = isFirst && !isInTry(taken, pair.end.fn!);
  const start =
    started.kind === "task"
      ? ({
          text: moved(unwrap(started.task)),
          kind: "twin",
          needsImport: null,
        } as const)
      : startOf(
          { context, draft, outputs, target, eventTwin: () => null },
          operation!,
          isInline ? indentAt(source.text, taken.range[0]) : inner,
        );
  if ("refusal" in start) return { refusal: start.refusal, node: taken };
  if (
    started.kind === "operation" &&
    pair.outs.length > 0 &&
    passedOn === null &&
    operation!.ends.some(({ extraArguments }) => extraArguments.length > 0)
  )
    return { refusal: "pair-unsupported", node: taken };
  const name =
    started.kind === "operation"
      ? freshName(context, pair, startName(started.operation))
      : freshName(context, pair, ["task", "started"]);
  const operand =
    started.kind === "task" &&
    !/^(?:CallExpression|MemberExpression|Identifier|NewExpression)$/.test(unwrap(started.task).type)
      ? text`(${start.text})`
      : start.text;
  const written = known.map(({ range, from }) => ({ range, text: renderRange(source.text, from.range, outs.edits) }));
  const removed = gone.map((statement) => ({ range: removalRange(source, statement), text: "" }));
  const edits = [
    ...outs.edits,
    ...written,
    ...removed,
    { range: taken.range, text: draft.render(awaitText(source, taken, isInline ? operand : name)) },
  ];
  const lines = [
    ...outs.declared.map((line) => `${inner}${line}${end}`),
    ...bodyLines(context, pair.begin.fn!.body, before, outs.edits),
    ...(isInline ? [] : [`${inner}const ${name} = ${draft.render(start.text)}${end}`]),
    // The End ran once the operation was complete.
    ...(isFirst ? [] : [`${inner}await Promise.allSettled([${name}])${end}`]),
    ...endLines(context, pair, edits, outs, layout),
  ];
  return {
    text: `{${newline}${lines.join(newline)}${newline}${indent}}`,
    notes: [
      ...(isFirst ? [] : ["end-work-now-later" as const]),
      ...(start.kind === "adapter" ? ["adapter-emitted" as const] : []),
    ],
    needsImport: start.needsImport,
    unneeded,
  };
}

/** Whether a node stands in a `try` of a function. */
function isInTry(node: TSESTree.Node, fn: TSESTree.Node): boolean {
  for (let current: TSESTree.Node | undefined | null = node; current && current !== fn; current = current.parent)
    if (current.parent?.type === "TryStatement" && current.parent.block === current) return true;
  return false;
}

/** The operation with the call that ends it: what is known of that tells what the operation gives. */
function withEnd(operation: Operation, call: TSESTree.CallExpression, { handle }: DeclaredPair): Operation {
  if (operation.ends.length > 0) return operation;
  const { nameNode, receiver } = calleeOf(call)!;
  const own =
    call.arguments.find((argument) => argument.type === "Identifier" && argument.name === handle.name) ??
    call.arguments.at(-1);
  return {
    ...operation,
    ends: [
      {
        call,
        stem: operation.stem,
        receiver,
        nameNode,
        handle: own as TSESTree.Expression,
        extraArguments: call.arguments.filter((argument) => argument !== own),
      },
    ],
  };
}

/** `return inner.EndX(out, ar)`: whether another operation gives the same values under the same names. */
function passesOn(
  context: Context,
  pair: DeclaredPair,
  started: Forwarding["started"],
  taken: TSESTree.CallExpression,
  groups: readonly PairGroup[],
): PassedOn | null {
  if (started.kind !== "operation" || pair.outs.length === 0) return null;
  const place = wrapped(taken);
  if (place !== taken || taken.parent.type !== "ReturnStatement") return null;
  const declared = outputsOf(context, withEnd(started.operation, taken, pair));
  const outputs =
    outputsOfGroups(context, started.operation, groups) ??
    (declared === null || (declared.result !== null && declared.result !== RESULT)
      ? null
      : { isVoid: declared.result === null, outs: declared.outs });
  const passed = taken.arguments.slice(0, -1);
  const isSame =
    outputs !== null &&
    outputs.isVoid === givesNothing(pair) &&
    passed.length === pair.outs.length &&
    pair.outs.every(
      ({ name }, index) => outputs.outs[index] === name && parameterNamed(context, pair, name, passed[index]!),
    );
  return isSame ? { begin: started.operation.begin, end: taken } : null;
}

function parameterNamed(context: Context, pair: DeclaredPair, name: string, argument: TSESTree.Node): boolean {
  const parameter = pair.end.params.find((each) => each.type === "Identifier" && each.name === name);
  return parameter?.type === "Identifier" && isParameter(context, argument, parameter);
}

/** Whether a name would mean something else once both bodies are one. Without `forwarding` the Begin's keeps a scope of its own. */
function namesClash({ source }: Context, pair: DeclaredPair, forwarding: Forwarding | null): boolean {
  const outs = new Set(pair.outs.map(({ name }) => name));
  const shared = new Set(
    pair.inputs.flatMap(({ name, held }) => (held === undefined || name === null || !outs.has(name) ? [] : [name])),
  );
  const [begin, end] = [pair.begin.fn!, pair.end.fn!].map((fn) => {
    const scope = scopeOf(source, fn.body);
    const statements = fn.body.type === "BlockStatement" ? fn.body.body : [];
    const gone =
      forwarding === null
        ? []
        : fn === pair.end.fn
          ? (forwarding.gone ?? [])
          : statements.filter((statement) => !forwarding.before.includes(statement));
    const isShared = (definition: { readonly type: unknown; readonly node: TSESTree.Node } | undefined): boolean =>
      definition !== undefined &&
      (forwarding !== null || fn === pair.end.fn || String(definition.type) === "Parameter") &&
      !gone.some((statement) => contains(statement, definition.node));
    return {
      own: new Set(scope.variables.flatMap(({ name, defs: [definition] }) => (isShared(definition) ? [name] : []))),
      free: scope.through.map(({ identifier }) => String((identifier as { name?: unknown }).name)),
    };
  }) as [{ own: Set<string>; free: string[] }, { own: Set<string>; free: string[] }];
  for (const name of [pair.callback.name, pair.state.name]) begin.own.delete(name);
  end.own.delete(pair.handle.name);
  return (
    [...end.own].some((name) => begin.own.has(name) && !shared.has(name)) ||
    end.free.some((name) => begin.own.has(name)) ||
    begin.free.some((name) => end.own.has(name))
  );
}
