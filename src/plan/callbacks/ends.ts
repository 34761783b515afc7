import type { Source, TSESTree } from "../../ast/source.ts";
import { contains, isAlwaysBefore } from "../../ast/flow.ts";
import { enclosingOf } from "../../ast/functions.ts";
import { unwrap } from "../../ast/names.ts";
import { nodesOf } from "../../ast/node-index.ts";
import { isSameReference, onlyValueOf, readsOf, variableOf, writesOf } from "../../ast/scopes.ts";
import { isWritten } from "../../recognize/field-uses.ts";
import type { EndCall, HandleUse, Operation } from "../../recognize/begin-end/operation.ts";
import { handleWait } from "../waits/handle-completion.ts";
import { importEdit } from "../awaits/host-promise.ts";
import { beginName, refuse } from "../planner-base.ts";
import type { Planner } from "../planner.ts";
import { isConstant, isPure } from "../purity.ts";
import type { PollLoop } from "../waits/poll-loops.ts";
import type { WaitGroup } from "../waits/wait-group.ts";
import type { Start } from "./started-call.ts";

/** Notes what the reader should know of a start, and imports what it calls. */
export function noteStart(
  { context, draft }: Planner,
  operation: Operation,
  start: Exclude<Start, { refusal: unknown }>,
): void {
  if (start.kind === "adapter") draft.note(operation, "adapter-emitted", operation.begin, beginName(operation));
  if (start.needsImport === null) return;
  const { range, text } = importEdit(context.source, start.needsImport);
  draft.replace(operation, range, text);
}

/** Whether every End takes the handle alone, from a receiver that may go unevaluated. */
export function areEndsPlain(planner: Planner, operation: Operation): boolean {
  const repeated = operation.ends.find((end, index) =>
    operation.ends.slice(0, index).some((earlier) => isAlwaysBefore(earlier.call, end.call)),
  );
  if (repeated !== undefined) {
    refuse(planner, operation, "end-mismatch", repeated.call);
    return false;
  }
  for (const end of operation.ends) {
    if (isOtherObject(planner, operation, end) || isReceiverReplaced(planner, operation, end))
      refuse(planner, operation, "end-mismatch", end.call);
    else if (
      end.extraArguments.length > 0 &&
      !planner.facts.outputs.has(operation) &&
      !areOutsKept(planner, operation, end)
    )
      refuse(planner, operation, "end-has-extra-arguments", end.call);
    else if (end.receiver !== null && !isPure(end.receiver))
      refuse(planner, operation, "receiver-has-effects", end.call);
    else continue;
    return false;
  }
  return true;
}

/**
 * Whether the values that an End takes beside the handle may be filled in when the operation completes: they are the same steady
 * objects for every End, made before the Begin, and nobody reads them until the End. Only an adapter can hand them over.
 */
function areOutsKept({ context, target }: Planner, operation: Operation, { call, extraArguments }: EndCall): boolean {
  const { source } = context;
  if (target === "twin" || operation.callback.kind !== "none" || operation.ends.length !== 1) return false;
  return extraArguments.every((argument) => {
    const variable = variableOf(source, unwrap(argument));
    const definition = variable?.defs[0]?.node;
    if (variable === null || definition === undefined || !isConstant(source, argument)) return false;
    const isMade = definition.type !== "VariableDeclarator" || isAlwaysBefore(definition, operation.begin);
    return (
      isMade &&
      readsOf(variable).every(
        ({ identifier }) =>
          contains(call, identifier) || isAlwaysBefore(identifier, operation.begin) || isAlwaysBefore(call, identifier),
      )
    );
  });
}

/** Whether an End is called on an object that is surely not the one on which the operation began. */
function isOtherObject({ context }: Planner, operation: Operation, end: EndCall): boolean {
  const created = [operation.receiver, end.receiver].map((receiver) => {
    const variable = receiver === null ? null : variableOf(context.source, unwrap(receiver));
    const value = variable === null ? null : onlyValueOf(variable);
    return value !== null && unwrap(value).type === "NewExpression" ? variable : null;
  });
  return created[0] != null && created[1] != null && created[0] !== created[1];
}

/** Whether the variable or member on whose object the operation began is given another one before the End is called on it. */
function isReceiverReplaced({ context: { source } }: Planner, operation: Operation, end: EndCall): boolean {
  const { begin, receiver } = operation;
  if (receiver === null || end.receiver === null || !isSameReference(source, receiver, end.receiver)) return false;
  const start = enclosingOf(begin);
  const unit = enclosingOf(end.call);
  return writesTo(source, receiver).some((write) => {
    const isBehindBegin = enclosingOf(write) === start && begin.range[1] <= write.range[0];
    const isBeforeEnd = enclosingOf(write) === unit && write.range[1] <= end.call.range[0];
    return unit === start ? isBehindBegin && isBeforeEnd : isBehindBegin || isBeforeEnd;
  });
}

/** The places that give a variable or member of that name a value, or any part of the path to it. */
function writesTo(source: Source, reference: TSESTree.Node): TSESTree.Node[] {
  const node = unwrap(reference);
  const variable = variableOf(source, node);
  if (variable !== null) return writesOf(variable).map(({ identifier }) => identifier as TSESTree.Node);
  if (node.type !== "MemberExpression") return [];
  const members = nodesOf(source).of("MemberExpression");
  const own = members.filter((member) => isWritten(member) && isSameReference(source, member, node));
  return [...own, ...writesTo(source, node.object)];
}

interface Waits {
  readonly waits: TSESTree.Statement[];
  readonly releases: TSESTree.Statement[];
  readonly polls: PollLoop[];
  readonly groups: { readonly group: WaitGroup; readonly member: TSESTree.Node }[];
}

/** The statements that wait for a handle; refuses the operation and gives `null` when a member is used in another way. */
export function waitsOf(
  planner: Planner,
  operation: Operation,
  uses: readonly HandleUse[] = operation.handleUses,
): Waits | null {
  const found: Waits = { waits: [], releases: [], polls: [], groups: [] };
  for (const use of uses) {
    if (use.kind !== "member") continue;
    const wait = handleWait(
      planner.context,
      use,
      beginName(operation),
      planner.yieldInPolls && operation.callback.kind === "none",
    );
    if (wait.kind === "refusal") {
      refuse(planner, operation, wait.code, wait.node, wait.name);
      return null;
    }
    if (wait.kind === "poll") found.polls.push(wait.poll);
    else if (wait.kind === "group") found.groups.push(wait);
    else (wait.kind === "wait" ? found.waits : found.releases).push(wait.statement);
  }
  return found;
}
