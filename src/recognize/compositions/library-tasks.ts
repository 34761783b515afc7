import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import { TASK_SIGNALS, type CompletionSignals } from "../../dialects/completion-parameters.ts";
import type { Context } from "../context.ts";
import { unpromisedOperationsOf } from "../operations/promised.ts";
import { compositionOf } from "./composition.ts";

/** A function that a library calls with a callback, by all that are given it. */
export interface LibraryTask {
  readonly fn: FunctionNode;
  readonly parameter: TSESTree.Identifier;
  readonly index: number;
  /** As messages call the library. */
  readonly library: string;
  readonly signals: CompletionSignals;
  readonly given: ReadonlySet<TSESTree.Node>;
}

/** What stands for a function where it is given: a member of an object stands for its value. */
function usesOf(given: TSESTree.Node): TSESTree.Node[] {
  return given.parent?.type === "Property" ? [given, given.parent] : [given];
}

/** The functions of a file that a library calls with a callback; none of which it expects two different things. */
export function libraryTasksOf(context: Context): readonly LibraryTask[] {
  const found = new Map<FunctionNode, (LibraryTask & { readonly given: Set<TSESTree.Node> }) | null>();
  for (const operation of unpromisedOperationsOf(context)) {
    const composition = compositionOf(context, operation);
    if (composition?.kind !== "composition") continue;
    const signals = composition.form.gives === "nothing" ? TASK_SIGNALS.silent : TASK_SIGNALS.answering;
    for (const { fn, given, parameter } of composition.tasks) {
      if (fn === null || parameter === null) continue;
      const known = found.get(fn);
      const index = fn.params.indexOf(parameter);
      if (known === undefined)
        found.set(fn, {
          fn,
          parameter,
          index,
          library: operation.dialect.name,
          signals,
          given: new Set(usesOf(given)),
        });
      else if (known?.signals === signals && known.index === index)
        for (const use of usesOf(given)) known.given.add(use);
      else found.set(fn, null);
    }
  }
  return [...found.values()].filter((each) => each !== null);
}
