/** What a terminal may obey, or take for another line of a report, in names and sources of tests. */

/** Whether a terminal may obey a character, or a line ends or is turned round at it. Written anew, by numbers. */
export function isHostile(character: string): boolean {
  const code = character.codePointAt(0)!;
  const isIn = (first: number, last: number): boolean => first <= code && code <= last;
  return (
    isIn(0, 0x1f) ||
    isIn(0x7f, 0x9f) ||
    isIn(0x200e, 0x200f) ||
    isIn(0x2028, 0x202e) ||
    isIn(0x2066, 0x2069) ||
    isIn(0xd800, 0xdfff) ||
    [0x61c, 0xfeff].includes(code)
  );
}

/** A name and a piece of source that would do something to a terminal, or pass for a line of a report. */
export const EVIL = "x\u001B[2J\u009B31m\u202E\n0 files: all well.\r";
/** What is left of that in an output. */
export function hostileIn(output: string): string[] {
  return [...output].filter((character) => isHostile(character) && character !== "\n" && character !== "\t");
}
