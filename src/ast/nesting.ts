/** What V8 says when the stack overflows. ESLint adds to the message where that was. */
export const STACK_OVERFLOW = "Maximum call stack size exceeded";

/** What is wrong with a text on which the stack overflows; goes on where the file has been named. */
export const TOO_DEEP = "is nested too deeply, or has too long a line, to be analysed. Leave it out, or split it";

/** Thrown for a text on which the stack overflows, in the parser or in whoever goes through what it gives. The file is never edited. */
export class NestingError extends Error {
  override readonly name = "NestingError";
  readonly filePath: string;

  constructor(filePath: string, cause: unknown) {
    super(TOO_DEEP, { cause });
    this.filePath = filePath;
  }
}

/** Whether an error says that the stack has overflowed. */
export function isStackOverflow(error: unknown): boolean {
  return error instanceof RangeError && error.message.startsWith(STACK_OVERFLOW);
}

/**
 * Does something with the text of a file.
 *
 * @throws {NestingError} when the stack overflows; and whatever `work` throws.
 */
export function withinStack<Result>(filePath: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (isStackOverflow(error)) throw new NestingError(filePath, error);
    throw error;
  }
}
