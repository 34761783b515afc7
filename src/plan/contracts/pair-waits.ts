import { calleeOf, memberName, unwrap } from "../../ast/names.ts";
import { variableOf } from "../../ast/scopes.ts";
import type { TSESTree } from "../../ast/source.ts";
import { IS_COMPLETED_MEMBERS, WAIT_HANDLE_MEMBERS } from "../../dialects/apm.ts";
import type { Context } from "../../recognize/context.ts";
import type { DeclaredPair } from "../../recognize/contracts/contract-pairs.ts";

/** What is done with a wait handle that nobody needs any more once the operation is complete. */
const WAIT_HANDLE_CALLS = /^(?:[wW]aitOne|[cC]lose|[dD]ispose)$/;

/** The statements of an End that wait for its handle, `if (!ar.IsCompleted) ar.AsyncWaitHandle.WaitOne();`: behind an await they do nothing. */
export function handleWaitsIn(context: Context, pair: DeclaredPair): readonly TSESTree.Statement[] {
  const { body } = pair.end.fn!;
  return body.type === "BlockStatement" ? body.body.filter((statement) => isHandleWait(context, pair, statement)) : [];
}

function isHandleWait(context: Context, pair: DeclaredPair, statement: TSESTree.Statement): boolean {
  if (statement.type === "BlockStatement")
    return statement.body.length > 0 && statement.body.every((inner) => isHandleWait(context, pair, inner));
  if (statement.type === "IfStatement") {
    const test = unwrap(statement.test);
    const asked = test.type === "UnaryExpression" && test.operator === "!" ? unwrap(test.argument) : null;
    return (
      statement.alternate === null &&
      asked?.type === "MemberExpression" &&
      IS_COMPLETED_MEMBERS.has(memberName(asked) ?? "") &&
      isHandle(context, pair, asked.object) &&
      isHandleWait(context, pair, statement.consequent)
    );
  }
  const call = statement.type === "ExpressionStatement" ? unwrap(statement.expression) : null;
  const callee = call?.type === "CallExpression" && call.arguments.length === 0 ? calleeOf(call) : null;
  const object = callee?.receiver == null ? null : unwrap(callee.receiver);
  return (
    object?.type === "MemberExpression" &&
    WAIT_HANDLE_CALLS.test(callee!.name) &&
    WAIT_HANDLE_MEMBERS.has(memberName(object) ?? "") &&
    isHandle(context, pair, object.object)
  );
}

/** Whether an expression is the parameter that takes the handle, or a variable that holds nothing else. */
function isHandle({ source }: Context, { handle }: DeclaredPair, expression: TSESTree.Node): boolean {
  const variable = variableOf(source, unwrap(expression));
  if (variable === null) return false;
  if (variable.identifiers.includes(handle)) return true;
  const [definition] = variable.defs;
  const init = definition?.node.type === "VariableDeclarator" ? definition.node.init : null;
  return (
    init != null &&
    variable.references.filter((reference) => reference.isWrite()).length === 1 &&
    variableOf(source, unwrap(init))?.identifiers.includes(handle) === true
  );
}
