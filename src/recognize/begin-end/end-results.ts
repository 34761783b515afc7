import { calleeOf, dottedName, wrapped } from "../../ast/names.ts";
import type { TSESTree } from "../../ast/source.ts";
import { typeNameOf } from "../annotations.ts";
import { knownOperation } from "./begin-end.ts";
import { resolveCallable } from "../callables.ts";
import type { Context } from "../context.ts";
import { endCandidates, type EndCandidate } from "./end-calls.ts";
import {
  commonResult,
  declaredEnds,
  isOneWay,
  NO_RESULT,
  resultOfFunction,
  resultOfMember,
  resultOfType,
  UNKNOWN_RESULT,
  type EndResult,
} from "./end-declarations.ts";
import { declaredResults } from "../signatures.ts";

/**
 * What an End gives: by the types, if there are any; by the declarations of the file; by what the dialects know of the receiver's
 * type; by another call of it in the file whose value is used. The End of a one-way operation gives nothing.
 */
export function endResult(context: Context, end: EndCandidate): EndResult {
  for (const resultOf of [byTypes, byDeclaration, byDialect, byOtherUses]) {
    const result = resultOf(context, end);
    if (result.kind !== "unknown") return result;
  }
  return UNKNOWN_RESULT;
}

function byTypes(context: Context, { call }: EndCandidate): EndResult {
  switch (context.types?.returnsNothing(call)) {
    case "yes":
      return NO_RESULT;
    case "no":
      return { kind: "value", type: context.types.textOf(call) };
    default:
      return UNKNOWN_RESULT;
  }
}

function byDeclaration(context: Context, end: EndCandidate): EndResult {
  const callable = resolveCallable(context, end.call.callee);
  const declared = declaredEnds(context, end);
  if (declared.some(({ owner }) => isOneWay(owner, end.stem))) return NO_RESULT;
  const signatures = declaredResults(context, end.call);
  if (signatures.length > 0) return commonResult(signatures.map((type) => resultOfType(context, type)));
  if (callable.kind === "function") return resultOfFunction(context, callable.fn);
  return commonResult(declared.map(({ member }) => resultOfMember(context, member)));
}

function byDialect(context: Context, { receiver, stem }: EndCandidate): EndResult {
  const known = knownOperation(context, receiver, stem);
  if (known === null) return UNKNOWN_RESULT;
  return known.result === "void" ? NO_RESULT : { kind: "value", type: known.result };
}

function byOtherUses(context: Context, end: EndCandidate): EndResult {
  const { name } = calleeOf(end.call)!;
  const used = endCandidates(context).some(
    (other) =>
      other.call !== end.call &&
      calleeOf(other.call)!.name === name &&
      isSameReceiver(context, end, other) &&
      isUsed(other.call),
  );
  return used ? { kind: "value", type: null } : UNKNOWN_RESULT;
}

/** Objects of one type; where the type of both is unknown, those of one name: `client` in one callback and in the next. */
function isSameReceiver(context: Context, left: EndCandidate, right: EndCandidate): boolean {
  if (left.receiver === null || right.receiver === null) return left.receiver === right.receiver;
  const types = [typeNameOf(context, left.receiver), typeNameOf(context, right.receiver)];
  if (types[0] !== null || types[1] !== null) return types[0] === types[1];
  const path = dottedName(left.receiver);
  return path !== null && path === dottedName(right.receiver);
}

/** Where the value of an expression is taken. What only hands it on (`return`, `await`, the body of an arrow) may hand on nothing. */
const TAKERS: ReadonlySet<string> = new Set([
  "AssignmentExpression",
  "BinaryExpression",
  "CallExpression",
  "IfStatement",
  "MemberExpression",
  "NewExpression",
  "Property",
  "TemplateLiteral",
  "VariableDeclarator",
]);

/** Whether a statement takes the value of a call, so that there is one. */
export function isUsed(call: TSESTree.CallExpression): boolean {
  return TAKERS.has(wrapped(call).parent?.type ?? "");
}
