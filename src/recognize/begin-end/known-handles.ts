import type { TSESTree } from "../../ast/source.ts";
import { nodesOf } from "../../ast/node-index.ts";
import { parameterVariable, variableOf, type Variable } from "../../ast/scopes.ts";
import { typeReferenceName, unwrap, wrapped } from "../../ast/names.ts";
import { CALLBACK_TYPE } from "../../dialects/apm.ts";
import { annotationOf, isNamed } from "../annotations.ts";
import { operationsOf } from "./begin-end.ts";
import { resolveCallable } from "../callables.ts";
import type { Context } from "../context.ts";
import { typedHandleArgument, type EndCandidate } from "./end-calls.ts";
import { usesOfVariable } from "./handle-uses.ts";
import { operationHeldBy } from "../busy-waits/polled-handle.ts";

/** The argument of a call named like an End that anything but that name says is a handle; `null` where nothing does. */
export function handleGivenTo(context: Context, { call }: EndCandidate): TSESTree.Expression | null {
  for (const { ends } of operationsOf(context)) for (const end of ends) if (end.call === call) return end.handle;
  const typed = typedHandleArgument(context, call);
  if (typed !== null) return typed;
  const isHandle = (argument: TSESTree.Node): boolean =>
    operationHeldBy(context, argument) !== null ||
    isHandleVariable(context, variableOf(context.source, unwrap(argument)));
  return (
    call.arguments.find(
      (argument): argument is TSESTree.Expression => argument.type !== "SpreadElement" && isHandle(argument),
    ) ?? null
  );
}

function isHandleVariable(context: Context, variable: Variable | null): boolean {
  if (variable === null) return false;
  return (
    callbackParameters(context).has(variable) || usesOfVariable(context, variable).some((use) => use.kind === "member")
  );
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
      const type =
        parent?.type === "PropertyDefinition"
          ? parent.typeAnnotation?.typeAnnotation
          : variable === null
            ? undefined
            : annotationOf(variable);
      return isNamed(typeReferenceName(type), CALLBACK_TYPE);
    });
    const all = [
      ...operationsOf(context).map(({ callbackParameter }) => callbackParameter),
      ...[...delegates, ...annotated].map((fn) => parameterVariable(context.source, fn, 0)),
    ];
    parameters.set(context, (known = new Set(all.filter((variable) => variable !== null))));
  }
  return known;
}

/** Whether a call named like an End is of a function that the file declares, for no operation that the file begins: a helper of its own. */
export function isHelper(context: Context, { call, stem }: EndCandidate): boolean {
  return (
    resolveCallable(context, call.callee).kind === "function" &&
    !operationsOf(context).some((operation) => operation.stem === stem)
  );
}
