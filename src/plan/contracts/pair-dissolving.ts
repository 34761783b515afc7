import { contains, loopAround } from "../../ast/flow.ts";
import { enclosingFunction, memberOf } from "../../ast/functions.ts";
import { calleeOf, memberName, unwrap, wrapped } from "../../ast/names.ts";
import { onlyValueOf, readsOf, variableOf, type Variable } from "../../ast/scopes.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import { findAll } from "../../ast/walk.ts";
import { STATE_MEMBERS } from "../../dialects/apm.ts";
import { constructedName } from "../../recognize/annotations.ts";
import { operationsOf } from "../../recognize/begin-end/begin-end.ts";
import { classNamed, type ClassNode } from "../../recognize/classes.ts";
import type { Context } from "../../recognize/context.ts";
import type { DeclaredPair } from "../../recognize/contracts/contract-pairs.ts";
import { endCandidates } from "../../recognize/begin-end/end-calls.ts";
import {
  callsWhatItIsGiven,
  constructorOf,
  doesNothingElse,
  memberNamed,
} from "../../recognize/contracts/handle-classes.ts";
import type { Operation } from "../../recognize/begin-end/operation.ts";
import { isParameter, type Forwarding } from "./pair-forwarding.ts";
import { handleWaitsIn } from "./pair-waits.ts";
import { isPure } from "../purity.ts";

/**
 * Reads a pair with a handle class of the usual shape as one that passes its call on: the Begin makes the handle, begins another operation
 * whose callback hands that operation's handle to the own one, and returns the own one; the End takes the other handle out of it, and the
 * values that the constructor was given. Then there is nothing that the class is needed for.
 */
export function dissolvedHandle(context: Context, pair: DeclaredPair): Forwarding | null {
  const begin = pair.begin.fn!.body;
  const statements = begin.type === "BlockStatement" ? begin.body : [];
  const [made, started, last] = statements.slice(-3);
  if (
    last?.type !== "ReturnStatement" ||
    last.argument === null ||
    made?.type !== "VariableDeclaration" ||
    made.declarations.length !== 1 ||
    started?.type !== "ExpressionStatement"
  )
    return null;
  const creation = made.declarations[0].init === null ? null : unwrap(made.declarations[0].init);
  const own = variableOf(context.source, unwrap(last.argument));
  const handleClass = creation?.type === "NewExpression" ? classNamed(context, constructedName(creation)) : null;
  const operation = operationsOf(context).find(({ begin: call }) => call === unwrap(started.expression));
  if (
    handleClass === null ||
    creation?.type !== "NewExpression" ||
    own === null ||
    onlyValueOf(own) !== made.declarations[0].init ||
    operation === undefined ||
    operation.callback.kind !== "function"
  )
    return null;
  const place = creation.arguments.findIndex((argument) => isParameter(context, argument, pair.callback));
  const isCalledBack =
    place >= 0 &&
    callsWhatItIsGiven(context, creation, place) &&
    creation.arguments.every((argument) => isPure(argument));
  const inner =
    isCalledBack && doesNothingElse(handleClass)
      ? innerField(context, operation, operation.callback.fn, own, handleClass)
      : null;
  if (
    inner === null ||
    readsOf(own).length !== 1 + (variableOf(context.source, unwrap(operation.state)) === own ? 1 : 0) + inner.closures
  )
    return null;
  const end = endReads(context, pair, operation, { creation, handleClass, inner: inner.name });
  if (end === null) return null;
  const names = [
    handleClass.id?.name,
    operation.callback.fn.type === "FunctionDeclaration" ? operation.callback.fn.id?.name : undefined,
  ].flatMap((name) => name ?? []);
  return {
    started: { kind: "operation", operation: { ...operation, callbackParameter: null, ends: [] } },
    before: statements.slice(0, -3),
    taken: end.taken,
    edits: end.edits,
    gone: end.gone,
    unneeded: names,
  };
}

/** The field of the own handle in which the callback leaves the handle of the other operation: `own.Complete(ar)`, and nothing else. */
function innerField(
  context: Context,
  { callbackArgument, callbackParameter }: Operation,
  fn: FunctionNode,
  own: Variable,
  handleClass: ClassNode,
): { readonly name: string; readonly closures: number } | null {
  const { source } = context;
  if (memberOf(fn)?.parent.parent === handleClass) {
    // `(ar) => own.Complete(ar)` is that method.
    const given = fieldGiven(context, fn, 0);
    return given === null
      ? null
      : {
          name: given,
          closures: readsOf(own).filter(({ identifier }) => contains(callbackArgument, identifier as TSESTree.Node))
            .length,
        };
  }
  const statements: readonly TSESTree.Node[] = fn.body.type === "BlockStatement" ? fn.body.body : [fn.body];
  const last = statements.at(-1);
  const call = last === undefined ? null : unwrap(last.type === "ExpressionStatement" ? last.expression : last);
  if (call?.type !== "CallExpression" || call.arguments.length !== 1 || callbackParameter === null) return null;
  const callee = calleeOf(call);
  if (callee?.receiver == null || variableOf(source, unwrap(call.arguments[0]!)) !== callbackParameter) return null;
  const object = unwrap(callee.receiver);
  const isOwn = variableOf(source, object) === own;
  const aliases = statements.slice(0, -1);
  // `const own = ar.AsyncState as Handle;`, or the state itself.
  const isState = (node: TSESTree.Node | null): boolean =>
    node?.type === "MemberExpression" &&
    STATE_MEMBERS.has(memberName(node) ?? "") &&
    variableOf(source, unwrap(node.object)) === callbackParameter;
  const [declared] = aliases;
  const alias =
    aliases.length === 1 && declared?.type === "VariableDeclaration" && declared.declarations.length === 1
      ? declared.declarations[0]
      : null;
  const isAliased =
    alias != null &&
    alias.init !== null &&
    isState(unwrap(alias.init)) &&
    variableOf(source, object) === variableOf(source, alias.id);
  if (isOwn ? aliases.length > 0 : aliases.length === 0 ? !isState(object) : !isAliased) return null;
  const method = memberNamed(handleClass, callee.name);
  const name =
    method?.type === "MethodDefinition" && method.value.type === "FunctionExpression"
      ? fieldGiven(context, method.value, 0)
      : null;
  return name === null ? null : { name, closures: isOwn ? 1 : 0 };
}

/** The field of `this` to which a function assigns one of its parameters, or which such a parameter is. */
function fieldGiven({ source }: Context, fn: FunctionNode, index: number): string | null {
  const parameter = fn.params[index];
  if (parameter?.type === "TSParameterProperty")
    return parameter.parameter.type === "Identifier" ? parameter.parameter.name : null;
  const variable = parameter?.type === "Identifier" ? variableOf(source, parameter) : null;
  for (const { identifier } of variable === null ? [] : readsOf(variable)) {
    const place = wrapped(identifier);
    const { parent } = place;
    if (
      parent?.type === "AssignmentExpression" &&
      parent.operator === "=" &&
      parent.right === place &&
      parent.left.type === "MemberExpression" &&
      parent.left.object.type === "ThisExpression"
    )
      return memberName(parent.left);
  }
  return null;
}

interface Handle {
  readonly creation: TSESTree.NewExpression;
  readonly handleClass: ClassNode;
  /** The field with the handle of the other operation. */
  readonly inner: string;
}

/** What the End does with the own handle, written without it; `null` where it does more than read what is known. */
function endReads(
  context: Context,
  pair: DeclaredPair,
  operation: Operation,
  { creation, handleClass, inner }: Handle,
): Required<Pick<Forwarding, "taken" | "edits" | "gone">> | null {
  const { source } = context;
  const end = pair.end.fn!;
  const parameter = variableOf(source, pair.handle);
  const constructor = constructorOf(handleClass);
  if (parameter === null || constructor === null || end.body.type !== "BlockStatement") return null;
  const [first] = readsOf(parameter);
  const declarator = first === undefined ? undefined : wrapped(first.identifier).parent;
  const alias =
    declarator?.type === "VariableDeclarator" &&
    declarator.parent.declarations.length === 1 &&
    declarator.parent.parent === end.body
      ? variableOf(source, declarator.id)
      : null;
  const reads = alias === null ? readsOf(parameter) : readsOf(alias);
  if (alias !== null && (readsOf(parameter).length !== 1 || onlyValueOf(alias) === null)) return null;
  const fields = new Map(
    constructor.params.flatMap((_, index) => {
      const name = fieldGiven(context, constructor, index);
      return name === null || creation.arguments[index] === undefined
        ? []
        : [[name, creation.arguments[index]] as const];
    }),
  );
  let taken: TSESTree.CallExpression | null = null;
  const edits: { range: TSESTree.Range; from: TSESTree.Node }[] = [];
  const waits = handleWaitsIn(context, pair);
  for (const { identifier } of reads) {
    if (waits.some((statement) => contains(statement, identifier))) continue;
    const member = wrapped(identifier).parent;
    if (member?.type !== "MemberExpression" || member.object !== wrapped(identifier)) return null;
    const name = memberName(member);
    const value = name === null ? undefined : fields.get(name);
    const ended =
      name === inner
        ? endCandidates(context).find(
            ({ call, stem }) =>
              stem === operation.stem && call.arguments.length === 1 && unwrap(call.arguments[0]!) === member,
          )
        : undefined;
    if (ended !== undefined) {
      if (taken !== null || enclosingFunction(ended.call) !== end) return null;
      taken = ended.call;
    } else if (
      value !== undefined &&
      value.type !== "SpreadElement" &&
      isPure(value) &&
      isNeverAssigned(context, handleClass, name!) &&
      isReadInTime(context, pair, value, member)
    )
      edits.push({ range: member.range, from: value });
    else return null;
  }
  const gone = [...waits, ...(alias === null ? [] : [(declarator as TSESTree.VariableDeclarator).parent])];
  return taken === null ? null : { taken, edits, gone };
}

/** Whether a field has the value that the constructor was given, all the time. */
function isNeverAssigned({ source }: Context, handleClass: ClassNode, name: string): boolean {
  const isWrite = (node: TSESTree.Node): node is TSESTree.AssignmentExpression =>
    node.type === "AssignmentExpression" && node.left.type === "MemberExpression" && memberName(node.left) === name;
  const constructor = constructorOf(handleClass);
  return findAll(source.ast, source.visitorKeys, isWrite).every((node) => enclosingFunction(node) === constructor);
}

/** Whether what a holder held at the Begin is still in it where the End reads it: before the End gives the holder another value. */
function isReadInTime(context: Context, pair: DeclaredPair, value: TSESTree.Node, read: TSESTree.Node): boolean {
  const { source } = context;
  const held = pair.inputs.filter(
    (input) =>
      input.held !== undefined &&
      source.text
        .slice(...value.range)
        .match(/[\w$]+/g)
        ?.includes(input.name ?? "") === true,
  );
  const isWrite = (node: TSESTree.Node): node is TSESTree.AssignmentExpression =>
    node.type === "AssignmentExpression" &&
    node.left.type === "MemberExpression" &&
    held.some(
      ({ name }) =>
        unwrap((node.left as TSESTree.MemberExpression).object).type === "Identifier" &&
        (unwrap((node.left as TSESTree.MemberExpression).object) as TSESTree.Identifier).name === name,
    );
  return (
    loopAround(read, pair.end.fn!) === null &&
    findAll(pair.end.fn!.body, source.visitorKeys, isWrite).every((node) => read.range[1] <= node.range[1])
  );
}
