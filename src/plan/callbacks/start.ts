import { suspends } from "../../ast/flow.ts";
import { indentAt } from "../../ast/lines.ts";
import { COMPLETED_ARGS } from "../../dialects/eap.ts";
import type { Context } from "../../recognize/context.ts";
import { valuesOf } from "../../recognize/events/event-reads.ts";
import type { Operation } from "../../recognize/begin-end/operation.ts";
import { isOutputUnclear } from "../../recognize/events/outputs.ts";
import { twinOf } from "../../recognize/twins/twins.ts";
import { beginEndAdapter } from "./begin-end-adapter.ts";
import type { Written } from "../call-text.ts";
import { eventAdapter, needsAdapter, tellsProgress } from "../events/event-adapter.ts";
import { isOneOfSeveral, twinArguments } from "../events/event-twin.ts";
import { moved, movedHandler, movedIntoPromise } from "./moved-body.ts";
import { text } from "../write/text.ts";
import type { Facts } from "../planner.ts";
import type { PlannerBase } from "../planner-base.ts";
import type { Start } from "./started-call.ts";
import { helperInScope } from "../awaits/host-promise.ts";
import { twinCall } from "./twin-call.ts";

/**
 * Renders the start of an operation at the place of its Begin: the twin, made of the text of the Begin call itself, or the adapter
 * over the same pair. `indent` is the indentation of the line on which it will stand, `taken` are names that it may not use.
 */
export function startOf(
  {
    context,
    draft,
    facts: { outputs },
    target,
    eventTwin,
  }: Pick<PlannerBase, "context" | "draft" | "target" | "eventTwin"> & { readonly facts: Pick<Facts, "outputs"> },
  operation: Operation,
  indent = indentAt(context.source.text, operation.begin.range[0]),
  taken: readonly string[] = [],
): Start {
  const written: Written = (range) => moved(operation.begin, range);
  const promised: Written = (range) => movedIntoPromise(operation.begin, range);
  // Nothing can be waited for inside of a promise.
  const isSuspended = operation.inputs.some((input) => suspends(context.source, input));
  const suspended = { refusal: "await-not-allowed" } as const;
  if (isSuspended && target === "adapter") return suspended;
  const twin = twinOf(context, operation);
  const { taskToPromise } = context.host;
  const known = eventTwin(operation);
  // A promise in any host, as it is written in the file's language.
  const further =
    known === null || twin.exists !== "yes" || (isOneOfSeveral(operation, known) && !outputs.has(operation))
      ? null
      : twinArguments({ context, draft }, operation, known, indent);
  if (known !== null && further !== null)
    return {
      text: twinCall(
        context,
        { ...operation, inputs: operation.inputs.slice(0, known.inputs) },
        twin.name,
        written,
        further,
      ),
      kind: "twin",
      needsImport: null,
    };
  if (
    (target === "twin" && (operation.event === null || !tellsProgress(operation.event))) ||
    (target === "auto" &&
      twin.exists === "yes" &&
      taskToPromise.kind !== "never" &&
      (outputs.has(operation) || !isAdapterNeeded(context, operation)))
  ) {
    const call = twinCall(context, operation, twin.name, written);
    if (taskToPromise.kind === "method")
      return { text: text`${call}.${taskToPromise.name}()`, kind: "twin", needsImport: null };
    if (taskToPromise.kind === "call") {
      const helper = helperInScope(context);
      return { text: text`${helper.text}(${call})`, kind: "twin", needsImport: helper.needsImport };
    }
    return { text: call, kind: "twin", needsImport: null };
  }
  if (isSuspended) return suspended;
  return operation.event === null
    ? beginEndAdapter(context, operation, indent, promised)
    : eventAdapter(context, operation, operation.event, {
        indent,
        written: promised,
        moved: (node, to) => movedHandler({ context, draft }, node, to),
        taken,
      });
}

/** Whether the End fills in more than its result, or the handler of the completed event asks for more: a twin has no place for that. */
function isAdapterNeeded(context: Context, operation: Operation): boolean {
  const { event, ends } = operation;
  if (event === null) return ends.some((end) => end.extraArguments.length > 0);
  const values = valuesOf(event);
  return (
    needsAdapter(context, event) ||
    values.length > 1 ||
    values.some((name) => !COMPLETED_ARGS.value.has(name)) ||
    isOutputUnclear(context, operation)
  );
}
