import { dottedName, unwrap, type Callee } from "../../ast/names.ts";
import { onlyValueOf, variableOf, writesOf, type Variable } from "../../ast/scopes.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import { ACTIVE_X_XHR, XHR_TYPE } from "../../dialects/waits.ts";
import { isNamed, typeNameOf } from "../annotations.ts";
import type { Context } from "../context.ts";
import { fieldOf } from "../fields.ts";
import { calledFunction } from "../tasks/called-function.ts";
import { returnsOf } from "../tasks/function-results.ts";
import { isFlag } from "./flags.ts";
import { site } from "./task-waits.ts";
import { isWorkerFile } from "./thread-waits.ts";
import type { WaitSite } from "./wait.ts";

/** `xhr.open(method, url, false)`. */
export function xhrWait(
  context: Context,
  call: TSESTree.CallExpression,
  { receiver, nameNode }: Callee,
): WaitSite | null {
  const flag = call.arguments[2];
  if (receiver === null || flag === undefined || !isFlag(context, flag, false) || isWorkerFile(context)) return null;
  return holds(context, receiver) === "request" ? site("syncXhr", call, nameNode, [receiver]) : null;
}

/** What values are taken from: one that is reached from itself adds none. */
type Source = Variable | FunctionNode | string;

/** What an expression gives, as far as the file shows: a request, nothing, or what may be anything. */
type Held = "request" | "nothing" | "unknown";

function holds(context: Context, expression: TSESTree.Node, around: readonly Source[] = []): Held {
  const node = unwrap(expression);
  const ask = (inner: TSESTree.Node): Held => holds(context, inner, around);
  const askAll = (source: Source, values: readonly (TSESTree.Node | null)[]): Held =>
    // `request = request || new XMLHttpRequest()`
    around.includes(source)
      ? "nothing"
      : common(values.map((value) => (value === null ? "unknown" : holds(context, value, [...around, source]))));
  if (isNamed(typeNameOf(context, expression), XHR_TYPE)) return "request";
  switch (node.type) {
    case "NewExpression":
      return isActiveXhr(context, node) ? "request" : "unknown";
    case "Literal":
      return node.value === null || node.value === false ? "nothing" : "unknown";
    case "UnaryExpression":
      return node.operator === "void" || node.operator === "!" ? "nothing" : "unknown";
    case "ConditionalExpression":
      return common([node.consequent, node.alternate].map(ask));
    case "LogicalExpression":
      return node.operator === "&&" ? ask(node.right) : common([node.left, node.right].map(ask));
    case "AssignmentExpression":
      return /^(?:\|\||\?\?)?=$/.test(node.operator) ? ask(node.right) : "unknown";
    case "CallExpression": {
      const fn = calledFunction(context, node);
      return fn === null || fn.async || fn.generator ? "unknown" : askAll(fn, resultsOf(context, fn));
    }
    case "MemberExpression":
      return askAll(dottedName(node) ?? "", fieldOf(context, node)?.values ?? []);
    case "Identifier": {
      if (node.name === "undefined") return "nothing";
      const variable = variableOf(context.source, node);
      return variable === null ? "unknown" : askAll(variable, valuesOf(variable));
    }
    default:
      return "unknown";
  }
}

/** A value that is a request on each way that gives anything. */
function common(all: readonly Held[]): Held {
  if (all.length === 0 || all.includes("unknown")) return "unknown";
  return all.includes("request") ? "request" : "nothing";
}

/** Every value that a variable is given; `null` for one that does not show. */
function valuesOf(variable: Variable): readonly (TSESTree.Expression | null)[] {
  const { defs } = variable;
  if (defs.length === 0 || defs.some(({ type }) => String(type) !== "Variable")) return [null];
  return writesOf(variable).map(({ identifier, writeExpr }) => {
    const { parent } = identifier;
    const isWhole =
      (parent.type === "VariableDeclarator" && parent.id === identifier && parent.init === writeExpr) ||
      (parent.type === "AssignmentExpression" &&
        parent.left === identifier &&
        /^(?:\|\||\?\?)?=$/.test(parent.operator));
    return isWhole && writeExpr != null ? (writeExpr as TSESTree.Expression) : null;
  });
}

/** What a function returns; to go on to its end gives nothing, which nobody opens. */
function resultsOf(context: Context, fn: FunctionNode): readonly TSESTree.Expression[] {
  return fn.body.type === "BlockStatement" ? returnsOf(context, fn).filter((value) => value !== null) : [fn.body];
}

/** `new ActiveXObject("Microsoft.XMLHTTP")`, also with a constant for the name. */
function isActiveXhr(context: Context, created: TSESTree.NewExpression): boolean {
  if (!isNamed(dottedName(created.callee), "ActiveXObject")) return false;
  const given = created.arguments[0] === undefined ? null : unwrap(created.arguments[0]);
  const variable = given === null ? null : variableOf(context.source, given);
  const id = variable === null ? given : unwrap(onlyValueOf(variable) ?? given!);
  return id?.type === "Literal" && ACTIVE_X_XHR.test(String(id.value));
}
