import { asyncObstacle } from "../async/async-obstacle.ts";
import { tokensWithin } from "../../ast/ordered.ts";
import { loopAround } from "../../ast/flow.ts";
import { enclosingFunction } from "../../ast/functions.ts";
import type { TSESTree } from "../../ast/source.ts";
import type { EndCall, HelperUse, Operation } from "../../recognize/begin-end/operation.ts";
import { isEvaluatedFirst } from "../evaluation.ts";
import { firstOfPlace, outcomePlace } from "../outcome-place.ts";
import type { Range } from "../types.ts";
import { text, type Text } from "../write/text.ts";
import { awaitEnd, awaitIn } from "./end-awaits.ts";
import type { Planner } from "../planner.ts";
import { isConstant, isPure } from "../purity.ts";
import { isTypeScript } from "../call-text.ts";
import { writtenTypeRanges } from "../async/signatures.ts";
import { resultType } from "../async/result-type.ts";
import type { CallbackShape } from "./callback-shape.ts";
import { startName } from "./started-call.ts";

/** Functions that a callback hands its handle to, and that end the operation for it: they take the started promise instead. */

/** The Ends in a helper. */
export function endsOf(helper: HelperUse): EndCall[] {
  return helper.uses.flatMap((use) => (use.kind === "end" ? [use.end] : []));
}

/** Whether a helper can take a promise: all it does with the handle is to end it, and only callbacks of such operations call it. */
export function takesPromise({ operations, reach }: Planner, helper: HelperUse, { stem }: Operation): boolean {
  const { fn, uses } = helper;
  const areEnds =
    uses.length > 0 &&
    uses.every(
      (use) =>
        use.kind === "end" &&
        use.end.stem === stem &&
        use.end.extraArguments.length === 0 &&
        (use.end.receiver === null || isPure(use.end.receiver)) &&
        enclosingFunction(use.node) === fn &&
        loopAround(use.end.call, fn) === null,
    );
  if (!areEnds || fn.async || fn.generator || asyncObstacle(reach, fn) !== null || !reach.isClosed(fn)) return false;
  const isHanded = (call: TSESTree.CallExpression): boolean =>
    operations.some(
      (operation) =>
        operation.stem === stem &&
        operation.callback.kind === "function" &&
        operation.callbackUses.some((use) => use.kind === "other" && use.helper?.call === call),
    );
  return reach.usagesOf(fn).every((usage) => usage.kind === "call" && isHanded(usage.call));
}

/** Whether a helper does nothing before it ends the operation and is given nothing that may change until then, so that it may be called before the operation is complete. */
export function endsFirst({ context }: Planner, helper: HelperUse): boolean {
  const [end] = endsOf(helper);
  return (
    end !== undefined &&
    helper.call.arguments.every((argument, index) => index === helper.index || isConstant(context.source, argument)) &&
    isEvaluatedFirst(context.source, firstOfPlace(context.source, end.call), helper.fn.body, new Set())
  );
}

/** Hands the promise `operand` to the helpers of a callback, awaits them, and rewrites each of them once. */
export function awaitHelpers(planner: Planner, shape: CallbackShape, operand: Text, isMoved: boolean): void {
  const { draft } = planner;
  for (const helper of shape.helpers) {
    const { call, fn, index } = helper;
    const argument = call.arguments[index]!;
    const part = (range: Range): Text => [{ range, inside: call, indent: null, takes: [call] }];
    const [before, behind] = [part([call.range[0], argument.range[0]]), part([argument.range[1], call.range[1]])];
    const place = outcomePlace(planner.context.source, call)!;
    awaitEnd(planner, shape, { call, place, operand: text`${before}${operand}${behind}`, isMoved });
    draft.link(shape.fn, fn);
    // Several callbacks may share it.
    if (planner.functions.claim(fn)) rewriteHelper(planner, helper, shape.operations[0]!);
  }
}

function rewriteHelper(planner: Planner, helper: HelperUse, operation: Operation): void {
  const { context, draft, functions, names } = planner;
  const { source } = context;
  const { fn } = helper;
  functions.header(fn);
  for (const range of writtenTypeRanges(source, fn)) draft.replace(fn, range, "");
  const name = names.unique(fn.body, startName(operation));
  const parameter = fn.params[helper.index]!;
  const isBare =
    fn.type === "ArrowFunctionExpression" &&
    fn.params.length === 1 &&
    !tokensWithin(source.ast, [fn.range[0], parameter.range[0]]).some(({ value }) => value === "(");
  const declared = isTypeScript(source.filePath)
    ? `${name}: Promise<${resultType(context, { ...operation, ends: endsOf(helper) })}>`
    : name;
  draft.replace(fn, parameter.range, isBare && declared !== name ? `(${declared})` : declared);
  for (const { call } of endsOf(helper))
    awaitIn(planner, fn, {
      call,
      place: outcomePlace(source, call)!,
      operand: name,
      operation,
      places: [],
      movedTo: null,
    });
}
