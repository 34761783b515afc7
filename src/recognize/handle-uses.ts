import { memberName, wrapped } from "../ast/names.ts";
import { readsOf, writesOf, type Variable } from "../ast/scopes.ts";
import type { TSESTree } from "../ast/source.ts";
import { HANDLE_MEMBERS } from "../dialects/apm.ts";
import type { Context } from "./context.ts";
import { endTaking } from "./end-calls.ts";
import { destinationOf } from "./handle-flow.ts";
import type { HandleUse } from "./operation.ts";

/** Classifies one read of a handle. A read that only gives the handle to a const alias counts as the alias's reads. */
export function handleUses(context: Context, read: TSESTree.Identifier, depth = 0): HandleUse[] {
  const outer = wrapped(read);
  const end = endTaking(outer);
  if (end !== null) return [{ kind: "end", node: read, end }];
  const { parent } = outer;
  if (parent?.type === "MemberExpression" && parent.object === outer) {
    const name = memberName(parent);
    return name !== null && HANDLE_MEMBERS.has(name) ? [{ kind: "member", node: read, member: parent, name }] : [{ kind: "other", node: read }];
  }
  // const { AsyncState } = ar; is a read of the member.
  if (parent?.type === "VariableDeclarator" && parent.init === outer && depth < 4) {
    const destination = destinationOf(context, read);
    if (destination.kind === "variable" && writesOf(destination.variable).length === 1) {
      return readsOf(destination.variable).flatMap((reference) => handleUses(context, reference.identifier as TSESTree.Identifier, depth + 1));
    }
  }
  return [{ kind: "other", node: read }];
}

/** All uses of a variable that holds a handle throughout, such as a callback's parameter. */
export function usesOfVariable(context: Context, variable: Variable): HandleUse[] {
  return readsOf(variable).flatMap((reference) => handleUses(context, reference.identifier as TSESTree.Identifier));
}
