import type { TSESTree } from "../../ast/source.ts";

/** What is wrong with the calls of a completion parameter. */
export type CompletionFault =
  /** Every path from a call goes on to another one. */
  | {
      readonly kind: "again";
      readonly node: TSESTree.Node;
      readonly name: string;
      readonly other: TSESTree.CallExpression;
    }
  /** Every path to a call has passed another one. */
  | {
      readonly kind: "already";
      readonly node: TSESTree.Node;
      readonly name: string;
      readonly other: TSESTree.CallExpression;
    }
  /** What a call throws is caught by a handler that calls again. */
  | {
      readonly kind: "caught";
      readonly node: TSESTree.Node;
      readonly name: string;
      readonly other: TSESTree.CallExpression;
    }
  /** A path that can be taken has no call. */
  | { readonly kind: "never" | "neverElse"; readonly node: TSESTree.Node; readonly name: string };
