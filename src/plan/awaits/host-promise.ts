import { lineBreakOf } from "../../ast/lines.ts";
import { unwrap, dottedName } from "../../ast/names.ts";
import { textOf, type Source, type TSESTree } from "../../ast/source.ts";
import type { Context } from "../../recognize/context.ts";
import { semicolon } from "../layout.ts";
import type { TextEdit } from "../types.ts";
import { nodesOf } from "../../ast/node-index.ts";

/** A module's export that a file has to import. */
export interface Import {
  readonly name: string;
  readonly from: string;
}

/** The text of an expression that can be awaited, and the import that it needs. */
export interface AwaitableText {
  readonly text: string;
  readonly needsImport: Import | null;
}

/** The promise of a task as the file's host makes one of the task's text; `null` on hosts that have no dependable way. */
export function hostPromise(context: Context, task: string): AwaitableText | null {
  const { taskToPromise: way } = context.host;
  switch (way.kind) {
    case "none":
      return { text: task, needsImport: null };
    case "method":
      return { text: `${task}.${way.name}()`, needsImport: null };
    case "call": {
      const helper = helperInScope(context);
      return { text: `${helper.text}(${task})`, needsImport: helper.needsImport };
    }
    case "never":
      return null;
  }
}

/** The edit that adds an import behind the last one, or before everything else. */
export function importEdit(source: Source, { name, from }: Import): TextEdit {
  const { ast, text } = source;
  const lastImport = ast.body.filter((statement) => statement.type === "ImportDeclaration").at(-1);
  const line = `import { ${name} } from "${from}"${semicolon(source)}`;
  if (lastImport !== undefined)
    return { range: [lastImport.range[1], lastImport.range[1]], text: `${lineBreakOf(text)}${line}` };
  const start = ast.body[0]!.range[0];
  return { range: [start, start], text: `${line}${lineBreakOf(text)}` };
}

/** The text of an expression as the operand of `await` or the object of a member: in parentheses unless it binds as tightly. */
export function operandText(source: Source, expression: TSESTree.Node): string {
  const isTight = /^(?:Identifier|(?:Member|Call|New|This|TSNonNull)Expression|TaggedTemplateExpression)$/.test(
    expression.type,
  );
  const isTightChain =
    expression.type === "ChainExpression" && /^(?:Member|Call)Expression$/.test(unwrap(expression).type);
  return isTight || isTightChain ? textOf(source, expression) : `(${textOf(source, expression)})`;
}

/** How the file reaches the host's helper: imported or destructured under its name, a member of an object in use, else an import to add. */
export function helperInScope(context: Context): { text: string; needsImport: { name: string; from: string } | null } {
  const { taskToPromise } = context.host;
  if (taskToPromise.kind !== "call") throw new TypeError("The host has no helper function.");
  const { source } = context;
  const { helper, owners, from, needsImport } = taskToPromise;
  const moduleScope =
    source.scopeManager.scopes.find((scope) => scope.type === "module") ?? source.scopeManager.scopes[0]!;
  if ((moduleScope.set.get(helper)?.defs.length ?? 0) > 0) return { text: helper, needsImport: null };
  const used = owners.find(
    (owner) =>
      (moduleScope.set.get(owner)?.defs.length ?? 0) > 0 ||
      nodesOf(source)
        .of("MemberExpression")
        .some((member) => dottedName(member)?.startsWith(`${owner}.${helper}`)),
  );
  if (used !== undefined) return { text: `${used}.${helper}`, needsImport: null };
  return needsImport && moduleScope.type === "module"
    ? { text: helper, needsImport: { name: helper, from } }
    : { text: `${owners[0]!}.${helper}`, needsImport: null };
}
