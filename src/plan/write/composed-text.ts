import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import type { ComposedOperation } from "../completion/compositions.ts";

/** What the text of a call is made of that calls functions. */
export interface ComposedText extends ComposedOperation {
  /** How many values each function answers with. */
  readonly counts: readonly (number | null)[];
  /** The functions that do nothing but start one operation, and where they do. */
  readonly direct: ReadonlyMap<FunctionNode, TSESTree.Node>;
  /** The functions whose code becomes the body of a loop. */
  readonly inlined: ReadonlySet<FunctionNode>;
}

/** Names for what is declared in the place of a call. */
export interface Naming {
  /** Takes a name if it means nothing there. */
  readonly take: (name: string) => boolean;
  /** One of some names, or the last with a number. */
  readonly fresh: (candidates: readonly string[]) => string;
}
