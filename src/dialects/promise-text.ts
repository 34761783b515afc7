import { endBefore, openingBefore, pathStart, textBefore, wordBefore } from "./text-scan.ts";

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
export const CONTINUATION = /\.\s*(?:then|catch|finally)\b/;

/** The value of a property, of a member that is assigned to. */
const STORED_BEFORE = /(?:(?:\{|,\s*\n)\s*(?:[\w$]+|"[^"]*"|'[^']*')\s*:|(?:^|[;{}\n])\s*(?:[\w$]+\s*\.\s*)+[\w$]+\s*=)\s*$/;

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
  }
  return STORED_BEFORE.test(textBefore(text, end)) ? "used" : "unclear";
}

const NO_CALLEES: ReadonlySet<string> = new Set(["", "return", "await", "void", "typeof", "in", "of", "new", "case", "do", "else", "yield", "throw", "delete"]);

/** Whether the parenthesis at a place opens the arguments of a call or the condition of a statement. */
function isCall(text: string, open: number): boolean {
  const end = endBefore(text, open);
  return text[end - 1] === ")" || text[end - 1] === "]" || text[end - 1] === ">" || !NO_CALLEES.has(wordBefore(text, end));
}

/** `async` with what follows: a named function, a method, or a function without a name, which depends on what is before it. */
const AFTER_ASYNC = /\s*(?:function\b\s*(?:([\w$]+)\s*[(<])?|([\w$]+)\s*(=>|[(<])|([(<])|(\[\s*["'`]|[*"'/#]|[\w$]+\s*\/))/y;

export function readAsync(text: string, start: number): Verdict {
  AFTER_ASYNC.lastIndex = start + "async".length;
  const match = AFTER_ASYNC.exec(text);
  // A property, a variable or a word of prose.
  if (match === null) return "used";
  const [whole, functionName, name, afterName, , other] = match;
  if (other !== undefined || (functionName !== undefined && "(=,".includes(text.charAt(endBefore(text, start) - 1)))) return "unclear";
  const declared = functionName ?? (afterName === "=>" ? undefined : name);
  if (declared === undefined) return readAnonymous(text, start, true);
  return { name: declared, at: start + "async".length + whole.lastIndexOf(declared), kind: functionName === undefined ? "member" : "variable" };
}

/** How a function without a name gets one: `f = async`, `f: async`. */
const NAMED_BEFORE = /(?:^|[\s;{},(.])(?:\w+\s*\.\s*)*(?:([\w$]+)|["']([\w$]+)["'])\s*(=|:)\s*$/;
/** An annotation between the name and the function hides the name. */
const ANNOTATED_BEFORE = /[:|&<>?=)]\s*(?:[\w$]+\s*\.\s*)*[\w$]+\s*=\s*$/;
/** A function without a name, from its `async` or its parameters on. */
function readAnonymous(text: string, start: number, isAsync: boolean): Verdict {
  const end = endBefore(text, start);
  const last = text[end - 1];
  if (isAsync && isMap(text, end)) return readMap(text, end);
  // An argument of a call, or what a function gives.
  if (last === "(" && isCall(text, end - 1)) return "used";
  if (last === "," || (last === ">" && text[end - 2] === "=")) return "used";
  const word = wordBefore(text, end);
  if (word === "return" || word === "default") return "used";
  const before = textBefore(text, start);
  const named = NAMED_BEFORE.exec(before);
  if (named === null || (named[3] === "=" && ANNOTATED_BEFORE.test(before))) return "unclear";
  const name = named[1] ?? named[2]!;
  return { name, at: start - before.length + before.lastIndexOf(name), kind: "either" };
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

const GATHERED_BEFORE = /\bPromise\s*\.\s*\w+\s*\(\s*$/;

/** Whether an expression is what `Promise.all` is given, or an element of it, or a further argument of any call. */
function isGathered(text: string, at: number): boolean {
  let end = endBefore(text, at);
  if (text.endsWith("...", end)) end = endBefore(text, end - 3);
  if (text[end - 1] === "(") return GATHERED_BEFORE.test(textBefore(text, end));
  if (text[end - 1] !== "[" && text[end - 1] !== ",") return false;
  const open = text[end - 1] === "[" ? end - 1 : openingBefore(text, end);
  if (open === null || text[open] === "{") return false;
  return text[open] === "(" ? isCall(text, open) : GATHERED_BEFORE.test(textBefore(text, open));
}

/** An annotation or a cast of something that is no function. */
const ANNOTATED = /([\w$]+)\s*[?!]?\s*:\s*$/;
/** A parameter or member of a function type, up to its parameters. */
const FUNCTION_TYPED = /([\w$]+)\s*\??\s*:\s*(?:\(\s*)?$/;

export function readPromise(text: string, start: number, end: number): Verdict {
  const word = wordBefore(text, endBefore(text, start));
  if (word === "instanceof") return "used";
  return text[end] === "<" && word !== "new" ? readType(text, start, textBefore(text, start)) : readOperand(text, start);
}

function readType(text: string, start: number, before: string): Verdict {
  if (/\)\s*:\s*$/.test(before)) return readSignature(text, text.lastIndexOf(")", start));
  const annotated = ANNOTATED.exec(before);
  if (annotated !== null) return { name: annotated[1]!, at: start - before.length + annotated.index, kind: "either" };
  // One of several types, or a cast: it takes a call to make another promise of it.
  if (/(?<!\b(?:null|undefined)\s*)[\w$]\s*\|\s*$/.test(before)) return "used";
  if (/\bas\s+$/.test(before)) return CONTINUATION.test(text) ? "unclear" : "used";
  const arrow = /\)\s*=>\s*$/.exec(before);
  const open = arrow === null ? null : openingBefore(text, start - before.length + arrow.index);
  const typed = open === null ? null : FUNCTION_TYPED.exec(textBefore(text, open));
  return typed === null ? "unclear" : { name: typed[1]!, at: open! - textBefore(text, open!).length + typed.index, kind: "either" };
}

/** The function whose parameters end at a closing parenthesis, for its name. */
function readSignature(text: string, close: number): Verdict {
  const open = openingBefore(text, close);
  if (open === null) return "unclear";
  let end = endBefore(text, open);
  if (text[end - 1] === ">") end = endBefore(text, typeParametersStart(text, end));
  // A computed member: nothing can call it by a name.
  if (text[end - 1] === "]") return /\[[^"'`\]]*\]$/.test(textBefore(text, end)) ? "used" : "unclear";
  const name = wordBefore(text, end);
  if (name === "" || name === "function") return "unclear";
  // An async function without a name has been read at its `async`.
  if (name === "async") return "used";
  const at = end - name.length;
  return { name, at, kind: wordBefore(text, endBefore(text, at)) === "function" ? "variable" : "member" };
}

/** Where the type parameters start that end at a place; that place itself where that cannot be told. */
function typeParametersStart(text: string, end: number): number {
  const match = /<[^()]*>$/.exec(textBefore(text, end));
  return match === null ? end : end - match[0].length;
}

/** The arrow function whose arrow is at a place. */
function readArrow(text: string, arrow: number): Verdict {
  const end = endBefore(text, arrow);
  const word = wordBefore(text, end);
  const start = word !== "" ? end - word.length : text[end - 1] === ")" ? openingBefore(text, end - 1) : null;
  if (start === null) return "unclear";
  return wordBefore(text, endBefore(text, start)) === "async" ? "used" : readAnonymous(text, start, false);
}

/** The function around a `return`. */
function functionAround(text: string, at: number): Verdict {
  for (let open = openingBefore(text, at); open !== null; open = openingBefore(text, open)) {
    if (text[open] !== "{") return "unclear";
    const before = textBefore(text, open).trimEnd();
    const end = open - (textBefore(text, open).length - before.length);
    if (/(?:\belse|\btry|\bfinally|\bdo|[;{}:])$/.test(before)) continue;
    if (before.endsWith("=>")) return readArrow(text, end - 2);
    const annotated = /\)\s*:[^:;{}()]*$/.exec(before);
    if (!before.endsWith(")") && annotated === null) return "unclear";
    const close = annotated === null ? end - 1 : end - before.length + annotated.index;
    const parameters = openingBefore(text, close);
    if (parameters === null) return "unclear";
    if (/\b(?:if|for|while|switch|catch|with)\s*$/.test(textBefore(text, parameters))) continue;
    return /\bfunction\s*$/.test(textBefore(text, parameters)) ? readFunctionExpression(text, parameters) : readSignature(text, close);
  }
  return "unclear";
}

/** A function expression without a name, by the place of its parameters. */
function readFunctionExpression(text: string, parameters: number): Verdict {
  const head = /(?:\basync\s+)?\bfunction\s*$/.exec(textBefore(text, parameters))!;
  return head[0].startsWith("async") ? "used" : readAnonymous(text, parameters - head[0].length, false);
}
