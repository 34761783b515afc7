import { countUpTo, nextMark, placesOf } from "./marks.ts";
import { spend } from "./reading-budget.ts";
import { spaceAfter } from "./text-scan.ts";

/** Reading the heads of loops: what is in their parts, what follows them, and whether a clock is near. */

/** Where what follows a place starts, white space and comments aside. */
export function gapEnd(text: string, at: number): number {
  let end = spaceAfter(text, at);
  for (let comment = commentEnd(text, end); comment > end; comment = commentEnd(text, end)) {
    end = spaceAfter(text, comment);
  }
  return end;
}

/** Where the comment ends that starts at a place; that place itself where none does, or it has no end. */
function commentEnd(text: string, at: number): number {
  if (text.startsWith("//", at)) return lineEnd(text, at);
  const end = text.startsWith("/*", at) ? nextMark(text, "*/", at + 2) : -1;
  return end === -1 ? at : end + 2;
}

/** Where the first statement of a loop or an `if` starts, by the place of the parenthesis that may close its head. */
export function bodyStart(text: string, close: number): number {
  let start = gapEnd(text, close + 1);
  while (text[start] === "{") start = gapEnd(text, start + 1);
  return start;
}

/** Where the line ends that a place is in, behind its line break. */
function lineEnd(text: string, at: number): number {
  const end = nextMark(text, "\n", at);
  return end === -1 ? text.length : end + 1;
}

const STRING = /"[^"\\\n]*(?:\\.[^"\\\n]*)*"|'[^'\\\n]*(?:\\.[^'\\\n]*)*'/y;

/** The part of a loop's head that is gone through; `while` has one. */
export type HeadPart = 0 | 1 | 2;

/**
 * Goes through the parts of loops' heads, each from its start to a brace or a semicolon, strings and comments aside. Two ways through a
 * text that meet go on alike, and the first found nothing, so the second ends there. Whether they have met shows at the next parenthesis
 * or the next end of a string or comment; in between is nothing that could start another way.
 */
export class HeadWalk {
  readonly #text: string;
  readonly #passed: readonly Set<number>[] = [new Set(), new Set(), new Set()];

  constructor(text: string) {
    this.#text = text;
  }

  /** Where the part that starts at a place ends with a semicolon; `null` where it does not, or has been gone through. */
  semicolonAfter(start: number, part: HeadPart): number | null {
    const end = this.#stop(start, this.#passed[part]!, () => false);
    return this.#text[end] === ";" ? end : null;
  }

  /** Whether a test holds for a closing parenthesis in the part that starts at a place; `false` where it has been gone through. */
  someClosing(start: number, part: HeadPart, test: (at: number) => boolean): boolean {
    return this.#text[this.#stop(start, this.#passed[part]!, test)] === ")";
  }

  /** The place of the character that ends the part, or of the first parenthesis for which the test holds; -1 where there is neither. */
  #stop(start: number, passed: Set<number>, test: (at: number) => boolean): number {
    const text = this.#text;
    for (let at = start; at < text.length;) {
      let next = at + 1;
      switch (text[at]) {
        case "{":
        case "}":
        case ";":
          return at;
        case "(":
          if (isIn(passed, at)) return -1;
          break;
        case ")":
          if (test(at)) return at;
          break;
        case '"':
        case "'":
          next = stringEnd(text, at);
          if (next === -1 || isIn(passed, next)) return -1;
          break;
        case "/":
          next = commentEnd(text, at);
          if (next > at ? isIn(passed, next) : text[at + 1] === "*") return -1;
          next = Math.max(next, at + 1);
          break;
        default:
        // Nothing that ends a part, or hides what does.
      }
      spend(1);
      at = next;
    }
    return -1;
  }
}

function isIn(passed: Set<number>, at: number): boolean {
  if (passed.has(at)) return true;
  passed.add(at);
  return false;
}

/** Where the string ends that starts at a place; -1 where it is not closed on its line. */
function stringEnd(text: string, at: number): number {
  STRING.lastIndex = at;
  if (STRING.test(text)) {
    spend(STRING.lastIndex - at);
    return STRING.lastIndex;
  }
  spend(lineEnd(text, at) - at);
  return -1;
}

const CLOCK =
  /\bDate\b|\bperformance\b|\bhrtime\b|\buptime\b|[tT]ickCount|[dD]ateTime|[eE]lapsed|[sS]topwatch|\bTime\s*\./;
/** A loop that only waits for the time is short: this many braces are closed before its clock at most. */
const BRACES_TO_CLOCK = 3;

/** Whether the words of a clock are not too far behind one of some places, which are in their order. */
export function isClockNear(text: string, places: readonly number[]): boolean {
  const braces = placesOf(text, "}");
  let end = 0;
  return places.some((at) => {
    // What two places have behind them is searched once.
    const start = Math.max(at, end);
    end = braces[countUpTo(braces, at - 1) + BRACES_TO_CLOCK] ?? text.length;
    return CLOCK.test(text.slice(start, end));
  });
}
