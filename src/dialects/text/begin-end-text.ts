import { around, shared, type TextTest } from "./text-tests.ts";

/**
 * What a text must hold for a Begin/End operation to be possible in it: a call named like a Begin, and beside it a word of the pattern
 * (the End of the same stem, a handle's type or member, a known .NET type) or the nothing that .NET code passes for a callback.
 */

/** A name like that of a call which begins an operation; the rules about Begin and End share the question. */
export const BEGIN_NAME = shared(around(["Begin", "begin"], /(?<![\w$])(?:Begin|begin)[A-Z_$]/y));

/** A name like a Begin's with what may stand between it and its arguments: a closing quote and bracket, `!`, type arguments, a comment. */
const BEGIN_CALL = /(?:Begin|begin)([A-Z_$][\w$]*)["'`]?\s*\]?\s*!?\s*\)*\s*(?:\?\.\s*)?[(</]/g;
const HANDLE_WORDS = /IAsyncResult|AsyncCallback|[aA]sync(?:State|WaitHandle)|[cC]ompletedSynchronously|[iI]sCompleted/;
const KNOWN_TYPE_WORDS =
  /\bSocket\b|Stream\b|\bAmazon\w+Client\b|WebRequest\b|(?:Sql|Db|OleDb|Odbc)Command\b|\bTcp(?:Client|Listener)\b|\bUdpClient\b|\bHttpListener\b/;
const NOTHING_AT_THE_END =
  /(?:null|undefined|void 0)\s*!?\s*(?:as\s+\w+\s*)?,?\s*(?:\/\/[^\n]*\n\s*|\/\*[^*]*\*\/\s*)?\)/;

/** Whether a text may hold a Begin/End operation. */
export function mayHoldOperation(text: string): boolean {
  if (!BEGIN_NAME.test(text)) return false;
  const stems = new Set<string>();
  for (const [, stem] of text.matchAll(BEGIN_CALL)) stems.add(stem!);
  if (stems.size === 0) return false;
  if (HANDLE_WORDS.test(text) || KNOWN_TYPE_WORDS.test(text) || NOTHING_AT_THE_END.test(text)) return true;
  return [...stems].some((stem) => text.includes(`End${stem}`) || text.includes(`end${stem}`));
}

/** The same as a text test. */
export const BEGIN_END: TextTest = shared({ needs: BEGIN_NAME.needs, test: mayHoldOperation });
