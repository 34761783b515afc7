import { isFunction, programOf } from "../ast/functions.ts";
import type { TSESTree } from "../ast/source.ts";
import { displayName } from "../recognize/display.ts";

/** Anything that can only change as a whole: a function, the Program, a variable, an operation. */
export type Unit = object;

/** A unit as messages name it. */
export function nameOfUnit(unit: Unit): string {
  // A function may be reported at something else than its name.
  if ("fn" in unit && isFunction(unit.fn as TSESTree.Node) && "name" in unit) return String(unit.name);
  if ("nameNode" in unit) return textOfName(unit.nameNode as TSESTree.Node);
  if ("name" in unit && typeof unit.name === "string") return unit.name;
  if ("id" in unit && unit.id !== null) return textOfName(unit.id as TSESTree.Node);
  return "type" in unit ? String(unit.type) : "the file";
}

function textOfName(node: TSESTree.Node): string {
  return displayName(node) ?? node.type;
}

/** Sets of units that grow together. */
export class Groups {
  readonly #parent = new Map<Unit, Unit>();

  /** What stands for the set of a unit. */
  of(unit: Unit): Unit {
    let root = unit;
    for (let next = this.#parent.get(root); next !== undefined; next = this.#parent.get(root)) root = next;
    // Whoever asks again gets there at once, however long the chain of what was joined.
    for (let each = unit; each !== root;) {
      const next = this.#parent.get(each)!;
      this.#parent.set(each, root);
      each = next;
    }
    return root;
  }

  join(first: Unit, second: Unit): void {
    const a = this.of(first);
    const b = this.of(second);
    if (a !== b) this.#parent.set(b, a);
  }
}

/** The file of a unit that is a node; `null` for another. */
export function fileOfUnit(unit: Unit): TSESTree.Program | null {
  return "type" in unit && "range" in unit ? programOf(unit as TSESTree.Node) : null;
}

/** What can be reached from some units, themselves included. */
export function reached(from: readonly Unit[], edges: ReadonlyMap<Unit, readonly Unit[]>): ReadonlySet<Unit> {
  // A set is gone through with what is added meanwhile.
  const found = new Set(from);
  for (const unit of found) for (const next of edges.get(unit) ?? []) found.add(next);
  return found;
}
