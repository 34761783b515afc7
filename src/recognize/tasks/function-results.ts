import { enclosingOf, type Enclosing } from "../../ast/functions.ts";
import { isNothing } from "../../ast/names.ts";
import { nodesOf } from "../../ast/node-index.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import type { Context } from "../context.ts";
import { commonNature, NONE, NOTHING_YET, promiseOf, UNKNOWN, type TaskNature } from "./task-nature.ts";
import { natureOfType } from "./task-types.ts";

/** What a call of a function of the file gives. `ask` tells what a returned expression is. */
export function resultOf(
  context: Context,
  fn: FunctionNode,
  ask: (expression: TSESTree.Node) => TaskNature,
): TaskNature {
  if (fn.generator) return NONE;
  if (fn.async) return promiseOf(fn);
  const declared = natureOfType(context, fn.returnType?.typeAnnotation);
  if (declared !== null) return declared;
  const { body } = fn;
  if (body.type !== "BlockStatement") return recursions(context).of(fn, () => ask(body));
  const returned = returnsOf(context, fn);
  if (returned.length === 0) return NONE;
  if (returned.some((value) => value === null || isNothing(value))) return UNKNOWN;
  return recursions(context).of(fn, () => commonNature(returned.map((value) => ask(value!))));
}

const perContext = new WeakMap<Context, Recursions>();

function recursions(context: Context): Recursions {
  let known = perContext.get(context);
  if (known === undefined) perContext.set(context, (known = new Recursions()));
  return known;
}

/** Whether what has just been told of an expression leaves out functions that are still looked at, because they call one another. */
export function isProvisional(context: Context): boolean {
  return perContext.get(context)?.isProvisional ?? false;
}

/**
 * What functions give that call one another. A call of one that is being looked at adds nothing to what the others give: all that the
 * circle gives comes from the returns that lead out of it. The function that was asked for first knows all of them; what is told of the others
 * on the way may lack some, and is told anew when they are asked for themselves.
 */
class Recursions {
  /** The functions that are looked at, each with its depth. */
  readonly #open = new Map<FunctionNode, number>();
  /** What has been told on the way, until the first function is known. */
  readonly #passed = new Map<FunctionNode, { readonly nature: TaskNature; readonly lowest: number }>();
  /** The depth of the outermost open function that the current answer leaves out. */
  #lowest = Infinity;

  get isProvisional(): boolean {
    return this.#lowest < this.#open.size;
  }

  of(fn: FunctionNode, compute: () => TaskNature): TaskNature {
    const known = this.#open.get(fn);
    if (known !== undefined) {
      this.#lowest = Math.min(this.#lowest, known);
      return NOTHING_YET;
    }
    const passed = this.#passed.get(fn);
    if (passed !== undefined) {
      this.#lowest = Math.min(this.#lowest, passed.lowest);
      return passed.nature;
    }
    const depth = this.#open.size;
    const before = depth === 0 ? Infinity : this.#lowest;
    this.#lowest = Infinity;
    this.#open.set(fn, depth);
    let nature: TaskNature;
    try {
      nature = compute();
    } finally {
      this.#open.delete(fn);
      if (depth === 0) this.#passed.clear();
    }
    const own = this.#lowest >= depth ? Infinity : this.#lowest;
    if (own < Infinity) this.#passed.set(fn, { nature, lowest: own });
    this.#lowest = Math.min(before, own);
    if (depth === 0) {
      this.#lowest = Infinity;
      // Of a circle that nothing leads out of nothing is known.
      if (nature.isNothingYet === true) return UNKNOWN;
    }
    return nature;
  }
}

const returns = new WeakMap<Context, ReadonlyMap<Enclosing, readonly (TSESTree.Expression | null)[]>>();

/** What the `return` statements of a function give. */
export function returnsOf(context: Context, fn: FunctionNode): readonly (TSESTree.Expression | null)[] {
  let known = returns.get(context);
  if (known === undefined) {
    const byFunction = new Map<Enclosing, (TSESTree.Expression | null)[]>();
    for (const statement of nodesOf(context.source).of("ReturnStatement")) {
      const owner = enclosingOf(statement);
      const list = byFunction.get(owner);
      if (list === undefined) byFunction.set(owner, [statement.argument]);
      else list.push(statement.argument);
    }
    returns.set(context, (known = byFunction));
  }
  return known.get(fn) ?? [];
}
