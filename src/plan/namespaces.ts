import { entityName, memberName, wrapped } from "../ast/names.ts";
import { variableOf, type Variable } from "../ast/scopes.ts";
import type { Source, TSESTree } from "../ast/source.ts";
import type { Context } from "../recognize/context.ts";
import { usageAt, usagesOfVariable, type Usage } from "./usage.ts";

/** The names of a TypeScript namespace, from the outermost on, and its outermost declaration. */
interface Namespace {
  readonly path: readonly string[];
  readonly outermost: TSESTree.TSModuleDeclaration;
}

/** The namespace that exports a variable, or `null`. */
export function namespaceOf({ defs }: Variable): Namespace | null {
  for (const { node } of defs) {
    const statement = node.type === "VariableDeclarator" ? node.parent : (node as TSESTree.Node);
    const block = statement.parent?.type === "ExportNamedDeclaration" ? statement.parent.parent : undefined;
    if (block?.type === "TSModuleBlock") return namespaceOfBlock(block);
  }
  return null;
}

function namespaceOfBlock(block: TSESTree.TSModuleBlock): Namespace | null {
  let path: readonly string[] = [];
  let outermost: TSESTree.TSModuleDeclaration | null = null;
  for (let node: TSESTree.Node | undefined | null = block; node; node = node.parent) {
    if (node.type !== "TSModuleDeclaration") continue;
    const name = node.id.type === "Literal" ? null : entityName(node.id);
    if (name === null) return null;
    path = [...name.split("."), ...path];
    outermost = node;
  }
  return outermost === null ? null : { path, outermost };
}

/**
 * The uses of what a namespace exports by its qualified name, by an alias, and by its own name in another part of the namespace. Where the
 * namespace itself is passed on, it cannot be told who uses it.
 */
export function usagesInNamespaces({ source }: Context, variable: Variable): Usage[] {
  const namespace = namespaceOf(variable);
  if (namespace === null) return [];
  const { outermost, path } = namespace;
  const usages: Usage[] = [];
  const isModule = source.ast.body.some(({ type }) => /^(?:Import|Export)/.test(type));
  if (!isModule || outermost.parent.type === "ExportNamedDeclaration") usages.push({ kind: "export", node: outermost });
  for (const scope of source.scopeManager.scopes) {
    for (const { identifier, resolved } of scope.references) {
      const node = identifier as TSESTree.Node;
      if (node.type !== "Identifier") continue;
      if (node.name === variable.name && resolved !== variable && isMergedUse(node, resolved, path))
        usages.push(usageAt(wrapped(node)));
      const index = path.indexOf(node.name);
      const isNamespace = resolved === null || resolved.defs.some(({ type }) => String(type) === "TSModuleName");
      if (index >= 0 && isNamespace)
        for (const usage of usagesBehind(source, node, [...path.slice(index + 1), variable.name])) usages.push(usage);
    }
  }
  return usages;
}

/** Whether a name stands in another part of the namespace, where it means what that exports. */
function isMergedUse(
  node: TSESTree.Identifier,
  resolved: Variable | null | undefined,
  path: readonly string[],
): boolean {
  for (let block: TSESTree.Node | undefined | null = node; block; block = block.parent) {
    if (block.type !== "TSModuleBlock") continue;
    const [declared] = resolved?.identifiers ?? [];
    if (declared !== undefined && block.range[0] <= declared.range[0] && declared.range[1] <= block.range[1])
      return false;
    if (namespaceOfBlock(block)?.path.join() === path.join()) return true;
  }
  return false;
}

/** The uses of a member, at the end of a path of names, behind a node that stands for the namespace. */
function usagesBehind(source: Source, start: TSESTree.Identifier, rest: readonly string[]): Usage[] {
  let current: TSESTree.Node = start;
  for (const [index, name] of rest.entries()) {
    const outer: TSESTree.Node = wrapped(current);
    const { parent } = outer;
    if (parent?.type === "MemberExpression" && parent.object === outer) {
      const member = memberName(parent);
      if (member === null) return [{ kind: "unknown", node: parent }];
      if (member !== name) return [];
      current = parent;
    } else if (parent?.type === "TSQualifiedName" && parent.left === outer) {
      if (parent.right.name !== name) return [];
      current = parent;
    } else return usagesOfNamespace(source, outer, rest.slice(index));
  }
  const alias = aliasOf(source, current);
  if (alias !== null) return usagesOfVariable(alias);
  return current.type === "TSQualifiedName" ? [] : [usageAt(wrapped(current))];
}

/** What becomes of a namespace that is named as a whole. */
function usagesOfNamespace(source: Source, node: TSESTree.Node, rest: readonly string[]): Usage[] {
  const alias = aliasOf(source, node);
  if (alias !== null)
    return alias.references.flatMap(({ identifier }) =>
      identifier.type === "Identifier" ? usagesBehind(source, identifier, rest) : [],
    );
  const usage = usageAt(node);
  if (usage.kind === "export") return [usage];
  // The type of it says nothing at run time.
  return /^TS/.test(node.parent?.type ?? "") ? [] : [{ kind: "unknown", node }];
}

/** The variable of `import alias = path`, where a node is that path. */
function aliasOf(source: Source, node: TSESTree.Node): Variable | null {
  const { parent } = node;
  return parent?.type === "TSImportEqualsDeclaration" && parent.moduleReference === node
    ? variableOf(source, parent.id)
    : null;
}
