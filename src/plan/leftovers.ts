import { itemsWithin } from "../ast/ordered.ts";
import type { Variable } from "../ast/scopes.ts";
import type { Source } from "../ast/source.ts";
import { countLeading } from "../count-leading.ts";
import { mapOffset, writtenRange } from "./edit-offsets.ts";
import { joinRemovals } from "./edits.ts";
import { namesIn } from "./names-in.ts";
import { isSweepable, variablesOf, withRemovals } from "./sweep.ts";
import type { Range, TextEdit } from "./types.ts";

/** Whether edits whose texts have the name of a variable use it, which nothing else does any more; `null` where that cannot be told. */
export type IsUsedBy = (variable: Variable, edits: readonly TextEdit[]) => boolean | null;

/** Edits with the removals of what they leave unused. */
export interface Swept {
  readonly edits: readonly TextEdit[];
  readonly unused: ReadonlySet<Variable>;
  /** Whether it could not be told of some variable whether it is used still; it stays then. */
  readonly isUncertain: boolean;
}

/** What edits of a file leave without a use, told by the references in the text as it is: nothing is parsed for it. */
export class Leftovers {
  readonly #source: Source;
  /** The references to what is imported, in source order. */
  readonly #imported: readonly { readonly range: Range; readonly variable: Variable }[];

  constructor(source: Source) {
    this.#source = source;
    this.#imported = [...variablesOf(source).values()]
      .filter((variable) => isSweepable(variable, NONE))
      .flatMap((variable) => variable.references.map(({ identifier: { range } }) => ({ range, variable })))
      .sort((a, b) => a.range[0] - b.range[0]);
  }

  /**
   * Completes edits: what they leave unused goes as well, and what only that used.
   *
   * @param handles the variables that may have nothing left to hold
   */
  sweep(planned: readonly TextEdit[], handles: ReadonlySet<Variable>, isUsedBy: IsUsedBy): Swept {
    const unused = new Set<Variable>();
    let edits = planned;
    for (;;) {
      const replaced = joinRemovals(edits).filter(({ range: [start, end] }) => start < end);
      const gone = [...this.#candidates(replaced, handles)].filter(
        (variable) => !unused.has(variable) && isOnlyUsedIn(variable, replaced),
      );
      const naming = editsByName(edits);
      const used = gone.map((variable) => {
        const here = naming.get(variable.name) ?? [];
        return here.length > 0 && isUsedBy(variable, here);
      });
      const more = gone.filter((_, index) => used[index] === false);
      if (more.length === 0) return { edits, unused, isUncertain: used.includes(null) };
      for (const variable of more) unused.add(variable);
      edits = withRemovals(this.#source, planned, unused);
    }
  }

  /** What may have lost its last use. */
  #candidates(replaced: readonly TextEdit[], handles: ReadonlySet<Variable>): ReadonlySet<Variable> {
    const candidates = new Set(
      replaced.flatMap(({ range }) => itemsWithin(this.#imported, range).map(({ variable }) => variable)),
    );
    for (const variable of handles)
      if (variable.references.length > 0 && variable.identifiers.length === 1 && isSweepable(variable, handles))
        candidates.add(variable);
    return candidates;
  }
}

const NONE: ReadonlySet<Variable> = new Set();

/** Whether every use of a variable stands in what is replaced, and its declaration does not. */
function isOnlyUsedIn({ identifiers, references }: Variable, replaced: readonly TextEdit[]): boolean {
  const isReplaced = ({ range }: { readonly range: Range }): boolean =>
    replacementAround(replaced, range) !== undefined;
  return (
    !isReplaced(identifiers[0]!) &&
    // A declaration's own initialiser is a reference too, but no use.
    references.every(({ identifier, init }) => init === true || isReplaced(identifier))
  );
}

/** The replacement in which a range lies, among some that do not overlap, in their order. */
function replacementAround(replaced: readonly TextEdit[], [start, end]: Range): TextEdit | undefined {
  const around = replaced[countLeading(replaced, ({ range }) => range[0] <= start) - 1];
  return around !== undefined && end <= around.range[1] ? around : undefined;
}

function editsByName(edits: readonly TextEdit[]): ReadonlyMap<string, readonly TextEdit[]> {
  const naming = new Map<string, TextEdit[]>();
  for (const edit of edits)
    for (const name of namesIn(edit.text)) {
      const known = naming.get(name);
      if (known === undefined) naming.set(name, [edit]);
      else known.push(edit);
    }
  return naming;
}

/** What the texts of edits use, by a result that has all of them and those of other plans. */
export function usesIn({ edits, after }: { readonly edits: readonly TextEdit[]; readonly after: Source }): IsUsedBy {
  const remaining = variablesOf(after);
  return ({ identifiers: [declared], name }, naming) => {
    const now = mapOffset(edits, declared!.range[0]);
    const left = now === null ? undefined : remaining.get(now);
    const written = naming.map((edit) => writtenRange(edits, edit));
    if (left?.name !== name || written.includes(null)) return null;
    return left.references.some(
      ({ identifier: { range }, init }) =>
        init !== true && written.some((place) => place !== null && place[0] <= range[0] && range[1] <= place[1]),
    );
  };
}
