import type { ESLint } from "eslint";
import { printable, printableLines } from "../../printable.ts";

const LINE_BREAK = /\r\n|[\r\n\u2028\u2029]/;

/** The formats that are JSON, in which everything is what it is: what does not print can be escaped in the text of the report. */
const JSON_FORMATS: ReadonlySet<string> = new Set(["json", "json-with-metadata"]);

/**
 * Formats results so that nothing in them is obeyed by a terminal, or taken for another line of the report.
 *
 * @param name The format's name.
 * @param format Gives the report on some results.
 */
export async function formatShown(
  results: ESLint.LintResult[],
  name: string,
  format: (results: ESLint.LintResult[]) => string | Promise<string>,
): Promise<string> {
  return JSON_FORMATS.has(name) ? printableLines(await format(results)) : format(results.map(shownResult));
}

/** A result as formatters are to show it. The source keeps its lines, by which the places in it are counted. */
function shownResult(result: ESLint.LintResult): ESLint.LintResult {
  return {
    ...result,
    filePath: printable(result.filePath),
    messages: result.messages.map(shownMessage),
    suppressedMessages: result.suppressedMessages.map(shownMessage),
    ...(result.source === undefined ? {} : { source: result.source.split(LINE_BREAK).map(printableLines).join("\n") }),
  };
}

function shownMessage<Message extends ESLint.LintResult["messages"][0]>(message: Message): Message {
  return { ...message, message: printable(message.message) };
}
