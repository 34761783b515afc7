/** A value of the outcome, and the name under which the rewritten handler has it. */
export interface NamedValue {
  readonly member: string;
  readonly name: string;
  /** The member of what is awaited that has it; `null` where it is what is awaited. */
  readonly key: string | null;
}
