import { lineBreakOf, lineStart } from "../../ast/lines.ts";
import { moduleBindingOf } from "../../ast/modules.ts";
import { unwrap } from "../../ast/names.ts";
import { variableOf } from "../../ast/scopes.ts";
import type { Source, TSESTree } from "../../ast/source.ts";
import type { DescribedOperation } from "../../recognize/operations/operation.ts";
import type { Context } from "../../recognize/context.ts";
import { takenModule } from "../../recognize/operations/taken-modules.ts";
import { leadingComments, terminator } from "../layout.ts";
import type { NameSource } from "../naming.ts";
import type { TextEdit } from "../types.ts";

/** What a file has imported for awaitable forms, by module and name. */
export type Imports = Map<string, Imported | null>;

export interface Imported {
  readonly name: string;
  readonly edit: TextEdit | null;
}

/** What is taken from a module, and what it may be called where its own name is one of something else. */
export interface Taken {
  readonly module: string;
  readonly name: string;
  readonly locals?: readonly string[];
}

/** The same as `importedName`, once for a file. */
export function importOf(
  source: Source,
  names: NameSource,
  imports: Imports,
  operation: DescribedOperation,
  { locals, module, name }: Taken,
): Imported | null {
  const key = `${module} ${name}`;
  if (!imports.has(key)) imports.set(key, importedName(source, names, operation, module, name, locals));
  return imports.get(key)!;
}

/** The name of an export of a module: the one that the file has for it, or a new one with the import that declares it. */
function importedName(
  source: Source,
  names: NameSource,
  { call, module: origin, start }: DescribedOperation,
  module: string,
  name: string,
  locals?: readonly string[],
): Imported | null {
  const known = boundName(source, module, name);
  if (known !== null) return { name: known, edit: null };
  const modules = start?.kind === "module" ? start.modules : origin === null ? [] : [origin];
  // An object may come from its module by any way.
  const isReached = start?.kind === "made" || variableOf(source, rootOf(call.callee)) !== null;
  const declared = isReached ? declarationOf(source, modules) : null;
  if (declared === null) return null;
  const { statement, isRequired, specifier } = declared;
  const local = names.unique(
    source.ast,
    locals ?? [name, `${modules[0]!.replace(/^\W/, "").replace(/\W.*/, "")}${capital(name)}`],
  );
  const quote = specifier.raw[0]!;
  const from = `${quote}${specifier.value.startsWith("node:") ? "node:" : ""}${module}${quote}`;
  const end = terminator(source, statement);
  const text = isRequired
    ? `const { ${local === name ? name : `${name}: ${local}`} } = require(${from})${end}`
    : `import { ${local === name ? name : `${name} as ${local}`} } from ${from}${end}`;
  const isFirst = source.ast.body[0] === statement;
  const above = isFirst ? undefined : leadingComments(source, statement)[0];
  const at = lineStart(source.text, (above ?? statement).range[0]);
  const listed = nameListOf(source, module, statement, (separator) =>
    local === name ? name : name + separator + local,
  );
  return {
    name: local,
    edit: { range: [at, at], text: text + lineBreakOf(source.text), isShared: true, ...(listed && { listed }) },
  };
}

/**
 * Where a file lists the names that it takes from a module, and what one more is there.
 *
 * @param last the statement before which they have to be there: what is required has its value from there on
 * @param written the name, with what separates it from another one that it is given
 */
function nameListOf(
  source: Source,
  module: string,
  last: TSESTree.Statement,
  written: (separator: string) => string,
): TextEdit["listed"] {
  const isIt = (node: TSESTree.Node | undefined): boolean =>
    node?.type === "Literal" && String(node.value).replace(/^node:/, "") === module;
  for (const statement of source.ast.body) {
    const { range } = statement;
    if (statement.type === "ImportDeclaration" && statement.importKind !== "type" && isIt(statement.source)) {
      const first = statement.specifiers.find(({ type }) => type === "ImportSpecifier");
      if (first !== undefined) return { at: first.range[0], text: `${written(" as ")}, `, statement: range };
    }
    if (statement.type !== "VariableDeclaration" || range[0] > last.range[0]) continue;
    for (const { id, init } of statement.declarations) {
      const required = init === null ? null : unwrap(init);
      const isRequired = required?.type === "CallExpression" && requireIn(required) === required;
      const first = id.type === "ObjectPattern" && isRequired && isIt(required.arguments[0]) ? id.properties[0] : null;
      if (first?.type === "Property") return { at: first.range[0], text: `${written(": ")}, `, statement: range };
    }
  }
  return undefined;
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

/** What has a file take an operation by its name, which has called its module as a function so far. */
export function namedInstead(context: Context, operation: DescribedOperation): TextEdit | null {
  const declared = takenModule(context, operation)?.declared;
  if (declared === undefined) return null;
  const { name, range } = declared;
  const isImported = declared.parent.type === "ImportDefaultSpecifier";
  const renamed = `${operation.name}${isImported ? " as" : ":"} ${name}`;
  return { range, text: `{ ${name === operation.name ? name : renamed} }`, isShared: true };
}

function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

interface ModuleDeclaration {
  readonly statement: TSESTree.Statement;
  readonly isRequired: boolean;
  readonly specifier: { readonly raw: string; readonly value: string };
}

/** The statement of the file that imports or requires one of some modules. */
function declarationOf(source: Source, modules: readonly string[]): ModuleDeclaration | null {
  const isOwn = (node: TSESTree.Node | null | undefined): node is TSESTree.StringLiteral =>
    node?.type === "Literal" && typeof node.value === "string" && modules.includes(node.value.replace(/^node:/, ""));
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
  if (node.type !== "CallExpression") return null;
  const callee = unwrap(node.callee);
  return callee.type === "Identifier" && callee.name === "require" ? node : requireIn(callee);
}
