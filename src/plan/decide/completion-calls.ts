import { alwaysLeaves } from "../../ast/flow.ts";
import { isNothing, unwrap } from "../../ast/names.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import type { CompletionSignals } from "../../dialects/completion-parameters.ts";
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
  /** Whether it comes right behind the code that runs, and never in it. */
  readonly isDeferred: boolean;
  /** The function of a chain of promises in which it comes to return or throw; `null` for the function that tells its host. */
  readonly unit: FunctionNode | null;
}

/** What a call of a completion parameter says. */
export type CompletionOutcome =
  /** An answer, `null` for none; and the last of several. */
  | { readonly kind: "answer"; readonly value: TSESTree.Expression | null; readonly last?: TSESTree.Expression }
  /** Nothing but that the function is done: its host takes no answer. */
  | { readonly kind: "done"; readonly value: null }
  /**
   * An error, `null` where none is given, with a value that nobody reads beside it; whether it is one for sure, or only where its operation has
   * failed; and whether it is a text for people, of which an error is made.
   */
  | {
      readonly kind: "error";
      readonly error: TSESTree.Expression | null;
      readonly value: TSESTree.Expression | null;
      readonly isSure: boolean;
      readonly isText: boolean;
    };

/** The calls of completion parameters, by their places. */
export type CompletionCalls = ReadonlyMap<TSESTree.Node, CompletionCall>;

/** What a call tells by its arguments: an error and an answer behind it, or one of the two. */
export type Telling = "both" | "answer" | "error";

/** What a call of a completion parameter says; `null` where that cannot be told, or would be lost in part. */
export function outcomeOf(
  context: Context,
  given: readonly TSESTree.CallExpressionArgument[],
  telling: Telling,
  { isStrict, keepsErrors, takesAnswer, takesSeveral }: CompletionSignals,
): CompletionOutcome | null {
  if (given.some(({ type }) => type === "SpreadElement")) return null;
  const all = given as readonly TSESTree.Expression[];
  const [error = null, value = null, ...more] = telling === "answer" ? [null, ...all] : all;
  if (more.length > 0 && takesSeveral !== true) return null;
  const isNone = error === null || (isNothing(error) && (isStrict !== true || unwrap(error).type === "Identifier"));
  if (telling !== "error" && isNone) {
    if (!takesAnswer) return value === null || isPure(value) ? { kind: "done", value: null } : null;
    // A promise was no answer; one that is returned is waited for.
    if (value !== null && isAwaitable(natureOf(context, value))) return null;
    const last = more.at(-1) ?? undefined;
    return last === undefined ? { kind: "answer", value } : { kind: "answer", value, last };
  }
  if ([value, ...more].some((each) => each !== null && !isPure(each))) return null;
  // A member that tells of a failure does so whatever it is given.
  const isSure = error === null || (telling === "error" && !takesAnswer) || isSurelyError(context.source, error);
  const isText =
    error !== null && !takesAnswer && keepsErrors !== true && /^(?:Literal|TemplateLiteral)$/.test(unwrap(error).type);
  // What may hand on an outcome gives one value of it.
  return isSure || (unwrap(error).type === "Identifier" && more.length === 0)
    ? { kind: "error", error, value: takesAnswer ? value : null, isSure, isText }
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
