import { functionName } from "../ast/functions.ts";
import { calleeOf, keyName } from "../ast/names.ts";
import { nodesOf } from "../ast/node-index.ts";
import type { TSESTree } from "../ast/source.ts";
import { PROMISE_MODULE_NAME } from "../dialects/promise-apis.ts";
import type { Context } from "./context.ts";
import { isTaskApiName } from "./task-calls.ts";

/**
 * Whether a call could give a task or promise as far as its name goes. What a function gives shows where the file declares it, in a
 * name that APIs are known for, or nowhere: most calls have neither, and need not be looked up in scopes and classes.
 */
export function mayGiveTask(context: Context, call: TSESTree.CallExpression | TSESTree.NewExpression): boolean {
  const callee = calleeOf(call);
  if (call.type === "NewExpression" || context.types !== null || callee === null) return true;
  const { variables, members, isOpen } = namesOf(context);
  return isOpen || (callee.receiver === null ? variables : members).has(callee.name) || isTaskApiName(context, callee.name);
}

interface Names {
  /** Of functions, variables and parameters; what is imported shows nothing. */
  readonly variables: ReadonlySet<string>;
  /** Of what classes, interfaces and object literals have. */
  readonly members: ReadonlySet<string>;
  /** Whether the file uses a module of promises, which lends it names of any kind. */
  readonly isOpen: boolean;
}

const namesByContext = new WeakMap<Context, Names>();

function namesOf(context: Context): Names {
  let known = namesByContext.get(context);
  if (known === undefined) {
    known = { variables: variableNames(context), members: memberNames(context), isOpen: usesPromiseModule(context.source.text) };
    namesByContext.set(context, known);
  }
  return known;
}

function usesPromiseModule(text: string): boolean {
  return PROMISE_MODULE_NAME.test(text) && /promises\b/.test(text);
}

/** The kinds of definitions that show what a name holds. */
const DECLARED: ReadonlySet<string> = new Set(["FunctionName", "Parameter", "Variable"]);

function variableNames(context: Context): Set<string> {
  const names = new Set<string>();
  for (const { variables } of context.source.scopeManager.scopes) {
    for (const { defs, name } of variables) if (defs.some(({ type }) => DECLARED.has(type))) names.add(name);
  }
  return names;
}

function memberNames(context: Context): Set<string> {
  const index = nodesOf(context.source);
  const names = [...index.of("FunctionExpression"), ...index.of("ArrowFunctionExpression")].map(functionName);
  names.push(...[...index.of("TSMethodSignature"), ...index.of("TSPropertySignature")].map(keyName));
  for (const owner of [...index.of("ClassDeclaration"), ...index.of("ClassExpression")]) {
    for (const member of owner.body.body) if ("key" in member) names.push(keyName(member));
  }
  return new Set(names.filter((name) => name !== null));
}
