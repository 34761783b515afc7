import { nodesOf } from "../ast/node-index.ts";
import type { TSESTree } from "../ast/source.ts";
import type { Context } from "./context.ts";

/** The node kinds that declare a class. */
export type ClassNode = TSESTree.ClassDeclaration | TSESTree.ClassExpression;

/** The classes of a file. */
export function classesOf({ source }: Context): ClassNode[] {
  const index = nodesOf(source);
  return [...index.of("ClassDeclaration"), ...index.of("ClassExpression")];
}

/** The class that a file declares under a name, or `null`. */
export function classNamed(context: Context, name: string | null): ClassNode | null {
  return classesOf(context).find((candidate) => name !== null && candidate.id?.name === name) ?? null;
}
