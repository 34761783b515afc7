import { listedStatement } from "../../ast/flow.ts";
import { enclosingOf } from "../../ast/functions.ts";
import { scopeOf, type Scope } from "../../ast/scopes.ts";
import type { FunctionNode, Source, TSESTree } from "../../ast/source.ts";
import { extentOf, type AwaitDecision, type ValueBinding } from "../decide/decision.ts";
import { variablesOf } from "../decide/values.ts";
import { namesBeside } from "../names-in.ts";
import { isFreeIn, resolvesAlike, type NameSource } from "../naming.ts";

/** The scopes into which the code of each callback comes, and the names that come to be declared there. */
export class ValueNames {
  readonly #source: Source;
  readonly #names: NameSource;
  readonly #homes = new Map<TSESTree.Node, readonly Scope[]>();
  /** The functions, or the file, into which the code of each callback comes in the end, with the callbacks on the way. */
  readonly #hosts = new Map<TSESTree.Node, readonly Scope[]>();
  readonly #places = new Map<AwaitDecision, readonly Scope[]>();
  readonly #taken = new Map<Scope, Set<string>>();

  constructor(source: Source, names: NameSource) {
    this.#source = source;
    this.#names = names;
  }

  /**
   * The names of a decision's values, where those are no patterns; `null` where a name of the callback would mean something else in the new place.
   *
   * @param around the decision in whose callback the start stands, if its code moves as well
   */
  choose(decision: AwaitDecision, around: AwaitDecision | null): ReadonlyMap<ValueBinding, string> | null {
    const { place, values } = decision;
    // A function of its own takes the place of the callbacks, and with it come the names of those.
    const isOwn = decision.isApart || decision.joined === "element" || decision.joined === "pushed";
    const own = isOwn ? moving(decision).map((code) => scopeOf(this.#source, code)) : null;
    const homes = own ?? this.#homesAt(place, around);
    for (const key of keysOf(decision)) this.#homes.set(key, homes);
    this.#places.set(decision, homes);
    const hosts = own ?? [
      scopeOf(this.#source, place).variableScope,
      ...(around === null ? [] : (this.#hosts.get(keysOf(around)[0]!) ?? [])),
    ];
    for (const key of keysOf(decision)) this.#hosts.set(key, hosts);
    if (!this.#keepsMeaning(decision)) return null;
    const declared = [
      ...values.flatMap(({ declared, fn }) => (isPattern(declared) ? this.#namesIn(fn, declared) : [])),
      ...this.#ownNames(decision),
    ];
    if (new Set(declared).size < declared.length || !declared.every((name) => this.#take(name, homes, decision)))
      return null;
    // A `var` belongs to the whole function, however deep it stands.
    if (!this.#hoistedNames(decision).every((name) => this.#take(name, hosts, decision))) return null;
    const chosen = new Map<ValueBinding, string>();
    for (const value of values) {
      const { declared } = value;
      if (isPattern(declared)) continue;
      const name = declared?.type === "Identifier" ? declared.name : null;
      const isKept = name !== null && this.#take(name, homes, decision);
      chosen.set(value, isKept ? name : this.fresh(decision, [name ?? value.name]));
    }
    return chosen;
  }

  /** Takes a name for something that the text of a decision declares, unless it means something there or in what moves there. */
  takeOwn(decision: AwaitDecision, name: string): boolean {
    const { fns, operation } = decision;
    const moved = [operation.call, ...fns];
    const isIn = ({ range }: TSESTree.Node): boolean =>
      moved.some((each) => each.range[0] <= range[0] && range[1] <= each.range[1]);
    // What moves may mean something around it by the name.
    const isMeant = this.#source.scopeManager.scopes.some(({ references }) =>
      references.some(({ identifier, resolved }) => {
        const named = identifier as TSESTree.Node;
        if (identifier.name !== name || !isIn(named)) return false;
        return !(resolved?.defs.some((definition) => isIn(definition.name)) ?? false);
      }),
    );
    return (
      !isMeant && this.#take(name, this.#places.get(decision) ?? [], { ...decision, fns: moved as FunctionNode[] })
    );
  }

  /** A name that means nothing around the place of a decision, nor in its callback. */
  fresh(decision: AwaitDecision, candidates: readonly string[], ...also: readonly TSESTree.Node[]): string {
    const others = (this.#homes.get(keysOf(decision)[0]!) ?? []).map(({ block }) => block as TSESTree.Node);
    return this.#names.unique(decision.place, candidates, ...moving(decision), ...also, ...others);
  }

  /** The name of an error that becomes a variable: its own, or one that means nothing there; `null` where there is none. */
  ofKept(decision: AwaitDecision): string | null {
    const { failure } = decision;
    if (failure.kind !== "kept") return null;
    const { name } = failure.error;
    return this.#take(name, this.#homes.get(keysOf(decision)[0]!) ?? [], decision)
      ? name
      : this.fresh(decision, [name]);
  }

  /** A name for the promise in the function that takes the place of a decision's callbacks. */
  ofPromise(decision: AwaitDecision): string {
    const [code, ...others] = moving(decision);
    return this.#names.unique(code!, ["pending", "promise"], ...others);
  }

  /** The name of the error in the code that follows a failure: the one that it has there, or one that means nothing there. */
  ofError({ failure }: AwaitDecision): string | null {
    if (failure.kind !== "handled" || failure.error.reads.length === 0) return null;
    if (failure.error.name !== null) return failure.error.name;
    const used = new Set(
      failure.code.flatMap(({ range }) => [...namesBeside(this.#source, range, failure.error.reads)]),
    );
    for (let number = 1; ; number++) {
      const name = number === 1 ? "error" : `error${number}`;
      if (!used.has(name)) return name;
    }
  }

  /** The scopes of the blocks that become one block where a callback's code takes the place of its start. */
  #homesAt(place: TSESTree.Node, around: AwaitDecision | null): readonly Scope[] {
    const own = scopeOf(this.#source, place);
    if (around === null) return [own];
    const block = listedStatement(place)?.parent;
    const isMerged = [...around.success, ...around.after].some(({ inside }) => inside === block);
    return isMerged ? [own, ...(this.#homes.get(keysOf(around)[0]!) ?? [])] : [own];
  }

  #take(name: string, homes: readonly Scope[], decision: Pick<AwaitDecision, "fns" | "join">): boolean {
    const own = decision.join?.finish ?? decision.fns;
    const isFree = (home: Scope): boolean => isFreeIn(home, name, own) || this.#goes(home, name);
    if (homes.some((home) => this.#takenIn(home).has(name) || !isFree(home))) return false;
    for (const home of homes) this.#takenIn(home).add(name);
    return true;
  }

  /** Whether a name is that of a parameter which nobody reads, of a callback whose code moves and leaves its parameters behind. */
  #goes(home: Scope, name: string): boolean {
    const variable = home.set.get(name);
    return (
      variable !== undefined &&
      variable.references.length === 0 &&
      variable.defs.every(({ node, type }) => String(type) === "Parameter" && this.#homes.has(node as TSESTree.Node))
    );
  }

  #takenIn(home: Scope): Set<string> {
    let taken = this.#taken.get(home);
    if (taken === undefined) this.#taken.set(home, (taken = new Set()));
    return taken;
  }

  #namesIn(fn: FunctionNode, parameter: TSESTree.Node): string[] {
    return variablesOf(this.#source, fn, parameter).map(({ name }) => name);
  }

  /** What the code that follows a success, or either, declares in the block that it shares with the start from now on, `var`s aside. */
  #ownNames({ after, success }: AwaitDecision): string[] {
    const { scopeManager } = this.#source;
    const listed = [...success, ...after].flatMap(({ inside, range }) =>
      (inside.type === "BlockStatement" ? inside.body : [inside]).filter(
        (statement) => range[0] <= statement.range[0] && statement.range[1] <= range[1],
      ),
    );
    return listed
      .filter((statement) => statement.type !== "VariableDeclaration" || statement.kind !== "var")
      .flatMap((statement) => scopeManager.getDeclaredVariables(statement).map(({ name }) => name));
  }

  /** The `var`s of the code that moves. */
  #hoistedNames({ fns, join }: AwaitDecision): string[] {
    const { scopeManager } = this.#source;
    const around = join === undefined ? fns : [enclosingOf(join.finish[0]!)];
    const isMoved = ({ range }: TSESTree.Node): boolean =>
      join === undefined || join.finish.some((each) => each.range[0] <= range[0] && range[1] <= each.range[1]);
    return around
      .flatMap((fn) => scopeManager.acquire(fn)?.variables ?? [])
      .filter(({ defs }) =>
        defs.some(({ node }) => node.type === "VariableDeclarator" && node.parent.kind === "var" && isMoved(node)),
      )
      .map(({ name }) => name);
  }

  /** Whether every name that the callback takes from around it means the same where it is started; of one that is written there it does. */
  #keepsMeaning(decision: AwaitDecision): boolean {
    const [start, end] = extentOf(decision);
    return decision.fns.every((fn) => {
      if (start <= fn.range[0] && fn.range[1] <= end) return true;
      const scope = scopeOf(this.#source, fn.body);
      return scope.through.every(({ identifier }) =>
        resolvesAlike(this.#source, String((identifier as { name?: unknown }).name), fn, decision.place),
      );
    });
  }
}

/** What stands for a decision where something is known by the functions whose code moves: those, or the call where none does as a whole. */
function keysOf({ fns, operation }: AwaitDecision): readonly TSESTree.Node[] {
  return fns.length > 0 ? fns : [operation.call];
}

/** The code that moves. */
function moving({ fns, join }: AwaitDecision): readonly TSESTree.Node[] {
  return join?.finish ?? fns.map(({ body }) => body);
}

function isPattern(declared: ValueBinding["declared"]): declared is TSESTree.ArrayPattern | TSESTree.ObjectPattern {
  return declared !== null && declared.type !== "Identifier";
}
