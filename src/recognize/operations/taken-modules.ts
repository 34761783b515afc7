import { moduleBindingOf } from "../../ast/modules.ts";
import { memberName, unwrap } from "../../ast/names.ts";
import { variableOf, type Variable } from "../../ast/scopes.ts";
import type { Source, TSESTree } from "../../ast/source.ts";
import type { Context } from "../context.ts";
import { describedOperationsOf } from "./described-operations.ts";
import type { DescribedOperation } from "./operation.ts";

/** A variable that holds a module, which is called as a function, and the name that declares it. */
export interface TakenModule {
  readonly variable: Variable;
  /** The name in `const x = require("x")` or `import x from "x"`. */
  readonly declared: TSESTree.Identifier;
}

/**
 * The variable through which an operation calls its module, if the operation as an export of that name can take its place: it is only called,
 * or read for members that the export has as well. `null` where that is not seen.
 */
export function takenModule(context: Context, { call, form }: DescribedOperation): TakenModule | null {
  const { source } = context;
  const members = form.dropped?.self?.members;
  const callee = unwrap(call.callee);
  const variable = callee.type === "Identifier" ? variableOf(source, callee) : null;
  if (variable === null || members === undefined) return null;
  const declared = declaredAlone(source, variable);
  if (declared === null) return null;
  const calls = new Set<TSESTree.Node>(describedOperationsOf(context).map((operation) => operation.call));
  const isFit = variable.references.every(({ identifier, init }) => {
    const name = identifier as TSESTree.Node;
    return (
      init === true || isRead(name, members) || (isCallee(name) && (calls.has(name.parent) || isAwaited(name.parent)))
    );
  });
  return isFit ? { variable, declared } : null;
}

/** The name of a variable that nothing but its declaration takes from a module, and the module alone. */
function declaredAlone(source: Source, { defs }: Variable): TSESTree.Identifier | null {
  const [definition] = defs;
  if (definition === undefined || defs.length > 1) return null;
  const node = definition.node as TSESTree.Node;
  if (node.type === "ImportDefaultSpecifier") {
    const { importKind, specifiers } = node.parent;
    return importKind !== "type" && specifiers.length === 1 ? node.local : null;
  }
  if (node.type !== "VariableDeclarator" || node.id.type !== "Identifier" || node.init === null) return null;
  const required = unwrap(node.init);
  const isModule = required.type === "CallExpression" && moduleBindingOf(source, required)?.name === null;
  return isModule && node.id.typeAnnotation == null ? node.id : null;
}

function isRead(name: TSESTree.Node, members: readonly string[]): boolean {
  const { parent } = name;
  return parent?.type === "MemberExpression" && parent.object === name && members.includes(memberName(parent) ?? "");
}

function isCallee(name: TSESTree.Node): name is TSESTree.Node & { readonly parent: TSESTree.CallExpression } {
  return name.parent?.type === "CallExpression" && name.parent.callee === name;
}

/** Whether a call is surely given no callback, so that the promise of what takes the module's place is what it wants. */
function isAwaited({ arguments: given }: TSESTree.CallExpression): boolean {
  const last = given.at(-1);
  return last !== undefined && last.type !== "SpreadElement" && (given.length === 1 || isData(unwrap(last)));
}

function isData({ type }: TSESTree.Node): boolean {
  return type === "ObjectExpression" || type === "Literal" || type === "TemplateLiteral";
}
