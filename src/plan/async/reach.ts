import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import type { Context } from "../../recognize/context.ts";
import type { RefusalCode } from "../codes.ts";
import { isDeclaredAbove, mayOverride } from "./overrides.ts";
import { isMemberTypedFromOutside, isTypedFromOutside } from "./signatures.ts";
import type { Usage } from "../usage.ts";
import { usagesOf } from "../usages.ts";

/** What can be seen of functions: by their names in one file, or by the type checker in a project. */
export interface Reach {
  /** The file that a node belongs to. */
  contextOf(node: TSESTree.Node): Context;
  /** The files in sight whose text is meant. */
  contextsWith(isMeant: (text: string) => boolean): readonly Context[];
  /** Whether the top level of a file may await. */
  mayAwaitAtTop(context: Context): boolean;
  /** Whether other modules may import a file, and so run beside it once it awaits at its top level. */
  mayBeImported(context: Context): boolean;
  /** Every use of a function. */
  usagesOf(fn: FunctionNode): readonly Usage[];
  /** What keeps a function from giving a promise because of what is declared elsewhere. */
  bondOf(fn: FunctionNode): RefusalCode | null;
  /** Whether what a file exports may change for whoever imports it out of sight. */
  readonly mayChangeExports: boolean;
  /**
   * Whether all uses of a function are in sight and nothing else must take what it takes, so that its parameters may change.
   *
   * @param along signatures that change with it
   */
  isClosed(fn: FunctionNode, along?: ReadonlySet<TSESTree.Node>): boolean;
  /** Functions and signatures that must give what this function gives: what it overrides and implements, and what does so with it. */
  kinOf(fn: FunctionNode): {
    readonly functions: readonly FunctionNode[];
    readonly signatures: readonly TSESTree.Node[];
  };
}

/** What one file shows. */
export function reachOfFile(context: Context): Reach {
  return {
    contextOf: () => context,
    contextsWith: (isMeant) => (isMeant(context.source.text) ? [context] : []),
    mayAwaitAtTop: isModule,
    // A file that offers nothing is what a program starts with.
    mayBeImported: ({ source }) => source.ast.body.some(({ type }) => type.startsWith("Export")),
    usagesOf: (fn) => usagesOf(context, fn),
    bondOf: (fn) => (mayOverride(context, fn) || isTypedFromOutside(fn) ? "may-override" : null),
    mayChangeExports: false,
    // What the file offers to others shows among the uses; the type of a constant or field goes with its function.
    isClosed: (fn) => !isDeclaredAbove(context, fn) && !isMemberTypedFromOutside(fn),
    kinOf: () => ({ functions: [], signatures: [] }),
  };
}

/** Whether the top level of a file may await: it is a module, by its ending or by what stands in it. */
export function isModule({ source }: Context): boolean {
  if (/\.m[jt]s$/i.test(source.filePath)) return true;
  if (/\.c[jt]s$/i.test(source.filePath)) return false;
  return source.ast.body.some(
    (statement) => statement.type.startsWith("Import") || statement.type.startsWith("Export"),
  );
}
