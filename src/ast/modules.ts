import { keyName, memberName, unwrap } from "./names.ts";
import { nodesOf } from "./node-index.ts";
import { onlyValueOf, variableOf } from "./scopes.ts";
import type { Source, TSESTree } from "./source.ts";

/** What a name was bound to by `import` or `require`. */
export interface ModuleBinding {
  /** The module as written, without a `node:` prefix. */
  readonly module: string;
  /** The export, or `null` for the module itself: its default export, its namespace, what `require` returns. */
  readonly name: string | null;
}

/**
 * The module an expression comes from: an imported name, a `require` call, what either was destructured or const-bound to,
 * a member of such. `null` for anything else.
 */
export function moduleBindingOf(source: Source, expression: TSESTree.Node, depth = 0): ModuleBinding | null {
  const node = unwrap(expression);
  if (depth > 8) return null;
  if (node.type === "CallExpression") return requiredModule(node);
  if (node.type === "MemberExpression")
    return exportOf(moduleBindingOf(source, node.object, depth + 1), memberName(node));
  if (node.type !== "Identifier") return null;
  const definition = variableOf(source, node)?.defs[0];
  switch (definition?.node.type) {
    case "ImportDefaultSpecifier":
    case "ImportNamespaceSpecifier":
      return importedFrom(definition.node.parent, null);
    case "ImportSpecifier": {
      const { imported, parent } = definition.node;
      return importedFrom(parent, imported.type === "Identifier" ? imported.name : imported.value);
    }
    case "TSImportEqualsDeclaration": {
      const { moduleReference } = definition.node;
      return moduleReference.type === "TSExternalModuleReference" && moduleReference.expression.type === "Literal"
        ? binding(moduleReference.expression.value, null)
        : null;
    }
    case "VariableDeclarator": {
      const { id, init } = definition.node;
      if (id.type === "ObjectPattern" && init !== null)
        return exportOf(moduleBindingOf(source, init, depth + 1), keyOf(id, definition.name));
      const value = onlyValueOf(variableOf(source, node)!);
      return value === null ? null : moduleBindingOf(source, value, depth + 1);
    }
    default:
      return null;
  }
}

/** The modules that a file takes something from, without a `node:` prefix: by `import`, `import … = require(…)` or `require`. */
function modulesOf(source: Source): ReadonlySet<string> {
  const index = nodesOf(source);
  return new Set(
    [
      ...index.of("ImportDeclaration").map((node) => binding(node.source.value, null)),
      ...source.ast.body.map((node) =>
        node.type === "TSImportEqualsDeclaration" && node.moduleReference.type === "TSExternalModuleReference"
          ? binding((node.moduleReference.expression as TSESTree.Literal).value, null)
          : null,
      ),
      ...index.of("CallExpression").map((call) => requiredModule(call)),
    ].flatMap((each) => each?.module ?? []),
  );
}

/** Whether a file takes something from one of these modules, or from one below. */
export function takesFrom(source: Source, modules: readonly string[]): boolean {
  const taken = [...modulesOf(source)];
  return modules.some((module) => taken.some((name) => name === module || name.startsWith(`${module}/`)));
}

/** A part of a module, however deep. */
export interface ModuleMember {
  /** The module as written, without a `node:` prefix. */
  readonly module: string;
  /** Its path in there; empty for the module itself. */
  readonly path: string;
}

/** The part of a module that an expression denotes: `DynamoDB.DocumentClient` of `aws-sdk`. `null` for anything else. */
export function moduleMemberOf(source: Source, expression: TSESTree.Node, depth = 0): ModuleMember | null {
  const found = moduleBindingOf(source, expression);
  if (found !== null) return { module: found.module, path: found.name ?? "" };
  const node = unwrap(expression);
  if (depth > 8) return null;
  if (node.type === "MemberExpression") {
    const name = memberName(node);
    const owner = name === null ? null : moduleMemberOf(source, node.object, depth + 1);
    return owner === null ? null : { ...owner, path: owner.path === "" ? name! : `${owner.path}.${name}` };
  }
  const variable = variableOf(source, node);
  const value = variable === null ? null : onlyValueOf(variable);
  return value === null ? null : moduleMemberOf(source, value, depth + 1);
}

function importedFrom(declaration: TSESTree.Node | undefined, name: string | null): ModuleBinding | null {
  return declaration?.type === "ImportDeclaration" ? binding(declaration.source.value, name) : null;
}

function binding(module: unknown, name: string | null): ModuleBinding | null {
  return typeof module === "string"
    ? { module: module.replace(/^node:/, ""), name: name === "default" ? null : name }
    : null;
}

function exportOf(owner: ModuleBinding | null, name: string | null): ModuleBinding | null {
  // A member of an export is no export.
  return owner === null || owner.name !== null || name === null ? null : binding(owner.module, name);
}

/** `require("x")`, also as a method (`Npm.require`). */
function requiredModule(call: TSESTree.CallExpression): ModuleBinding | null {
  const callee = unwrap(call.callee);
  const isRequire =
    (callee.type === "Identifier" && callee.name === "require") ||
    (callee.type === "MemberExpression" && memberName(callee) === "require");
  const [argument] = call.arguments;
  return isRequire && argument?.type === "Literal" ? binding(argument.value, null) : null;
}

/** The key under which a pattern takes a name out of an object. */
function keyOf(pattern: TSESTree.ObjectPattern, name: TSESTree.Node): string | null {
  for (const property of pattern.properties) {
    if (property.type !== "Property") continue;
    const target = property.value.type === "AssignmentPattern" ? property.value.left : property.value;
    if (target === name) return keyName(property);
  }
  return null;
}
