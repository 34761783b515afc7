/** The functions of a file on which its facades stand. */
export interface FacadeHelpers {
  /** Makes a handle of a promise, and calls back when it is complete. */
  readonly handleOf: string;
  /** Gives the outcome of a handle, once. */
  readonly outcomeOf: string;
}
