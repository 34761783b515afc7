import { globalPathOf } from "../../ast/globals.ts";
import { moduleMemberOf } from "../../ast/modules.ts";
import { lastSegment, memberName, unwrap } from "../../ast/names.ts";
import { nodesOf } from "../../ast/node-index.ts";
import { variableOf, type Variable } from "../../ast/scopes.ts";
import type { TSESTree } from "../../ast/source.ts";
import type { StartPattern } from "../../dialects/dialect.ts";
import { isModuleOf } from "../../dialects/makers.ts";
import type { Context } from "../context.ts";
import { formsNamed, type NamedForm } from "./forms.ts";
import { madeBy, type Made } from "./makers.ts";
import type { DescribedOperation } from "./operation.ts";

/** A call of a function that starts operations, whether it is given something to call back or not. */
export type DescribedCall = Pick<DescribedOperation, "call" | "dialect" | "form" | "module" | "name" | "nameNode"> & {
  readonly start: StartPattern;
};

/** The operations that a call may start, by where the function comes from that is called. There is more than one only where two families have one name. */
export function describedCallsAt(context: Context, call: TSESTree.CallExpression): DescribedCall[] {
  const callee = unwrap(call.callee);
  const named = nameOf(context, callee);
  if (named === null) return [];
  // Nearly all calls are done with here: no operation has their name. A module below another one has a path for a name.
  const names = new Set([named.name, named.name.slice(named.name.lastIndexOf("/") + 1)]);
  const forms = [...names].flatMap((name) => formsNamed(context, name));
  return forms.flatMap((form) => {
    const found = startOf(context, form, callee);
    return found === null
      ? []
      : [{ dialect: form.dialect, form: form.form, name: form.name, call, nameNode: named.node, ...found }];
  });
}

const known = new WeakMap<Context, readonly DescribedCall[]>();

/** All such calls of a file, in source order. */
export function describedCallsOf(context: Context): readonly DescribedCall[] {
  let calls = known.get(context);
  if (calls === undefined) {
    calls = nodesOf(context.source)
      .of("CallExpression")
      .flatMap((call) => describedCallsAt(context, call));
    known.set(context, calls);
  }
  return calls;
}

/** The name under which a callee is known where it comes from, and the node that says which it is. */
function nameOf({ source }: Context, callee: TSESTree.Node): { name: string; node: TSESTree.Node } | null {
  if (callee.type === "MemberExpression") {
    const name = memberName(callee);
    return name === null ? null : { name, node: callee.property };
  }
  const variable = callee.type === "Identifier" ? variableOf(source, callee) : null;
  if (variable === null) return null;
  let name = boundNames.get(variable);
  if (name === undefined) {
    const member = moduleMemberOf(source, callee);
    const path = member === null ? globalPathOf(source, callee) : member.path || member.module;
    boundNames.set(variable, (name = path === null ? null : lastSegment(path)));
  }
  return name === null ? null : { name, node: callee };
}

/** The names of what variables were bound to. */
const boundNames = new WeakMap<Variable, string | null>();

function startOf(
  context: Context,
  { dialect, name }: NamedForm,
  callee: TSESTree.Node,
): { readonly start: StartPattern; readonly module: string | null } | null {
  for (const start of dialect.starts) {
    const made = startsWith(context, start, name, callee);
    if (made !== null) return { start, module: made.module };
  }
  return null;
}

/** Where a callee comes from that is an operation of a name, where a dialect starts; `null` where it is none. */
function startsWith(context: Context, start: StartPattern, name: string, callee: TSESTree.Node): Made | null {
  const { source } = context;
  switch (start.kind) {
    case "module": {
      const member = moduleMemberOf(source, callee);
      if (member === null) return null;
      if (start.isSplit === true && member.path === "" && isModuleOf(start.modules, upTo(member.module, name)))
        return { module: member.module };
      if (!isModuleOf(start.modules, member.module)) return null;
      const isNamed = member.path === name || (member.path === "" && member.module === name);
      return isNamed ? { module: member.module } : null;
    }
    case "global":
      return globalPathOf(source, callee) === `${start.path}.${name}` ? { module: null } : null;
    case "made":
      return callee.type === "MemberExpression" ? madeBy(context, callee.object, start.by) : null;
  }
}

/** The module below which another one has a name; itself where it has another name. */
function upTo(module: string, name: string): string {
  return module.endsWith(`/${name}`) ? module.slice(0, -name.length - 1) : module;
}
