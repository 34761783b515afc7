import { moduleBindingOf } from "../ast/modules.ts";
import { calleeOf, lastSegment, memberName } from "../ast/names.ts";
import { nodesOf } from "../ast/node-index.ts";
import type { TSESTree } from "../ast/source.ts";
import { BEGIN_NAME } from "../dialects/apm.ts";
import { CANCEL_NAME, STARTER_NAME } from "../dialects/eap.ts";
import { RESULT_MEMBERS, WAIT_MEMBERS } from "../dialects/tap.ts";
import { beginLackOf, type BeginLack } from "../recognize/begin-end/begin-end.ts";
import type { Context } from "../recognize/context.ts";
import { endNameOf } from "../dialects/apm-names.ts";
import { pairMembersOf } from "../recognize/contracts/contract-pairs.ts";
import { declaringTypesOf } from "../recognize/contracts/contract-members.ts";
import { consumedStarters } from "../recognize/events/event-starters.ts";
import { subscriptionsOf } from "../recognize/events/event-subscriptions.ts";
import { likelyFormsNamed } from "../recognize/operations/forms.ts";
import { natureOf } from "../recognize/tasks/tasks.ts";
import { originText } from "./callbacks.ts";
import { ownCode } from "./parts.ts";
import type { Recognised } from "./recognised.ts";

/** A name that a dialect knows, in code that was not recognised, and what it lacks. */
export interface Lacking {
  readonly nameNode: TSESTree.Node;
  readonly dialect: string;
  readonly lacks: string;
  readonly parts: Recognised["parts"];
}

const BEGIN_LACKS: Readonly<Record<BeginLack, string>> = {
  arguments: "It has fewer than two arguments: a Begin takes a callback and a state at its end.",
  "counted-arguments": "Its arguments are spread, so that callback and state cannot be told.",
  callback: "The last argument but one is neither nothing nor a function.",
  witness:
    "The name is its only witness. Another one is a callback that ends it, a handle that arrives in an End of the same name, or a type.",
};

/** The calls, reads and methods of a file that have the name of something which they were not recognised as. `known` are the names of what was. */
export function lackingIn(context: Context, known: ReadonlySet<TSESTree.Node>): Lacking[] {
  const index = nodesOf(context.source);
  const calls = index.of("CallExpression").flatMap((call): Lacking[] => {
    const callee = calleeOf(call);
    if (callee === null || known.has(callee.nameNode)) return [];
    const lack = lackOfCall(context, call, callee.name, callee.receiver);
    return lack === null ? [] : [{ ...lack, nameNode: callee.nameNode, parts: ownCode(context.source, call) }];
  });
  const reads = index.of("MemberExpression").flatMap((member): Lacking[] => {
    const lacks = RESULT_MEMBERS.has(memberName(member) ?? "") ? lackOfTask(context, member.object) : null;
    return lacks === null || known.has(member.property)
      ? []
      : [{ nameNode: member.property, dialect: "blocking waits", lacks, parts: [member.range] }];
  });
  return [...calls, ...reads, ...lackingMethods(context)];
}

function lackOfCall(
  context: Context,
  call: TSESTree.CallExpression,
  name: string,
  receiver: TSESTree.Expression | null,
): Pick<Lacking, "dialect" | "lacks"> | null {
  const lack = beginLackOf(context, call);
  if (lack !== null) return { dialect: "Begin/End pairs", lacks: BEGIN_LACKS[lack] };
  const callback = lackOfCallback(context, call, name);
  if (callback !== null) return callback;
  if (receiver === null) return null;
  if (STARTER_NAME.test(name) && !CANCEL_NAME.test(name))
    return { dialect: "completed events", lacks: lackOfStarter(context, name) };
  const task = WAIT_MEMBERS.has(name) ? lackOfTask(context, receiver) : null;
  return task === null ? null : { dialect: "blocking waits", lacks: task };
}

function lackOfCallback(
  context: Context,
  call: TSESTree.CallExpression,
  name: string,
): Pick<Lacking, "dialect" | "lacks"> | null {
  const origin = moduleBindingOf(context.source, call.callee);
  const forms = likelyFormsNamed(context, lastSegment(origin?.name ?? name));
  if (forms.length === 0) return null;
  if (origin === null) {
    const origins = forms.flatMap(({ dialect, name: own }) => dialect.starts.map((start) => originText(start, own)));
    return {
      dialect: [...new Set(forms.map(({ dialect }) => dialect.name))].join(" or "),
      lacks: `The name is its only witness: nothing shows that the function is ${[...new Set(origins)].join(", or ")}.`,
    };
  }
  const own = forms.find(({ dialect }) =>
    dialect.starts.some((start) => start.kind === "module" && start.modules.includes(origin.module)),
  );
  if (own === undefined) return null;
  return { dialect: own.dialect.name, lacks: "Its last argument is no function, and nothing says that it may be one." };
}

function lackOfStarter(context: Context, name: string): string {
  const stem = STARTER_NAME.exec(name)![1]!.toLowerCase();
  if (consumedStarters(context).has(name))
    return "What it gives is used somewhere in the file, so that it is awaited and no starter.";
  const isListenedTo = subscriptionsOf(context).some((each) => each.role === "completed" && each.stem === stem);
  return isListenedTo
    ? "There is a completed event of its name, but nothing shows that it is one of the same object, or that its handler is told of an outcome."
    : "The name is its only witness: nobody in the file listens to a completed event of its name.";
}

/** What an expression lacks to be a task; `null` where it may be one, and the wait is none for another reason, or nothing is known. */
function lackOfTask(context: Context, expression: TSESTree.Expression): string | null {
  const { kind } = natureOf(context, expression);
  if (kind === "none") return "What it is a member of is no task.";
  if (kind === "unknown") return "The name is its only witness: nothing shows that it is a member of a task.";
  return "It is a member of a task, but blocks nothing: the task is complete by then, the wait only asks, or the name is not spelled as a task's.";
}

function lackingMethods(context: Context): Lacking[] {
  const pairs = pairMembersOf(context);
  return declaringTypesOf(context).flatMap((owner) =>
    owner.methods.flatMap(({ name, nameNode, node }): Lacking[] => {
      if (!BEGIN_NAME.test(name) || pairs.some(({ begins }) => begins.some((begin) => begin.nameNode === nameNode)))
        return [];
      const end = endNameOf(name);
      const lacks = owner.methods.some((method) => method.name === end)
        ? "Names are its only witness: no type, mark or use says that it takes a callback, or its End a handle."
        : `Its type has no ${end}.`;
      return [{ nameNode, dialect: "declared Begin/End pairs", lacks, parts: ownCode(context.source, node) }];
    }),
  );
}
