import { functionName } from "../ast/functions.ts";
import { calleeOf, keyName } from "../ast/names.ts";
import { nodesOf } from "../ast/node-index.ts";
import type { TSESTree } from "../ast/source.ts";
import type { Context } from "./context.ts";
import { isTaskApiName } from "./task-calls.ts";

/**
 * Whether a call could give a task or promise as far as its name goes. What a method gives shows in the members that the file
 * declares, in a name that APIs are known for, or nowhere; most calls of methods are neither, and need not be asked about.
 */
export function mayGiveTask(context: Context, call: TSESTree.CallExpression | TSESTree.NewExpression): boolean {
  const callee = calleeOf(call);
  if (call.type === "NewExpression" || context.types !== null || callee === null || callee.receiver === null) return true;
  const names = memberNames(context);
  return names === "any" || names.has(callee.name) || isTaskApiName(context, callee.name);
}

const namesByContext = new WeakMap<Context, ReadonlySet<string> | "any">();

/** The names of the members that the file declares; `any` where a module of promises lends it others. */
function memberNames(context: Context): ReadonlySet<string> | "any" {
  let known = namesByContext.get(context);
  if (known === undefined) namesByContext.set(context, (known = /promises\b/.test(context.source.text) ? "any" : declaredMemberNames(context)));
  return known;
}

function declaredMemberNames(context: Context): ReadonlySet<string> {
  const index = nodesOf(context.source);
  const names = [...index.of("FunctionExpression"), ...index.of("ArrowFunctionExpression")].map(functionName);
  names.push(...[...index.of("TSMethodSignature"), ...index.of("TSPropertySignature")].map(keyName));
  for (const owner of [...index.of("ClassDeclaration"), ...index.of("ClassExpression")]) {
    for (const member of owner.body.body) if ("key" in member) names.push(keyName(member as { key: TSESTree.Node; computed: boolean }));
  }
  return new Set(names.filter((name) => name !== null));
}
