import { globalPathOf } from "../../ast/globals.ts";
import { moduleBindingOf } from "../../ast/modules.ts";
import { memberOf } from "../../ast/functions.ts";
import { calleeOf, dottedName, keyName, lastSegment, unwrap, type Callee } from "../../ast/names.ts";
import { onlyValueOf, variableOf } from "../../ast/scopes.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import { HOSTS } from "../../dialects/hosts.ts";
import {
  ASYNC_NAMES_OF_PROMISES,
  MODULES_WITH_PROMISES,
  PROMISE_CONTINUATIONS,
  PROMISE_FACTORIES,
  PROMISE_GLOBALS,
  PROMISE_MODULES,
} from "../../dialects/promise-apis.ts";
import {
  ASYNC_NAME,
  COMPLETE_TASK_FACTORIES,
  TASK_CONTINUATIONS,
  TASK_FACTORIES,
  TASK_FACTORY_MEMBERS,
  TASK_TYPES,
  TASK_VIEWS,
} from "../../dialects/tap.ts";
import { typeNameOf } from "../annotations.ts";
import { knownOperation } from "../begin-end/begin-end.ts";
import { resolveCallable } from "../callables.ts";
import { calledFunction } from "./called-function.ts";
import type { Context } from "../context.ts";
import { resultOf } from "./function-results.ts";
import { declaredResults } from "../signatures.ts";
import { isOperationObject } from "./operation-objects.ts";
import {
  commonNature,
  COMPLETE_PROMISE,
  COMPLETE_TASK,
  isAwaitable,
  NAMED,
  PLAIN_TASK,
  PROMISE,
  TASK,
  UNKNOWN,
  type TaskNature,
} from "./task-nature.ts";
import { natureOfTaskName, natureOfType } from "./task-types.ts";

type Ask = (expression: TSESTree.Node) => TaskNature;

/** What a call gives: by the function of the file it calls, by a declared signature, else by what the API is known for. */
export function natureOfCall(context: Context, call: TSESTree.CallExpression, ask: Ask): TaskNature {
  const callable = resolveCallable(context, call.callee);
  // Which overload is called decides, and the body, which serves all of them, does not.
  if (callable.kind === "function" && !hasOverloads(callable.fn)) return resultOf(context, callable.fn, ask);
  const declared = declaredResults(context, call).map((type) => natureOfType(context, type));
  if (declared.length > 0 && !declared.includes(null)) return commonNature(declared as TaskNature[]);
  const fn = calledFunction(context, call);
  if (fn !== null && !hasOverloads(fn)) return resultOf(context, fn, ask);
  const callee = calleeOf(call);
  if (callee === null) return UNKNOWN;
  return (
    wrappedTask(context, call, callee) ??
    (callee.receiver === null
      ? null
      : (continuation(callee.name, call, callee.receiver, ask) ??
        factory(context, call, callee.name, callee.receiver))) ??
    platformPromise(context, call, callee) ??
    namedAsync(context, call, callee)
  );
}

/** Whether a method is written for several signatures of its class. */
function hasOverloads(fn: FunctionNode): boolean {
  const member = memberOf(fn);
  if (member?.type !== "MethodDefinition") return false;
  const name = keyName(member);
  return member.parent.body.some(
    (other) =>
      other.type === "MethodDefinition" &&
      other.static === member.static &&
      keyName(other) === name &&
      String(other.value.type) === "TSEmptyBodyFunctionExpression",
  );
}

/** The host's way from a task to a promise. */
function wrappedTask(context: Context, call: TSESTree.CallExpression, callee: Callee): TaskNature | null {
  return unwrappedTask(context, call, callee) === null ? null : PROMISE;
}

/** The task that the host's helper makes a promise of: `t` in `puer.$promise(t)`, `Yield(t)`, `t.ToPromise()`; `null` for other calls. */
export function unwrappedTask(
  context: Context,
  call: TSESTree.CallExpression,
  callee = calleeOf(call),
): TSESTree.Node | null {
  // Most calls are settled by their name, before the whole text is searched for the marks of a host.
  if (callee === null || !HOST_HELPERS.has(callee.name)) return null;
  const { taskToPromise: way } = context.host;
  if (way.kind === "method") return callee.name === way.name ? callee.receiver : null;
  if (way.kind !== "call" || callee.name !== way.helper || call.arguments.length === 0) return null;
  const owner = callee.receiver === null ? null : dottedName(callee.receiver);
  return owner === null || way.owners.includes(lastSegment(owner)) ? call.arguments[0]! : null;
}

const HOST_HELPERS: ReadonlySet<string> = new Set(
  Object.values(HOSTS).flatMap(({ taskToPromise: way }) =>
    way.kind === "method" ? [way.name] : way.kind === "call" ? [way.helper] : [],
  ),
);

const API_NAMES: ReadonlySet<string> = new Set([
  ...[
    PROMISE_CONTINUATIONS,
    PROMISE_FACTORIES,
    PROMISE_GLOBALS,
    TASK_CONTINUATIONS,
    TASK_FACTORIES,
    TASK_FACTORY_MEMBERS,
    TASK_VIEWS,
  ].flatMap((names) => [...names]),
  ...HOST_HELPERS,
]);

/** Whether a member of this name gives a task or promise in any API or host that is known by name. */
export function isTaskApiName(name: string): boolean {
  return API_NAMES.has(name) || ASYNC_NAME.test(name);
}

/** `.then(…)`, `.ContinueWith(…)` and the like: as sure as what they are called on. */
function continuation(
  name: string,
  call: TSESTree.CallExpression,
  receiver: TSESTree.Expression,
  ask: Ask,
): TaskNature | null {
  if (PROMISE_CONTINUATIONS.has(name)) {
    const inner = ask(receiver);
    if (inner.isNothingYet === true) return inner;
    if (isAwaitable(inner)) return { ...PROMISE, fn: inner.fn };
    return name === "then" && call.arguments.length > 0 && inner.kind !== "none" ? NAMED : inner;
  }
  if (TASK_VIEWS.has(name)) {
    const inner = ask(receiver);
    return inner.kind === "unknown" ? null : inner;
  }
  if (!TASK_CONTINUATIONS.has(name) || call.arguments.length === 0) return null;
  const inner = ask(receiver);
  return isAwaitable(inner) ? { ...TASK, isCertain: inner.isCertain } : NAMED;
}

/** `Promise.all(…)`, `Task.Run(…)`, `System.Threading.Tasks.Task.Factory.StartNew(…)`. */
function factory(
  context: Context,
  call: TSESTree.CallExpression,
  name: string,
  receiver: TSESTree.Expression,
): TaskNature | null {
  const owner = dottedName(receiver);
  if (owner === null) return null;
  if (globalPathOf(context.source, receiver) === "Promise") {
    if (name === "resolve" && call.arguments.length === 0) return COMPLETE_PROMISE;
    return PROMISE_FACTORIES.has(name) ? PROMISE : null;
  }
  const isFactory = lastSegment(owner) === "Factory" && TASK_FACTORY_MEMBERS.has(name);
  const typeName = isFactory ? owner.slice(0, -".Factory".length) : owner;
  if (!TASK_TYPES.has(lastSegment(typeName)) || !(isFactory || TASK_FACTORIES.has(name))) return null;
  const root = isFactory ? (unwrap(receiver) as TSESTree.MemberExpression).object : receiver;
  const found = natureOfTaskName(context, typeName, unwrap(root));
  if (found.kind !== "task") return null;
  if (COMPLETE_TASK_FACTORIES.has(name)) return COMPLETE_TASK;
  // `Task.Run` in .NET's own spelling is a second witness; `Task.run` could be anybody's class.
  return /^[A-Z]/.test(name) || found.isCertain ? TASK : PLAIN_TASK;
}

/** A promise of the platform: `fetch(…)`, everything in `node:fs/promises`. */
export function platformPromise(context: Context, call: TSESTree.CallExpression, callee: Callee): TaskNature | null {
  if (PROMISE_GLOBALS.has(globalPathOf(context.source, call.callee) ?? "")) return PROMISE;
  const binding = moduleBindingOf(context.source, call.callee);
  if (binding !== null && PROMISE_MODULES.has(binding.module))
    return binding.name !== "createInterface" ? PROMISE : null;
  const owner = callee.receiver === null ? null : moduleBindingOf(context.source, callee.receiver);
  if (owner?.name === "promises" && MODULES_WITH_PROMISES.has(owner.module)) return PROMISE;
  return ASYNC_NAME.test(callee.name) && givesPromisesByName(context, callee) ? PROMISE : null;
}

/** Whether an object comes from a package in which every name that ends in `Async` is that of a function that gives a promise. */
function givesPromisesByName(context: Context, { receiver }: Callee): boolean {
  if (receiver === null) return false;
  const object = unwrap(receiver);
  const variable = variableOf(context.source, object);
  const value = variable === null ? null : onlyValueOf(variable);
  const made = unwrap(value ?? object);
  let root = made.type === "NewExpression" ? unwrap(made.callee) : object;
  while (root.type === "MemberExpression") root = unwrap(root.object);
  const module = moduleBindingOf(context.source, root)?.module;
  return module !== undefined && ASYNC_NAMES_OF_PROMISES.test(module);
}

/** `xxxAsync(…)`: a task where the host, the settings or the receiver's type say so; otherwise only named like one. */
function namedAsync(context: Context, call: TSESTree.CallExpression, { name, receiver }: Callee): TaskNature {
  if (!ASYNC_NAME.test(name)) return UNKNOWN;
  if (context.host.asyncCallsYieldPromise) return PROMISE;
  // `isAsync(fn)` is a question, and `useAsync(…)` a hook that gives a state object with a `result`.
  if (/^(?:can|has|is|should|use)[A-Z]/.test(name)) return UNKNOWN;
  const named = isOperationObject(context, call) ? UNKNOWN : NAMED;
  if (receiver === null) return context.settings.twins?.includes(name) === true ? TASK : named;
  const typeName = typeNameOf(context, receiver);
  const twins = typeName === null ? [name] : [name, `${lastSegment(typeName)}.${name}`];
  if (context.settings.twins?.some((twin) => twins.includes(twin)) === true) return TASK;
  const stem = name.charAt(0).toUpperCase() + name.slice(1, -"Async".length);
  return knownOperation(context, receiver, stem) === null ? named : TASK;
}

/** What a `new` gives. */
export function natureOfNew(
  context: Context,
  node: TSESTree.NewExpression,
  natureOfClassNode: (owner: TSESTree.ClassDeclaration) => TaskNature,
): TaskNature {
  const name = dottedName(node.callee);
  if (name === null) return UNKNOWN;
  const definition = variableOf(context.source, unwrap(node.callee))?.defs[0]?.node;
  if (definition?.type === "ClassDeclaration") return natureOfClassNode(definition);
  if (name === "Promise" || globalPathOf(context.source, node.callee) === "Promise") return PROMISE;
  return TASK_TYPES.has(lastSegment(name)) ? natureOfTaskName(context, name, unwrap(node.callee)) : UNKNOWN;
}
