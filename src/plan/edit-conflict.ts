import type { EditAuthor, TextEdit } from "./types.ts";

const EXCERPT = 40;

/**
 * Two edits of one text contradict each other: they overlap, so that only one of them could be made. That is a defect of the planner, and
 * must reach no file: whoever merges edits refuses what they belong to.
 */
export class EditConflict extends Error {
  override readonly name = "EditConflict";
  /** In the order of their places, each with its author where that is known. */
  readonly edits: readonly [TextEdit, TextEdit];

  constructor(first: TextEdit, second: TextEdit, options?: ErrorOptions) {
    super(`Two edits contradict each other: ${describe(first)}, and ${describe(second)}.`, options);
    this.edits = [first, second];
  }
}

/**
 * Runs a step of the planner. Where edits turn out to contradict each other in it, those without an author are the step's own.
 *
 * @throws {EditConflict} with both authors; and whatever `step` throws.
 */
export function authored<Result>(author: EditAuthor, step: () => Result): Result {
  try {
    return step();
  } catch (error) {
    if (!(error instanceof EditConflict) || error.edits.every(({ author: known }) => known !== undefined)) throw error;
    const [first, second] = error.edits;
    throw new EditConflict({ author, ...first }, { author, ...second }, { cause: error });
  }
}

function describe({ range: [start, end], text, author }: TextEdit): string {
  const made = author === undefined ? "" : ` by the step "${author.step}" for ${author.name}`;
  const what = text === "" ? "a removal" : JSON.stringify(text.length > EXCERPT ? `${text.slice(0, EXCERPT)}…` : text);
  return `${what} at ${start === end ? start : `${start}-${end}`}${made}`;
}
