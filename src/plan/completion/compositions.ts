import { unwrap } from "../../ast/names.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import {
  completionSitesOf,
  isCompletionSite,
  type CallbackSite,
  type CompletionSite,
} from "../../recognize/completion/completion-sites.ts";
import { compositionOf, type Composition, type NoComposition } from "../../recognize/compositions/composition.ts";
import type { Context } from "../../recognize/context.ts";
import type { DescribedOperation } from "../../recognize/operations/operation.ts";
import type { RefusalCode } from "../codes.ts";
import { obstacle, type Obstacle } from "../decide/decision.ts";

/** A call of a library that calls functions, as it is now: with the sites that its functions are. */
export interface ComposedOperation {
  readonly operation: DescribedOperation;
  readonly tasks: readonly CompletionSite[];
  readonly context: Context;
  readonly composition: Composition;
  /** Whether there is nothing to call, so that it calls back at once. */
  readonly isEmpty: boolean;
}

const WHY: Readonly<Record<NoComposition["why"], RefusalCode>> = {
  tasks: "tasks-not-known",
  list: "list-not-known",
  version: "version-not-known",
  limited: "calls-limited",
  raced: "first-answer-wins",
  scheduled: "control-flow-kept",
};

/** The calls of libraries that call functions: those that may change with all that they call, and why the others stay. */
export class Compositions {
  readonly #alive = new Map<DescribedOperation, ComposedOperation>();
  readonly #stopped = new Map<DescribedOperation, Obstacle>();

  constructor(sites: ReadonlyMap<Context, readonly CallbackSite[]>) {
    for (const [context, all] of sites) {
      for (const operation of all) {
        const composition = isCompletionSite(operation) ? null : compositionOf(context, operation);
        if (composition === null || isCompletionSite(operation)) continue;
        if (composition.kind === "none") this.#stopped.set(operation, obstacle(WHY[composition.why], composition.node));
        else {
          const tasks = sitesOf(context, composition);
          this.#alive.set(operation, { context, operation, composition, tasks, isEmpty: isEmpty(composition) });
        }
      }
    }
    this.#dropShared();
  }

  /** What keeps a call of a library as it is; `null` where nothing does, or it is none. */
  stopOf(operation: DescribedOperation): Obstacle | null {
    return this.#stopped.get(operation) ?? null;
  }

  /** A call that may change, with what it calls; `null` for any other operation. */
  of(operation: DescribedOperation): ComposedOperation | null {
    return this.#alive.get(operation) ?? null;
  }

  get alive(): readonly ComposedOperation[] {
    return [...this.#alive.values()];
  }

  /** Whether a library calls a function, and that changes with the call. */
  isTask(fn: FunctionNode): boolean {
    return this.alive.some(({ tasks }) => tasks.some((task) => task.fn === fn));
  }

  /** Says that a call stays as it is, and with it all that share a function with it. */
  stop(operation: DescribedOperation, why: Obstacle): void {
    this.#alive.delete(operation);
    this.#stopped.set(operation, why);
    this.#dropShared();
  }

  /** A function that stays for one call stays for all. */
  #dropShared(): void {
    for (let size = -1; size !== this.#alive.size;) {
      size = this.#alive.size;
      for (const { composition, context, operation } of this.alive) {
        const stays = composition.tasks.find(({ fn, parameter }) => {
          const site = parameter === null ? undefined : siteOf(context, fn);
          if (parameter === null) return false;
          return site === undefined || ![...(site.host?.given ?? [])].every((given) => this.#isAliveAt(given));
        });
        if (stays === undefined) continue;
        this.#alive.delete(operation);
        this.#stopped.set(operation, obstacle("tasks-not-known", stays.given));
      }
    }
  }

  #isAliveAt(given: TSESTree.Node): boolean {
    return this.alive.some(
      ({ operation: { call } }) => call.range[0] <= given.range[0] && given.range[1] <= call.range[1],
    );
  }
}

function isEmpty({ list, tasks }: Composition): boolean {
  const literal = list === null ? null : unwrap(list);
  return (
    tasks.length === 0 ||
    (literal?.type === "ArrayExpression" && literal.elements.length === 0) ||
    (literal?.type === "ObjectExpression" && literal.properties.length === 0) ||
    (literal?.type === "Literal" && literal.value === 0)
  );
}

function siteOf(context: Context, fn: FunctionNode): CompletionSite | undefined {
  return completionSitesOf(context).find((site) => site.fn === fn && site.host?.calledBy === "library");
}

function sitesOf(context: Context, { tasks }: Composition): CompletionSite[] {
  return tasks.flatMap(({ fn, parameter }) => (parameter === null ? [] : (siteOf(context, fn) ?? [])));
}
