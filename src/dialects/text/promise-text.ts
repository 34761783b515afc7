import { spend } from "./reading-budget.ts";
import { endBefore, endsLike, openingBefore, pathStart, spaceAfter, spaceBefore, wordBefore } from "./text-scan.ts";
import { type Verdict, readType, readSignature } from "./promise-type-text.ts";

/** The value of a property, of a member that is assigned to. */
const STORED_BEFORE =
  /(?<=(?:\{|,[^\S\n]*\n)\s*(?:[\w$]+|"[^"]*"|'[^']*')\s*:|(?:^|[;{}\n])\s*(?:[\w$]+\s*\.\s*)+[\w$]+\s*=)/y;

/** An expression that gives a promise, by what is before it: all is well behind `await`; behind `return` it depends on the function around. */
export function readOperand(text: string, start: number): Verdict {
  let end = endBefore(text, start);
  let word = wordBefore(text, end);
  if (word === "new") {
    end = endBefore(text, end - word.length);
    word = wordBefore(text, end);
  }
  if (word === "await") return "used";
  if (word === "return") return functionAround(text, end);
  switch (text[end - 1]) {
    case "(":
      return isCall(text, end - 1) ? "used" : "unclear";
    case ">":
      return text[end - 2] === "=" ? readArrow(text, end - 2) : "unclear";
    case "[":
    case ",":
    case ".":
      if (isGathered(text, end)) return "used";
      break;
    default:
    // What is stored shows in more than one character.
  }
  return endsLike(text, end, STORED_BEFORE) ? "used" : "unclear";
}

const NO_CALLEES: ReadonlySet<string> = new Set([
  "",
  "return",
  "await",
  "void",
  "typeof",
  "in",
  "of",
  "new",
  "case",
  "do",
  "else",
  "yield",
  "throw",
  "delete",
]);

/** Whether the parenthesis at a place opens the arguments of a call or the condition of a statement. */
function isCall(text: string, open: number): boolean {
  const end = endBefore(text, open);
  return (
    text[end - 1] === ")" || text[end - 1] === "]" || text[end - 1] === ">" || !NO_CALLEES.has(wordBefore(text, end))
  );
}

/** Behind `async` and white space: a named function, a method, or a function without a name, which depends on what is before it. */
const AFTER_ASYNC =
  /(?<![\w$])(?:function\b\s*(?:([\w$]+)\s*[(<])?|([\w$]+)\s*(?:(=>|[(<])|(\/)))|[(<]|(\[\s*["'`]|[*"'/#])/y;

export function readAsync(text: string, start: number): Verdict {
  const next = spaceAfter(text, start + "async".length);
  // By far the most frequent: `async (…) =>`.
  if (text[next] === "(") return readAnonymous(text, start, true);
  AFTER_ASYNC.lastIndex = next;
  const match = AFTER_ASYNC.exec(text);
  // A property, a variable or a word of prose.
  if (match === null) return "used";
  const [whole, functionName, name, afterName, slash, other] = match;
  if (slash !== undefined || other !== undefined) return "unclear";
  if (functionName !== undefined && "(=,".includes(text.charAt(endBefore(text, start) - 1))) return "unclear";
  const declared = functionName ?? (afterName === "=>" ? undefined : name);
  if (declared === undefined) return readAnonymous(text, start, true);
  return {
    name: declared,
    at: next + whole.lastIndexOf(declared),
    kind: functionName === undefined ? "member" : "variable",
  };
}

/** A function without a name, from its `async` or its parameters on. */
function readAnonymous(text: string, start: number, isAsync: boolean): Verdict {
  const end = endBefore(text, start);
  const last = text[end - 1];
  if (isAsync && isMap(text, end)) return readMap(text, end);
  // It looks at none of the promises.
  if (isAsync && last === "(" && wordBefore(text, endBefore(text, end - 1)) === "forEach") return "unclear";
  // An argument of a call, or what a function gives.
  if (last === "(" && isCall(text, end - 1)) return "used";
  if (last === "," || (last === ">" && text[end - 2] === "=")) return "used";
  if (last === "=" || last === ":") return readNamed(text, spaceBefore(text, start));
  const word = wordBefore(text, end);
  return word === "return" || word === "default" ? "used" : "unclear";
}

/** A function without a name gets one before it: `f = async`, `f: async`, up to the sign. */
function readNamed(text: string, end: number): Verdict {
  let at = spaceBefore(text, end - 1);
  const quote = text[at - 1];
  const isQuoted = quote === '"' || quote === "'";
  if (isQuoted) at--;
  const name = wordBefore(text, at);
  at -= name.length;
  const start = isQuoted ? at - 1 : at;
  if (name === "" || (isQuoted && text[start] !== quote) || (start > 0 && !/[\s;{},(.]/.test(text[start - 1]!)))
    return "unclear";
  if (text[end - 1] === "=" && isAnnotated(text, start)) return "unclear";
  return { name, at, kind: "either" };
}

/** Whether what is before a path says that it is the end of an annotation, which hides the name. */
function isAnnotated(text: string, start: number): boolean {
  let end = spaceBefore(text, start);
  while (text[end - 1] === ".") {
    end = spaceBefore(text, end - 1);
    const owner = wordBefore(text, end);
    if (owner === "") return false;
    end = spaceBefore(text, end - owner.length);
  }
  return end > 0 && ":|&<>?=)".includes(text[end - 1]!);
}

/** Whether the text before `end` is `map(`: with an async function it gives promises. */
export function isMap(text: string, end: number): boolean {
  return text[end - 1] === "(" && wordBefore(text, endBefore(text, end - 1)) === "map";
}

/** A `map` that gives promises. What becomes of those that `Promise.all` is given shows at `Promise`. */
export function readMap(text: string, end: number): Verdict {
  const path = pathStart(text, endBefore(text, end - 1) - "map".length);
  return path !== null && isGathered(text, path) ? "used" : "unclear";
}

/** What is before the list that `Promise.all` or the like is given. */
export const GATHERED_BEFORE = /(?<=\bPromise\s*\.\s*\w+\s*\()/y;

/** Whether an expression is what `Promise.all` is given, or an element of it, or a further argument of any call. */
function isGathered(text: string, at: number): boolean {
  let end = endBefore(text, at);
  if (text.endsWith("...", end)) end = endBefore(text, end - 3);
  if (text[end - 1] === "(") return endsLike(text, end, GATHERED_BEFORE);
  if (text[end - 1] !== "[" && text[end - 1] !== ",") return false;
  const open = text[end - 1] === "[" ? end - 1 : openingBefore(text, end);
  if (open === null || text[open] === "{") return false;
  return text[open] === "(" ? isCall(text, open) : endsLike(text, spaceBefore(text, open), GATHERED_BEFORE);
}

export function readPromise(text: string, start: number, end: number): Verdict {
  const word = wordBefore(text, endBefore(text, start));
  if (word === "instanceof") return "used";
  return text[end] === "<" && word !== "new" ? readType(text, start) : readOperand(text, start);
}

/** The arrow function whose arrow is at a place. */
function readArrow(text: string, arrow: number): Verdict {
  const end = endBefore(text, arrow);
  const word = wordBefore(text, end);
  const start = word !== "" ? end - word.length : text[end - 1] === ")" ? openingBefore(text, end - 1) : null;
  if (start === null) return "unclear";
  return wordBefore(text, endBefore(text, start)) === "async" ? "used" : readAnonymous(text, start, false);
}

const BLOCK_WORDS: ReadonlySet<string> = new Set(["else", "try", "finally", "do"]);
const HEAD_WORDS: ReadonlySet<string> = new Set(["if", "for", "while", "switch", "catch", "with"]);

/** The function around a `return`. */
function functionAround(text: string, at: number): Verdict {
  for (let open = openingBefore(text, at); open !== null; open = openingBefore(text, open)) {
    if (text[open] !== "{") return "unclear";
    const end = spaceBefore(text, open);
    if (";{}:".includes(text.charAt(end - 1)) || BLOCK_WORDS.has(wordBefore(text, end))) continue;
    if (text.endsWith("=>", end)) return readArrow(text, end - 2);
    const close = parametersEnd(text, end);
    const parameters = close === null ? null : openingBefore(text, close);
    if (parameters === null) return "unclear";
    const word = wordBefore(text, spaceBefore(text, parameters));
    if (HEAD_WORDS.has(word)) continue;
    return word === "function" ? readFunctionExpression(text, parameters) : readSignature(text, close!);
  }
  return "unclear";
}

/** The place of the parenthesis that closes the parameters of a function, by where its head ends; it may be annotated. */
function parametersEnd(text: string, end: number): number | null {
  if (text[end - 1] === ")") return end - 1;
  let at = end;
  while (at > 0 && !":;{}()".includes(text[at - 1]!)) at--;
  spend(end - at + 1);
  const before = text[at - 1] === ":" ? spaceBefore(text, at - 1) : 0;
  return text[before - 1] === ")" ? before - 1 : null;
}

/** A function expression without a name, by the place of its parameters. */
function readFunctionExpression(text: string, parameters: number): Verdict {
  const start = spaceBefore(text, parameters) - "function".length;
  return wordBefore(text, spaceBefore(text, start)) === "async" ? "used" : readAnonymous(text, start, false);
}
