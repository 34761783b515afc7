import type { TSESTree } from "../../ast/source.ts";
import type { ClassNode } from "../../recognize/classes.ts";
import type { ResetEvent } from "../../recognize/waits/reset-events.ts";
import { contains } from "../../ast/flow.ts";
import { enclosingOf } from "../../ast/functions.ts";

/** What holds a count, where every place that reads or writes it is seen: a variable, a field, or a member of an object that a constant holds. */
export interface Counter {
  /** The identifiers, or member expressions, that stand for it behind its declaration. */
  readonly uses: ReadonlySet<TSESTree.Node>;
  /** Those of them that give it a value. */
  readonly writes: readonly TSESTree.Node[];
  /** What it holds from the start. */
  readonly initial: TSESTree.Expression | null;
  /** The declaration of the variable, or of the constant that holds the object; `null` for a field. */
  readonly declarator: TSESTree.VariableDeclarator | null;
  /** The class each of whose objects has it as a field. */
  readonly owner: ClassNode | null;
  /** The statement of a constructor that gives a field its first value, before anything else happens. */
  readonly constructed: TSESTree.ExpressionStatement | null;
  /** What goes where nothing counts any more; a variable is swept. */
  readonly member: TSESTree.PropertyDefinition | TSESTree.Property | null;
  /** The `CountdownEvent` that counts itself, and is waited for; `null` where numbers are counted. */
  readonly event: ResetEvent | null;
}

/** Whether a place reaches into an object past what the compiler checks: `loader["pending"]`, `(loader as any).pending`. */
export function isForced(node: TSESTree.Node): boolean {
  return (
    node.type === "MemberExpression" &&
    (node.computed || node.object.type === "TSAsExpression" || node.object.type === "TSTypeAssertion")
  );
}

export function isExported(declarator: TSESTree.VariableDeclarator): boolean {
  return declarator.parent.parent.type === "ExportNamedDeclaration";
}

/** Whether a counter is declared in a unit of its own, outside of its loops: each run has one. */
export function isDeclaredIn(unit: TSESTree.Node, { declarator }: Counter): boolean {
  return declarator !== null && contains(unit, declarator) && enclosingOf(declarator) === unit;
}
