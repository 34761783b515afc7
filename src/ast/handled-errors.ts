import type { TSESTree } from "./source.ts";

/** Whether an error of a guarded block may go no further: a handler gets it, or a `finally` that leaves in another way drops it. */
export function handlesErrors({ handler, finalizer }: TSESTree.TryStatement): boolean {
  return handler !== null || (finalizer !== null && mayLeave(finalizer, new Set()));
}

/**
 * Whether a statement may end by a jump out of it.
 *
 * @param inside the labels inside which it stands, `break` and `continue` for those without one
 */
function mayLeave(statement: TSESTree.Statement, inside: ReadonlySet<string>): boolean {
  const anyOf = (statements: readonly (TSESTree.Statement | null | undefined)[], within = inside): boolean =>
    statements.some((each) => each != null && mayLeave(each, within));
  switch (statement.type) {
    case "ReturnStatement":
    case "ThrowStatement":
      return true;
    case "BreakStatement":
      return !inside.has(statement.label?.name ?? "break");
    case "ContinueStatement":
      return !inside.has(statement.label?.name ?? "continue");
    case "BlockStatement":
      return anyOf(statement.body);
    case "IfStatement":
      return anyOf([statement.consequent, statement.alternate]);
    case "LabeledStatement":
      return anyOf([statement.body], new Set([...inside, statement.label.name]));
    case "SwitchStatement":
      return anyOf(
        statement.cases.flatMap(({ consequent }) => consequent),
        new Set([...inside, "break"]),
      );
    case "TryStatement":
      return anyOf([statement.block, statement.handler?.body, statement.finalizer]);
    case "WithStatement":
      return anyOf([statement.body]);
    case "WhileStatement":
    case "DoWhileStatement":
    case "ForStatement":
    case "ForInStatement":
    case "ForOfStatement":
      return anyOf([statement.body], new Set([...inside, "break", "continue"]));
    default:
      return false;
  }
}
