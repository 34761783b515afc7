import type { Variable } from "@typescript-eslint/scope-manager";
import type { TSESTree } from "../../src/ast/source.ts";
import { isExport, nodesOf, type Draft } from "./respelling.ts";

type Plain = TSESTree.FunctionDeclaration | TSESTree.FunctionExpression;

/** Makes an arrow function of each function that can be one: functions of statements become constants where nothing uses them earlier. */
export function toArrows(draft: Draft): void {
  const { edits, text, tokens } = draft;
  for (const node of nodesOf(draft)) {
    if (node.type !== "FunctionDeclaration" && node.type !== "FunctionExpression") continue;
    if (!mayBeArrow(node, draft)) continue;
    const paren = tokens.find(({ range, value }) => range[0] >= headEnd(node) && value === "(")!;
    const open = node.typeParameters?.range[0] ?? paren.range[0];
    const async = node.async ? "async " : "";
    const name = node.type === "FunctionDeclaration" ? `const ${node.id!.name} = ` : "";
    edits.update(node.range[0], open, `${name}${async}`);
    edits.appendLeft(node.body.range[0], "=> ");
    if (node.type === "FunctionDeclaration") edits.appendRight(node.range[1], ";");
    else if (mustBeInParentheses(node)) {
      edits.prependRight(node.range[0], "(");
      edits.appendLeft(node.range[1], ")");
    }
  }
  void text;
}

function headEnd(node: Plain): number {
  return node.typeParameters?.range[1] ?? node.id?.range[1] ?? node.range[0];
}

function mustBeInParentheses({ parent, range }: Plain): boolean {
  if (parent.type === "CallExpression" && parent.callee.range[0] === range[0]) return true;
  return !/^(?:VariableDeclarator|CallExpression|NewExpression|Property|AssignmentExpression|ReturnStatement|ArrayExpression)$/u.test(
    parent.type,
  );
}

function mayBeArrow(node: Plain, draft: Draft): boolean {
  const { source } = draft;
  if (node.generator || node.params.some((param) => param.type === "Identifier" && param.name === "this")) return false;
  if (node.returnType?.typeAnnotation.type === "TSTypePredicate") return false;
  if (usesOwn(node, draft)) return false;
  if (node.parent.type === "MethodDefinition" || node.parent.type === "TSAbstractMethodDefinition") return false;
  if (node.parent.type === "Property" && (node.parent.method || node.parent.kind !== "init")) return false;
  if (source.filePath.endsWith("x") && node.typeParameters) return false;
  if (node.type === "FunctionExpression") return node.id === null;
  if (node.parent.type === "ExportDefaultDeclaration" || node.id === null) return false;
  const variable = source.scopeManager.getDeclaredVariables(node)[0]!;
  const block = isExport(node.parent) ? node.parent.parent : node.parent;
  if (block?.type !== "BlockStatement" && block?.type !== "Program") return false;
  return variable.defs.length === 1 && isUsedBehind(variable, node);
}

function isUsedBehind({ references, defs }: Variable, node: Plain): boolean {
  return defs.length === 1 && references.every(({ identifier }) => identifier.range[0] > node.range[0]);
}

/** Whether a function reads what an arrow function has not, or is called with `new`. */
function usesOwn(node: Plain, { source }: Draft): boolean {
  const scope = source.scopeManager.acquire(node);
  const own = scope?.set.get("arguments");
  if (own !== undefined && own.references.length > 0) return true;
  const [start, end] = node.body.range;
  return /\bthis\b|\bsuper\b|\bnew\.target\b/u.test(source.text.slice(start, end)) || isConstructed(node, source.text);
}

function isConstructed({ id }: Plain, text: string): boolean {
  return id != null && new RegExp(`new ${id.name}\\b|${id.name}\\.prototype`, "u").test(text);
}
