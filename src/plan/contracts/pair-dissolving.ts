import { contains } from "../../ast/flow.ts";
import { memberOf } from "../../ast/functions.ts";
import { calleeOf, memberName, unwrap } from "../../ast/names.ts";
import { onlyValueOf, readsOf, variableOf, type Variable } from "../../ast/scopes.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import { STATE_MEMBERS } from "../../dialects/apm.ts";
import { constructedName } from "../../recognize/annotations.ts";
import { operationsOf } from "../../recognize/begin-end/begin-end.ts";
import { classNamed, type ClassNode } from "../../recognize/classes.ts";
import type { Context } from "../../recognize/context.ts";
import type { DeclaredPair } from "../../recognize/contracts/contract-pairs.ts";
import { callsWhatItIsGiven, doesNothingElse, memberNamed } from "../../recognize/contracts/handle-classes.ts";
import type { Operation } from "../../recognize/begin-end/operation.ts";
import { isParameter, type Forwarding } from "./pair-forwarding.ts";
import { isPure } from "../purity.ts";
import { fieldGiven, endReads } from "./handle-reads.ts";

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
