import type { AST } from "@eslint-community/regexpp";
import { Chars, toCharSet, type ReadonlyFlags } from "regexp-ast-analysis";
import { parsePattern } from "./forms.ts";

/**
 * The expressions that are linear at first sight, so that the analyser need not take its seconds for each. A loop takes one kind of
 * characters, and what is before it is none of them: a run of such characters is entered at its start only, however many places the
 * search starts at. But for the last loop, what is behind it is none of them either: the run is left at its end only.
 */

type CharSet = ReturnType<typeof toCharSet>;

/** A character, a run of characters, or an assertion, which is of none. */
interface Step {
  readonly characters: CharSet;
  readonly kind: "character" | "loop" | "assertion";
}

/** More ways through an expression are not looked at. */
const MANY = 20_000;

/** Whether an expression without lookarounds is linear at first sight; `false` says nothing. */
export function isPlainlyLinear(source: string, flags: string): boolean {
  const charFlags: ReadonlyFlags = {
    ignoreCase: flags.includes("i"),
    multiline: flags.includes("m"),
    dotAll: flags.includes("s"),
    unicode: flags.includes("u"),
  };
  return parsePattern(source, flags).alternatives.every(
    ({ elements }) => waysThrough(elements, charFlags)?.every(isEnteredAndLeftOnce) ?? false,
  );
}

function isEnteredAndLeftOnce(way: readonly Step[]): boolean {
  const steps = way.filter(({ kind }) => kind !== "assertion");
  const loops = steps.filter(({ kind }) => kind === "loop");
  // Whoever comes to a loop with nothing behind it has found a match.
  if (loops.length === 1 && way.at(-1) === loops[0]) return true;
  return loops.every((loop) => {
    const [before, behind] = [way[way.indexOf(loop) - 1], steps[steps.indexOf(loop) + 1]];
    return (
      before?.characters.isDisjointWith(loop.characters) === true &&
      (loop === loops.at(-1) || behind?.characters.isDisjointWith(loop.characters) === true)
    );
  });
}

/** The ways through a sequence, in which each loop is gone through once at least; `null` where a loop is of more than characters. */
function waysThrough(elements: readonly AST.Element[], flags: ReadonlyFlags): Step[][] | null {
  let ways: Step[][] = [[]];
  for (const [index, element] of elements.entries()) {
    const inside = waysThroughElement(element, elements[index + 1], flags);
    if (inside === null || inside.length * ways.length > MANY) return null;
    ways = ways.flatMap((way) => inside.map((steps) => [...way, ...steps]));
  }
  return ways;
}

function waysThroughElement(
  element: AST.Element,
  next: AST.Element | undefined,
  flags: ReadonlyFlags,
): Step[][] | null {
  switch (element.type) {
    case "Group":
    case "CapturingGroup": {
      const ways = element.alternatives.map(({ elements }) => waysThrough(elements, flags));
      return ways.some((way) => way === null) ? null : ways.flatMap((way) => way!);
    }
    case "Quantifier": {
      const inside = waysThroughElement(element.element, undefined, flags);
      if (inside === null) return null;
      const skipped: Step[][] = element.min === 0 ? [[]] : [];
      if (element.max === 1) return [...skipped, ...inside];
      const only = inside.length === 1 && inside[0]!.length === 1 ? inside[0]![0]! : null;
      return only?.kind === "character" ? [...skipped, [{ ...only, kind: "loop" }]] : null;
    }
    case "Assertion":
      return [[{ characters: charactersBefore(element, next, flags), kind: "assertion" }]];
    default: {
      const characters = charactersOf(element, flags);
      return characters === null ? null : [[{ characters, kind: "character" }]];
    }
  }
}

/** What an assertion says of the character before it. */
function charactersBefore(assertion: AST.Assertion, next: AST.Element | undefined, flags: ReadonlyFlags): CharSet {
  if (assertion.kind === "start") return flags.multiline ? Chars.lineTerminator(flags) : Chars.empty(flags);
  const isWordNext = next !== undefined && isOfWordCharacters(next, flags);
  if (assertion.kind === "word" && !assertion.negate && isWordNext) return Chars.word(flags).negate();
  return Chars.all(flags);
}

function isOfWordCharacters(element: AST.Element, flags: ReadonlyFlags): boolean {
  if (element.type === "Quantifier") return element.min > 0 && isOfWordCharacters(element.element, flags);
  return charactersOf(element, flags)?.isSubsetOf(Chars.word(flags)) === true;
}

function charactersOf(element: AST.Element, flags: ReadonlyFlags): CharSet | null {
  if (element.type === "Character" || element.type === "CharacterSet") {
    return "kind" in element && element.kind === "property" && element.strings ? null : toCharSet(element, flags);
  }
  return element.type === "CharacterClass" && !element.unicodeSets ? toCharSet(element, flags) : null;
}
