import { nextMark } from "./marks.ts";

/**
 * Which places of a text are code and which are in comments, strings and templates, told without a parser. It is asked of the few texts
 * that pass all else, to spare the loading of the parser, and gives up where only a parser can tell: at JSX, and at a slash that may
 * start a regular expression as well as divide.
 */

/** What a place of a text is part of. */
export type Part = "code" | "comment" | "string";

/** JSX, in which quotes stand alone; comments in the way of HTML. */
const NEEDS_PARSER = /<\/|\/>|<!--|-->/;
/** Behind these words a slash starts a regular expression; behind the last ones it may do either. */
const BEFORE_EXPRESSION: ReadonlySet<string> = new Set([
  "case",
  "delete",
  "do",
  "else",
  "extends",
  "in",
  "instanceof",
  "new",
  "return",
  "throw",
  "typeof",
  "void",
]);
const EITHER: ReadonlySet<string> = new Set([
  "as",
  "asserts",
  "await",
  "default",
  "infer",
  "is",
  "keyof",
  "of",
  "satisfies",
  "yield",
]);

const BLANK = /\s+/y;
const LINE_COMMENT = /\/\/.*/y;
// Each character in them can be read in one way only: the end that is missing is missed once.
const STRING = /"[^"\\\r\n]*(?:\\(?:\r\n|[\s\S])[^"\\\r\n]*)*"|'[^'\\\r\n]*(?:\\(?:\r\n|[\s\S])[^'\\\r\n]*)*'/y;
const TEMPLATE_PART = /[^`\\$]*(?:(?:\\[\s\S]|\$+(?:[^`\\${]|\\[\s\S]))[^`\\$]*)*\$*(?:`|\$\{)/y;
const REGULAR_EXPRESSION = /\/(?:[^/\\[\r\n]|\\.|\[(?:[^\]\\\r\n]|\\.)*\])+\//y;
const WORD = /[\p{ID_Continue}$\u200C\u200D]+/uy;

/**
 * The part of which each of some places is, in their order.
 *
 * @param places Offsets into the text, in source order.
 * @returns `null` where this reading cannot tell.
 */
export function partsOf(text: string, places: readonly number[]): readonly Part[] | null {
  if (NEEDS_PARSER.test(text)) return null;
  const parts: Part[] = [];
  /** For each template that is open, how many braces are open in its substitution. */
  const templates: number[] = [];
  let at = 0;
  let token = "";
  const takeTo = (end: number, part: Part): true => {
    at = end;
    while (parts.length < places.length && places[parts.length]! < at) parts.push(part);
    return true;
  };
  const take = (expression: RegExp, part: Part): boolean => {
    expression.lastIndex = at;
    return expression.test(text) && takeTo(expression.lastIndex, part);
  };
  const takeBlockComment = (): boolean => {
    const end = text.startsWith("/*", at) ? nextMark(text, "*/", at + 2) : -1;
    return end !== -1 && takeTo(end + 2, "comment");
  };
  const takeTemplate = (): boolean => {
    if (!take(TEMPLATE_PART, "string")) return false;
    if (text[at - 1] === "`") token = "`";
    else templates.push(0);
    return true;
  };
  while (at < text.length && parts.length < places.length) {
    const start = at;
    const character = text[at]!;
    if (take(BLANK, "code") || take(LINE_COMMENT, "comment") || takeBlockComment()) continue;
    if (character === '"' || character === "'") {
      if (!take(STRING, "string")) return null;
      token = character;
    } else if (character === "/") {
      const starts = startsExpression(token);
      if (starts === null || (starts && !take(REGULAR_EXPRESSION, "string"))) return null;
      if (!starts) takeTo(at + 1, "code");
      token = starts ? "`" : "/";
    } else if (take(WORD, "code")) {
      // A member may have the name of a keyword.
      token = token === "." ? "x" : text.slice(start, at);
    } else {
      takeTo(at + 1, "code");
      token =
        character === ">" && token === "="
          ? "=>"
          : character === "+" || character === "-"
            ? token === character
              ? "++"
              : character
            : character === "!" && !isOperator(token)
              ? "x!"
              : character;
      if (character === "`") {
        if (!takeTemplate()) return null;
      } else if (templates.length > 0) {
        if (character === "{") templates[templates.length - 1]!++;
        else if (character === "}" && templates[templates.length - 1]!-- === 0) {
          templates.pop();
          if (!takeTemplate()) return null;
        }
      }
    }
  }
  return parts.length === places.length ? parts : null;
}

function isOperator(token: string): boolean {
  return token === "" || /^(?:[([{,;:?=&|+\-*%~^<!]|=>)$/.test(token) || BEFORE_EXPRESSION.has(token);
}

/** Whether a slash behind a token starts a regular expression; `null` where that depends on more. */
function startsExpression(token: string): boolean | null {
  if (isOperator(token)) return true;
  if (EITHER.has(token) || /^(?:[)}>]|\+\+|x!)$/.test(token)) return null;
  return false;
}
