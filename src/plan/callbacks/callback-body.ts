import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import type { CallbackShape } from "./callback-shape.ts";

/** The statements of a callback's body; none when the body is an expression. */
export function bodyStatements(fn: FunctionNode): readonly TSESTree.Statement[] {
  return fn.body.type === "BlockStatement" ? fn.body.body : [];
}

/** The one guarded block that is all of a callback's body but for what goes. */
export function onlyTry(shape: CallbackShape): TSESTree.TryStatement | null {
  const rest = bodyStatements(shape.fn).filter((statement) => !shape.removed.has(statement));
  const [only] = rest;
  return rest.length === 1 && only?.type === "TryStatement" ? only : null;
}
