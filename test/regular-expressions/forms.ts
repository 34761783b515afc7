import { RegExpParser, visitRegExpAST, type AST } from "@eslint-community/regexpp";

/**
 * A regular expression as forms without lookarounds: if each form takes linear time, so does the expression. An alternation costs what its
 * alternatives cost one after the other. What is looked at behind an expression is a form of its own, read from its end where it is
 * looked back at.
 */

/** Stands where a lookaround may fail, so that what is before it is gone back into: a text may hold this character there or not. */
const MAY_FAIL = "\\uE000";
/** More alternatives than these are left together. */
const MANY = 100;

type Element = AST.Element;

export interface FormOptions {
  readonly flags: string;
  /** Whether the alternatives of groups make forms of their own; together, one may make up for another that fails. */
  readonly split: boolean;
}

/** The forms of an expression that have a loop. */
export function formsOf(source: string, options: FormOptions): string[] {
  const { alternatives } = parsePattern(source, options.flags);
  const sequences = options.split
    ? alternatives.flatMap(sequencesOf)
    : alternatives.some(holdsLookaround)
      ? alternatives.map(({ elements }) => elements)
      : [[asGroup(source, options.flags)]];
  return [...new Set(sequences.filter((sequence) => sequence.some(hasLoop)).flatMap(formsOfSequence))];
}

export function parsePattern(source: string, flags: string): AST.Pattern {
  return new RegExpParser().parsePattern(source, 0, source.length, { unicode: flags.includes("u") });
}

function asGroup(source: string, flags: string): Element {
  return parsePattern(`(?:${source})`, flags).alternatives[0]!.elements[0]!;
}

/** The ways through an alternative that differ by the alternatives of its groups. */
function sequencesOf({ elements }: { readonly elements: readonly Element[] }): (readonly Element[])[] {
  let sequences: Element[][] = [[]];
  for (const element of elements) {
    const ways =
      element.type === "Group" || element.type === "CapturingGroup"
        ? element.alternatives.flatMap(sequencesOf)
        : [[element]];
    if (sequences.length * ways.length > MANY) return [elements];
    sequences = sequences.flatMap((sequence) => ways.map((way) => [...sequence, ...way]));
  }
  return sequences;
}

function formsOfSequence(sequence: readonly Element[]): string[] {
  const first = sequence.findIndex((element) => !isLookaround(element));
  const last = sequence.findLastIndex((element) => !isLookaround(element));
  const leading = first === -1 ? [] : sequence.slice(0, first);
  const main = sequence.slice(leading.length, last + 1);
  const trailing = sequence.slice(last + 1) as AST.LookaroundAssertion[];
  const text = [...leading.map(consumedBefore), ...main.map(rawOf)].join("");
  return [...(main.some(hasLoop) ? [text] : []), ...trailing.flatMap((each) => formsOfTrailing(text, main, each))];
}

/** A form that takes the one character that is looked back at. */
function consumedBefore(element: Element): string {
  const { kind, negate, alternatives } = element as AST.LookaroundAssertion;
  const [only, ...more] = alternatives.flatMap(({ elements }) => elements);
  if (kind !== "lookbehind" || more.length > 0 || !isCharacter(only)) {
    throw new Error(`In front of an expression, one character may be looked back at: ${element.raw}`);
  }
  return negate ? `(?:^|${complementOf(only)})` : only.raw;
}

function formsOfTrailing(text: string, main: readonly Element[], lookaround: AST.LookaroundAssertion): string[] {
  const { kind, alternatives } = lookaround;
  const failing = main.some(hasLoop) ? [text + MAY_FAIL] : [];
  if (kind === "lookahead") {
    return [...alternatives.map(({ elements }) => text + elements.map(rawOf).join("")), ...failing];
  }
  return [...alternatives.map(({ elements }) => reversed(elements)), ...failing];
}

type Character = AST.Character | AST.CharacterClass | AST.CharacterSet;

function isCharacter(element: Element | undefined): element is Character {
  return element !== undefined && ["Character", "CharacterClass", "CharacterSet"].includes(element.type);
}

function complementOf(character: Character): string {
  if (character.type !== "CharacterClass") return `[^${character.raw}]`;
  return character.negate ? `[${character.raw.slice("[^".length)}` : `[^${character.raw.slice("[".length)}`;
}

/** The text of an element, which holds no lookaround. */
function rawOf(element: Element): string {
  if (holdsLookaround(element)) throw new Error(`An expression may look around at its ends only: ${element.raw}`);
  return element.raw;
}

function isLookaround(node: AST.Node): node is AST.LookaroundAssertion {
  return node.type === "Assertion" && (node.kind === "lookahead" || node.kind === "lookbehind");
}

function holdsLookaround(node: AST.Node): boolean {
  let isFound = false;
  visitRegExpAST(node, { onAssertionEnter: (assertion) => void (isFound ||= isLookaround(assertion)) });
  return isFound;
}

function hasLoop(node: AST.Node): boolean {
  let isFound = false;
  visitRegExpAST(node, { onQuantifierEnter: ({ max }) => void (isFound ||= max === Infinity) });
  return isFound;
}

/** What matches a sequence read from its end. */
function reversed(elements: readonly Element[]): string {
  return elements.map(reversedElement).reverse().join("");
}

function reversedElement(element: Element): string {
  switch (element.type) {
    case "Group":
    case "CapturingGroup":
      return `(?:${element.alternatives.map((inner) => reversed(inner.elements)).join("|")})`;
    case "Quantifier":
      return reversedElement(element.element) + element.raw.slice(element.element.end - element.start);
    case "Assertion":
      if (element.kind === "start") return "$";
      if (element.kind === "end") return "^";
      return rawOf(element);
    default:
      return rawOf(element);
  }
}
