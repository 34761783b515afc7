import { typeReferenceName } from "../../ast/names.ts";
import { implementedBy } from "../../ast/optional-parts.ts";
import { BUSY_MEMBERS, CANCEL_NAME } from "../../dialects/eap.ts";
import { isNothingType, targetOf, type DeclaredMethod, type DeclaringType } from "./contract-members.ts";
import type { ContractFault } from "./contract-fault.ts";

/** `add_LoadCompleted`, `LoadCompleted`; the rest is the name of the operation. */
const EVENT_MEMBER = /^(?:(?:add|remove)_)?([A-Z]\w*)Completed$/;
/** In .NET's spelling only: in camel case such names are everybody's. */
const STARTER = /^([A-Z]\w*)Async$/;
/** How an event is called that is meant to be one of these. */
const ENDINGS = ["Complete", "Done", "Ended", "Finished", "AsyncCompleted"];
const USER_STATE = /^(?:user(?:State|Token)|state|asyncState|cookie)$/i;

/**
 * The faults of the groups that a class offers for event-based operations: starters `XAsync` with an event `XCompleted`, and what goes
 * with them. Other members must show that the class follows the pattern: an event of it, a user state, `CancelAsync`, `IsBusy`.
 */
export function eventGroupFaults({ members, methods, isDerived, node }: DeclaringType): ContractFault[] {
  const events = new Map(
    members.flatMap(({ name, nameNode, type }) => {
      const stem = EVENT_MEMBER.exec(name)?.[1];
      return stem === undefined
        ? []
        : [
            [
              stem,
              {
                nameNode,
                isTyped:
                  /EventHandler(?:\$1)?$|Event$/.test(typeReferenceName(type) ?? "") || /^(?:add|remove)_/.test(name),
              },
            ] as const,
          ];
    }),
  );
  const starters = new Map<string, DeclaredMethod[]>();
  for (const method of methods) {
    const stem = CANCEL_NAME.test(method.name) ? undefined : STARTER.exec(method.name)?.[1];
    if (stem !== undefined && !stem.endsWith("Task")) starters.set(stem, [...(starters.get(stem) ?? []), method]);
  }
  const hasSigns =
    members.some(({ name }) => CANCEL_NAME.test(name) || BUSY_MEMBERS.has(name)) ||
    [...events.values()].some(({ isTyped }) => isTyped);
  const unstarted = [...events.keys()].filter((stem) => !starters.has(stem));
  const unheard = [...starters.keys()].filter((stem) => !events.has(stem));
  const faults: ContractFault[] = [];
  for (const [stem, versions] of starters) {
    const [starter] = versions as [DeclaredMethod];
    const takesState = versions.some(({ params }) => params.some((parameter) => isUserState(parameter)));
    if (events.has(stem)) {
      const returning = versions.find(({ returnType }) => !isNothingType(returnType));
      if (returning !== undefined && (hasSigns || takesState))
        faults.push({
          kind: "starterReturns",
          node: returning.nameNode,
          member: returning.name,
          other: `${stem}Completed`,
        });
      continue;
    }
    // A base class may have the event, and a version that returns something is none of this pattern.
    if (
      isDerived ||
      (node.type !== "TSInterfaceDeclaration" && implementedBy(node).length > 0) ||
      !(hasSigns && takesState) ||
      versions.some(({ returnType }) => !isNothingType(returnType))
    )
      continue;
    const [other] = unstarted.length === 1 && unheard.length === 1 ? unstarted : [];
    const near = members.find(({ name }) =>
      ENDINGS.some((ending) => name === stem + ending || name === `add_${stem}${ending}`),
    );
    const misnamed = near?.nameNode ?? (other === undefined ? undefined : events.get(other)!.nameNode);
    if (misnamed !== undefined)
      faults.push({
        kind: "eventMisnamed",
        node: misnamed,
        member: near?.name ?? `${other!}Completed`,
        other: `${stem}Completed`,
      });
    else faults.push({ kind: "eventMissing", node: starter.nameNode, member: starter.name, other: `${stem}Completed` });
  }
  return faults;
}

/** Whether a parameter takes what tells one call from others that are pending. */
export function isUserState(parameter: DeclaredMethod["params"][0]): boolean {
  const target = targetOf(parameter);
  return target.type === "Identifier" && USER_STATE.test(target.name);
}
