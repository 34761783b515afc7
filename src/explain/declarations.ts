import type { TSESTree } from "../ast/source.ts";
import { contractGroupsOf } from "../plan/contracts/contract-kinds.ts";
import { typeGraphOf } from "../plan/contracts/contract-groups.ts";
import type { ContractGroup } from "../plan/contracts/contract-group.ts";
import { membersOf } from "../plan/contracts/event-groups.ts";
import type { Context } from "../recognize/context.ts";
import { ownCode } from "./parts.ts";
import type { OutcomePart, Recognised } from "./recognised.ts";

/** The operations that the types of a file declare in an old pattern. */
export function recognisedDeclarations(context: Context): Recognised[] {
  const files = [[context.source.filePath, context]] as const;
  return contractGroupsOf(files, typeGraphOf(files)).flatMap((group) => declaredIn(context, group));
}

function declaredIn({ source }: Context, group: ContractGroup): Recognised[] {
  const own = (nodes: readonly TSESTree.Node[]) => nodes.flatMap((node) => ownCode(source, node));
  if (group.kind === "events")
    return group.places.map(({ design, members, starter }) => ({
      kind: "declared-event",
      dialect: "declared starters with a completed event",
      nameNode: starter.nameNode,
      delivery: `Handlers of ${members.completed.event} are called.`,
      outcome: (design?.shape.values ?? []).map(({ name }): OutcomePart => ({ role: "value", name, node: null })),
      witnesses: ["The type has the starter and the event of one name, and declares how handlers are added."],
      parts: own(membersOf(members)),
      untouched: null,
    }));
  return group.places.map(({ members: { begins, ends }, pair, starter }) => ({
    kind: "declared-pair",
    dialect: "declared Begin/End pairs",
    nameNode: starter.nameNode,
    delivery: "A callback is called with a handle, which the End takes.",
    outcome: [
      ...ends.flatMap(({ name, nameNode }) =>
        (["error", "value"] as const).map((role): OutcomePart => ({ role, name, node: nameNode })),
      ),
      ...(pair?.outs ?? []).map(({ name }): OutcomePart => ({ role: "value", name, node: null })),
    ],
    witnesses: [
      "The type has a Begin and an End of one name, and its types, a mark or its use say that they are a pair.",
    ],
    parts: own([...begins, ...ends].map(({ node }) => node)),
    untouched: null,
  }));
}
