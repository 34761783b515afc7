import { createHash } from "node:crypto";

/**
 * What an analysis asks of the file system beside the text that it analyses: versions of packages, and what is deployed. Whoever keeps a result
 * asks the same again later: as long as all answers are the same, so is the result.
 */

/** A question, and what the answer was. Plain values: they are kept in a file. */
export interface Question {
  readonly about: string;
  readonly given: readonly (string | readonly string[])[];
  readonly answer: string;
}

/** Longer answers are kept as their hash. */
const LONGEST = 200;

let heard: Question[] | null = null;

/** Gives an answer, and lets whoever listens know it. @param answer a plain value, or a set of texts */
export function answered<Answer>(about: string, given: Question["given"], answer: Answer): Answer {
  heard?.push({ about, given, answer: textOfAnswer(answer) });
  return answer;
}

/** An answer as a question holds it. */
export function textOfAnswer(answer: unknown): string {
  const text = JSON.stringify(answer instanceof Set ? [...(answer as Set<unknown>)] : answer);
  return text.length > LONGEST ? createHash("sha256").update(text).digest("hex") : text;
}

/** Does something, and listens to what is asked meanwhile. Nothing else may ask at the same time. */
export async function listening<Result>(
  work: () => Promise<Result>,
): Promise<{ readonly result: Result; readonly questions: readonly Question[] }> {
  const before = heard;
  const questions: Question[] = [];
  heard = questions;
  try {
    return { result: await work(), questions };
  } finally {
    heard = before;
  }
}
