import { endNameOf, plainNameOf } from "../../dialects/apm-names.ts";
import { classOf, enclosingFunction, functionName, memberOf } from "../../ast/functions.ts";
import { indentAt, lineBreakOf } from "../../ast/lines.ts";
import { keyName, unwrap } from "../../ast/names.ts";
import { nodesOf } from "../../ast/node-index.ts";
import { readsOf, variableOf } from "../../ast/scopes.ts";
import { textOf, type FunctionNode, type TSESTree } from "../../ast/source.ts";
import { endCandidates, type EndCandidate } from "../../recognize/begin-end/end-calls.ts";
import type { Operation } from "../../recognize/begin-end/operation.ts";
import { deprecationEdit } from "./deprecation.ts";
import { spliced, text } from "../write/text.ts";
import { noteStart } from "../callbacks/ends.ts";
import { awaitText } from "../evaluation.ts";
import { facadeHelpers } from "./facade-helpers.ts";
import { indentUnitOf, leadingComments, semicolon } from "../layout.ts";
import { refuse } from "../planner-base.ts";
import type { Planner } from "../planner.ts";
import { isTypeScript } from "../call-text.ts";
import { startOf } from "../callbacks/start.ts";

/** A Begin/End pair that a file offers, each of whose functions does nothing but call another pair. */
interface OfferedPair {
  readonly name: string;
  readonly begin: FunctionNode;
  readonly end: FunctionNode;
  /** The parameters of the Begin before callback and state. */
  readonly inputs: readonly TSESTree.Identifier[];
  readonly callback: string;
  readonly state: string;
  readonly handle: string;
  /** The one statement of the End, and the call in it. */
  readonly endStatement: TSESTree.ReturnStatement | TSESTree.ExpressionStatement;
  readonly endCall: EndCandidate;
}

/** Whether the operation is begun by a function that is itself called Begin… and gives the handle on. */
export function isOfferedPair(operation: Operation): boolean {
  const fn = enclosingFunction(operation.begin);
  const isGivenOn =
    operation.destination.kind === "escapes" &&
    /^(?:ReturnStatement|ArrowFunctionExpression)$/.test(operation.destination.node.parent?.type ?? "");
  return fn !== null && isGivenOn && endNameOf(functionName(fn) ?? "") !== functionName(fn);
}

/**
 * Plans the facade of an offered pair: an async function beside it does the work, and the pair stays for its callers, deprecated and
 * standing on that function.
 */
export function planFacade(planner: Planner, operation: Operation): void {
  const { context, draft } = planner;
  const { source } = context;
  const pair = pairOf(planner, operation);
  if (pair === null) return refuse(planner, operation, "exported-pair");
  const indent = indentAt(source.text, declarationOf(pair.begin).range[0]);
  const inner = indent + indentUnitOf(source.text);
  const start = startOf(planner, operation, inner);
  if ("refusal" in start) return refuse(planner, operation, start.refusal);
  noteStart(planner, operation, start);
  const newline = lineBreakOf(source.text);
  const end = semicolon(source);
  const { handleOf, outcomeOf } = facadeHelpers(planner, operation);

  const statement = spliced(source.text, pair.endStatement.range, [
    { range: pair.endCall.call.range, text: awaitText(source, pair.endCall.call, start.text) },
  ]);
  const inputs = pair.inputs.map((input) => textOf(source, input)).join(", ");
  const declared =
    pair.end.returnType == null ? "" : `: Promise<${textOf(source, pair.end.returnType.typeAnnotation)}>`;
  const method = text`${headOf(pair.begin)}${pair.name}(${inputs})${isTypeScript(source.filePath) ? declared : ""} {${newline}${inner}${statement}${newline}${indent}}`;
  const first = declarationOf(pair.begin);
  const comments = leadingComments(source, first);
  draft.insert(operation, comments[0]?.range[0] ?? first.range[0], text`${method}${newline}${newline}${indent}`);

  const receiver = memberOf(pair.begin) === null ? "" : "this.";
  const call = `${receiver}${pair.name}(${pair.inputs.map(({ name }) => name).join(", ")})`;
  draft.replace(
    operation,
    pair.begin.body.range,
    `{${newline}${inner}return ${handleOf}(${call}, ${pair.callback}, ${pair.state})${end}${newline}${indent}}`,
  );
  const gives = pair.endStatement.type === "ReturnStatement" ? "return " : "";
  draft.replace(
    operation,
    pair.end.body.range,
    `{${newline}${inner}${gives}${outcomeOf}(${pair.handle})${end}${newline}${indent}}`,
  );
  for (const fn of [pair.begin, pair.end]) {
    const { range, text } = deprecationEdit(source, declarationOf(fn), pair.name);
    draft.replace(operation, range, text);
  }
  draft.note(operation, "facade-cannot-block", operation.begin, pair.name);
}

function pairOf(planner: Planner, operation: Operation): OfferedPair | null {
  const { context } = planner;
  const begin = enclosingFunction(operation.begin);
  const name = begin === null ? null : functionName(begin);
  if (begin === null || name === null || !isPlain(begin) || onlyStatement(begin)?.type !== "ReturnStatement")
    return null;
  const parameters = begin.params.map((parameter) => (parameter.type === "Identifier" ? parameter : null));
  if (parameters.length < 2 || !parameters.every((parameter) => parameter !== null)) return null;
  const [callback, state] = parameters.slice(-2) as [TSESTree.Identifier, TSESTree.Identifier];
  const isOwn = (argument: TSESTree.Node, parameter: TSESTree.Identifier): boolean => {
    const variable = variableOf(context.source, unwrap(argument));
    return variable !== null && variable.identifiers.includes(parameter) && readsOf(variable).length === 1;
  };
  if (!isOwn(operation.callbackArgument, callback) || !isOwn(operation.state, state)) return null;
  const end = siblingOf(planner, begin, endNameOf(name));
  const endStatement = end === null || !isPlain(end) ? undefined : onlyStatement(end);
  const [handle] = end?.params ?? [];
  if (end === null || end.params.length !== 1 || handle?.type !== "Identifier" || endStatement === undefined)
    return null;
  const endCall = endCandidates(context).find(
    ({ call, stem }) =>
      stem === operation.stem &&
      enclosingFunction(call) === end &&
      call.arguments.length === 1 &&
      isOwn(call.arguments[0]!, handle),
  );
  const asyncName = `${plainNameOf(name)}Async`;
  if (endCall === undefined || siblingOf(planner, begin, asyncName) !== null) return null;
  return {
    name: asyncName,
    begin,
    end,
    inputs: parameters.slice(0, -2),
    callback: callback.name,
    state: state.name,
    handle: handle.name,
    endStatement,
    endCall,
  };
}

/** A declared function or a method with a body, neither of which is async or more. */
function isPlain(fn: FunctionNode): boolean {
  const member = memberOf(fn);
  const isMethod =
    member?.type === "MethodDefinition" &&
    member.kind === "method" &&
    !member.computed &&
    member.key.type === "Identifier";
  return !fn.async && !fn.generator && fn.typeParameters == null && (fn.type === "FunctionDeclaration" || isMethod);
}

function onlyStatement(fn: FunctionNode): TSESTree.ReturnStatement | TSESTree.ExpressionStatement | undefined {
  const [statement, more] = fn.body.type === "BlockStatement" ? fn.body.body : [];
  return more === undefined && (statement?.type === "ReturnStatement" || statement?.type === "ExpressionStatement")
    ? statement
    : undefined;
}

/** The function of a name beside another one: in the same class, and static as it is, or in the same list of statements. */
function siblingOf({ context }: Planner, fn: FunctionNode, name: string): FunctionNode | null {
  const member = memberOf(fn);
  if (member?.type === "MethodDefinition") {
    const found = classOf(fn)?.body.body.find(
      (other) => other.type === "MethodDefinition" && other.static === member.static && keyName(other) === name,
    );
    return found?.type === "MethodDefinition" && found.value.type === "FunctionExpression" ? found.value : null;
  }
  return (
    nodesOf(context.source)
      .of("FunctionDeclaration")
      .find((other) => other.id?.name === name && declarationOf(other).parent === declarationOf(fn).parent) ?? null
  );
}

/** The statement or member that a function is declared by. */
function declarationOf(fn: FunctionNode): TSESTree.Node {
  return memberOf(fn) ?? (/^Export/.test(fn.parent.type) ? fn.parent : fn);
}

/** What stands before the name of the new function: the modifiers of the Begin. */
function headOf(fn: FunctionNode): string {
  const member = memberOf(fn);
  if (member?.type === "MethodDefinition")
    return `${member.accessibility == null ? "" : `${member.accessibility} `}${member.static ? "static " : ""}async `;
  return fn.parent.type === "ExportNamedDeclaration" ? "export async function " : "async function ";
}
