/** Thrown for a text that does not parse. The file is never edited; the position says where to look. */
export class ParseError extends Error {
  override readonly name = "ParseError";
  readonly filePath: string;
  /** One-based. */
  readonly line: number;
  /** One-based. */
  readonly column: number;

  constructor(filePath: string, line: number, column: number, message: string, cause?: unknown) {
    super(message, { cause });
    this.filePath = filePath;
    this.line = line;
    this.column = column;
  }
}
