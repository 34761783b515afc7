import { spaceBefore, wordBefore, openingBefore, endBefore, endsLike } from "./text-scan.ts";
import { shared } from "./text-tests.ts";
import { spend } from "./reading-budget.ts";

/** Reading the places of a text where a promise is declared or made: what `async` and `Promise` stand for, and what becomes of it. */

/** What one place says of the text. */
export type Verdict =
  /** Something is done with the promise here, or there is none. */
  | "used"
  /** This reading cannot tell. */
  | "unclear"
  /** A function that gives a promise, or a variable that holds one, is declared here. */
  | Declaration;

export interface Declaration {
  readonly name: string;
  readonly at: number;
  /** Whether only a member can be meant, or only a variable. */
  readonly kind: "member" | "variable" | "either";
}

/** What is chained to a promise is a call that gives another. */
const CONTINUATION = shared(/\.\s*(?:then|catch|finally)\b/);

/** A promise type, by what it is the type of. */
export function readType(text: string, start: number): Verdict {
  const end = spaceBefore(text, start);
  switch (text[end - 1]) {
    case ":":
      return text[spaceBefore(text, end - 1) - 1] === ")"
        ? readSignature(text, spaceBefore(text, end - 1) - 1)
        : readAnnotation(text, end);
    case "|": {
      // One of several types: it takes a call to make another promise of it. One of this and nothing is a promise.
      const other = wordBefore(text, spaceBefore(text, end - 1));
      return other === "" || other === "null" || other === "undefined" ? "unclear" : "used";
    }
    case ">":
      return text[end - 2] === "=" ? readFunctionType(text, spaceBefore(text, end - 2)) : "unclear";
    default:
      // A cast.
      return wordBefore(text, end) === "as" && !CONTINUATION.test(text) ? "used" : "unclear";
  }
}

/** What an annotation is for, up to its colon, which is no function. */
function readAnnotation(text: string, end: number): Verdict {
  let at = spaceBefore(text, end - 1);
  if (text[at - 1] === "?" || text[at - 1] === "!") at = spaceBefore(text, at - 1);
  const name = wordBefore(text, at);
  return name === "" ? "unclear" : { name, at: at - name.length, kind: "either" };
}

/** A parameter or member of a function type, whose parameters end before a place; it may be in parentheses. */
function readFunctionType(text: string, end: number): Verdict {
  const open = text[end - 1] === ")" ? openingBefore(text, end - 1) : null;
  if (open === null) return "unclear";
  let at = spaceBefore(text, open);
  if (text[at - 1] === "(") at = spaceBefore(text, at - 1);
  return text[at - 1] === ":" ? readAnnotation(text, at) : "unclear";
}

const COMPUTED_NAME = /(?<=\[[^"'`\]]*\])/y;

/** The function whose parameters end at a closing parenthesis, for its name. */
export function readSignature(text: string, close: number): Verdict {
  const open = openingBefore(text, close);
  if (open === null) return "unclear";
  let end = endBefore(text, open);
  if (text[end - 1] === ">") end = endBefore(text, typeParametersStart(text, end));
  // A computed member: nothing can call it by a name.
  if (text[end - 1] === "]") return endsLike(text, end, COMPUTED_NAME) ? "used" : "unclear";
  const name = wordBefore(text, end);
  if (name === "" || name === "function") return "unclear";
  // An async function without a name has been read at its `async`.
  if (name === "async") return "used";
  const at = end - name.length;
  return { name, at, kind: wordBefore(text, endBefore(text, at)) === "function" ? "variable" : "member" };
}

/** Where the type parameters start that end at a place; that place itself where that cannot be told. */
function typeParametersStart(text: string, end: number): number {
  let start = end;
  for (let at = end - 2; at >= 0 && !"()".includes(text[at]!); at--) {
    spend(1);
    if (text[at] === "<") start = at;
  }
  return start;
}
