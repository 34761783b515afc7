import { contains, isAlwaysBefore, isInScopeAt, listedStatement } from "../ast/flow.ts";
import { enclosingOf, isFunction } from "../ast/functions.ts";
import { unwrap } from "../ast/names.ts";
import { variableOf } from "../ast/scopes.ts";
import type { TSESTree } from "../ast/source.ts";
import type { Context } from "../recognize/context.ts";
import { displayName } from "../recognize/display.ts";
import { natureOf } from "../recognize/tasks.ts";
import type { Wait } from "../recognize/wait.ts";
import { waitsOf } from "../recognize/waits.ts";
import { adaptHandler } from "./aggregate-errors.ts";
import { AsyncFunctions } from "./async-functions.ts";
import { Draft, type Component } from "./draft.ts";
import { indentAt, lineBreakOf, semicolon } from "./layout.ts";
import { reachOfFile, type Reach } from "./reach.ts";
import type { PlanChoices } from "./types.ts";
import { sleepEdits, waitEdits } from "./wait-text.ts";

/** A wait that blocks the thread and can be an await. */
export type BlockingWait = Wait;

/** How messages call a wait: `task.Result`. */
export function waitName({ node, nameNode }: BlockingWait): string {
  return displayName(node) ?? displayName(nameNode) ?? "wait";
}

/** The waits on tasks of a file, and the sleeps in its async functions. */
export function blockingWaitsOf(context: Context): BlockingWait[] {
  return waitsOf(context).filter((wait) => isTaskWait(wait) || (wait.kind === "sleep" && isInAsync(wait.node, (fn) => fn.async)));
}

function isTaskWait({ kind }: Wait): boolean {
  return kind === "task" || kind === "allTasks" || kind === "anyTask";
}

function isInAsync(node: TSESTree.Node, isAsync: (fn: Extract<ReturnType<typeof enclosingOf>, { async: boolean }>) => boolean): boolean {
  const unit = enclosingOf(node);
  return isFunction(unit) && isAsync(unit);
}

/** Decides the waits of one file. */
export function planBlocking(context: Context, waits: readonly BlockingWait[], _choices: PlanChoices): Component<BlockingWait>[] {
  const planner = new BlockingPlanner(reachOfFile(context));
  planner.add(context, waits);
  return planner.finish();
}

/** Turns waits into awaits, and what is around them into async functions, as far as `reach` goes. */
export class BlockingPlanner {
  readonly #reach: Reach;
  readonly #draft = new Draft<BlockingWait>();
  readonly #functions: AsyncFunctions;
  readonly #awaited: { readonly context: Context; readonly wait: BlockingWait }[] = [];

  constructor(reach: Reach) {
    this.#reach = reach;
    this.#functions = new AsyncFunctions(reach, this.#draft, () => undefined);
  }

  /** Takes up waits of a file. */
  add(context: Context, waits: readonly BlockingWait[]): void {
    for (const wait of waits) {
      this.#draft.operation(wait.node, wait);
      if (wait.kind === "sleep") this.#sleep(context, wait);
      else this.#await(context, wait);
    }
  }

  #await(context: Context, wait: BlockingWait): void {
    const { node } = wait;
    this.#draft.link(node, enclosingOf(node));
    const edits = waitEdits(context, wait);
    if ("refusal" in edits) return this.#draft.refuse(node, edits.refusal, node.range, waitName(wait));
    for (const { range, text } of edits.edits) this.#draft.replace(node, range, text);
    for (const code of edits.notes) this.#draft.note(node, code, node.range, waitName(wait));
    adaptHandler(context, this.#draft, wait, waitName(wait));
    this.#functions.allowAwait(node, waitName(wait));
    this.#awaited.push({ context, wait });
  }

  #sleep(context: Context, wait: BlockingWait): void {
    this.#draft.link(wait.node, enclosingOf(wait.node));
    const edits = sleepEdits(context, wait);
    if ("refusal" in edits) return this.#draft.refuse(wait.node, edits.refusal, wait.node.range, waitName(wait));
    for (const { range, text } of edits.edits) this.#draft.replace(wait.node, range, text);
    this.#functions.allowAwait(wait.node, waitName(wait));
  }

  /** Lets the callers follow, all the way up, and gives what was decided. */
  finish(): Component<BlockingWait>[] {
    this.#functions.convertCallers();
    // A function that waits anyhow need not sleep on the thread either.
    const seen = new Set<Context>();
    for (const place of [...this.#functions.awaits]) {
      const context = this.#reach.contextOf(place);
      if (seen.has(context)) continue;
      seen.add(context);
      for (const wait of waitsOf(context)) {
        if (wait.kind !== "sleep" || !isInAsync(wait.node, (fn) => !fn.async && this.#functions.isAsync(fn))) continue;
        if (!("refusal" in sleepEdits(context, wait))) this.#sleep(context, wait);
      }
    }
    for (const { context, wait } of this.#awaited) this.#guard(context, wait);
    return this.#draft.components();
  }

  /** A promise that is awaited later must not count as unhandled while something else is awaited. */
  #guard({ source, ...rest }: Context, { node, subjects }: BlockingWait): void {
    const context: Context = { source, ...rest };
    for (const subject of subjects) {
      const variable = variableOf(source, unwrap(subject));
      const declarator = variable?.defs[0]?.node;
      if (variable === null || declarator?.type !== "VariableDeclarator" || declarator.init === null || enclosingOf(declarator) !== enclosingOf(node)) continue;
      const statement = listedStatement(declarator);
      if (statement === null || natureOf(context, declarator.init).kind !== "promise" || !isInScopeAt(declarator, node) || !isAlwaysBefore(declarator, node)) continue;
      const isCrossed = this.#functions.awaits.some((place) => this.#reach.contextOf(place).source === source && statement.range[1] <= place.range[0] && place.range[1] <= node.range[0] && enclosingOf(place) === enclosingOf(node));
      if (isCrossed && !contains(statement, node)) this.#draft.insert(node, statement.range[1], `${lineBreakOf(source.text)}${indentAt(source.text, statement.range[0])}${variable.name}.catch(() => {})${semicolon(source)} // Its error surfaces at the await below.`);
    }
  }
}
