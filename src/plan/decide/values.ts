import { isFunction } from "../../ast/functions.ts";
import { writesOf, type Variable } from "../../ast/scopes.ts";
import { textOf, type FunctionNode, type Source, type TSESTree } from "../../ast/source.ts";
import { findAll } from "../../ast/walk.ts";
import type { OutcomePart } from "../../dialects/dialect.ts";
import type { DescribedOperation, OutcomeRead } from "../../recognize/operations/operation.ts";
import { partsTold } from "../../recognize/operations/outcome.ts";
import { redeclaredReferences } from "../../recognize/operations/redeclared.ts";
import type { ValueBinding } from "./decision.ts";

/** The variables that a parameter declares. */
export function variablesOf(source: Source, fn: FunctionNode, parameter: TSESTree.Node): Variable[] {
  return source.scopeManager
    .getDeclaredVariables(fn)
    .filter(({ identifiers }) =>
      identifiers.some(({ range }) => parameter.range[0] <= range[0] && range[1] <= parameter.range[1]),
    );
}

export function isUsed(source: Source, parameter: TSESTree.Parameter): boolean {
  const fn = parameter.parent as FunctionNode;
  // Taking a pattern apart may throw, and run code.
  if (parameter.type !== "Identifier") return true;
  return variablesOf(source, fn, parameter).some(({ references }) => references.length > 0);
}

export function isAssigned(source: Source, fn: FunctionNode, parameter: TSESTree.Node): boolean {
  return variablesOf(source, fn, parameter).some((variable) => writesOf(variable).length > 0);
}

/** Whether something else is assigned to a parameter, and not to a variable of the function that has its name. */
export function isOverwritten(source: Source, fn: FunctionNode, parameter: TSESTree.Node): boolean {
  return variablesOf(source, fn, parameter).some((variable) => {
    const own = redeclaredReferences(fn, variable);
    return writesOf(variable).some(({ identifier }) => !own.has(identifier));
  });
}

/** Whether functions inside a decision read a value, which they may do later. */
export function isCaptured(source: Source, { fn, reads }: ValueBinding): boolean {
  const inner = findAll(fn.body, source.visitorKeys, isFunction);
  return reads.some((read) => inner.some(({ range }) => range[0] <= read.range[0] && read.range[1] <= range[1]));
}

/** The part of the outcome that is one of the parameters of a function. */
export function parameterPart(parts: readonly OutcomePart[], index: number): OutcomePart | undefined {
  return parts.find(({ at }) =>
    at.some((place) => place.in === "parameter" && place.index === index && place.member === undefined),
  );
}

/** Whether a parameter, or a member of it, is a part of the outcome. */
export function isTold(parts: readonly OutcomePart[], index: number): boolean {
  return parts.some(({ at }) => at.some((place) => place.in === "parameter" && place.index === index));
}

/** The values that the code uses, in the order of the dialect. */
export function valueBindings(
  source: Source,
  operation: DescribedOperation,
  allReads: readonly OutcomeRead[],
): ValueBinding[] {
  return operation.form.outcome.flatMap((part) => {
    if (part.role !== "value") return [];
    const reads = allReads.filter(({ role, name }) => role === "value" && name === part.name);
    const given = givenAs(source, operation, part);
    const fn = given?.fn ?? functionAround(operation, reads);
    if (fn === null) return [];
    const [first] = reads;
    const declared = given?.parameter ?? first?.declared ?? null;
    // What is read in several ways gets one name.
    const isOne = reads.every((read) => read.declared === declared);
    const annotation = declared?.typeAnnotation?.typeAnnotation;
    return [
      {
        name: part.name,
        fn,
        declared: isOne ? declared : null,
        type: annotation === undefined ? (part.type ?? null) : textOf(source, annotation),
        reads: reads.map(({ node }) => node),
        isAssigned: declared !== null && isAssigned(source, fn, declared),
      },
    ];
  });
}

/** The parameter that is a value, if the code uses it. */
function givenAs(
  source: Source,
  operation: DescribedOperation,
  part: OutcomePart,
): { readonly fn: FunctionNode; readonly parameter: TSESTree.BindingName } | null {
  for (const { on, ...callback } of operation.callbacks) {
    if (callback.kind !== "function") continue;
    const parts = partsTold(operation, on);
    const parameter = callback.fn.params.find((_, index) => parameterPart(parts, index) === part);
    if (parameter !== undefined && isUsed(source, parameter))
      return { fn: callback.fn, parameter: parameter as TSESTree.BindingName };
  }
  return null;
}

function functionAround(operation: DescribedOperation, [first]: readonly OutcomeRead[]): FunctionNode | null {
  if (first === undefined) return null;
  for (const callback of operation.callbacks) {
    if (callback.kind !== "function") continue;
    const { range } = callback.fn;
    if (range[0] <= first.node.range[0] && first.node.range[1] <= range[1]) return callback.fn;
  }
  return null;
}
