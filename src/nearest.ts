import { distance } from "fastest-levenshtein";

/** How many letters of a name may be missing, too many or others, as a part of its length: two that are swapped count as two. */
const WRONG_PART = 0.4;
/** Fewer letters may begin any name. */
const SHORTEST_BEGINNING = 3;

/**
 * The name that somebody most likely meant who wrote another one.
 *
 * @param written What was written; case, hyphens and underscores in it count for nothing.
 * @param names The names there are. Of several that are as near, the first is taken.
 * @returns `null` where none is near: a guess that is far off helps nobody.
 */
export function nearest<Name extends string>(written: string, names: readonly Name[]): Name | null {
  const plain = plainName(written);
  let best: Name | null = null;
  let least = Infinity;
  for (const name of names) {
    const other = plainName(name);
    const away = distance(plain, other);
    if (away < least && away <= Math.max(1, Math.floor(Math.max(plain.length, other.length) * WRONG_PART))) {
      best = name;
      least = away;
    }
  }
  return best ?? onlyOneBeginningWith(plain, names);
}

/**
 * A question that follows a message on a name that is none, with a space in front: ` Did you mean "check"?`. Empty where no name is near.
 *
 * @param show How a name is written where the reader is to write it.
 */
export function didYouMean<Name extends string>(
  written: string,
  names: readonly Name[],
  show: (name: Name) => string = (name) => `"${name}"`,
): string {
  const name = nearest(written, names);
  return name === null ? "" : ` Did you mean ${show(name)}?`;
}

function plainName(name: string): string {
  return name.toLowerCase().replace(/[-_]/g, "");
}

function onlyOneBeginningWith<Name extends string>(plain: string, names: readonly Name[]): Name | null {
  if (plain.length < SHORTEST_BEGINNING) return null;
  const [first = null, ...others] = names.filter((name) => plainName(name).startsWith(plain));
  return others.length > 0 ? null : first;
}
