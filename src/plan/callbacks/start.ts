import { suspends } from "../../ast/flow.ts";
import { indentAt } from "../../ast/lines.ts";
import { dottedName } from "../../ast/names.ts";
import { nodesOf } from "../../ast/node-index.ts";
import { COMPLETED_ARGS } from "../../dialects/eap.ts";
import type { Context } from "../../recognize/context.ts";
import { valuesOf } from "../../recognize/events/event-reads.ts";
import type { Operation } from "../../recognize/begin-end/operation.ts";
import { isOutputUnclear } from "../../recognize/events/outputs.ts";
import { twinOf } from "../../recognize/twins/twins.ts";
import { beginEndAdapter } from "./begin-end-adapter.ts";
import { endOfArgument, looseComments, openParen, type Written } from "../call-text.ts";
import type { RefusalCode } from "../codes.ts";
import { renderRange } from "../edits.ts";
import { eventAdapter, needsAdapter, tellsProgress } from "../events/event-adapter.ts";
import { isOneOfSeveral, twinArguments } from "../events/event-twin.ts";
import { movedHandler } from "./moved-body.ts";
import { lowerFirst } from "../naming.ts";
import type { Planner } from "../planner.ts";

/** The expression that starts an operation and gives a promise, or why there is none. */
export type Start =
  | {
      readonly text: string;
      readonly kind: "twin" | "adapter";
      /** Import to add: the host's helper. */ readonly needsImport: {
        readonly name: string;
        readonly from: string;
      } | null;
    }
  | { readonly refusal: RefusalCode };

/**
 * Renders the start of an operation at the place of its Begin: the twin, made of the text of the Begin call itself, or the adapter
 * over the same pair. `indent` is the indentation of the line on which it will stand, `taken` are names that it may not use.
 */
export function startOf(
  {
    context,
    draft,
    outputs,
    target,
    eventTwin,
  }: Pick<Planner, "context" | "draft" | "outputs" | "target" | "eventTwin">,
  operation: Operation,
  indent = indentAt(context.source.text, operation.begin.range[0]),
  taken: readonly string[] = [],
): Start {
  const written: Written = (range) => renderRange(context.source.text, range, draft.takeEdits(range));
  if (operation.inputs.some((input) => suspends(context.source, input)) && target === "adapter")
    return { refusal: "await-not-allowed" };
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
      return { text: `${call}.${taskToPromise.name}()`, kind: "twin", needsImport: null };
    if (taskToPromise.kind === "call") {
      const helper = helperInScope(context);
      return { text: `${helper.text}(${call})`, kind: "twin", needsImport: helper.needsImport };
    }
    return { text: call, kind: "twin", needsImport: null };
  }
  return operation.event === null
    ? beginEndAdapter(context, operation, indent, written)
    : eventAdapter(context, operation, operation.event, {
        indent,
        written,
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

/** The Begin call with the twin's name, without callback and state, and with further arguments; everything else as written. */
export function twinCall(
  context: Context,
  operation: Operation,
  name: string,
  written: Written,
  further: readonly string[] = [],
): string {
  const { begin, nameNode, inputs } = operation;
  // A computed name keeps its quotes: a["BeginRead"] becomes a["ReadAsync"].
  const nameText = nameNode.type === "Literal" ? nameNode.raw.charAt(0) + name + nameNode.raw.charAt(0) : name;
  const last = inputs.at(-1);
  const upToInputs =
    last === undefined
      ? `${written([nameNode.range[1], openParen(context, operation)])}(`
      : written([nameNode.range[1], endOfArgument(context, last, begin)]);
  const comments = looseComments(
    context,
    operation,
    last === undefined ? openParen(context, operation) : endOfArgument(context, last, begin),
    indentAt(context.source.text, begin.range[0]),
  );
  const added = further.length === 0 ? "" : `${last === undefined ? "" : ", "}${further.join(", ")}`;
  return `${written([begin.range[0], nameNode.range[0]])}${nameText}${upToInputs}${added}${last === undefined && added === "" ? comments.trimStart() : comments})`;
}

/** How the file reaches the host's helper: imported or destructured under its name, a member of an object in use, else an import to add. */
export function helperInScope(context: Context): { text: string; needsImport: { name: string; from: string } | null } {
  const { taskToPromise } = context.host;
  if (taskToPromise.kind !== "call") throw new TypeError("The host has no helper function.");
  const { source } = context;
  const { helper, owners, from } = taskToPromise;
  const moduleScope =
    source.scopeManager.scopes.find((scope) => scope.type === "module") ?? source.scopeManager.scopes[0]!;
  if ((moduleScope.set.get(helper)?.defs.length ?? 0) > 0) return { text: helper, needsImport: null };
  const used = owners.find(
    (owner) =>
      (moduleScope.set.get(owner)?.defs.length ?? 0) > 0 ||
      nodesOf(source)
        .of("MemberExpression")
        .some((member) => dottedName(member)?.startsWith(`${owner}.${helper}`)),
  );
  if (used !== undefined) return { text: `${used}.${helper}`, needsImport: null };
  // PuerTS defines its object globally; unity-jsb's helper exists in its module only.
  return context.host.name === "unity-jsb" && from !== null && moduleScope.type === "module"
    ? { text: helper, needsImport: { name: helper, from } }
    : { text: `${owners[0]!}.${helper}`, needsImport: null };
}

/** A name for the started operation: the stem, `putObject`. */
export function startName(operation: Operation): string[] {
  const name = lowerFirst(operation.stem);
  return [name, `${name}Started`];
}
