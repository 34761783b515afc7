/** More rounds than any migration has been seen to need: the second is seldom, the third rarer. */
const MOST_ROUNDS = 5;

/**
 * Runs migrations in turn until none of them changes what they have made together. One may refuse what another makes possible, or what it
 * makes possible itself by changing something else, and it is the last run of each that tells what cannot be migrated. Why it cannot is told by
 * the first, which saw the code that the user has.
 *
 * @param migrate runs one of them on what has been made so far, and says whether it changed anything
 * @returns whether that came to an end; not within five rounds means that they undo or repeat one another's work
 */
export function settle<Name>(names: readonly Name[], migrate: (name: Name) => boolean): boolean {
  let unchanged = 0;
  for (let turn = 0; unchanged < names.length; turn++) {
    if (turn === MOST_ROUNDS * names.length) return false;
    unchanged = migrate(names[turn % names.length]!) ? 0 : unchanged + 1;
  }
  return true;
}
