import { dottedName } from "../../ast/names.ts";
import type { TSESTree } from "../../ast/source.ts";
import { PURE_CALLS } from "../../dialects/busy-wait.ts";
import { isPure } from "../purity.ts";

/** Whether telling how long a sleep takes, or whether it is over, has no effect that would go with it. */
export function isPlainDelay(argument: TSESTree.Node): boolean {
  return (
    isPure(argument) ||
    (argument.type === "CallExpression" &&
      PURE_CALLS.test(dottedName(argument.callee) ?? "") &&
      argument.arguments.every(isPlainDelay))
  );
}
