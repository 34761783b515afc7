import { memberName, isNothing, unwrap } from "../../ast/names.ts";
import { onlyValueOf, variableOf, writesOf, type Variable } from "../../ast/scopes.ts";
import type { TSESTree } from "../../ast/source.ts";
import { COMPLETE_TASK_FACTORIES, TASK_TYPES } from "../../dialects/tap.ts";
import { declaredType, isNamed, typeNameOf } from "../annotations.ts";
import { memoize, type Context } from "../context.ts";
import { fieldOf } from "../fields.ts";
import { reachOf } from "../begin-end/handle-flow.ts";
import { isProvisional } from "./function-results.ts";
import { natureOfCall, natureOfNew } from "./task-calls.ts";
import { collectionOf, elementSources } from "./task-collections.ts";
import { commonNature, COMPLETE_TASK, NONE, PROMISE, TASK, UNKNOWN, type TaskNature } from "./task-nature.ts";
import { natureOfClass, natureOfNames, natureOfType } from "./task-types.ts";

/**
 * What an expression is: a .NET task, a promise, something only named like one, surely neither, or unknown. Looks at declared
 * types, at what is called or constructed, through variables, fields and the functions of the file; then asks the types, if any.
 */
export const natureOf: (context: Context, expression: TSESTree.Node) => TaskNature = memoize(
  computeNature,
  UNKNOWN,
  isProvisional,
);

function computeNature(context: Context, expression: TSESTree.Node): TaskNature {
  const inner = unwrap(expression);
  const declared = natureOfType(context, declaredType(context, expression));
  // A cast to `any` says nothing; what is cast may say more.
  if (declared === null && inner !== expression) return natureOf(context, inner);
  const value = natureOfValue(context, inner);
  // The annotation says what it is, the value where it comes from.
  const nature =
    declared === null ? value : { ...declared, origin: value.origin, fn: value.fn, isComplete: value.isComplete };
  return nature.kind === "unknown" || nature.kind === "named" ? (natureByTypes(context, expression) ?? nature) : nature;
}

function natureByTypes(context: Context, expression: TSESTree.Node): TaskNature | null {
  if (context.types === null || context.types.isPerhapsAwaitable(expression)) return null;
  const named = natureOfNames(context.types.namesOf(expression));
  if (named !== null) return named;
  const thenable = context.types.isThenable(expression);
  return thenable === "unknown" ? null : thenable === "yes" ? PROMISE : NONE;
}

function natureOfValue(context: Context, node: TSESTree.Node): TaskNature {
  const ask = (expression: TSESTree.Node): TaskNature => natureOf(context, expression);
  switch (node.type) {
    case "CallExpression":
      return { ...natureOfCall(context, node, ask), origin: node };
    case "NewExpression":
      return { ...natureOfNew(context, node, (owner) => natureOfClass(context, owner)), origin: node };
    case "ImportExpression":
      return PROMISE;
    case "Identifier":
      return natureOfVariable(context, node);
    case "MemberExpression":
      return natureOfMember(context, node);
    case "ConditionalExpression":
      return commonNature([node.consequent, node.alternate].filter((branch) => !isNothing(branch)).map(ask));
    case "LogicalExpression":
      return commonNature([node.left, node.right].filter((side) => !isNothing(side)).map(ask));
    case "AssignmentExpression":
      return node.operator === "=" ? ask(node.right) : UNKNOWN;
    case "SequenceExpression":
      return ask(node.expressions.at(-1)!);
    case "ArrayExpression":
    case "ArrowFunctionExpression":
    case "AwaitExpression":
    case "BinaryExpression":
    case "ClassExpression":
    case "FunctionExpression":
    case "Literal":
    case "TemplateLiteral":
    case "UnaryExpression":
    case "UpdateExpression":
      return NONE;
    default:
      return UNKNOWN;
  }
}

function natureOfVariable(context: Context, identifier: TSESTree.Identifier): TaskNature {
  const variable = variableOf(context.source, identifier);
  if (variable === null) return UNKNOWN;
  const value = onlyValueOf(variable) ?? writtenValue(variable, identifier);
  if (value !== null) return natureOf(context, value);
  return natureOfElement(context, identifier);
}

const valuesSeen = new WeakMap<Variable, ReadonlyMap<TSESTree.Node, TSESTree.Node>>();

/** The value that a read of a variable with several writes surely sees. */
function writtenValue(variable: Variable, read: TSESTree.Identifier): TSESTree.Node | null {
  const writes = writesOf(variable);
  // Variables written in many places are hardly ever one task, and every write is compared with every read.
  if (writes.length < 2 || writes.length > 8) return null;
  let seen = valuesSeen.get(variable);
  if (seen === undefined) {
    seen = new Map(
      writes.flatMap(({ identifier, writeExpr }) =>
        writeExpr == null
          ? []
          : reachOf(variable, identifier as TSESTree.Identifier).certain.map((each) => [each, writeExpr] as const),
      ),
    );
    valuesSeen.set(variable, seen);
  }
  return seen.get(read) ?? null;
}

function natureOfMember(context: Context, node: TSESTree.MemberExpression): TaskNature {
  const name = memberName(node);
  if (name !== null && COMPLETE_TASK_FACTORIES.has(name) && isNamed(typeNameOrPath(context, node.object), TASK_TYPES))
    return COMPLETE_TASK;
  if ((name === "Task" || name === "task") && isNamed(typeNameOf(context, node.object), "TaskCompletionSource"))
    return TASK;
  const values = (fieldOf(context, node)?.values ?? []).filter((value) => !isNothing(value));
  if (values.length > 0) return commonNature(values.map((value) => natureOf(context, value)));
  return natureOfElement(context, node);
}

/** The name of what a static member is read of. */
function typeNameOrPath(context: Context, object: TSESTree.Expression): string | null {
  const node = unwrap(object);
  if (node.type === "Identifier") return node.name;
  return node.type === "MemberExpression" ? memberName(node) : typeNameOf(context, object);
}

/** What the elements of a collection are, for an expression that stands for one of them. */
function natureOfElement(context: Context, expression: TSESTree.Node): TaskNature {
  const collection = collectionOf(context, expression);
  if (collection === null) return UNKNOWN;
  const { elementType, elements } = elementSources(context, collection);
  return (
    natureOfType(context, elementType) ??
    (elements === null ? UNKNOWN : commonNature(elements.map((element) => natureOf(context, element))))
  );
}
