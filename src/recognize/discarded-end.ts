import type { TSESTree } from "../ast/source.ts";
import { nodesOf } from "../ast/node-index.ts";
import { parameterVariable, variableOf, type Variable } from "../ast/scopes.ts";
import { typeReferenceName, unwrap, wrapped } from "../ast/names.ts";
import { CALLBACK_TYPE } from "../dialects/apm.ts";
import { annotationOf, isNamed } from "./annotations.ts";
import { operationsOf } from "./begin-end.ts";
import { resolveCallable } from "./callables.ts";
import type { Context } from "./context.ts";
import { endCandidates, typedHandleArgument, type EndCandidate } from "./end-calls.ts";
import type { EndResult } from "./end-declarations.ts";
import { endResult } from "./end-results.ts";
import { usesOfVariable } from "./handle-uses.ts";
import { operationHeldBy } from "./polled-handle.ts";

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
      if (drop === null || !isWitnessed(context, end)) return [];
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

/** Whether anything but its name says that a call is the End of an asynchronous operation: what it is given is a handle. */
function isWitnessed(context: Context, { call }: EndCandidate): boolean {
  if (operationsOf(context).some(({ ends }) => ends.some((end) => end.call === call)) || typedHandleArgument(context, call) !== null) return true;
  return call.arguments.some((argument) => operationHeldBy(context, argument) !== null || isHandleVariable(context, variableOf(context.source, unwrap(argument))));
}

function isHandleVariable(context: Context, variable: Variable | null): boolean {
  if (variable === null) return false;
  return callbackParameters(context).has(variable) || usesOfVariable(context, variable).some((use) => use.kind === "member");
}

const parameters = new WeakMap<Context, ReadonlySet<Variable>>();

/** The parameters that a handle arrives in: of the callbacks of operations, and of what the file makes an `AsyncCallback` of. */
function callbackParameters(context: Context): ReadonlySet<Variable> {
  let known = parameters.get(context);
  if (known === undefined) {
    const index = nodesOf(context.source);
    const delegates = index.of("NewExpression").flatMap((creation) => {
      const callable = resolveCallable(context, creation);
      return callable.kind === "function" && callable.delegate !== null ? [callable.fn] : [];
    });
    const annotated = [...index.of("ArrowFunctionExpression"), ...index.of("FunctionExpression")].filter((fn) => {
      const { parent } = wrapped(fn);
      const variable = parent?.type === "VariableDeclarator" ? variableOf(context.source, parent.id) : null;
      const type = parent?.type === "PropertyDefinition" ? parent.typeAnnotation?.typeAnnotation : variable === null ? undefined : annotationOf(variable);
      return isNamed(typeReferenceName(type), CALLBACK_TYPE);
    });
    const all = [...operationsOf(context).map(({ callbackParameter }) => callbackParameter), ...[...delegates, ...annotated].map((fn) => parameterVariable(context.source, fn, 0))];
    parameters.set(context, (known = new Set(all.filter((variable) => variable !== null))));
  }
  return known;
}
