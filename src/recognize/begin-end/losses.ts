import { endNameOf } from "../../dialects/apm-names.ts";
import { calleeOf } from "../../ast/names.ts";
import { knownOperation } from "./begin-end.ts";
import type { Context } from "../context.ts";
import { endCandidates } from "./end-calls.ts";
import {
  commonResult,
  declarationsOf,
  NO_RESULT,
  resultOfMember,
  UNKNOWN_RESULT,
  type EndResult,
} from "./end-declarations.ts";
import { endResult, isUsed } from "./end-results.ts";
import type { Operation } from "./operation.ts";

/** What is lost when an operation is never ended, besides any exception, which only the End throws. */
export interface Losses {
  readonly result: EndResult;
  /** What stays taken, as a clause; `null` where nothing is known to. */
  readonly resource: string | null;
}

/** What is lost when an operation is never ended, as far as declarations, the dialect and other Ends of the file tell. */
export function lossesOf(context: Context, operation: Operation): Losses {
  const known = knownOperation(context, operation.receiver, operation.stem);
  return { result: resultOf(context, operation, known?.result ?? null), resource: known?.holds ?? null };
}

function resultOf(context: Context, operation: Operation, knownResult: string | null): EndResult {
  const [end] = [...operation.ends, ...endCandidates(context).filter(({ stem }) => stem === operation.stem)];
  const bySite = end === undefined ? null : endResult(context, end);
  if (bySite !== null && bySite.kind !== "unknown") return bySite;
  const name = endName(operation);
  const declared =
    operation.receiver === null ? [] : declarationsOf(context, operation.receiver, (member) => member === name);
  if (declared.length > 0) return commonResult(declared.map(({ member }) => resultOfMember(context, member)));
  if (knownResult !== null) return knownResult === "void" ? NO_RESULT : { kind: "value", type: knownResult };
  return operation.ends.some(({ call }) => isUsed(call)) ? { kind: "value", type: null } : UNKNOWN_RESULT;
}

/** What the End of an operation is called, in the casing of its Begin. */
export function endName({ begin }: Operation): string {
  return endNameOf(calleeOf(begin)!.name);
}
