import { tokensWithin } from "../../ast/ordered.ts";
import { contains, tryAround } from "../../ast/flow.ts";
import { indentAt, lineBreakOf } from "../../ast/lines.ts";
import { calleeOf, unwrap, wrapped } from "../../ast/names.ts";
import { textOf, type TSESTree } from "../../ast/source.ts";
import { writtenTypeRanges } from "../async/signatures.ts";
import type { Operation } from "../../recognize/begin-end/operation.ts";
import { movedBehind } from "../countdowns/countdown-removals.ts";
import { noteStart } from "./ends.ts";
import { endsOf } from "./helpers.ts";
import { commentsIn, semicolon } from "../layout.ts";
import { addedName, inlineCallee, type Hoisting } from "./inline-handler.ts";
import { moved, movedBlock } from "./moved-body.ts";
import { text, type Text } from "../write/text.ts";
import { resolvesAlike } from "../naming.ts";
import { beginName, refuse } from "../planner-base.ts";
import { removeStatement } from "../remove-statement.ts";
import type { Planner } from "../planner.ts";
import { isStateQuiet, mayEvaluateStateFirst } from "./early-state.ts";
import type { Range } from "../types.ts";
import { isTypeScript } from "../call-text.ts";
import { parameterDocEdits } from "../async/doc-types.ts";
import { resultType } from "../async/result-type.ts";
import { startOf } from "./start.ts";
import type { Barrier, CallbackShape } from "./callback-shape.ts";
import { startName } from "./started-call.ts";
import { noteStartError } from "./start-errors.ts";
import { insertAtTop } from "./top-of-body.ts";

/** A callback rewritten as an async function that takes the started operation, and the state where it needs that. */
export interface Continuation {
  readonly shape: CallbackShape;
  /** Renders its call for one operation; `null` when that operation was refused. */
  readonly call: (operation: Operation) => StartedContinuation | null;
}

/** The call of a continuation for one operation, and the statement that its state has in front of it, if any. */
export interface StartedContinuation {
  readonly before: Text;
  readonly call: Text;
}

/** Rewrites the parts of a callback's body that are the same wherever it goes: completed reads, removed statements. */
export function rewriteBody(planner: Planner, shape: CallbackShape): void {
  const { draft } = planner;
  for (const read of shape.completedReads) draft.replace(shape.fn, read.range, "true");
  const moved = shape.operations.flatMap((operation) => movedBehind(planner, shape.fn, operation));
  for (const statement of shape.removed)
    removeStatement(
      planner,
      shape.fn,
      statement,
      "remove",
      moved.includes(statement) ? "moved" : "carried",
      shape.removed,
    );
}

/** Leaves a guarded block without its guard, where all that came after it is gone. Called when everything in it is written. */
export function dissolveTry(planner: Planner, { fn, removed }: CallbackShape): void {
  const [only, ...others] =
    fn.body.type === "BlockStatement" ? fn.body.body.filter((statement) => !removed.has(statement)) : [];
  if (
    only?.type !== "TryStatement" ||
    others.length > 0 ||
    only.handler !== null ||
    only.finalizer === null ||
    !only.finalizer.body.every((statement) => removed.has(statement))
  )
    return;
  const body = movedBlock(only.block, indentAt(planner.context.source.text, only.range[0]));
  const comments = commentsIn(planner.context.source, only.finalizer.range).length;
  if (comments === 0 || only.finalizer.body.length > 0) planner.draft.replace(fn, only.range, body);
}

/** The statement that stands at the top of a rewritten callback, or `null`. */
export function barrierText(barrier: Barrier, promise: Text, end: ";" | ""): Text | null {
  if (barrier === "none") return null;
  return barrier === "await" ? text`await ${promise}${end}` : text`await Promise.allSettled([${promise}])${end}`;
}

/**
 * Turns a callback into an async function of the started operation, in place of its declaration or of the inline function.
 *
 * @param isAwaited whether the function that starts an operation waits for it
 */
export function planContinuation(
  planner: Planner,
  shape: CallbackShape,
  hoisting: Hoisting,
  isAwaited: (operation: Operation) => boolean,
): Continuation {
  const { context, draft, functions, names } = planner;
  const { source } = context;
  const { fn, state, operations } = shape;
  const [operation] = operations as [Operation];
  const barrier = shape.outcome.barrier(planner, shape);
  if (barrier === "await") draft.note(operation, "exceptions-now-surface", operation.begin, beginName(operation));
  const promise = names.unique(fn.body, startName(operation));
  rewriteBody(planner, shape);
  const stateName = state.isNeeded ? (state.variable?.name ?? names.unique(fn.body, ["state", "asyncState"])) : null;
  if (stateName !== null) {
    for (const read of state.reads) {
      if (state.declaration === null || !contains(state.declaration, read))
        draft.replace(fn, stateRead(planner, shape, read), stateName);
    }
  }
  shape.outcome.write(planner, shape, promise, false);
  dissolveTry(planner, shape);
  const isTyped = isTypeScript(source.filePath);
  const given = planner.facts.given.get(fn);
  const result =
    given === undefined
      ? resultType(context, { ...operation, ends: [...operation.ends, ...shape.helpers.flatMap(endsOf)] })
      : (given.type ?? "any");
  const parameters = [
    isTyped ? `${promise}: Promise<${!shape.outcome.isTaken && result === "any" ? "unknown" : result}>` : promise,
  ];
  if (stateName !== null) parameters.push(isTyped ? `${stateName}: ${state.type ?? "any"}` : stateName);
  if (shape.sender !== null) parameters.push(textOf(source, shape.sender));
  const replaced = fn.params.flatMap((parameter) =>
    parameter.type === "Identifier" && parameter !== shape.sender ? [parameter.name] : [],
  );
  const documented = [
    { name: promise, type: `Promise<${result}>` },
    ...(stateName === null ? [] : [{ name: stateName, type: "any" }]),
  ];
  for (const edit of parameterDocEdits(source, fn, replaced, documented)) draft.replace(fn, edit.range, edit.text);
  replaceParameters(planner, shape, parameters.join(", "));
  functions.header(fn);
  // What is called with a promise from now on has no type that takes a handle.
  for (const range of writtenTypeRanges(source, fn)) draft.replace(fn, range, "");
  const top = barrierText(barrier, promise, semicolon(source));
  if (top !== null) insertAtTop(planner, shape, top);

  return {
    shape,
    call: (site) => {
      const start = startOf(planner, site, undefined, addedName(context, site));
      if ("refusal" in start) {
        refuse(planner, site, start.refusal);
        return null;
      }
      // The state was evaluated before the operation started; only what has no effect may come after it, or go.
      const isEarly = !isStateQuiet(site);
      if (isEarly && (stateName === null || !mayEvaluateStateFirst(planner, site))) {
        refuse(planner, site, "state-unsupported", site.state);
        return null;
      }
      noteStart(planner, site, start);
      // What becomes of it in a `try` around the start is said where the call is placed.
      if (tryAround(site.begin) === null) noteStartError(planner, shape, site, isAwaited(site));
      const callee = calleeText(planner, shape, site, hoisting);
      if (callee === null) return null;
      const sender = shape.sender === null ? "" : `, ${textOf(source, site.receiver!)}`;
      if (stateName === null) return { before: "", call: text`${callee}(${start.text}${sender})` };
      if (!isEarly) return { before: "", call: text`${callee}(${start.text}, ${moved(site.state)}${sender})` };
      const early = names.unique(site.begin, ["state", "asyncState"]);
      const newline = lineBreakOf(source.text) + indentAt(source.text, site.begin.range[0]);
      return {
        before: text`const ${early} = ${moved(site.state)}${semicolon(source)}${newline}`,
        call: text`${callee}(${start.text}, ${early}${sender})`,
      };
    },
  };
}

/** The range of a read of the state, with the cast and its parentheses where the name that takes its place has that very type. */
function stateRead({ context }: Planner, { state }: CallbackShape, read: TSESTree.Node): Range {
  const { text } = context.source;
  const outer = wrapped(read);
  const cast =
    outer.type === "TSAsExpression" || outer.type === "TSTypeAssertion"
      ? textOf(context.source, outer.typeAnnotation)
      : null;
  if (cast === null || cast !== state.type) return read.range;
  const isParenthesized =
    outer.parent?.type === "MemberExpression" && text[outer.range[0] - 1] === "(" && text[outer.range[1]] === ")";
  return isParenthesized ? [outer.range[0] - 1, outer.range[1] + 1] : outer.range;
}

function replaceParameters({ context, draft }: Planner, { fn }: CallbackShape, parameters: string): void {
  const [parameter] = fn.params;
  const { text } = context.source;
  if (parameter === undefined) {
    const open = text.indexOf(
      "(",
      fn.type === "ArrowFunctionExpression"
        ? fn.range[0]
        : (fn.typeParameters?.range[1] ??
            (fn.type === "FunctionExpression" || fn.id === null ? fn.range[0] : fn.id.range[1])),
    );
    return draft.insert(fn, open + 1, parameters);
  }
  // `ar => …` has no parentheses to put a typed parameter into.
  const isBare =
    fn.type === "ArrowFunctionExpression" &&
    !tokensWithin(context.source.ast, [fn.range[0], parameter.range[0]]).some(({ value }) => value === "(");
  draft.replace(fn, [parameter.range[0], fn.params.at(-1)!.range[1]], isBare ? `(${parameters})` : parameters);
}

/** How a continuation is called at a site: by its name, as the member it is, or as the inline function itself. */
function calleeText(planner: Planner, shape: CallbackShape, operation: Operation, hoisting: Hoisting): Text | null {
  const { source } = planner.context;
  if (contains(operation.callbackArgument, shape.fn)) return inlineCallee(planner, shape, operation, hoisting);
  const { callback } = operation;
  const forwarding = callback.kind === "function" ? callback.forwarding : null;
  if (forwarding !== null) return textOf(source, forwarding.callee);
  let node = unwrap(operation.callbackArgument);
  while (node.type === "NewExpression" || node.type === "CallExpression") {
    const callee = node.type === "CallExpression" ? calleeOf(node) : null;
    node = unwrap(callee?.name === "bind" && callee.receiver !== null ? callee.receiver : node.arguments.at(-1)!);
  }
  const named =
    callback.kind === "function" && callback.binding !== null && "name" in callback.binding
      ? callback.binding.name
      : null;
  const called = node.type === "Identifier" ? (named ?? node.name) : null;
  // A handler may be added to its event in another function than the one that starts the operation.
  if (
    operation.event !== null &&
    called !== null &&
    !resolvesAlike(source, called, operation.callbackArgument, operation.begin)
  ) {
    refuse(planner, operation, "callback-unsupported", operation.callbackArgument, called);
    return null;
  }
  // A constant may stand between: `const delegate = new AsyncCallback(onRead)`.
  return node.type === "Identifier" && named !== null ? named : textOf(source, node);
}
