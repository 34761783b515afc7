import type { TSESTree } from "./source.ts";

/**
 * Parts that a tree may lack. What is not written is `undefined` in the trees of typescript-eslint, `null` in those of oxlint, and no
 * property at all in those of espree, which knows no types: such a part is asked for with `?.` or `== null`, and a list of such here.
 */

/** The decorators of a class, a member or a parameter. */
export function decoratorsOf(node: {
  readonly decorators?: readonly TSESTree.Decorator[] | null;
}): readonly TSESTree.Decorator[] {
  return node.decorators ?? [];
}

/** What a class says it implements. */
export function implementedBy(node: {
  readonly implements?: readonly TSESTree.TSClassImplements[] | null;
}): readonly TSESTree.TSClassImplements[] {
  return node.implements ?? [];
}
