import { lineBreakOf, lineStart } from "../../ast/lines.ts";
import { moduleBindingOf } from "../../ast/modules.ts";
import { unwrap } from "../../ast/names.ts";
import { variableOf } from "../../ast/scopes.ts";
import type { Source, TSESTree } from "../../ast/source.ts";
import type { DescribedOperation } from "../../recognize/operations/operation.ts";
import { leadingComments, terminator } from "../layout.ts";
import type { NameSource } from "../naming.ts";
import type { TextEdit } from "../types.ts";

/** What a file has imported for awaitable forms, by module and name. */
export type Imports = Map<string, Imported | null>;

export interface Imported {
  readonly name: string;
  readonly edit: TextEdit | null;
}

/** The name of an export of a module: the one that the file has for it, or a new one with the import that declares it. */
export function importedName(
  source: Source,
  names: NameSource,
  { call, start }: DescribedOperation,
  module: string,
  name: string,
): Imported | null {
  const known = boundName(source, module, name);
  if (known !== null) return { name: known, edit: null };
  const modules = start?.kind === "module" ? start.modules : [];
  const declared = declarationOf(source, call, modules);
  if (declared === null) return null;
  const { statement, isRequired, specifier } = declared;
  const local = names.unique(source.ast, [name, `${modules[0]!.replace(/\W.*/, "")}${capital(name)}`]);
  const quote = specifier.raw[0]!;
  const from = `${quote}${specifier.value.startsWith("node:") ? "node:" : ""}${module}${quote}`;
  const end = terminator(source, statement);
  const text = isRequired
    ? `const { ${local === name ? name : `${name}: ${local}`} } = require(${from})${end}`
    : `import { ${local === name ? name : `${name} as ${local}`} } from ${from}${end}`;
  const isFirst = source.ast.body[0] === statement;
  const above = isFirst ? undefined : leadingComments(source, statement)[0];
  const at = lineStart(source.text, (above ?? statement).range[0]);
  return {
    name: local,
    edit: { range: [at, at], text: text + lineBreakOf(source.text), isShared: true },
  };
}

/** The name that a file has at its top level for a module, or for an export of it. */
export function boundName(source: Source, module: string, name: string | null): string | null {
  for (const scope of source.scopeManager.scopes) {
    if (scope.type !== "global" && scope.type !== "module") continue;
    for (const variable of scope.variables) {
      const [identifier] = variable.identifiers;
      const found = identifier === undefined ? null : moduleBindingOf(source, identifier);
      if (found?.module === module && found.name === name) return variable.name;
    }
  }
  return null;
}

function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

interface ModuleDeclaration {
  readonly statement: TSESTree.Statement;
  readonly isRequired: boolean;
  readonly specifier: { readonly raw: string; readonly value: string };
}

/** The statement of the file that imports or requires the module from which a callee comes. */
function declarationOf(
  source: Source,
  call: TSESTree.CallExpression,
  modules: readonly string[],
): ModuleDeclaration | null {
  const isOwn = (node: TSESTree.Node | null | undefined): node is TSESTree.StringLiteral =>
    node?.type === "Literal" && typeof node.value === "string" && modules.includes(node.value.replace(/^node:/, ""));
  const variable = variableOf(source, rootOf(call.callee));
  if (variable === null) return null;
  for (const statement of source.ast.body) {
    if (statement.type === "ImportDeclaration" && statement.importKind !== "type" && isOwn(statement.source))
      return { statement, isRequired: false, specifier: statement.source };
    if (
      statement.type === "TSImportEqualsDeclaration" &&
      statement.moduleReference.type === "TSExternalModuleReference"
    ) {
      const { expression } = statement.moduleReference;
      if (isOwn(expression)) return { statement, isRequired: false, specifier: expression };
    }
    if (statement.type !== "VariableDeclaration") continue;
    for (const { init } of statement.declarations) {
      const required = init === null ? null : requireIn(unwrap(init));
      const [argument] = required?.arguments ?? [];
      if (isOwn(argument)) return { statement, isRequired: true, specifier: argument };
    }
  }
  return null;
}

/** The name with which an expression begins. */
function rootOf(expression: TSESTree.Node): TSESTree.Node {
  const node = unwrap(expression);
  if (node.type === "MemberExpression") return rootOf(node.object);
  return node.type === "CallExpression" ? rootOf(node.callee) : node;
}

/** The call of `require` from which a value is taken. */
function requireIn(node: TSESTree.Node): TSESTree.CallExpression | null {
  if (node.type === "MemberExpression") return requireIn(unwrap(node.object));
  return node.type === "CallExpression" && node.callee.type === "Identifier" && node.callee.name === "require"
    ? node
    : null;
}
