import { isFunction } from "./functions.ts";
import type { TSESTree } from "./source.ts";

/** Whether users of a library can reach what is declared at a node: it is, or belongs to, something that its file exports. */
export function isOffered(declared: TSESTree.Node): boolean {
  let isMember = false;
  for (let node: TSESTree.Node | undefined = declared; node; node = node.parent) {
    if (
      node.type === "MethodDefinition" ||
      node.type === "Property" ||
      node.type === "PropertyDefinition" ||
      node.type.startsWith("TSMethod") ||
      node.type.startsWith("TSProperty") ||
      node.type.startsWith("TSAbstract")
    ) {
      if (
        (node.type === "MethodDefinition" || node.type === "Property" || node.type === "PropertyDefinition") &&
        isHidden(node)
      )
        return false;
      isMember = true;
    }
    // What a function declares is its own, but for the members of what it may return.
    if (node !== declared && isFunction(node) && !isMember) return false;
    if (node.parent?.type === "Program") return isExported(node, node.parent);
  }
  return false;
}

function isExported(statement: TSESTree.Node, { body }: TSESTree.Program): boolean {
  if (/^Export|^TSExportAssignment$/.test(statement.type)) return true;
  const names = new Set(namesOf(statement));
  return body.some((other) => {
    if (other.type === "ExportNamedDeclaration")
      return (
        other.source === null &&
        other.specifiers.some(({ local }) => local.type === "Identifier" && names.has(local.name))
      );
    const exported =
      other.type === "ExportDefaultDeclaration"
        ? other.declaration
        : other.type === "TSExportAssignment"
          ? other.expression
          : null;
    return exported?.type === "Identifier" && names.has(exported.name);
  });
}

function namesOf(statement: TSESTree.Node): string[] {
  if (statement.type === "VariableDeclaration")
    return statement.declarations.flatMap(({ id }) => (id.type === "Identifier" ? [id.name] : []));
  return "id" in statement && statement.id?.type === "Identifier" ? [statement.id.name] : [];
}

/** Whether only the class itself can reach a member. */
export function isHidden(member: TSESTree.MethodDefinition | TSESTree.Property | TSESTree.PropertyDefinition): boolean {
  return member.key.type === "PrivateIdentifier" || (member.type !== "Property" && member.accessibility === "private");
}
