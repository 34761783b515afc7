import { isOptionalParameter } from "../../ast/functions.ts";
import { endNameOf, plainNameOf } from "../../dialects/apm-names.ts";
import { typeReferenceName } from "../../ast/names.ts";
import type { TSESTree } from "../../ast/source.ts";
import { BEGIN_NAME, CALLBACK_TYPE, HANDLE_TYPE } from "../../dialects/apm.ts";
import { ADDED_BY_TASK_VERSIONS } from "../../dialects/contracts.ts";
import { isNamed } from "../annotations.ts";
import type { Context } from "../context.ts";
import { isAwaitableType } from "../twins/twins.ts";
import type { ContractFault } from "./contract-fault.ts";
import {
  awaitedType,
  isNothingType,
  parameterType,
  typeText,
  type DeclaredMethod,
  type DeclaringType,
} from "./contract-members.ts";

/**
 * Where a Begin/End pair that no decorator marks takes or gives something else than the method of the same operation beside it: `Add`, or
 * `AddAsync`. By names alone they may be different operations, so a pair counts that its types show to be one, and types that surely differ.
 * Of overloads it is enough that two fit.
 */
export function pairVersionFaults(context: Context, type: DeclaringType): ContractFault[] {
  const names = [...new Set(type.methods.map(({ name }) => name))].filter((name) => BEGIN_NAME.test(name));
  return names.flatMap((name) =>
    [false, true].flatMap((isStatic): ContractFault[] => {
      const named = (each: string): DeclaredMethod[] =>
        type.methods.filter((method) => method.name === each && method.isStatic === isStatic);
      const begins = named(name);
      const ends = named(endNameOf(name));
      if (begins.length === 0 || ends.length === 0 || !begins.every(isSurelyBegin)) return [];
      // What an End fills in, the other versions give in ways of their own.
      if ([...begins, ...ends].some(({ mark }) => mark !== null) || ends.some(({ params }) => params.length > 1))
        return [];
      const plain = plainNameOf(name);
      const versions = [plain, `${plain}Async`, `${plain}TaskAsync`]
        .map((each) => named(each))
        .filter((all) => all.length > 0 && all.every((method) => method.mark === null && isVersion(method, plain)));
      for (const others of versions) {
        const fault = { member: name, other: others[0]!.name };
        if (!begins.some((begin) => others.some((other) => areInputsAlike(context, begin, other))))
          return [{ kind: "inputsDisagree", node: begins[0]!.nameNode, ...fault }];
        if (!ends.some((end) => others.some((other) => areOutputsAlike(context, end, other))))
          return [{ kind: "outputsDisagree", node: ends[0]!.nameNode, ...fault, member: ends[0]!.name }];
      }
      return [];
    }),
  );
}

/** A method that returns a handle and ends in a callback and a state. */
function isSurelyBegin({ params, returnType }: DeclaredMethod): boolean {
  return (
    isNamed(typeReferenceName(returnType), HANDLE_TYPE) &&
    params.length >= 2 &&
    isNamed(typeReferenceName(parameterType(params.at(-2)!)), CALLBACK_TYPE)
  );
}

/** Whether a method can be another version of an operation: it gives its value at once by the plain name, and a task by the others. */
function isVersion({ name, returnType }: DeclaredMethod, plain: string): boolean {
  return (name === plain) === !isAwaitableType(returnType);
}

function areInputsAlike(context: Context, begin: DeclaredMethod, other: DeclaredMethod): boolean {
  const inputs = begin.params.slice(0, -2);
  const rest = other.params.slice(inputs.length);
  if ([...inputs, ...other.params].some(({ type }) => type === "RestElement")) return true;
  return (
    other.params.length >= inputs.length - inputs.filter(isOptionalParameter).length &&
    rest.every((parameter) => isOptionalParameter(parameter) || isAddition(parameter)) &&
    inputs.every((input, index) => {
      const twin = other.params[index];
      return twin === undefined || !surelyDiffer(context, parameterType(input), parameterType(twin));
    })
  );
}

/** A token for cancellation or an object for progress, which only a task-based version takes. */
function isAddition(parameter: TSESTree.Parameter): boolean {
  return isNamed(typeReferenceName(parameterType(parameter)), ADDED_BY_TASK_VERSIONS);
}

function areOutputsAlike(
  context: Context,
  { returnType: ended }: DeclaredMethod,
  { returnType }: DeclaredMethod,
): boolean {
  if (ended === undefined || returnType === undefined) return true;
  const given = awaitedType(returnType);
  if (isNothingType(ended) || isNothingType(given)) return isNothingType(ended) === isNothingType(given);
  return !surelyDiffer(context, ended, given);
}

/** Whether two types are none but those of the language, and not the same: what a name stands for may be the same as another. */
function surelyDiffer(
  context: Context,
  left: TSESTree.TypeNode | undefined,
  right: TSESTree.TypeNode | undefined,
): boolean {
  return isPlain(left) && isPlain(right) && typeText(context, left!) !== typeText(context, right!);
}

function isPlain(type: TSESTree.TypeNode | undefined): boolean {
  if (type?.type === "TSArrayType") return isPlain(type.elementType);
  return type !== undefined && /^TS(?:BigInt|Boolean|Number|String)Keyword$/.test(type.type);
}
