import { moduleMemberOf } from "../../ast/modules.ts";
import { calleeOf } from "../../ast/names.ts";
import { nodesOf } from "../../ast/node-index.ts";
import { MAY_REPLACE, REPLACERS } from "../../dialects/test-doubles.ts";
import type { Context } from "../context.ts";

/** Whether a text may replace members of modules, for whoever wants to know before it is parsed. */
export function mayReplaceMembers(text: string): boolean {
  return MAY_REPLACE.test(text);
}

/** The members of modules that a file replaces for its tests, as `MODULE NAME`: `fs readFile` for `jest.spyOn(fs, "readFile")`. */
export function replacedMembersOf({ source }: Context): string[] {
  if (!mayReplaceMembers(source.text)) return [];
  return nodesOf(source)
    .of("CallExpression")
    .flatMap((call) => {
      const [object, name] = call.arguments;
      if (object === undefined || name?.type !== "Literal" || typeof name.value !== "string") return [];
      if (!REPLACERS.has(calleeOf(call)?.name ?? "")) return [];
      const member = moduleMemberOf(source, object);
      return member?.path === "" ? [`${member.module} ${name.value}`] : [];
    });
}
