import { implies, type AtomTest } from "../../ast/guards.ts";
import { calleeOf, isNothing, unwrap, wrapped } from "../../ast/names.ts";
import { onlyValueOf, variableOf } from "../../ast/scopes.ts";
import type { TSESTree } from "../../ast/source.ts";
import { findAll } from "../../ast/walk.ts";
import { resolveCallable } from "../callables.ts";
import type { Context } from "../context.ts";
import type { CompletionRead } from "./event-reads.ts";

/** What is known of a failure, or of a cancellation, at a point of a path through a handler. */
export type Knowing =
  /** Nothing on the path has asked for it. */
  | "unasked"
  /** There is none. */
  | "absent"
  /** There is one. */
  | "present"
  /** Something has asked, or may have, and it cannot be told what came of it. */
  | "unclear";

/** What conditions say of the reads of one role among some. */
export function outcomeTests(
  context: Context,
  reads: readonly CompletionRead[],
  role: CompletionRead["role"],
): OutcomeTests {
  return new OutcomeTests(
    context,
    reads.filter((read) => read.role === role),
  );
}

/** Tells what a condition, having come out one way, says of what some reads ask for. */
export class OutcomeTests {
  readonly #context: Context;
  readonly #nodes: ReadonlySet<TSESTree.Node>;

  /** @param reads those of the error, or those of the cancellation. */
  constructor(context: Context, reads: readonly CompletionRead[]) {
    this.#context = context;
    this.#nodes = new Set(reads.map(({ node }) => node));
  }

  /** What is known after a condition; `null` where it does not ask. */
  after(condition: TSESTree.Node, isTrue: boolean): Knowing | null {
    const test = this.#named(condition);
    if (implies(test, isTrue, this.#says("absent"))) return "absent";
    if (implies(test, isTrue, this.#says("present"))) return "present";
    return this.asksIn(test) ? "unclear" : null;
  }

  /** Whether one of the reads lies in a node. */
  asksIn(node: TSESTree.Node): boolean {
    return [...this.#nodes].some((read) => node.range[0] <= read.range[0] && read.range[1] <= node.range[1]);
  }

  /** The condition behind a constant: `const failed = e.Error !== null`. */
  #named(condition: TSESTree.Node): TSESTree.Node {
    const node = unwrap(condition);
    const variable = this.#nodes.has(node) ? null : variableOf(this.#context.source, node);
    return (variable === null ? null : onlyValueOf(variable)) ?? condition;
  }

  #says(wanted: "absent" | "present"): AtomTest {
    return (atom, isTrue) => {
      const node = unwrap(atom);
      if (this.#nodes.has(node)) return (wanted === "present") === isTrue;
      if (node.type !== "BinaryExpression" || !/^[=!]==?$/.test(node.operator)) return false;
      const isEqual = node.operator.startsWith("=") === isTrue;
      for (const [side, other] of [[node.left, node.right] as const, [node.right, node.left] as const]) {
        if (!this.#nodes.has(unwrap(side))) continue;
        const value = unwrap(other);
        if (isNothing(value)) return (wanted === "absent") === isEqual;
        if (value.type === "Literal" && typeof value.value === "boolean")
          return (wanted === "present") === (value.value === isEqual);
      }
      return false;
    };
  }

  /** Whether a read is an operand of a condition that {@link after} is asked about, or only names what such a condition is made of. */
  isTested(read: TSESTree.Node): boolean {
    for (let child = wrapped(read), { parent } = child; parent; child = wrapped(parent), parent = child.parent) {
      switch (parent.type) {
        case "UnaryExpression":
          if (parent.operator !== "!") return false;
          break;
        case "BinaryExpression":
          if (!/^[=!]==?$/.test(parent.operator)) return false;
          break;
        case "LogicalExpression":
          // `e.Error ?? e.Result` and `a || e.Error`, as values, give the error on.
          if (child === parent.left && parent.operator !== "??") return true;
          break;
        case "VariableDeclarator":
          return parent.id.type === "Identifier";
        case "ConditionalExpression":
        case "DoWhileStatement":
        case "ForStatement":
        case "IfStatement":
        case "WhileStatement":
          return parent.test === child;
        default:
          return false;
      }
    }
    return false;
  }
}

/** Names in a condition that, whatever it asks, may tell of a failure. */
const TELLING = /abort|cancel|err|exception|fail|fault|finish|ok$|status|succe|valid/i;

/** Whether a condition that asks none of the reads may depend on them all the same. */
export function mayTellOutcome(context: Context, condition: TSESTree.Node): boolean {
  const isTelling = (node: TSESTree.Node): node is TSESTree.Identifier =>
    node.type === "Identifier" && TELLING.test(node.name);
  return findAll(condition, context.source.visitorKeys, isTelling).length > 0;
}

const LOGGERS =
  /^(?:[dD]ebug|[eE]rror|[iI]nfo|[lL]og(?:Error|Exception|Warning)?|[pP]rint|[rR]eject|[sS]etException|String|[tT]race|[wW]arn|[wW]rite(?:Line)?)$/;

/** Whether a call that is given an error surely returns: it writes a log, settles a promise, or is of a function of the file that throws nothing. */
export function isHarmless(context: Context, call: TSESTree.CallExpression): boolean {
  const callable = resolveCallable(context, call.callee);
  if (callable.kind !== "function") return LOGGERS.test(calleeOf(call)?.name ?? "");
  const mayThrow = (node: TSESTree.Node): node is TSESTree.Node =>
    node.type === "ThrowStatement" ||
    (/^(?:Call|New)Expression$/.test(node.type) &&
      !LOGGERS.test(calleeOf(node as TSESTree.CallExpression)?.name ?? ""));
  return findAll(callable.fn.body, context.source.visitorKeys, mayThrow).length === 0;
}
