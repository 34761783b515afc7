import { PROMISE_MODULE_NAME } from "../promise-apis.ts";
import { perText } from "./per-text.ts";
import { isMap, readAsync, readMap, readOperand, readPromise } from "./promise-text.ts";
import { endBefore, isInComment, isWordPart, openingBefore, pathStart, spaceAfter, wordBefore } from "./text-scan.ts";
import { countUpTo } from "./marks.ts";
import { all, atPlaces, rest, some, words, type TextTest } from "./text-tests.ts";
import { isWholeWord, wordSearch } from "./word-places.ts";
import { somePlace, wordId } from "./word-scan.ts";
import type { Declaration, Verdict } from "./promise-type-text.ts";

/**
 * What a text must hold for a lost task or promise to be possible in it. A third of all modern files hold `async` or `Promise`, so a
 * word alone does not do: the text is read for the names of the functions that give a promise, and each place of such a name, and
 * each place where a promise is made, must be one that surely does something with it (`await` before it, an argument of a call). One
 * place that is not, or that this reading does not understand, makes the file a candidate.
 */

/** Whether a text may hold a call that yields a task or promise. */
export const TASK: TextTest = words("async", "Promise", "Async", "Task", "fetch", "promise", "Yield", "import(");

/** Whether a text may hold a `try` around the call of a function that gives a promise, as the file says. */
export const PROMISE_IN_TRY: TextTest = all(
  atPlaces(
    [...`{/ \t\n\r`].map((next) => `try${next}`),
    (text, at) => !isWordPart(text.charCodeAt(at - 1)),
  ),
  rest("async", "Promise"),
);

/** Nearly every file has the word alone. */
const IMPORT_CALL = ["(", " (", "  ", "/", " /", "\n", "\r", "\t"].map((next) => `import${next}`);

/** Whether a text may hold such a call whose task or promise is lost. */
export const UNAWAITED_TASK: TextTest = some(
  // Tasks of .NET, hosts' ways to a promise, modules of promises and the other places where one may come from.
  inCode(["Async", "Task", "fetch"], /Async\b|Task(?:\b|\$|CompletionSource)|\bfetch\s*[(?<!/]/y),
  words("$promise", "ToPromise", "Yield"),
  all(inCode(["promises"], /promises\b(?<=[/.{,]\s*promises)/y), PROMISE_MODULE_NAME),
  all(inCode(IMPORT_CALL, /\bimport\s*[(/]/y), { test: chains }),
  all(words("async", "Promise"), { test: mayLosePromise }),
);

function chains(text: string): boolean {
  for (const { index } of text.matchAll(/\.\s*(?:then|catch|finally)\b/g)) if (!isInComment(text, index)) return true;
  return false;
}

/** Like {@link around}, in lines that are not comments. */
function inCode(any: readonly string[], expression: RegExp): TextTest {
  return atPlaces(any, (text, at) => {
    expression.lastIndex = at;
    return expression.test(text) && !isInComment(text, at);
  });
}

const ASYNC = wordId("async");
const PROMISE = wordId("Promise");

/** What a text declares by one name. */
interface Declared {
  readonly places: Set<number>;
  readonly kinds: Set<Declaration["kind"]>;
}

function mayLosePromise(text: string): boolean {
  const declared = new Map<string, Declared>();
  // What is written in a comment counts for nothing, but most places are done with before it takes a look at the line.
  const add = (at: number, verdict: Verdict): boolean => {
    if (verdict === "used" || isInComment(text, at)) return true;
    if (verdict === "unclear") return false;
    let same = declared.get(verdict.name);
    if (same === undefined) declared.set(verdict.name, (same = { places: new Set(), kinds: new Set() }));
    same.places.add(verdict.at);
    same.kinds.add(verdict.kind);
    return true;
  };
  if (somePlace(text, ASYNC, (at) => isWholeWord(text, at, at + "async".length) && !add(at, readAsync(text, at))))
    return true;
  if (somePlace(text, PROMISE, (at) => losesPromise(text, at, add))) return true;
  // A function that returns what one of these gives is one of them: the map grows while it is gone through.
  const everyNamed = wordSearch(text);
  for (const [name, { places, kinds }] of declared) {
    const end = name.length;
    const isUsed = everyNamed(
      name,
      (at) => places.has(at) || !mayMean(text, at, kinds) || add(at, readUse(text, at, at + end)),
    );
    if (!isUsed) return true;
  }
  return false;
}

/** Whether a promise that is made or declared here may be lost; `add` takes what the place says. */
function losesPromise(text: string, at: number, add: (at: number, verdict: Verdict) => boolean): boolean {
  const end = at + (text.startsWith("Like", at + "Promise".length) ? "PromiseLike" : "Promise").length;
  return isWholeWord(text, at, end) && !add(at, readPromise(text, at, end));
}

/** Whether the name at a place may mean a declaration of one of these kinds: a variable stands alone, a member behind what has it. */
function mayMean(text: string, at: number, kinds: ReadonlySet<Declaration["kind"]>): boolean {
  const end = endBefore(text, at);
  // A comment hides what is before the name.
  if (text[end - 1] === "/") return true;
  if (text[end - 1] !== ".") return kinds.has("variable") || kinds.has("either");
  return (kinds.has("member") || kinds.has("either")) && mayBeOfFile(text, end - (text[end - 2] === "?" ? 2 : 1));
}

/** Whether what ends at a place may be an object whose members the file declares: `this`, or something that the file tells the type of. */
function mayBeOfFile(text: string, at: number): boolean {
  let end = endBefore(text, at);
  if (text[end - 1] === "!") end--;
  if (text[end - 1] === ")") {
    const open = openingBefore(text, end - 1);
    if (open === null) return true;
    // What a call gives has no type here; a cast has one, and so has what `new` makes.
    const word = wordBefore(text, endBefore(text, open));
    return word === "" || typesOf(text).types.has(word) || /\bas\b|\bnew\b/.test(text.slice(open, end));
  }
  const owner = wordBefore(text, end);
  if (owner === "" || owner === "this" || owner === "super" || owner === "exports") return true;
  return isTypedInFile(text, owner);
}

interface TypesOfText {
  readonly text: string;
  /** The types that it declares. */
  readonly types: ReadonlySet<string>;
  readonly everyWord: ReturnType<typeof wordSearch>;
  casts?: Casts;
  readonly answers: Map<string, boolean>;
}

/** The types that a text declares, and what was found out about its names: there are many, and they ask the same questions. */
const typesOf = perText((text): TypesOfText => ({
  text,
  types: new Set(Array.from(text.matchAll(/\b(?:class|interface|type)\s+([\w$]+)/g), ([, type]) => type!)),
  everyWord: wordSearch(text),
  answers: new Map(),
}));

/** Whether the file tells the type of something of this name, and declares that type, or the text does not show enough. */
function isTypedInFile(text: string, name: string): boolean {
  const known = typesOf(text);
  let answer = known.answers.get(name);
  if (answer === undefined) known.answers.set(name, (answer = known.types.has(name) || mayHaveType(known, name)));
  return answer;
}

/** Where the word `as` is in a text, and for each where its line starts, so that no line is read again for each name in it. */
interface Casts {
  readonly places: readonly number[];
  readonly lines: readonly number[];
}

function castsOf(text: string): Casts {
  const casts: { places: number[]; lines: number[] } = { places: [], lines: [] };
  let line = 0;
  for (const { 0: found, index } of text.matchAll(/\n|\bas\b/g)) {
    if (found === "\n") line = index + 1;
    else casts.lines[casts.places.push(index) - 1] = line;
  }
  return casts;
}

/** Whether there is an `as` behind a place, on its line. */
function isCast({ places, lines }: Casts, at: number): boolean {
  const next = countUpTo(places, at - 1);
  return next < places.length && lines[next]! <= at;
}

/** Behind a name and white space: its annotation or class with the character after it, or a value, which may tell its type by itself. */
const TYPED = /(?:(?:[?!]\s*)?:\s*|=\s*new\s+)([\w$.]*)(.?)|=\s*(\{|class\b|<|[\w$.!?]+\s*(?:[;,)}\n\r]|$))?/y;

function mayHaveType(known: TypesOfText, name: string): boolean {
  const { text, types } = known;
  return !known.everyWord(name, (at) => {
    TYPED.lastIndex = spaceAfter(text, at + name.length);
    const match = TYPED.exec(text);
    if (match === null) return true;
    const [, type, next, value] = match;
    if (type === undefined) return value === undefined && !isCast((known.casts ??= castsOf(text)), TYPED.lastIndex);
    if (type === "" || (next !== "" && "|&/".includes(next!))) return false;
    return !types.has(type.slice(type.lastIndexOf(".") + 1));
  });
}

/** Behind a name and white space: it is called, something is chained to it, or an element is read. */
const CALLED = /[(<`/[]|[?!](?:\[|\s*[(<`/])|[?!]?\.(?:\[|\s*(?:[(<`/]|(?:then|catch|finally)\b))/y;

/** A place of a name that is declared as a function that gives a promise, or as a promise. */
function readUse(text: string, at: number, end: number): Verdict {
  const start = pathStart(text, at);
  if (start === null) return "unclear";
  CALLED.lastIndex = spaceAfter(text, end);
  if (CALLED.test(text)) return readOperand(text, start);
  const before = endBefore(text, start);
  if (isMap(text, before)) return readMap(text, before);
  // Another name for it, or its elements one by one; a member of it is neither.
  const isAlias = text[before - 1] === "=" || wordBefore(text, before) === "of";
  return isAlias && !/^\s*[?!]?\.(?!\s*bind\b)/.test(text.slice(end, end + 40)) ? "unclear" : "used";
}
