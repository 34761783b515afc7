import { contains } from "../../ast/flow.ts";
import { classOf } from "../../ast/functions.ts";
import { keyName, memberName, wrapped } from "../../ast/names.ts";
import { nodesOf } from "../../ast/node-index.ts";
import { onlyValueOf, readsOf, variableOf, type Variable } from "../../ast/scopes.ts";
import type { TSESTree } from "../../ast/source.ts";
import {
  ADD_COUNT_MEMBERS,
  COUNTDOWN_EVENT_TYPE,
  EVENT_TYPES,
  RESET_MEMBERS,
  SET_MEMBERS,
  WAIT_MEMBERS,
  WAIT_ONE_MEMBERS,
} from "../../dialects/tap.ts";
import { constructedName } from "../annotations.ts";
import type { Context } from "../context.ts";
import { usesOfField } from "../field-uses.ts";

/** A reset event held by one variable or one field of a class, with everything the file does to it. */
export interface ResetEvent {
  readonly name: string;
  /** `null` for a field. */
  readonly variable: Variable | null;
  /** `null` for a variable. */
  readonly field: TSESTree.PropertyDefinition | null;
  readonly creation: TSESTree.NewExpression;
  readonly isAutoReset: boolean;
  /** Whether it is set only when it has been signalled as often as it counts: a `CountdownEvent`. */
  readonly isCounting: boolean;
  /** Whether it is created unset and one signal sets it, as far as the text tells. */
  readonly startsUnset: boolean;
  readonly waits: readonly TSESTree.CallExpression[];
  readonly sets: readonly TSESTree.CallExpression[];
  readonly resets: readonly TSESTree.CallExpression[];
  /** What makes it wait for one signal more. */
  readonly additions: readonly TSESTree.CallExpression[];
  /** Uses of any other kind: the event may be set or waited for where we cannot see it. */
  readonly others: readonly TSESTree.Node[];
}

const events = new WeakMap<Context, readonly ResetEvent[]>();

/** The reset events of a file that are created into a variable or field which is never given another value. */
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
  const holder = holderOf(context, creation);
  if (holder === null) return null;
  const isCounting = constructedName(creation) === COUNTDOWN_EVENT_TYPE;
  const event = {
    name: holder.name,
    variable: holder.variable,
    field: holder.field,
    creation,
    isAutoReset: constructedName(creation) === "AutoResetEvent",
    isCounting,
    startsUnset:
      (creation.arguments.length === 0 && !isCounting) ||
      (creation.arguments[0]?.type === "Literal" && creation.arguments[0].value === (isCounting ? 1 : false)),
    waits: [] as TSESTree.CallExpression[],
    sets: [] as TSESTree.CallExpression[],
    resets: [] as TSESTree.CallExpression[],
    additions: [] as TSESTree.CallExpression[],
    others: [...holder.others],
  };
  for (const read of holder.reads) {
    const access = wrapped(read).parent;
    const call = access?.type === "MemberExpression" ? wrapped(access).parent : null;
    const name = access?.type === "MemberExpression" ? memberName(access) : null;
    if (call?.type !== "CallExpression" || name === null || call.callee !== wrapped(access!)) event.others.push(read);
    else if (WAIT_ONE_MEMBERS.has(name) || WAIT_MEMBERS.has(name)) event.waits.push(call);
    else if (SET_MEMBERS.has(name)) event.sets.push(call);
    else if (RESET_MEMBERS.has(name)) event.resets.push(call);
    else if (isCounting && ADD_COUNT_MEMBERS.has(name)) event.additions.push(call);
    else event.others.push(read);
  }
  return event;
}

/** What holds an event: every place that reads it, and what takes it out of sight. */
interface Holder {
  readonly name: string;
  readonly variable: Variable | null;
  readonly field: TSESTree.PropertyDefinition | null;
  readonly reads: readonly TSESTree.Node[];
  readonly others: readonly TSESTree.Node[];
}

function holderOf(context: Context, creation: TSESTree.NewExpression): Holder | null {
  const { parent } = wrapped(creation);
  if (parent?.type === "PropertyDefinition")
    return parent.value === wrapped(creation) ? fieldHolder(context, parent) : null;
  if (parent?.type !== "VariableDeclarator" || parent.id.type !== "Identifier") return null;
  const variable = variableOf(context.source, parent.id);
  if (variable === null || onlyValueOf(variable) === null) return null;
  const isExported = parent.parent.parent.type === "ExportNamedDeclaration";
  return {
    name: variable.name,
    variable,
    field: null,
    reads: readsOf(variable).map(({ identifier }) => identifier as TSESTree.Node),
    others: isExported ? [parent] : [],
  };
}

function fieldHolder(context: Context, field: TSESTree.PropertyDefinition): Holder | null {
  const name = keyName(field);
  const owner = classOf(field);
  if (name === null || owner === null) return null;
  const isPrivate = field.accessibility === "private" || field.key.type === "PrivateIdentifier";
  const { own, strange } = usesOfField(context, owner, name, field.static);
  // The code that uses an exported class may set and wait as well.
  const exported: TSESTree.Node[] = isPrivate || !/^Export/.test(owner.parent.type) ? [] : [field];
  const others = [...exported, ...strange.filter((node) => !isPrivate || contains(owner, node))];
  return { name, variable: null, field, reads: own, others };
}
