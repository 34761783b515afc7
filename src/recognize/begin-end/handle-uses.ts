import { memberName, wrapped } from "../../ast/names.ts";
import { parameterVariable, readsOf, writesOf, type Variable } from "../../ast/scopes.ts";
import type { TSESTree } from "../../ast/source.ts";
import { HANDLE_MEMBERS } from "../../dialects/apm.ts";
import { resolveCallable } from "../callables.ts";
import type { Context } from "../context.ts";
import { endTaking } from "./end-calls.ts";
import { destinationOf } from "./handle-flow.ts";
import type { HandleUse, HelperUse } from "./operation.ts";

/** Classifies one read of a handle. A read that only gives the handle to a const alias counts as the alias's reads. */
export function handleUses(context: Context, read: TSESTree.Identifier, depth = 0): HandleUse[] {
  const outer = wrapped(read);
  const end = endTaking(outer);
  if (end !== null) {
    // `endRead(ar)` may be a function of the file around `stream.EndRead(ar)`.
    const wrapper = end.receiver === null ? helperUse(context, outer, depth) : null;
    const isWrapper = wrapper?.uses.some((use) => use.kind === "end" && use.end.stem === end.stem) === true;
    return isWrapper ? [{ kind: "other", node: read, helper: wrapper }] : [{ kind: "end", node: read, end }];
  }
  const { parent } = outer;
  if (parent?.type === "MemberExpression" && parent.object === outer) {
    const name = memberName(parent);
    return name !== null && HANDLE_MEMBERS.has(name)
      ? [{ kind: "member", node: read, member: parent, name }]
      : [{ kind: "other", node: read }];
  }
  // const { AsyncState } = ar; is a read of the member.
  if (parent?.type === "VariableDeclarator" && parent.init === outer && depth < 4) {
    const destination = destinationOf(context, read);
    if (destination.kind === "variable" && writesOf(destination.variable).length === 1) {
      return readsOf(destination.variable).flatMap((reference) =>
        handleUses(context, reference.identifier as TSESTree.Identifier, depth + 1),
      );
    }
  }
  const helper = helperUse(context, outer, depth);
  return [{ kind: "other", node: read, ...(helper === null ? {} : { helper }) }];
}

/** All uses of a variable that holds a handle throughout, such as a callback's parameter. */
export function usesOfVariable(context: Context, variable: Variable, depth = 0): HandleUse[] {
  return readsOf(variable).flatMap((reference) =>
    handleUses(context, reference.identifier as TSESTree.Identifier, depth),
  );
}

/** The function of the file that a handle is passed on to, by a parameter that keeps it. */
function helperUse(context: Context, handle: TSESTree.Node, depth: number): HelperUse | null {
  const call = handle.parent;
  const index = call?.type === "CallExpression" ? call.arguments.indexOf(handle as TSESTree.Expression) : -1;
  if (
    call?.type !== "CallExpression" ||
    index === -1 ||
    depth > 2 ||
    call.arguments.some(({ type }) => type === "SpreadElement")
  )
    return null;
  const callable = resolveCallable(context, call.callee);
  if (callable.kind !== "function" || callable.binding === null) return null;
  const parameter = parameterVariable(context.source, callable.fn, index);
  if (parameter === null || callable.fn.params[index]!.type !== "Identifier" || writesOf(parameter).length > 0)
    return null;
  return { call, fn: callable.fn, index, uses: usesOfVariable(context, parameter, depth + 1) };
}
