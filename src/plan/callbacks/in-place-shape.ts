import type { TSESTree } from "../../ast/source.ts";

/** How a callback's errors relate to the try around its Begin. */
export type Boundary =
  /** There is no try around the Begin. */
  | "none"
  /** The try around the Begin has the same handler as the one that is the callback's whole body: they become one. */
  | "same-handler"
  /** The callback lets nothing out, so it may stand inside the other try. */
  | "contained";

/** The place for a callback's body: what decides whether it may continue where its operation begins. */
export interface InPlace {
  readonly statement: TSESTree.Statement;
  readonly boundary: Boundary;
}
