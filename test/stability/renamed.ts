import type { Scope, Variable } from "@typescript-eslint/scope-manager";
import type { TSESTree } from "../../src/ast/source.ts";
import { COMPLETION_NAME } from "../../src/dialects/callback-names.ts";
import { isAtTheTop, isExport, type Draft } from "./respelling.ts";

/** Names that say something: they belong to an operation, or a host has something of the name. */
const TELLING = /^(?:begin|end)(?=[A-Z_])|async$|completed$|^(?:lambda_)?handler$/iu;

/**
 * Gives another name to each variable, function, class and type that a text declares for itself. Members keep theirs, and so does what is
 * offered to others or declared to come from them.
 */
export function renamed({ source, edits, tokens }: Draft): void {
  const taken = new Set(tokens.map(({ value }) => value));
  const visit = (scope: Scope): void => {
    for (const variable of scope.variables) {
      const other = `${variable.name}${/\d$/u.test(variable.name) ? "q" : ""}9`;
      if (!taken.has(other) && mayBeRenamed(variable)) rename(variable, other);
    }
    scope.childScopes.forEach(visit);
  };
  const rename = (variable: Variable, other: string): void => {
    const places = new Set([...variable.identifiers, ...variable.references.map(({ identifier }) => identifier)]);
    for (const place of places) {
      const [start] = place.range;
      const end = start + place.name.length;
      const property = place.parent.type === "AssignmentPattern" ? place.parent.parent : place.parent;
      if (property.type === "Property" && property.shorthand) edits.update(start, end, `${place.name}: ${other}`);
      else edits.update(start, end, other);
    }
  };
  visit(source.scopeManager.scopes[0]!);
}

function mayBeRenamed({ name, defs, identifiers, references }: Variable): boolean {
  return (
    defs.length > 0 &&
    !TELLING.test(name) &&
    // A parameter of such a name is called when the work is done.
    !COMPLETION_NAME.test(name) &&
    name !== "this" &&
    !defs.some(({ node, type }) => String(type) === "ImportBinding" || isFromElsewhere(node)) &&
    // JSX reads the case of a name.
    ![...identifiers, ...references.map(({ identifier }) => identifier)].some(({ type }) => type !== "Identifier") &&
    !references.some(({ identifier }) => /^(?:Export|TSExport)/u.test(identifier.parent.type))
  );
}

function isFromElsewhere(node: TSESTree.Node): boolean {
  for (let at: TSESTree.Node | undefined = node; at?.type !== undefined; at = at.parent) {
    if (isAtTheTop(at)) return true;
    if (at.parent && isExport(at.parent)) return isDeclaredBy(node, at);
  }
  return false;
}

function isDeclaredBy(node: TSESTree.Node, declaration: TSESTree.Node): boolean {
  return (
    node === declaration ||
    (declaration.type === "VariableDeclaration" && node.type === "VariableDeclarator" && node.parent === declaration)
  );
}
