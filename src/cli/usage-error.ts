/** Something the user asked for that cannot be done. The message says what to do instead; the exit code is 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
