import { enclosingOf, isFunction } from "../../ast/functions.ts";
import { unwrap } from "../../ast/names.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import type { DescribedOperation } from "../../recognize/operations/operation.ts";
import type { AwaitDecision } from "../decide/decision.ts";
import type { Composing } from "../write/composed-call.ts";
import type { Compositions } from "./compositions.ts";
import type { FileDecisions } from "./file-decisions.ts";
import { answerCounts } from "./task-answers.ts";

/** How the calls of a file that call functions are written, and what in those is written otherwise for it. */
export interface FileComposing extends Composing {
  /** A decision as it is written: an operation that is all that a function does stands in its place. */
  asWritten(decision: AwaitDecision): AwaitDecision;
}

/** Decides how the calls of a file that call functions are written. */
export function composingIn(
  file: FileDecisions,
  compositions: Compositions,
  inlined: ReadonlySet<FunctionNode>,
): FileComposing {
  const own = compositions.alive.filter(({ context }) => context === file.context);
  const inPlace = new Set<FunctionNode>(
    own.flatMap(({ composition: { tasks } }) =>
      tasks.flatMap(({ fn, given, parameter }) =>
        fn !== null && parameter !== null && unwrap(given) === fn ? [fn] : [],
      ),
    ),
  );
  const direct = new Map<FunctionNode, TSESTree.Node>();
  const asWritten = new Map<DescribedOperation, Pick<AwaitDecision, "leave"> | Pick<AwaitDecision, "told">>();
  for (const { decision } of file.decisions.values()) {
    if (decision.kind !== "await") continue;
    const { operation, place } = decision;
    const fn = enclosingOf(place);
    const host = file.hosts.of(operation.call);
    if (isFunction(host) && inlined.has(host)) asWritten.set(operation, { leave: "continue" });
    if (decision.told !== "all" && decision.told !== "nothing") continue;
    if (!isFunction(fn) || !inPlace.has(fn) || !isAllOf(fn, place)) continue;
    const inner = compositions.of(operation)?.composition.form;
    if (inner !== undefined && (inner.order !== "together" || inner.gives !== "answers")) continue;
    direct.set(fn, place);
    asWritten.set(operation, { told: "promise" });
  }
  return {
    asWritten: (decision) => ({ ...decision, ...asWritten.get(decision.operation) }),
    of: (operation) => {
      const composed = compositions.of(operation);
      if (composed === null) return null;
      return {
        ...composed,
        direct,
        inlined: new Set([...inlined].filter((fn) => !direct.has(fn))),
        counts: answerCounts(file, composed.composition),
      };
    },
  };
}

/** Whether a statement, or an expression, is all of a function's code. */
function isAllOf({ body }: FunctionNode, place: TSESTree.Node): boolean {
  if (body === place) return true;
  return body.type === "BlockStatement" && body.body.length === 1 && body.body[0] === place;
}
