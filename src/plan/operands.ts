import type { TSESTree } from "../ast/source.ts";

/** What is evaluated before a part of a node, and within that node. */
export interface Operands {
  /** What is used behind the part: the operands beside it, what is called, the object of the member that is assigned. */
  readonly kept: readonly TSESTree.Node[];
  /** What has been used up before: a condition, the other expressions of a sequence, other variables of a declaration. */
  readonly passed: readonly TSESTree.Node[];
  /** Whether the part is evaluated whenever the node is. */
  readonly isSure: boolean;
}

const NONE: Operands = { kept: [], passed: [], isSure: true };

/** What is evaluated before `child`, a part of an expression or of the head of a statement; `null` for any other node. */
export function operandsBefore(child: TSESTree.Node, node: TSESTree.Node): Operands | null {
  switch (node.type) {
    case "CallExpression":
    case "NewExpression":
      if (child === node.callee) return NONE;
      return {
        kept: [node.callee, ...earlier(node.arguments, child)],
        passed: [],
        isSure: node.type === "NewExpression" || !isOptionalChain(node),
      };
    case "TaggedTemplateExpression":
      return child === node.tag ? NONE : { ...NONE, kept: [node.tag] };
    case "MemberExpression":
      return child === node.object ? NONE : { kept: [node.object], passed: [], isSure: !isOptionalChain(node) };
    case "AssignmentExpression":
      return child === node.left ? NONE : beforeAssigned(node);
    case "BinaryExpression":
      return child === node.left ? NONE : { ...NONE, kept: [node.left] };
    case "LogicalExpression":
      return child === node.left ? NONE : { kept: [], passed: [node.left], isSure: false };
    case "ConditionalExpression":
      return child === node.test ? NONE : { kept: [], passed: [node.test], isSure: false };
    case "TemplateLiteral":
      return { ...NONE, kept: earlier(node.expressions, child) };
    case "ArrayExpression":
      return { ...NONE, kept: earlier(node.elements, child).filter((element) => element !== null) };
    case "ObjectExpression":
      return {
        ...NONE,
        kept: earlier(node.properties, child).flatMap<TSESTree.Node>((property) =>
          property.type === "SpreadElement"
            ? [property]
            : [...(property.computed ? [property.key] : []), property.value],
        ),
      };
    case "Property":
      return child === node.value && node.computed ? { ...NONE, kept: [node.key] } : NONE;
    case "SequenceExpression":
      return { ...NONE, passed: earlier(node.expressions, child) };
    case "VariableDeclaration":
      return {
        ...NONE,
        passed: earlier(node.declarations, child).flatMap(({ init }) => (init === null ? [] : [init])),
      };
    case "VariableDeclarator":
      return child === node.init ? NONE : null;
    case "IfStatement":
      return child === node.test ? NONE : null;
    case "SwitchStatement":
      return child === node.discriminant ? NONE : null;
    case "ForStatement":
      return child === node.init ? NONE : null;
    case "ForInStatement":
    case "ForOfStatement":
      return child === node.right ? NONE : null;
    case "AwaitExpression":
    case "ChainExpression":
    case "ExportDefaultDeclaration":
    case "ExportNamedDeclaration":
    case "ExpressionStatement":
    case "ImportExpression":
    case "ReturnStatement":
    case "SpreadElement":
    case "TSAsExpression":
    case "TSInstantiationExpression":
    case "TSNonNullExpression":
    case "TSSatisfiesExpression":
    case "TSTypeAssertion":
    case "ThrowStatement":
    case "UnaryExpression":
      return NONE;
    default:
      return null;
  }
}

/** What an assignment evaluates before its right side: all of the target that is read, or the object and key by which it is found. */
function beforeAssigned({ left, operator }: TSESTree.AssignmentExpression): Operands {
  if (/^(?:&&|\|\||\?\?)=$/.test(operator)) return { kept: [], passed: [left], isSure: false };
  if (operator !== "=") return { ...NONE, kept: [left] };
  if (left.type !== "MemberExpression") return NONE;
  return { ...NONE, kept: left.computed ? [left.object, left.property] : [left.object] };
}

/** Whether a `?.` in a call or member, or in what it is reached by, may keep the rest from being evaluated. */
export function isOptionalChain(node: TSESTree.Node): boolean {
  switch (node.type) {
    case "CallExpression":
      return node.optional || isOptionalChain(node.callee);
    case "MemberExpression":
      return node.optional || isOptionalChain(node.object);
    case "TSNonNullExpression":
      return isOptionalChain(node.expression);
    default:
      return false;
  }
}

function earlier<T>(parts: readonly T[], part: unknown): T[] {
  return parts.slice(0, parts.indexOf(part as T));
}
