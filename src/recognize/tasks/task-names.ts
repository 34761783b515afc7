import { functionName } from "../../ast/functions.ts";
import { calleeOf, keyName, memberName, type Callee } from "../../ast/names.ts";
import { nodesOf } from "../../ast/node-index.ts";
import { variableOf } from "../../ast/scopes.ts";
import type { TSESTree } from "../../ast/source.ts";
import { PROMISE_MODULE_NAME } from "../../dialects/promise-apis.ts";
import { TASK_TYPES } from "../../dialects/tap.ts";
import type { Context } from "../context.ts";
import { isTaskApiName, platformPromise } from "./task-calls.ts";

/**
 * Whether a call could give a task or promise as far as its name goes. What a function gives shows where the file declares it, in a
 * name that APIs are known for, or nowhere: most calls have neither, and need not be looked up in scopes and classes.
 */
export function mayGiveTask(context: Context, call: TSESTree.CallExpression | TSESTree.NewExpression): boolean {
  const callee = calleeOf(call);
  if (context.types !== null || callee === null) return true;
  if (call.type === "NewExpression")
    return callee.name === "Promise" || TASK_TYPES.has(callee.name) || isClassOfFile(context, callee);
  return (
    isTaskApiName(callee.name) ||
    (callee.receiver === null ? isDeclared(context, callee.nameNode) : membersOf(context).has(callee.name)) ||
    (usesPromiseModule(context) && platformPromise(context, call, callee) !== null)
  );
}

function isClassOfFile(context: Context, { receiver, nameNode }: Callee): boolean {
  return receiver === null && variableOf(context.source, nameNode)?.defs[0]?.node.type === "ClassDeclaration";
}

/** The kinds of definitions that show what a name holds; what is imported shows nothing. */
const DECLARED: ReadonlySet<string> = new Set(["FunctionName", "Parameter", "Variable"]);

function isDeclared(context: Context, name: TSESTree.Node): boolean {
  return variableOf(context.source, name)?.defs.some(({ type }) => DECLARED.has(type)) === true;
}

const promiseModules = new WeakMap<Context, boolean>();

/** Whether the file uses a module of promises, which lends it names of any kind: only then are names looked up in what is imported. */
function usesPromiseModule(context: Context): boolean {
  let known = promiseModules.get(context);
  if (known === undefined) {
    const { text } = context.source;
    known = text.includes("promises") && PROMISE_MODULE_NAME.test(text);
    promiseModules.set(context, known);
  }
  return known;
}

const members = new WeakMap<Context, ReadonlySet<string>>();

/** The names of what the classes, interfaces and object literals of the file have. */
function membersOf(context: Context): ReadonlySet<string> {
  let known = members.get(context);
  if (known === undefined) members.set(context, (known = memberNames(context)));
  return known;
}

function memberNames(context: Context): Set<string> {
  const index = nodesOf(context.source);
  const names = [...index.of("FunctionExpression"), ...index.of("ArrowFunctionExpression")].map(functionName);
  names.push(...[...index.of("TSMethodSignature"), ...index.of("TSPropertySignature")].map(keyName));
  for (const owner of [...index.of("ClassDeclaration"), ...index.of("ClassExpression")]) {
    for (const member of owner.body.body) if ("key" in member) names.push(keyName(member));
  }
  for (const member of index.of("MemberExpression"))
    if (member.parent.type === "AssignmentExpression" && member.parent.left === member) names.push(memberName(member));
  // A function that is put into an object by its name.
  for (const { properties } of index.of("ObjectExpression"))
    for (const property of properties)
      if (property.type === "Property" && property.value.type === "Identifier") names.push(keyName(property));
  return new Set(names.filter((name) => name !== null));
}
