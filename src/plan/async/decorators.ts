import { classOf, isFunction, memberOf } from "../../ast/functions.ts";
import { lastSegment, dottedName, unwrap } from "../../ast/names.ts";
import { moduleBindingOf } from "../../ast/modules.ts";
import { decoratorsOf } from "../../ast/optional-parts.ts";
import { onlyValueOf, variableOf } from "../../ast/scopes.ts";
import type { FunctionNode, Source, TSESTree } from "../../ast/source.ts";
import { findAll } from "../../ast/walk.ts";
import { OPERATION_DECORATORS } from "../../dialects/contracts.ts";
import { REGISTERING_MODULES, SERVICE_DECORATORS } from "../../dialects/decorators.ts";
import type { Context } from "../../recognize/context.ts";

/** Whether a decorator of a method, or of its class, may keep the method, wrap it or take its place: it calls it out of sight then. */
export function mayBeWrapped(context: Context, fn: FunctionNode): boolean {
  const member = memberOf(fn);
  if (member?.type !== "MethodDefinition" && member?.type !== "PropertyDefinition") return false;
  const owner = classOf(fn);
  return [...decoratorsOf(member), ...(owner === null ? [] : decoratorsOf(owner))].some(
    (decorator) => !leavesAsItIs(context, decorator),
  );
}

function leavesAsItIs(context: Context, { expression }: TSESTree.Decorator): boolean {
  const { settings, source } = context;
  const called = unwrap(expression);
  const named = called.type === "CallExpression" ? unwrap(called.callee) : called;
  const name = lastSegment(dottedName(named) ?? "");
  if (OPERATION_DECORATORS.has(name) || SERVICE_DECORATORS.has(name)) return true;
  if (settings.operationDecorators?.includes(name) === true) return true;
  if (REGISTERING_MODULES.has(originOf(source, named) ?? "")) return true;
  const declared = functionOf(source, named);
  if (declared === null) return false;
  const decorator = called.type === "CallExpression" ? madeBy(declared) : declared;
  return decorator !== null && looksOnlyAtNames(source, decorator);
}

/** The module, or the global object, that an expression is a part of. */
function originOf(source: Source, expression: TSESTree.Node, depth = 0): string | null {
  const node = unwrap(expression);
  if (depth > 8) return null;
  if (node.type === "MemberExpression") return originOf(source, node.object, depth + 1);
  if (node.type !== "Identifier") return null;
  const binding = moduleBindingOf(source, node);
  if (binding !== null) return binding.module;
  const variable = variableOf(source, node);
  if (variable === null) return node.name;
  const [definition] = variable.defs;
  return definition?.node.type === "VariableDeclarator" && definition.node.init !== null
    ? originOf(source, definition.node.init, depth + 1)
    : null;
}

function functionOf(source: Source, named: TSESTree.Node): FunctionNode | null {
  const variable = variableOf(source, named);
  if (variable === null) return null;
  const [definition] = variable.defs;
  if (variable.defs.length === 1 && definition?.node.type === "FunctionDeclaration") return definition.node;
  const value = onlyValueOf(variable);
  const fn = value === null ? null : unwrap(value);
  return fn !== null && isFunction(fn) ? fn : null;
}

/** The function that a function returns at once, and that is all it does. */
function madeBy({ body }: FunctionNode): FunctionNode | null {
  const [only] = body.type === "BlockStatement" ? body.body : [];
  const returned = body.type !== "BlockStatement" ? body : only?.type === "ReturnStatement" ? only.argument : null;
  const made = returned == null ? null : unwrap(returned);
  return made !== null && isFunction(made) ? made : null;
}

const NAMES = /^(?:name|kind|static|private)$/;

/** Whether a decorator takes nothing of what it decorates but its name, and gives nothing to take its place. */
function looksOnlyAtNames(source: Source, fn: FunctionNode): boolean {
  if (
    fn.body.type !== "BlockStatement" ||
    (fn.type === "FunctionDeclaration" && fn.params.some(({ type }) => type === "RestElement"))
  )
    return false;
  const gives = (node: TSESTree.Node): node is TSESTree.Node =>
    (node.type === "ReturnStatement" && node.argument !== null) ||
    node.type === "ThisExpression" ||
    (node.type === "Identifier" && node.name === "arguments");
  if (findAll(fn.body, source.visitorKeys, gives).length > 0) return false;
  return source.scopeManager.getDeclaredVariables(fn).every(
    (parameter) =>
      parameter.defs.some(({ type }) => String(type) === "FunctionName") ||
      (fn.params.some((each) => parameter.identifiers.includes(each as TSESTree.Identifier)) &&
        parameter.references.every(
          ({ identifier: { parent }, identifier }) =>
            // The second parameter is the name itself, or an object that has it.
            (fn.params[1] as TSESTree.Node | undefined) === parameter.identifiers[0] &&
            (parent?.type === "MemberExpression" &&
            parent.object === identifier &&
            parent.property.type === "Identifier"
              ? NAMES.test(parent.property.name)
              : parent?.type === "CallExpression" &&
                parent.callee.type === "Identifier" &&
                parent.callee.name === "String"),
        )),
  );
}
