import { indentAt, lineBreakOf, lineStartsOf } from "../../../ast/lines.ts";
import { parse } from "../../../ast/parse.ts";
import type { Source } from "../../../ast/source.ts";
import type { RefusedSite } from "../../../plan/migration.ts";
import { todoComment } from "./comment.ts";
import { withoutTodos } from "./find.ts";
import { TodoPlaces } from "./places.ts";

/**
 * Writes a comment at each place that was refused, once for each code.
 *
 * @param text without such comments
 * @param refusals with lines and columns of that text
 * @returns the text with them; as it is where they would not be comments and nothing else
 * @throws {ParseError} when the text does not parse.
 */
export function withTodos(text: string, filePath: string, refusals: readonly RefusedSite[]): string {
  if (refusals.length === 0) return text;
  const source = parse(text, filePath);
  const places = new TodoPlaces(source);
  const starts = lineStartsOf(text);
  const byLine = new Map<number, Set<string>>();
  for (const { code, column, line } of refusals) {
    const place = places.lineFor(starts[line - 1]! + column - 1);
    const codes = byLine.get(place);
    if (codes === undefined) byLine.set(place, new Set([code]));
    else codes.add(code);
  }
  const lineBreak = lineBreakOf(text);
  let commented = "";
  let end = 0;
  for (const [place, codes] of [...byLine].sort(([a], [b]) => a - b)) {
    const lines = [...codes].map((code) => indentAt(text, place) + todoComment(code) + lineBreak);
    commented += text.slice(end, place) + lines.join("");
    end = place;
  }
  commented += text.slice(end);
  return isSameProgram(source, commented) ? commented : text;
}

/** Whether a text with comments is the same program, and the same text when they are taken away. */
function isSameProgram(source: Source, commented: string): boolean {
  const { filePath, text } = source;
  if (withoutTodos(commented, filePath).text !== text) return false;
  return tokensOf(parse(commented, filePath)) === tokensOf(source);
}

function tokensOf({ ast }: Source): string {
  return (ast.tokens ?? []).map(({ type, value }) => `${type} ${value}`).join("\0");
}
