import { alwaysLeaves } from "../../ast/flow.ts";
import type { TSESTree } from "../../ast/source.ts";
import type { Context } from "../../recognize/context.ts";
import { outcomeTests, type OutcomeTests } from "../../recognize/events/event-outcomes.ts";
import type { CompletionRead } from "../../recognize/events/event-reads.ts";

/** What code does in one of the cases in which an operation may end; `null` where it does nothing. */
export type Branch = TSESTree.Statement | null;

/** What a handler does after a failure, after a cancellation and with a result, as far as its conditions set the cases apart. */
export interface Branches {
  /** The statements of the handler that ask, first to last. */
  readonly chain: readonly TSESTree.Statement[];
  /** `undefined` where nothing asks for an error; the same goes for a cancellation. */
  readonly error: Branch | undefined;
  readonly cancelled: Branch | undefined;
  /** What follows a success. */
  readonly success: readonly TSESTree.Statement[];
  /** Whether `success` stands inside of `chain`. */
  readonly isNested: boolean;
  /** What follows in every case, but where a case leaves. */
  readonly rest: readonly TSESTree.Statement[];
}

type Question = "error" | "cancelled" | "either";

/**
 * Takes the body of a handler apart into the cases of an outcome: conditions that ask for the error, the cancellation or both, one after
 * the other or in each other's `else`, before anything else does. Whatever the members are called that tell of the outcome
 * (`Error`/`Cancelled`/`Result`, `status`/`error`/`value`), their roles decide.
 *
 * @param statements those of the body that stay, up from the first that asks.
 * @returns `null` when what follows one case cannot be told from what follows another.
 */
export function branchesOf(
  context: Context,
  statements: readonly TSESTree.Statement[],
  reads: readonly CompletionRead[],
): Branches | null {
  return new BranchParser(context, reads).parse(statements);
}

class BranchParser {
  readonly #error: OutcomeTests;
  readonly #cancel: OutcomeTests;
  readonly #chain: TSESTree.Statement[] = [];
  readonly #branches = new Map<"error" | "cancelled", Branch>();

  constructor(context: Context, reads: readonly CompletionRead[]) {
    this.#error = outcomeTests(context, reads, "error");
    this.#cancel = outcomeTests(context, reads, "cancelled");
  }

  parse(statements: readonly TSESTree.Statement[]): Branches | null {
    let list = statements;
    let isNested = false;
    let common: readonly TSESTree.Statement[] = [];
    for (;;) {
      const [first, ...rest] = list;
      const asked = first?.type === "IfStatement" ? this.#question(first.test) : null;
      if (first?.type !== "IfStatement" || asked === null) break;
      if (!isNested) this.#chain.push(first);
      const failing = asked.isTrue ? first.consequent : first.alternate;
      const going = asked.isTrue ? first.alternate : first.consequent;
      if (!this.#record(asked.question, failing)) return null;
      if (rest.length > 0 && this.#leavesOnFailure(first)) {
        list = going === null ? rest : [going, ...rest];
        continue;
      }
      // What comes after both ways cannot stand in one of them.
      if (rest.length > 0) {
        if (isNested) return null;
        common = rest;
      }
      if (going !== null) isNested = true;
      list = going === null ? [] : going.type === "BlockStatement" ? going.body : [going];
    }
    return {
      chain: this.#chain,
      error: this.#branches.get("error"),
      cancelled: this.#branches.get("cancelled"),
      success: list,
      isNested,
      rest: common,
    };
  }

  /** Whether every way that a condition, and those in its `else`, take after a failure leaves the handler, and nothing else stands in them. */
  #leavesOnFailure({ test, consequent, alternate }: TSESTree.IfStatement): boolean {
    const asked = this.#question(test);
    if (asked === null) return false;
    const failing = asked.isTrue ? consequent : alternate;
    const going = asked.isTrue ? alternate : consequent;
    return (
      failing !== null &&
      alwaysLeaves(failing) &&
      (going === null || (going.type === "IfStatement" && this.#leavesOnFailure(going)))
    );
  }

  #record(question: Question, branch: Branch): boolean {
    for (const kind of question === "either" ? (["error", "cancelled"] as const) : [question]) {
      if (this.#branches.has(kind)) return false;
      this.#branches.set(kind, branch);
    }
    return true;
  }

  /** What a condition asks for, and which way of it says that it is so. */
  #question(test: TSESTree.Expression): { question: Question; isTrue: boolean } | null {
    const [error, cancel] = [this.#error, this.#cancel].map(
      (tests) => [tests.after(test, true), tests.after(test, false)] as const,
    );
    const isAsked = ([yes, no]: readonly [unknown, unknown]): boolean => yes !== null || no !== null;
    const answers = [error!, cancel!].filter(isAsked);
    if (answers.length === 0) return null;
    const question = answers.length === 2 ? "either" : isAsked(error!) ? "error" : "cancelled";
    // Of two, a condition tells either that there is neither, or nothing.
    const tells = (present: 0 | 1): boolean =>
      answers.every(
        (answer) => answer[1 - present] === "absent" && (answers.length === 2 || answer[present] === "present"),
      );
    if (tells(0)) return { question, isTrue: true };
    return tells(1) ? { question, isTrue: false } : null;
  }
}
