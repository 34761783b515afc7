import { PROMISE_MODULE_NAME } from "./promise-apis.ts";
import { CONTINUATION, isMap, readAsync, readMap, readOperand, readPromise, type Declaration, type Verdict } from "./promise-text.ts";
import { endBefore, isInComment, isWordPart, openingBefore, pathStart, wordBefore } from "./text-scan.ts";
import { all, some, words, type TextTest } from "./text-tests.ts";

/**
 * What a text must hold for a lost task or promise to be possible in it. A third of all modern files hold `async` or `Promise`, so a
 * word alone does not do: the text is read for the names of the functions that give a promise, and each place of such a name, and
 * each place where a promise is made, must be one that surely does something with it (`await` before it, an argument of a call). One
 * place that is not, or that this reading does not understand, makes the file a candidate.
 */

/** Whether a text may hold a call that yields a task or promise. */
export const TASK: TextTest = words("async", "Promise", "Async", "Task", "fetch", "promise", "Yield", "import(");

/** Whether a text may hold such a call whose task or promise is lost. */
export const UNAWAITED_TASK: TextTest = all(
  TASK,
  some(
    // Tasks of .NET, hosts' ways to a promise, modules of promises and the other places where one may come from.
    inCode(["Async", "Task", "fetch"], /Async\b|Task\b|Task\$|TaskCompletionSource|\bfetch\s*[(?<!/]/g),
    words("$promise", "ToPromise", "Yield"),
    all(inCode(["promises"], /[/.{,]\s*promises\b/g), PROMISE_MODULE_NAME),
    all(inCode(["then", "catch", "finally"], new RegExp(CONTINUATION, "g")), inCode(["import"], /\bimport\s*(?:\(|\/)/g)),
    all(words("async", "Promise"), { test: mayLosePromise }),
  ),
);

/** Like {@link near}, in lines that are not comments. */
function inCode(any: readonly string[], expression: RegExp): TextTest {
  return all(words(...any), {
    test(text) {
      for (const { index } of text.matchAll(expression)) if (!isInComment(text, index)) return true;
      return false;
    },
  });
}

function mayLosePromise(text: string): boolean {
  const declared = new Map<string, Declaration[]>();
  const add = (verdict: Verdict): boolean => {
    if (typeof verdict === "string") return verdict === "used";
    const same = declared.get(verdict.name);
    if (same === undefined) declared.set(verdict.name, [verdict]);
    else same.push(verdict);
    return true;
  };
  if (!everyPlace(text, "async", (at) => add(readAsync(text, at)))) return true;
  if (!everyPlace(text, "Promise", (at, end) => add(readPromise(text, at, end)))) return true;
  if (!everyPlace(text, "PromiseLike", (at, end) => add(readPromise(text, at, end)))) return true;
  // A function that returns what one of these gives is one of them: the map grows while it is gone through.
  for (const [name, declarations] of declared) {
    const isUsed = everyPlace(text, name, (at, end) => declarations.some((each) => each.at === at) || !mayMean(text, at, declarations) || add(readUse(text, at, end)));
    if (!isUsed) return true;
  }
  return false;
}

/** Whether a test holds for every place of a word that is not in a comment. A search for a word is far quicker than an expression. */
function everyPlace(text: string, word: string, test: (at: number, end: number) => boolean): boolean {
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + word.length)) {
    const end = at + word.length;
    if (isWholeWord(text, at, end) && !isInComment(text, at) && !test(at, end)) return false;
  }
  return true;
}

/** Whether no letter and no hyphen (a path in quotes, a difference) touches what stands between two places. */
function isWholeWord(text: string, start: number, end: number): boolean {
  return !isNamePart(text.charCodeAt(start - 1)) && !isNamePart(text.charCodeAt(end));
}

function isNamePart(code: number): boolean {
  return code === 0x2d || isWordPart(code);
}

/** Whether the name at a place may mean one of these declarations: a variable stands alone, a member behind what has it. */
function mayMean(text: string, at: number, declarations: readonly Declaration[]): boolean {
  const end = endBefore(text, at);
  // A comment hides what is before the name.
  if (text[end - 1] === "/") return true;
  if (text[end - 1] !== ".") return declarations.some(({ kind }) => kind !== "member");
  return declarations.some(({ kind }) => kind !== "variable") && mayBeOfFile(text, end - (text[end - 2] === "?" ? 2 : 1));
}

/** Whether what ends at a place may be an object whose members the file declares: `this`, or something that the file tells the type of. */
function mayBeOfFile(text: string, at: number): boolean {
  let end = endBefore(text, at);
  if (text[end - 1] === "!") end--;
  if (text[end - 1] === ")") {
    const open = openingBefore(text, end - 1);
    // What a call gives has no type here; a cast has one.
    return open === null || wordBefore(text, endBefore(text, open)) === "" || /\bas\b/.test(text.slice(open, end));
  }
  const owner = wordBefore(text, end);
  if (owner === "" || owner === "this" || owner === "super") return true;
  return isTypedInFile(text, owner);
}

/** What is known of the last text: its many names ask the same questions. */
let known: { readonly text: string; readonly types: ReadonlySet<string>; readonly answers: Map<string, boolean> } | undefined;

/** Whether the file tells the type of something of this name, and declares that type, or the text does not show enough. */
function isTypedInFile(text: string, name: string): boolean {
  if (known?.text !== text) {
    known = { text, types: new Set(Array.from(text.matchAll(/\b(?:class|interface|type)\s+([\w$]+)/g), ([, type]) => type!)), answers: new Map() };
  }
  let answer = known.answers.get(name);
  if (answer === undefined) known.answers.set(name, (answer = known.types.has(name) || mayHaveType(text, name, known.types)));
  return answer;
}

function mayHaveType(text: string, name: string, types: ReadonlySet<string>): boolean {
  const word = `(?<![\\w$])${name.replaceAll("$", "\\$")}`;
  const typed = new RegExp(`${word}\\s*(?:[?!]?\\s*:\\s*|=\\s*new\\s+)([\\w$.]*)(.?)|${word}\\s*=\\s*(?:\\{|class\\b|<|[\\w$.!?]+\\s*(?:[;,)}\\n\\r]|$)|[^\\n]*\\bas\\b)`, "g");
  for (const [, type, next] of text.matchAll(typed)) {
    if (type === undefined || type === "" || (next !== "" && /[|&/]/.test(next!))) return true;
    if (types.has(type.slice(type.lastIndexOf(".") + 1))) return true;
  }
  return false;
}

/** Behind a name: it is called, something is chained to it, or an element is read. */
const CALLED = /\s*(?:[?!]?\.?\s*(?:\(|<|`|\/)|[?!]?\.\s*(?:then|catch|finally)\b|[?!]?\.?\[)/y;

/** A place of a name that is declared as a function that gives a promise, or as a promise. */
function readUse(text: string, at: number, end: number): Verdict {
  const start = pathStart(text, at);
  if (start === null) return "unclear";
  CALLED.lastIndex = end;
  if (CALLED.test(text)) return readOperand(text, start);
  const before = endBefore(text, start);
  if (isMap(text, before)) return readMap(text, before);
  // Another name for it, or its elements one by one; a member of it is neither.
  const isAlias = text[before - 1] === "=" || wordBefore(text, before) === "of";
  return isAlias && !/^\s*[?!]?\.(?!\s*bind\b)/.test(text.slice(end, end + 40)) ? "unclear" : "used";
}
