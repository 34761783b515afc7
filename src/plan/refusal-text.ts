/** The words of a refusal. */
export interface RefusalText {
  /** What stands in the way, as a sentence. `{{name}}` is filled in. */
  readonly message: string;
  /** What the user can do. */
  readonly hint: string;
}
