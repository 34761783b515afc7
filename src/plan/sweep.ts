import { countLeading } from "../count-leading.ts";
import type { Variable } from "../ast/scopes.ts";
import type { Source, TSESTree } from "../ast/source.ts";
import { mapOffset } from "./edit-offsets.ts";
import { removalRange } from "./layout.ts";
import type { Range, TextEdit } from "./types.ts";

/** Every variable of a file by the offset of its first name. */
export function variablesOf(source: Source): Map<number, Variable> {
  const found = new Map<number, Variable>();
  for (const scope of source.scopeManager.scopes) {
    for (const variable of scope.variables) {
      const [identifier] = variable.identifiers;
      if (identifier !== undefined && variable.identifiers.length === 1) found.set(identifier.range[0], variable);
    }
  }
  return found;
}

/** Whether a variable is of a kind that the migration may leave unused: an import, or a declared variable without effects. */
export function isSweepable(variable: Variable, handles: ReadonlySet<Variable>): boolean {
  const [definition] = variable.defs;
  if (variable.defs.length !== 1 || definition === undefined) return false;
  if (String(definition.type) === "ImportBinding") return definition.node.type !== "TSImportEqualsDeclaration";
  const declarator = definition.node;
  if (declarator.type !== "VariableDeclarator" || declarator.id.type !== "Identifier") return false;
  if (declarator.parent.parent.type === "ExportNamedDeclaration" || !/^(?:const|let|var)$/.test(declarator.parent.kind))
    return false;
  return handles.has(variable);
}

/**
 * What the edits leave unused: imports, the variables of handles, events and delegates. Nothing counts that was unused before.
 *
 * @param after the edited text, parsed
 * @param handles the variables that held handles and events of migrated operations
 */
export function unusedVariables(
  before: Source,
  edits: readonly TextEdit[],
  after: Source,
  handles: ReadonlySet<Variable>,
): Variable[] {
  const remaining = variablesOf(after);
  const unused: Variable[] = [];
  for (const [offset, variable] of variablesOf(before)) {
    if (variable.references.length === 0 || !isSweepable(variable, handles)) continue;
    const now = mapOffset(edits, offset);
    const left = now === null ? undefined : remaining.get(now);
    // A declaration's own initialiser is a reference too, but no use.
    if (
      left !== undefined &&
      left.name === variable.name &&
      left.references.every((reference) => reference.init === true)
    )
      unused.push(variable);
  }
  return unused;
}

/** Edits, and with them the removals of variables. What is removed takes along what was edited inside it, but what several plans share. */
export function withRemovals(source: Source, edits: readonly TextEdit[], unused: ReadonlySet<Variable>): TextEdit[] {
  const swept = removals(source, [...unused]);
  const ordered = swept.toSorted((a, b) => a.range[0] - b.range[0]);
  const kept = edits.flatMap((edit) => {
    const around = ordered[countLeading(ordered, ({ range }) => range[0] <= edit.range[0]) - 1];
    if (around === undefined || around.range[1] <= edit.range[0]) return [edit];
    return edit.isShared === true ? [{ ...edit, range: [around.range[0], around.range[0]] as const }] : [];
  });
  return [...kept, ...swept];
}

/** The edits that remove variables: whole statements, or their parts of a list. */
function removals(source: Source, unused: readonly Variable[]): TextEdit[] {
  const lists = new Map<TSESTree.ImportDeclaration | TSESTree.VariableDeclaration, Set<TSESTree.Node>>();
  for (const variable of unused) {
    const { node } = variable.defs[0]!;
    const owner = (node as TSESTree.Node).parent as TSESTree.ImportDeclaration | TSESTree.VariableDeclaration;
    if (!lists.has(owner)) lists.set(owner, new Set());
    lists.get(owner)!.add(node);
  }
  const wholly = [...lists].flatMap(([owner, gone]) =>
    itemsOf(owner).every((item) => gone.has(item)) ? [owner as TSESTree.Node] : [],
  );
  return [...lists].flatMap(([owner, gone]) => {
    const items = itemsOf(owner);
    if (wholly.includes(owner)) {
      const isFirst = owner.parent.type === "Program" && owner.parent.body[0] === owner;
      return [{ range: removalRange(source, owner, isFirst ? "keep" : "remove", new Set(wholly)), text: "" }];
    }
    return listRemovals(source, owner, items, gone);
  });
}

function itemsOf(owner: TSESTree.ImportDeclaration | TSESTree.VariableDeclaration): readonly TSESTree.Node[] {
  return owner.type === "ImportDeclaration" ? owner.specifiers : owner.declarations;
}

function listRemovals(
  source: Source,
  owner: TSESTree.Node,
  items: readonly TSESTree.Node[],
  gone: ReadonlySet<TSESTree.Node>,
): TextEdit[] {
  const named = items.filter((item) => item.type === "ImportSpecifier");
  // `import a, { B } from "m"` without B loses its braces as well.
  if (named.length > 0 && named.length < items.length && named.every((item) => gone.has(item))) {
    const outside = items.find((item) => item.type !== "ImportSpecifier")!;
    const close = source.text.indexOf("}", named.at(-1)!.range[1]) + 1;
    if (!gone.has(outside)) return [{ range: [outside.range[1], close], text: "" }];
  }
  const list = owner.type === "ImportDeclaration" ? named : items;
  const kept = list.filter((item) => !gone.has(item));
  const edits: TextEdit[] = [];
  for (const [index, item] of list.entries()) {
    if (!gone.has(item)) continue;
    const isLeading = kept.length > 0 && item.range[0] < kept[0]!.range[0];
    const range: Range = isLeading
      ? [item.range[0], list[index + 1]!.range[0]]
      : [list[index - 1]!.range[1], item.range[1]];
    edits.push({ range, text: "" });
  }
  const outside = items.find((item) => item.type !== "ImportSpecifier" && gone.has(item));
  if (outside !== undefined && named.length > 0)
    edits.push({ range: [outside.range[0], source.text.indexOf("{", outside.range[1])], text: "" });
  return edits;
}
