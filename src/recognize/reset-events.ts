import { memberName, wrapped } from "../ast/names.ts";
import { nodesOf } from "../ast/node-index.ts";
import { onlyValueOf, readsOf, variableOf, type Variable } from "../ast/scopes.ts";
import type { TSESTree } from "../ast/source.ts";
import { EVENT_TYPES, RESET_MEMBERS, SET_MEMBERS, WAIT_MEMBERS, WAIT_ONE_MEMBERS } from "../dialects/tap.ts";
import { constructedName } from "./annotations.ts";
import type { Context } from "./context.ts";

/** A reset event held by one variable, with everything the file does to it. */
export interface ResetEvent {
  readonly variable: Variable;
  readonly creation: TSESTree.NewExpression;
  readonly isAutoReset: boolean;
  /** Whether it is created unset, as far as the text tells. */
  readonly startsUnset: boolean;
  readonly waits: readonly TSESTree.CallExpression[];
  readonly sets: readonly TSESTree.CallExpression[];
  readonly resets: readonly TSESTree.CallExpression[];
  /** Uses of any other kind: the event may be set or waited for where we cannot see it. */
  readonly others: readonly TSESTree.Node[];
}

const events = new WeakMap<Context, readonly ResetEvent[]>();

/** The reset events of a file that are created into a variable which is never given another value. */
export function resetEventsOf(context: Context): readonly ResetEvent[] {
  let known = events.get(context);
  if (known === undefined) {
    known = nodesOf(context.source)
      .of("NewExpression")
      .flatMap((creation) => {
        const event = EVENT_TYPES.has(constructedName(creation) ?? "") ? resetEvent(context, creation) : null;
        return event === null ? [] : [event];
      });
    events.set(context, known);
  }
  return known;
}

function resetEvent(context: Context, creation: TSESTree.NewExpression): ResetEvent | null {
  const { parent } = wrapped(creation);
  if (parent?.type !== "VariableDeclarator" || parent.id.type !== "Identifier") return null;
  const variable = variableOf(context.source, parent.id);
  if (variable === null || onlyValueOf(variable) === null) return null;
  const isExported = parent.parent.parent.type === "ExportNamedDeclaration";
  const event = {
    variable,
    creation,
    isAutoReset: constructedName(creation) === "AutoResetEvent",
    startsUnset: creation.arguments.length === 0 || (creation.arguments[0]?.type === "Literal" && creation.arguments[0].value === false),
    waits: [] as TSESTree.CallExpression[],
    sets: [] as TSESTree.CallExpression[],
    resets: [] as TSESTree.CallExpression[],
    others: (isExported ? [parent] : []) as TSESTree.Node[],
  };
  for (const { identifier } of readsOf(variable)) {
    const access = wrapped(identifier).parent;
    const call = access?.type === "MemberExpression" ? wrapped(access).parent : null;
    const name = access?.type === "MemberExpression" ? memberName(access) : null;
    if (call?.type !== "CallExpression" || name === null || call.callee !== wrapped(access!)) event.others.push(identifier);
    else if (WAIT_ONE_MEMBERS.has(name) || WAIT_MEMBERS.has(name)) event.waits.push(call);
    else if (SET_MEMBERS.has(name)) event.sets.push(call);
    else if (RESET_MEMBERS.has(name)) event.resets.push(call);
    else event.others.push(identifier);
  }
  return event;
}
