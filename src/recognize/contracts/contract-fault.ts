import type { TSESTree } from "../../ast/source.ts";

/** What is wrong with a contract. */
export type ContractFaultKind =
  | "endMissing"
  | "endsSeveral"
  | "beginParameters"
  | "endParameters"
  | "patternOnEnd"
  | "patternWithoutBegin"
  | "patternMissing"
  | "inputsDisagree"
  | "outputsDisagree"
  | "nameTwice"
  | "oneWayOutput"
  | "eventMissing"
  | "eventMisnamed"
  | "starterReturns";

/** A fault, the narrow place to report, and the members that a message names. */
export interface ContractFault {
  readonly kind: ContractFaultKind;
  readonly node: TSESTree.Node;
  readonly member: string;
  readonly other: string;
}
