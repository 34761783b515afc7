import { lineBreakOf, lineStart } from "../../ast/lines.ts";
import { moduleBindingOf } from "../../ast/modules.ts";
import { unwrap } from "../../ast/names.ts";
import { variableOf } from "../../ast/scopes.ts";
import { textOf, type Source, type TSESTree } from "../../ast/source.ts";
import type { DescribedOperation } from "../../recognize/operations/operation.ts";
import { leadingComments, terminator } from "../layout.ts";
import type { NameSource } from "../naming.ts";
import type { TextEdit } from "../types.ts";
import type { Part } from "./text.ts";

/** What is awaited instead of a call with a callback, and what has to be imported for it. */
export interface AwaitedCall {
  readonly parts: readonly Part[];
  readonly imported: TextEdit | null;
}

/** What a file has imported for awaitable forms, by module and name. */
export type Imports = Map<string, Imported | null>;

interface Imported {
  readonly name: string;
  readonly edit: TextEdit | null;
}

/** Writes the awaitable form of an operation. `null` where the file has no place from which to import what it needs. */
export function awaitedCall(
  source: Source,
  names: NameSource,
  imports: Imports,
  operation: DescribedOperation,
  indent: string,
): AwaitedCall | null {
  const imported = (module: string, name: string): Imported | null => {
    const key = `${module} ${name}`;
    if (!imports.has(key)) imports.set(key, importedName(source, names, operation, module, name));
    return imports.get(key)!;
  };
  const { call, form, inputs, name } = operation;
  const callee = unwrap(call.callee);
  const last = inputs.at(-1);
  const given: Part[] =
    inputs[0] === undefined || last === undefined
      ? []
      : [{ range: [inputs[0].range[0], last.range[1]], inside: call, indent }];
  const written = (text: string, imported: TextEdit | null = null): AwaitedCall => ({
    parts: [`${text}(`, ...given, ")"],
    imported,
  });
  const { awaited } = form;
  switch (awaited.kind) {
    case "member": {
      // The module is at hand under the name by which it was called.
      if (callee.type === "MemberExpression") return written(`${textOf(source, callee.object)}.${awaited.of}.${name}`);
      const [from] = operation.dialect.modules;
      const module = boundName(source, from!, null);
      if (module !== null) return written(`${module}.${awaited.of}.${name}`);
      const owner = imported(from!, awaited.of);
      return owner === null ? null : written(`${owner.name}.${name}`, owner.edit);
    }
    case "promisify": {
      const promisify = imported("util", "promisify");
      return promisify === null ? null : written(`${promisify.name}(${textOf(source, call.callee)})`, promisify.edit);
    }
  }
}

/** The name of an export of a module: the one that the file has for it, or a new one with the import that declares it. */
function importedName(
  source: Source,
  names: NameSource,
  { call, dialect }: DescribedOperation,
  module: string,
  name: string,
): Imported | null {
  const known = boundName(source, module, name);
  if (known !== null) return { name: known, edit: null };
  const declared = declarationOf(source, call, dialect.modules);
  if (declared === null) return null;
  const { statement, isRequired, specifier } = declared;
  const local = names.unique(source.ast, [name, `${dialect.modules[0]!.replace(/\W.*/, "")}${capital(name)}`]);
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
function boundName(source: Source, module: string, name: string | null): string | null {
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
