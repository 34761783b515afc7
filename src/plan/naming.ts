import type { Scope } from "../ast/scopes.ts";
import { scopeOf } from "../ast/scopes.ts";
import type { Source, TSESTree } from "../ast/source.ts";

/** `PutObject` → `putObject`, `IOControl` → `ioControl`. */
export function lowerFirst(name: string): string {
  return name.replace(/^[A-Z]+(?=[A-Z][a-z])|^[A-Z]+$|^[A-Z]/, (start) => start.toLowerCase());
}

/** The words of a camel-cased or snake-cased name, lower case. */
export function wordsOf(name: string): string[] {
  return Array.from(name.matchAll(/([A-Z]+)([a-z]*)|[a-z]+|\d+/g), ([word, capitals, small]) =>
    // The last capital letter before small ones starts a word.
    capitals === undefined || small === "" ? word : [capitals.slice(0, -1), capitals.slice(-1) + small],
  )
    .flat()
    .filter((word) => word !== "")
    .map((word) => word.toLowerCase());
}

const RESERVED = new Set(
  "arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally for function if implements import in instanceof interface let new null package private protected public return static super switch this throw true try typeof undefined var void while with yield".split(
    " ",
  ),
);

/** Hands out names that collide with nothing in the function around a node, nothing inside it, and none handed out before. */
export class NameSource {
  readonly #source: Source;
  readonly #taken = new Map<Scope, Set<string>>();
  /** The names that mean something in a scope or below it, or are read there as globals. */
  readonly #below = new Map<Scope, ReadonlySet<string>>();
  /** The first number behind a name that is not known to be of no use in a function: a name that is not free never becomes so. */
  readonly #numbers = new Map<Scope, Map<string, number>>();

  constructor(source: Source) {
    this.#source = source;
  }

  /** The first of the candidates that is free around `place`, and around every other place in whose function the code may come to stand; else the last one with a number. */
  unique(place: TSESTree.Node, candidates: readonly string[], ...others: readonly TSESTree.Node[]): string {
    const homes = [...new Set([place, ...others].map((each) => scopeOf(this.#source, each).variableScope))];
    const isFree = (name: string): boolean =>
      !RESERVED.has(name) && homes.every((home) => !this.#usedIn(home).has(name) && !this.#isSeenFrom(home, name));
    const name = candidates.find(isFree) ?? this.#numbered(homes, candidates.at(-1)!, isFree);
    for (const home of homes) this.#usedIn(home).add(name);
    return name;
  }

  /** Takes a name for the functions around these places, unless it was handed out in one of them before. */
  take(name: string, places: readonly TSESTree.Node[]): boolean {
    const homes = places.map((place) => this.#usedIn(scopeOf(this.#source, place).variableScope));
    if (homes.some((used) => used.has(name))) return false;
    for (const used of homes) used.add(name);
    return true;
  }

  #numbered(homes: readonly Scope[], name: string, isFree: (name: string) => boolean): string {
    const numbers = homes.map((home) => entryOf(this.#numbers, home, () => new Map<string, number>()));
    let number = numbers.reduce((most, known) => Math.max(most, known.get(name) ?? 2), 2);
    while (!isFree(`${name}${number}`)) number++;
    for (const known of numbers) known.set(name, number + 1);
    return `${name}${number}`;
  }

  #usedIn(home: Scope): Set<string> {
    return entryOf(this.#taken, home, () => new Set<string>());
  }

  /** Whether a name means something in a scope, around it or anywhere below it, or is read there as a global. */
  #isSeenFrom(scope: Scope, name: string): boolean {
    return isSeenAround(scope, name) || entryOf(this.#below, scope, () => namesBelow(scope)).has(name);
  }
}

function entryOf<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  let value = map.get(key);
  if (value === undefined) map.set(key, (value = make()));
  return value;
}

function isSeenAround(scope: Scope, name: string): boolean {
  for (let outer: Scope | null = scope; outer !== null; outer = outer.upper)
    if ((outer.set.get(name)?.defs.length ?? 0) > 0) return true;
  return false;
}

function namesBelow(scope: Scope): ReadonlySet<string> {
  const names = new Set<string>();
  // A list is gone through with what is added meanwhile.
  const scopes = [scope];
  for (const { childScopes, references, variables } of scopes) {
    for (const { defs, name } of variables) if (defs.length > 0) names.add(name);
    for (const { identifier } of references) names.add(String(identifier.name));
    scopes.push(...childScopes);
  }
  return names;
}

function isUsedBelow(scope: Scope, name: string, except: TSESTree.Node): boolean {
  if (scope.block.range[0] >= except.range[0] && scope.block.range[1] <= except.range[1]) return false;
  return (
    (scope.set.get(name)?.defs.length ?? 0) > 0 ||
    scope.references.some((reference) => reference.identifier.name === name) ||
    scope.childScopes.some((child) => isUsedBelow(child, name, except))
  );
}

/** Whether a name may be declared in a scope: nothing in it has that name, and no name in it means something outside. What is inside one of `except` is not asked. */
export function isFreeIn(scope: Scope, name: string, except: readonly TSESTree.Node[]): boolean {
  const isOutside = ({ range }: TSESTree.Node): boolean =>
    except.every((each) => range[1] <= each.range[0] || each.range[1] <= range[0]);
  return (
    (scope.set.get(name)?.defs ?? []).every((definition) => !isOutside(definition.name as TSESTree.Node)) &&
    !scope.through.some(({ identifier }) => (identifier as { name?: unknown }).name === name && isOutside(identifier))
  );
}

/** Whether a name means something in a function, around it or below it, what lies inside `except` aside. */
export function isSeenInFunction(source: Source, fn: TSESTree.Node, name: string, except: TSESTree.Node): boolean {
  const scope = scopeOf(
    source,
    fn.type === "Program" ? fn : ((fn as { body?: TSESTree.Node }).body ?? fn),
  ).variableScope;
  return isSeenAround(scope, name) || isUsedBelow(scope, name, except);
}

/** Whether a name, read at a place, would be the same variable when read from another function's scope. */
export function resolvesAlike(source: Source, name: string, from: TSESTree.Node, to: TSESTree.Node): boolean {
  return resolve(scopeOf(source, from), name) === resolve(scopeOf(source, to), name);
}

function resolve(scope: Scope, name: string): unknown {
  for (let outer: Scope | null = scope; outer !== null; outer = outer.upper) {
    const variable = outer.set.get(name);
    if (variable !== undefined && variable.defs.length > 0) return variable;
  }
  return null;
}

/** Whether a type name means something in the file: it is imported or declared there. */
export function isTypeInScope(source: Source, name: string): boolean {
  return (
    resolve(
      source.scopeManager.scopes.find((scope) => scope.type === "module") ?? source.scopeManager.scopes[0]!,
      name,
    ) !== null
  );
}
