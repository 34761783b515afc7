import { globalPathOf } from "../../ast/globals.ts";
import { moduleBindingOf } from "../../ast/modules.ts";
import { lastSegment, memberName, unwrap } from "../../ast/names.ts";
import { nodesOf } from "../../ast/node-index.ts";
import { onlyValueOf, variableOf, type Variable } from "../../ast/scopes.ts";
import type { TSESTree } from "../../ast/source.ts";
import type { StartPattern } from "../../dialects/dialect.ts";
import type { Context } from "../context.ts";
import { callbacksOf } from "./callbacks.ts";
import { formsNamed } from "./forms.ts";
import type { DescribedOperation } from "./operation.ts";

const known = new WeakMap<Context, readonly DescribedOperation[]>();

/**
 * The starts of operations that dialects describe, in source order. Two witnesses: the function that is called comes from where the
 * dialect starts, and something that is or may be a function stands where one is called back.
 */
export function describedOperationsOf(context: Context): readonly DescribedOperation[] {
  let operations = known.get(context);
  if (operations === undefined) {
    operations = nodesOf(context.source)
      .of("CallExpression")
      .flatMap((call) => operationAt(context, call) ?? []);
    known.set(context, operations);
  }
  return operations;
}

function operationAt(context: Context, call: TSESTree.CallExpression): DescribedOperation | null {
  const callee = unwrap(call.callee);
  const named = nameOf(context, callee);
  if (named === null) return null;
  // Nearly all calls are done with here: no operation has their name.
  for (const { dialect, name, form } of formsNamed(context.settings, named.name)) {
    const start = dialect.starts.find((each) => startsWith(context, each, name, callee));
    if (start === undefined) continue;
    const given = callbacksOf(context, call, form);
    if (given !== null) return { dialect, form, start, name, call, nameNode: named.node, ...given };
  }
  return null;
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
    const path = moduleBindingOf(source, callee)?.name ?? globalPathOf(source, callee);
    boundNames.set(variable, (name = path === null ? null : lastSegment(path)));
  }
  return name === null ? null : { name, node: callee };
}

/** The names of what variables were bound to. */
const boundNames = new WeakMap<Variable, string | null>();

/** Whether a callee is an operation of a name, where a dialect starts. */
function startsWith({ source }: Context, start: StartPattern, name: string, callee: TSESTree.Node): boolean {
  switch (start.kind) {
    case "module": {
      const origin = moduleBindingOf(source, callee);
      return origin !== null && origin.name === name && start.modules.includes(origin.module);
    }
    case "global":
      return globalPathOf(source, callee) === `${start.path}.${name}`;
    case "made": {
      if (callee.type !== "MemberExpression") return false;
      const object = unwrap(callee.object);
      const variable = variableOf(source, object);
      const maker = unwrap((variable === null ? null : onlyValueOf(variable)) ?? object);
      if (maker.type !== "CallExpression") return false;
      const made = unwrap(maker.callee);
      return made.type === "MemberExpression" && start.by.includes(memberName(made) ?? "");
    }
  }
}
