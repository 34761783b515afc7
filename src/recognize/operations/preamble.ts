import { unwrap } from "../../ast/names.ts";
import { variableOf, writesOf } from "../../ast/scopes.ts";
import type { FunctionNode, Source, TSESTree } from "../../ast/source.ts";
import type { OutcomeRead } from "./operation.ts";

/** What a callback does first with its error, and what it reads when that is seen as nothing but another name. */
export interface Preamble {
  /** The last of the statements that do so; `null` where there is none. */
  readonly last: TSESTree.Statement | null;
  readonly reads: readonly OutcomeRead[];
}

/** Finds the statements at the start of a callback that give its error a name, or read it so that it counts as read. */
export function preambleOf(source: Source, fn: FunctionNode, reads: readonly OutcomeRead[]): Preamble {
  let found: Preamble = { last: null, reads };
  for (const statement of fn.body.type === "BlockStatement" ? fn.body.body : []) {
    const taken = takenBy(source, statement, found.reads);
    if (taken === null) break;
    const left = found.reads.filter((read) => read !== taken.read);
    found = { last: statement, reads: [...left, ...taken.instead] };
  }
  return found;
}

/** The read of the error that is all that a statement does, and the reads of the name that it gives it. */
function takenBy(
  source: Source,
  statement: TSESTree.Statement,
  reads: readonly OutcomeRead[],
): { readonly read: OutcomeRead; readonly instead: readonly OutcomeRead[] } | null {
  const errorIn = (expression: TSESTree.Expression): OutcomeRead | undefined =>
    reads.find(({ node, role }) => role === "error" && node === unwrap(expression));
  if (statement.type === "ExpressionStatement") {
    const value = unwrap(statement.expression);
    const read = errorIn(
      value.type === "UnaryExpression" && value.operator === "void" ? value.argument : (value as TSESTree.Expression),
    );
    return read === undefined ? null : { read, instead: [] };
  }
  if (statement.type !== "VariableDeclaration" || statement.declarations.length !== 1) return null;
  const [{ id, init }] = statement.declarations;
  const read = init === null ? undefined : errorIn(init);
  const variable = id.type === "Identifier" ? variableOf(source, id) : null;
  if (read === undefined || variable === null || writesOf(variable).length !== 1) return null;
  const uses = variable.references.filter((reference) => reference.init !== true);
  return {
    read,
    instead: uses.map(({ identifier }) => ({ ...read, node: identifier, declared: id })),
  };
}
