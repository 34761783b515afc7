import { enclosingOf, isFunction, type Enclosing } from "../../ast/functions.ts";
import { calleeOf, wrapped } from "../../ast/names.ts";
import { nodesOf } from "../../ast/node-index.ts";
import { variableOf } from "../../ast/scopes.ts";
import type { TSESTree } from "../../ast/source.ts";
import { findAll } from "../../ast/walk.ts";
import { SOURCE_SETTLERS } from "../../dialects/eap.ts";
import type { Context } from "../context.ts";
import { objectKey } from "./event-objects.ts";
import { groupBy } from "../group-by.ts";

/** A place that says an operation is over: it settles a promise or a completion source, or resets a variable or field. */
export interface Outcome {
  readonly kind: "settled" | "freed";
  readonly node: TSESTree.CallExpression | TSESTree.AssignmentExpression;
  /** What is settled, or reset to which value: the same for all places that do the same. */
  readonly target: TSESTree.Node | string;
}

interface Outcomes {
  readonly byTarget: ReadonlyMap<Outcome["target"], readonly Outcome[]>;
  /** By the function, or other piece of code, that does it itself. */
  readonly byUnit: ReadonlyMap<Enclosing, readonly Outcome[]>;
}

const outcomes = new WeakMap<Context, Outcomes>();

/** The places of a file that may say an operation is over; whether one does is for what else does the same to tell. */
export function outcomesOf(context: Context): Outcomes {
  let known = outcomes.get(context);
  if (known === undefined) {
    const outcome = (kind: Outcome["kind"], node: Outcome["node"], target: Outcome["target"] | null): Outcome[] =>
      target === null ? [] : [{ kind, node, target }];
    const settling = nodesOf(context.source)
      .of("CallExpression")
      .flatMap((call) => outcome("settled", call, settledBy(context, call)));
    const freeing = findAll(context.source.ast, context.source.visitorKeys, isReset).flatMap((reset) =>
      outcome("freed", reset, resetKey(context, reset)),
    );
    const all = [...settling, ...freeing];
    known = { byTarget: groupBy(all, ({ target }) => target), byUnit: groupBy(all, ({ node }) => enclosingOf(node)) };
    outcomes.set(context, known);
  }
  return known;
}

/** What a call settles: the executor of a promise, or the key of a completion source; `null` for other calls. */
function settledBy(context: Context, call: TSESTree.CallExpression): TSESTree.Node | string | null {
  const callee = calleeOf(call);
  if (callee === null) return null;
  if (callee.receiver !== null) return SOURCE_SETTLERS.test(callee.name) ? objectKey(context, callee.receiver) : null;
  const definition = variableOf(context.source, callee.nameNode)?.defs[0];
  const executor =
    definition !== undefined && String(definition.type) === "Parameter" ? (definition.node as TSESTree.Node) : null;
  if (executor === null || !isFunction(executor)) return null;
  const around = wrapped(executor).parent;
  return around?.type === "NewExpression" && calleeOf(around)?.name === "Promise" ? executor : null;
}

function isReset(node: TSESTree.Node): node is TSESTree.AssignmentExpression {
  return (
    node.type === "AssignmentExpression" &&
    node.operator === "=" &&
    node.right.type === "Literal" &&
    (node.right.value === null || typeof node.right.value === "boolean")
  );
}

function resetKey(context: Context, { left, right }: TSESTree.AssignmentExpression): string | null {
  const key = objectKey(context, left);
  return key === null ? null : `${key} = ${String((right as TSESTree.Literal).value)}`;
}
