import { unwrap } from "../../ast/names.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import {
  completionSitesOf,
  isCompletionSite,
  type CallbackSite,
  type CompletionSite,
} from "../../recognize/completion/completion-sites.ts";
import { compositionOf, type Composition, type NoComposition } from "../../recognize/compositions/composition.ts";
import { staying, type Task } from "../../recognize/compositions/tasks.ts";
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
    this.#wrapShared();
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

  /** Says that one of the functions stays, so that it is given a callback. */
  wrap(operation: DescribedOperation, site: CompletionSite): void {
    this.#wrapTasks(operation, ({ fn }) => fn === site.fn);
    this.#wrapShared();
  }

  /** Says that a call stays as it is, and what shares a function with it keeps that function. */
  stop(operation: DescribedOperation, why: Obstacle): void {
    this.#alive.delete(operation);
    this.#stopped.set(operation, why);
    this.#wrapShared();
  }

  /** A function that stays for one call stays for all. */
  #wrapShared(): void {
    for (let isOver = false; !isOver;) {
      isOver = true;
      for (const { composition, context, operation } of this.alive) {
        const stays = composition.tasks.find(({ fn, parameter }) => {
          const site = fn === null || parameter === null ? undefined : siteOf(context, fn);
          if (parameter === null) return false;
          return site === undefined || ![...(site.host?.given ?? [])].every((given) => this.#isTaskAt(site.fn, given));
        });
        if (stays === undefined) continue;
        this.#wrapTasks(operation, (task) => task === stays);
        isOver = false;
      }
    }
  }

  #wrapTasks(operation: DescribedOperation, isOne: (task: Task) => boolean): void {
    const composed = this.#alive.get(operation)!;
    const tasks = composed.composition.tasks.map((task) => (isOne(task) ? staying(task) : task));
    const composition = { ...composed.composition, tasks };
    this.#alive.set(operation, { ...composed, composition, tasks: sitesOf(composed.context, composition) });
  }

  /** Whether a function is given as a task that may change where it is written. */
  #isTaskAt(fn: FunctionNode, given: TSESTree.Node): boolean {
    const value = given.type === "Property" ? given.value : given;
    return this.alive.some(({ composition: { tasks } }) =>
      tasks.some((task) => task.fn === fn && task.parameter !== null && task.given === value),
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

function sitesOf(context: Context, { tasks }: Pick<Composition, "tasks">): CompletionSite[] {
  return tasks.flatMap(({ fn, parameter }) => (fn === null || parameter === null ? [] : (siteOf(context, fn) ?? [])));
}
