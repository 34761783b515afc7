import { alwaysLeaves } from "../../ast/flow.ts";
import { isNothing, unwrap } from "../../ast/names.ts";
import type { TSESTree } from "../../ast/source.ts";
import { isSurelyError } from "../../recognize/completion/errors.ts";
import type { Context } from "../../recognize/context.ts";
import { isAwaitable } from "../../recognize/tasks/task-nature.ts";
import { natureOf } from "../../recognize/tasks/tasks.ts";
import { isPure } from "../purity.ts";

/** A call of a completion parameter: it says that a function is done, and what came of it. */
export interface CompletionCall {
  readonly call: TSESTree.CallExpression;
  /** The statement that it is, or returns it; the call itself where that is the whole of an arrow function. */
  readonly place: TSESTree.Node;
  /** What leaves the code right behind it, which the call does itself from now on. */
  readonly leaving: TSESTree.Statement | null;
  readonly outcome: CompletionOutcome;
}

/** What a call of a completion parameter says. */
export type CompletionOutcome =
  /** An answer; `null` for none. */
  | { readonly kind: "answer"; readonly value: TSESTree.Expression | null }
  /** An error, with a value that nobody reads beside it; whether it is one for sure, or only where its operation has failed. */
  | {
      readonly kind: "error";
      readonly error: TSESTree.Expression;
      readonly value: TSESTree.Expression | null;
      readonly isSure: boolean;
    };

/** The calls of completion parameters, by their places. */
export type CompletionCalls = ReadonlyMap<TSESTree.Node, CompletionCall>;

/** What a call of a completion parameter says; `null` where that cannot be told, or would be lost in part. */
export function outcomeOf(context: Context, { arguments: given }: TSESTree.CallExpression): CompletionOutcome | null {
  const [error, value, ...more] = given;
  if (given.some(({ type }) => type === "SpreadElement") || more.length > 0) return null;
  if (error === undefined) return { kind: "answer", value: null };
  if (isNothing(error)) {
    // A promise was no answer; one that is returned is waited for.
    if (value !== undefined && isAwaitable(natureOf(context, value))) return null;
    return { kind: "answer", value: (value as TSESTree.Expression | undefined) ?? null };
  }
  if (value !== undefined && !isPure(value)) return null;
  const isSure = isSurelyError(context.source, error);
  return isSure || unwrap(error).type === "Identifier"
    ? {
        kind: "error",
        error: error as TSESTree.Expression,
        value: (value as TSESTree.Expression | undefined) ?? null,
        isSure,
      }
    : null;
}

/** Whether a statement, once completion calls return and throw, always leaves the code that it stands in. */
export function leavesThen(calls: CompletionCalls, statement: TSESTree.Statement): boolean {
  if (calls.has(statement) || alwaysLeaves(statement)) return true;
  if (statement.type === "BlockStatement") return statement.body.some((each) => leavesThen(calls, each));
  return (
    statement.type === "IfStatement" &&
    statement.alternate !== null &&
    leavesThen(calls, statement.consequent) &&
    leavesThen(calls, statement.alternate)
  );
}
