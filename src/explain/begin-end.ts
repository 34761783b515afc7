import { calleeOf } from "../ast/names.ts";
import { isPromiseAdapter } from "../recognize/begin-end/adapters.ts";
import { operationsOf } from "../recognize/begin-end/begin-end.ts";
import type { Completion, HandleUse, Operation, Witness } from "../recognize/begin-end/operation.ts";
import type { Context } from "../recognize/context.ts";
import { headOf, ownCode } from "./parts.ts";
import type { OutcomePart, Recognised } from "./recognised.ts";

const WITNESSES: Readonly<Record<Witness, string>> = {
  "null-tail": "Nothing is given in place of a callback and of a state.",
  "type-name": "The callback or the handle has the type of one.",
  "callback-ends": "The callback gives what it is called with to an End of the same name.",
  "handle-member": "Members of a handle are read.",
  "handle-flow": "What the call gives arrives in an End of the same name.",
  "known-type": "The type of the object is known to have this operation.",
};

const DELIVERIES: Readonly<Record<Completion, string>> = {
  callback: "A callback is called.",
  poll: "A loop reads whether it is complete.",
  waitHandle: "Its wait handle is waited for.",
  endAtOnce: "Its End waits for it.",
  never: "Nobody looks at the handle again.",
  escapes: "The handle or the callback goes where it cannot be followed.",
};

/** The Begins of a file. */
export function recognisedBegins(context: Context): Recognised[] {
  return operationsOf(context).map((operation) => ({
    kind: "begin-end",
    dialect: "Begin/End pairs",
    nameNode: operation.nameNode,
    delivery: DELIVERIES[operation.completion],
    outcome: outcomeOf(operation),
    witnesses: [...operation.witnesses].map((witness) => WITNESSES[witness]),
    parts: partsOf(context, operation),
    untouched: isPromiseAdapter(context, operation) ? "It stands in a promise that its callback settles." : null,
  }));
}

function outcomeOf({ ends, handleUses, callbackUses }: Operation): OutcomePart[] {
  const states = [...handleUses, ...callbackUses].flatMap((use: HandleUse): OutcomePart[] =>
    use.kind === "member" && /^[aA]syncState$/.test(use.name)
      ? [{ role: "state", name: use.name, node: use.member }]
      : [],
  );
  // An End gives the value, and throws the error.
  const given = ends.flatMap(({ call, nameNode }) => {
    const name = calleeOf(call)?.name ?? "";
    return (["error", "value"] as const).map((role): OutcomePart => ({ role, name, node: nameNode }));
  });
  return [...given, ...states];
}

function partsOf({ source }: Context, { begin, callback, ends, handleUses }: Operation): Recognised["parts"] {
  const reads = handleUses.flatMap((use) => (use.kind === "member" ? [use.member.range] : []));
  return [
    ...ownCode(source, begin),
    ...(callback.kind === "function" ? [headOf(callback.fn)] : []),
    ...ends.flatMap(({ call }) => ownCode(source, call)),
    ...reads,
  ];
}
