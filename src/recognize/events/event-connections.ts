import { calleeOf } from "../../ast/names.ts";
import { onlyValueOf, variableOf, type Variable } from "../../ast/scopes.ts";
import type { TSESTree } from "../../ast/source.ts";
import { statementList } from "../../ast/flow.ts";
import { CONNECTION_ENDERS } from "../../dialects/eap.ts";
import type { Context } from "../context.ts";

/** What adding a handler to an event gives, where it is kept for nothing but to take the handler off again. */
export interface EventConnection {
  readonly variable: Variable;
  readonly declaration: TSESTree.VariableDeclaration;
  /** The calls that take the handler off. */
  readonly ends: readonly TSESTree.CallExpression[];
}

/** The connection that a call which adds a handler declares: `const connection = client.LoadCompleted.connect(fn)`; `null` where more is done with it. */
export function connectionOf(context: Context, call: TSESTree.CallExpression): EventConnection | null {
  const declarator = call.parent;
  if (declarator.type !== "VariableDeclarator" || declarator.id.type !== "Identifier") return null;
  const declaration = declarator.parent;
  const variable = variableOf(context.source, declarator.id);
  if (
    variable === null ||
    onlyValueOf(variable) !== call ||
    declaration.declarations.length !== 1 ||
    statementList(declaration.parent)?.includes(declaration) !== true
  )
    return null;
  const ends = variable.references.flatMap(({ identifier, init }) =>
    init === true ? [] : [endingCall(identifier as TSESTree.Identifier)],
  );
  return ends.every((end) => end !== null) ? { variable, declaration, ends } : null;
}

/** `connection.disconnect()`, of which nobody uses the value. */
function endingCall(identifier: TSESTree.Identifier): TSESTree.CallExpression | null {
  const member = identifier.parent;
  const call = member.type === "MemberExpression" && member.object === identifier ? member.parent : null;
  if (call?.type !== "CallExpression" || call.callee !== member || call.arguments.length > 0) return null;
  const callee = calleeOf(call);
  const statement = call.parent.type === "ChainExpression" ? call.parent.parent : call.parent;
  return callee !== null && CONNECTION_ENDERS.has(callee.name) && statement.type === "ExpressionStatement"
    ? call
    : null;
}
