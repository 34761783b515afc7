import { beginNameOf, endNameOf } from "../../dialects/apm-names.ts";
import { typeReferenceName } from "../../ast/names.ts";
import type { TSESTree } from "../../ast/source.ts";
import { BEGIN_NAME, CALLBACK_TYPE, END_NAME, HANDLE_TYPE } from "../../dialects/apm.ts";
import { TASK_VERSION_NAME } from "../../dialects/contracts.ts";
import { isNamed } from "../annotations.ts";
import {
  awaitedType,
  declaringTypesOf,
  isNothingType,
  parameterType,
  targetOf,
  typeText,
  type DeclaredMethod,
  type DeclaringType,
} from "./contract-members.ts";
import type { Context } from "../context.ts";
import { eventGroupFaults } from "./event-group-faults.ts";
import { pairVersionFaults } from "./pair-versions.ts";
import { isAwaitableType } from "../twins/twins.ts";
import type { ContractFaultKind, ContractFault } from "./contract-fault.ts";

/** The faults in what classes and interfaces of a file declare: Begin/End pairs, service operations, groups with completed events. */
export function contractFaultsOf(context: Context): ContractFault[] {
  return declaringTypesOf(context)
    .flatMap((type) => [
      ...pairFaults(type),
      ...versionFaults(context, type),
      ...pairVersionFaults(context, type),
      ...eventGroupFaults(type),
    ])
    .sort((a, b) => a.node.range[0] - b.node.range[0]);
}

function fault(kind: ContractFaultKind, node: TSESTree.Node, member: string, other = ""): ContractFault {
  return { kind, node, member, other };
}

/** Methods under each name; a signature beside an implementation of the same name is an overload of it, and no second method. */
function methodsNamed({ methods }: DeclaringType, name: string, isStatic: boolean): DeclaredMethod[] {
  const all = methods.filter((method) => method.name === name && method.isStatic === isStatic);
  return all.some(({ isSignature }) => !isSignature) ? all.filter(({ isSignature }) => !isSignature) : all;
}

function pairFaults(type: DeclaringType): ContractFault[] {
  const seen = new Set<string>();
  return type.methods.flatMap((method) => {
    const stem = BEGIN_NAME.exec(method.name)?.[1];
    if (stem !== undefined) {
      const key = `${method.name} ${String(method.isStatic)}`;
      // Of overloads, the marked one speaks for all.
      const versions = type.methods.filter(
        ({ name, isStatic }) => name === method.name && isStatic === method.isStatic,
      );
      return seen.has(key)
        ? []
        : (seen.add(key), beginFaults(type, versions.find(({ mark }) => mark !== null) ?? method, versions));
    }
    if (method.mark?.asyncPattern?.value !== true) return [];
    const ended = END_NAME.exec(method.name)?.[1];
    const { node } = method.mark.asyncPattern;
    return [
      ended === undefined
        ? fault("patternWithoutBegin", node, method.name)
        : fault("patternOnEnd", node, method.name, beginNameOf(method.name)),
    ];
  });
}

function beginFaults(type: DeclaringType, begin: DeclaredMethod, versions: readonly DeclaredMethod[]): ContractFault[] {
  const { mark, name } = begin;
  const isMarked = mark?.asyncPattern?.value === true;
  const endName = endNameOf(name);
  const ends = methodsNamed(type, endName, begin.isStatic);
  // In a contract without a mark, types say what the names alone do not.
  if (!isMarked && !versions.some(looksLikeBegin) && !ends.some(looksLikeEnd)) return [];
  const faults: ContractFault[] = [];
  const isInherited = type.isDerived || type.members.some((member) => member.name === endName);
  if (ends.length === 0 && (isMarked || !isInherited)) faults.push(fault("endMissing", begin.nameNode, name, endName));
  if (ends.length > 1 && isMarked) faults.push(fault("endsSeveral", begin.nameNode, name, endName));
  if (mark !== null && mark.asyncPattern?.value !== true && ends.length > 0)
    faults.push(fault("patternMissing", mark.node, name, endName));
  if (isMarked ? !endsInCallbackAndState(begin) : versions.every(hasCallbackElsewhere))
    faults.push(fault("beginParameters", begin.nameNode, name));
  const misplaced = isMarked
    ? ends.filter((end) => !endsInHandle(end))
    : ends.every(hasHandleElsewhere)
      ? ends.slice(0, 1)
      : [];
  for (const end of misplaced) faults.push(fault("endParameters", end.nameNode, end.name, name));
  if (mark?.isOneWay === true) {
    for (const end of ends)
      if (!isNothingType(end.returnType) || end.params.length > 1)
        faults.push(fault("oneWayOutput", end.nameNode, end.name, name));
  }
  return faults;
}

function looksLikeBegin({ params, returnType }: DeclaredMethod): boolean {
  return (
    isNamed(typeReferenceName(returnType), HANDLE_TYPE) ||
    params.some((parameter) => isNamed(typeReferenceName(parameterType(parameter)), CALLBACK_TYPE))
  );
}

function looksLikeEnd({ params }: DeclaredMethod): boolean {
  return params.some((parameter) => isNamed(typeReferenceName(parameterType(parameter)), HANDLE_TYPE));
}

/** Whether the last two parameters can be the callback and the state. */
function endsInCallbackAndState({ params }: DeclaredMethod): boolean {
  if (params.some((parameter) => parameter.type === "RestElement")) return true;
  if (params.length < 2) return false;
  const callbacks = params.flatMap((parameter, index) =>
    isNamed(typeReferenceName(parameterType(parameter)), CALLBACK_TYPE) ? [index] : [],
  );
  return callbacks.length === 0 || callbacks.includes(params.length - 2);
}

function endsInHandle({ params }: DeclaredMethod): boolean {
  if (params.some((parameter) => parameter.type === "RestElement")) return true;
  const handles = params.flatMap((parameter, index) =>
    isNamed(typeReferenceName(parameterType(parameter)), HANDLE_TYPE) ? [index] : [],
  );
  return params.length > 0 && (handles.length === 0 || handles.includes(params.length - 1));
}

/** Whether a Begin has a callback, in another place than its own: without a mark, one that has none may follow no pattern at all. */
function hasCallbackElsewhere(begin: DeclaredMethod): boolean {
  return (
    begin.params.some((parameter) => isNamed(typeReferenceName(parameterType(parameter)), CALLBACK_TYPE)) &&
    !endsInCallbackAndState(begin)
  );
}

function hasHandleElsewhere(end: DeclaredMethod): boolean {
  return looksLikeEnd(end) && !endsInHandle(end);
}

/** One of the versions in which a contract may declare an operation. */
interface Version {
  readonly kind: "sync" | "beginEnd" | "task";
  readonly method: DeclaredMethod;
  readonly inputs: readonly TSESTree.Parameter[];
  /** The type of what comes out, and the further parameters of an End; `undefined` where that is not declared. */
  readonly output: { readonly type: TSESTree.TypeNode | undefined; readonly outs: number } | undefined;
}

/** The versions of the operations that a contract marks, by logical name. */
function versionsOf(type: DeclaringType): Map<string, Version[]> {
  const versions = new Map<string, Version[]>();
  const add = (name: string, version: Version): void =>
    void versions.set(name, [...(versions.get(name) ?? []), version]);
  for (const method of type.methods) {
    const { mark, name, params, returnType } = method;
    if (mark === null) continue;
    const begun = BEGIN_NAME.exec(name)?.[1];
    if (begun !== undefined && mark.asyncPattern?.value === true) {
      const [end] = methodsNamed(type, endNameOf(name), method.isStatic);
      add(mark.name ?? begun, {
        kind: "beginEnd",
        method,
        inputs: params.slice(0, -2),
        output: end === undefined ? undefined : { type: end.returnType, outs: end.params.length - 1 },
      });
    } else if (isAwaitableType(returnType))
      add(mark.name ?? TASK_VERSION_NAME.exec(name)?.[1] ?? name, {
        kind: "task",
        method,
        inputs: params,
        output: { type: returnType, outs: 0 },
      });
    else
      add(mark.name ?? name, {
        kind: "sync",
        method,
        inputs: params,
        output: returnType === undefined ? undefined : { type: returnType, outs: 0 },
      });
  }
  return versions;
}

function versionFaults(context: Context, type: DeclaringType): ContractFault[] {
  const faults: ContractFault[] = [];
  for (const versions of versionsOf(type).values()) {
    const [first, ...others] = versions as [Version, ...Version[]];
    for (const [index, version] of others.entries()) {
      const twin = [first, ...others.slice(0, index)].find(({ kind }) => kind === version.kind);
      if (twin !== undefined)
        faults.push(fault("nameTwice", version.method.nameNode, version.method.name, twin.method.name));
      else if (!areInputsAlike(context, first, version))
        faults.push(fault("inputsDisagree", version.method.nameNode, version.method.name, first.method.name));
      else if (!areOutputsAlike(context, first, version))
        faults.push(fault("outputsDisagree", version.method.nameNode, version.method.name, first.method.name));
    }
  }
  for (const { mark, name, nameNode, returnType } of type.methods) {
    if (mark?.isOneWay === true && BEGIN_NAME.exec(name) === null && !isNothingType(returnType))
      faults.push(fault("oneWayOutput", nameNode, name, name));
  }
  return faults;
}

function areInputsAlike(context: Context, a: Version, b: Version): boolean {
  if (a.inputs.length !== b.inputs.length) return a.inputs.concat(b.inputs).some(({ type }) => type === "RestElement");
  return a.inputs.every((input, index) => {
    const [left, right] = [parameterType(input), parameterType(b.inputs[index]!)];
    return (
      left === undefined ||
      right === undefined ||
      targetOf(input).type !== "Identifier" ||
      typeText(context, left) === typeText(context, right)
    );
  });
}

function areOutputsAlike(context: Context, { output: a }: Version, { output: b }: Version): boolean {
  // What an End fills in has no place in the return type of the other versions; how they give it is theirs to say.
  if (a === undefined || b === undefined || a.outs + b.outs > 0) return true;
  const [left, right] = [
    a.type === undefined ? undefined : awaitedType(a.type),
    b.type === undefined ? undefined : awaitedType(b.type),
  ];
  if (isNothingType(left) || isNothingType(right))
    return isNothingType(left) === isNothingType(right) || a.type === undefined || b.type === undefined;
  return typeText(context, left!) === typeText(context, right!);
}
