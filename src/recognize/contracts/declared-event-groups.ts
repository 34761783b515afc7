import { BUSY_MEMBERS, CANCEL_NAME, STARTER_NAME } from "../../dialects/eap.ts";
import type { Context } from "../context.ts";
import { declaringTypesOf, targetOf, type DeclaredMethod, type DeclaringType } from "./contract-members.ts";
import { declaredEventsOf, isOpen, returnsNothing, type DeclaredEvent } from "./declared-events.ts";
import { isUserState } from "./event-group-faults.ts";

/** What a class or an interface declares for one event-based operation. */
export interface DeclaredEventGroup {
  readonly owner: DeclaringType;
  /** All methods of the starter's name. */
  readonly starters: readonly DeclaredMethod[];
  readonly completed: DeclaredEvent;
  /** Its own progress event, or that of all operations of the type. */
  readonly progress: DeclaredEvent | null;
  /** `XAsyncCancel`, or the `CancelAsync` of all operations of the type. */
  readonly cancel: DeclaredMethod | null;
  /** Whether the type declares other operations of this kind. */
  readonly isOneOfSeveral: boolean;
}

/**
 * The event-based operations that the types of a file declare: a starter `XAsync` that returns nothing with an event `XCompleted`. Names
 * alone are not enough: the event has accessors, or the type a user state, a cancel method or `IsBusy`. Members that only the class
 * itself can use are nobody's contract.
 */
export function declaredEventGroupsOf(context: Context, around: readonly Context[] = [context]): DeclaredEventGroup[] {
  return declaringTypesOf(context).flatMap((owner) => {
    const events = declaredEventsOf(context, owner, around);
    if (events.length === 0) return [];
    const byName = new Map<string, DeclaredMethod[]>();
    for (const method of owner.methods)
      if (isStarter(method)) byName.set(method.name, [...(byName.get(method.name) ?? []), method]);
    const groups = [...byName].flatMap(([name, starters]): DeclaredEventGroup[] => {
      const stem = STARTER_NAME.exec(name)![1]!.toLowerCase();
      const completed = events.find((event) => event.role === "completed" && event.stem === stem);
      if (completed === undefined || !starters.every(returnsNothing) || !hasSign(owner, starters, completed)) return [];
      const progress =
        events.find((event) => event.role === "progress" && event.stem === stem) ??
        events.find((event) => event.role === "progress" && event.stem === "") ??
        null;
      const cancels = owner.methods.filter(
        (method) => !method.isStatic && isOpen(method.node) && CANCEL_NAME.test(method.name),
      );
      const cancel =
        cancels.find((method) => CANCEL_NAME.exec(method.name)![1]?.toLowerCase() === stem) ??
        cancels.find((method) => CANCEL_NAME.exec(method.name)![1] === undefined) ??
        null;
      return [{ owner, starters, completed, progress, cancel, isOneOfSeveral: false }];
    });
    return groups.map((group) => ({ ...group, isOneOfSeveral: groups.length > 1 }));
  });
}

function isStarter({ name, node, isStatic }: DeclaredMethod): boolean {
  return !isStatic && isOpen(node) && !CANCEL_NAME.test(name) && STARTER_NAME.test(name);
}

function hasSign({ members }: DeclaringType, starters: readonly DeclaredMethod[], completed: DeclaredEvent): boolean {
  return (
    completed.members.length > 1 ||
    completed.handlerType !== undefined ||
    members.some(({ name }) => CANCEL_NAME.test(name) || BUSY_MEMBERS.has(name)) ||
    starters.some(({ params }) => params.some(isUserState))
  );
}

/** The name of a parameter that is one plain name. */
export function parameterName(parameter: DeclaredMethod["params"][0]): string | null {
  const target = targetOf(parameter);
  return parameter.type !== "RestElement" && target.type === "Identifier" && target.name !== "this"
    ? target.name
    : null;
}
