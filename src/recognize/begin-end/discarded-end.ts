import type { TSESTree } from "../../ast/source.ts";
import { wrapped } from "../../ast/names.ts";
import type { Context } from "../context.ts";
import { endCandidates, type EndCandidate } from "./end-calls.ts";
import type { EndResult } from "./end-declarations.ts";
import { endResult } from "./end-results.ts";
import { handleGivenTo } from "./known-handles.ts";

/** An End whose value nobody takes. */
export interface DiscardedEnd {
  readonly end: EndCandidate;
  /** How the value is dropped. */
  readonly drop: Drop;
  /** What is known of the value; an End that returns nothing discards nothing, and is not here. */
  readonly result: Exclude<EndResult, { kind: "nothing" }>;
}

/** A statement that is the call, a `void` around it, or a comma that throws its value away. */
export interface Drop {
  readonly kind: "statement" | "void" | "comma";
  readonly node: TSESTree.Node;
}

const found = new WeakMap<Context, readonly DiscardedEnd[]>();

/** The Ends of a file whose value is dropped, in source order, those of which it is unknown whether they return one included. */
export function discardedEndsOf(context: Context): readonly DiscardedEnd[] {
  let known = found.get(context);
  if (known === undefined) {
    known = endCandidates(context).flatMap((end) => {
      const drop = dropOf(end.call);
      if (drop === null || handleGivenTo(context, end) === null) return [];
      const result = endResult(context, end);
      return result.kind === "nothing" ? [] : [{ end, drop, result }];
    });
    found.set(context, known);
  }
  return known;
}

/** Where the value of an expression is thrown away; `null` where something takes it. */
export function dropOf(expression: TSESTree.Node): Drop | null {
  const node = wrapped(expression);
  const { parent } = node;
  switch (parent?.type) {
    case "ExpressionStatement":
      return { kind: "statement", node: parent };
    case "ForStatement":
      return node === parent.test ? null : { kind: "statement", node: parent };
    case "UnaryExpression":
      return parent.operator === "void" ? { kind: "void", node: parent } : null;
    case "SequenceExpression":
      return node === parent.expressions.at(-1) ? dropOf(parent) : { kind: "comma", node: parent };
    case "LogicalExpression":
      return node === parent.right ? dropOf(parent) : null;
    case "ConditionalExpression":
      return node === parent.test ? null : dropOf(parent);
    default:
      return null;
  }
}
