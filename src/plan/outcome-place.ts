import { statementList } from "../ast/flow.ts";
import { isFunction } from "../ast/functions.ts";
import { lineBreakOf, lineStart } from "../ast/lines.ts";
import { unwrap } from "../ast/names.ts";
import type { Source, TSESTree } from "../ast/source.ts";
import type { Draft } from "./draft.ts";
import { awaitText, isKeptSteady } from "./evaluation.ts";
import { semicolon } from "./layout.ts";
import { lowerFirst } from "./naming.ts";
import { operandsBefore } from "./operands.ts";
import { isPure } from "./purity.ts";
import { isSteady, isSteadyCallee } from "./steadiness.ts";
import { text, type Text } from "./write/text.ts";

/** Where an outcome that is taken by a call may be awaited, so that what stands beside the call is read behind the await, as it was. */
export type OutcomePlace =
  /** In the place of the call: nothing that is evaluated before it in its statement can change. */
  | { readonly kind: "call" }
  /** Before the statement around the call, into a constant. */
  | { readonly kind: "statement"; readonly statement: TSESTree.Statement }
  /** The same where that statement is the expression that an arrow function gives. */
  | { readonly kind: "body"; readonly body: TSESTree.Expression };

/** Where the outcome that a call takes is awaited; `null` where what stands beside it can be read neither before nor behind an await. */
export function outcomePlace(source: Source, call: TSESTree.Node): OutcomePlace | null {
  const changing: TSESTree.Node[] = [];
  const all: TSESTree.Node[] = [];
  let isSure = true;
  let child = call;
  for (let current = child.parent; current && !isOwnStatement(child); child = current, current = current.parent) {
    const operands = operandsBefore(child, current);
    if (operands === null) {
      if (isFunction(current) && current.body === child) break;
      return null;
    }
    isSure &&= operands.isSure;
    // One by one: what is spread as arguments fills the stack.
    for (const operand of operands.kept) {
      all.push(operand);
      if (!isKeptSteady(source, current, operand)) changing.push(operand);
    }
    for (const operand of operands.passed) all.push(operand);
  }
  if (changing.length === 0) return { kind: "call" };
  if (isSure && all.every(isReread))
    return isOwnStatement(child)
      ? { kind: "statement", statement: child as TSESTree.Statement }
      : { kind: "body", body: child as TSESTree.Expression };
  return changing.every((operand) => isMadeAnew(source, operand)) ? { kind: "call" } : null;
}

/** Whether reading an operand later does nothing else than reading it now. */
function isReread(operand: TSESTree.Node): boolean {
  return isPure(operand.type === "SpreadElement" ? operand.argument : operand);
}

/** Whether a node is a statement before which, or around which, another one can be written. */
function isOwnStatement(node: TSESTree.Node): boolean {
  const { parent } = node;
  if (!/Statement$|Declaration$/.test(node.type) || parent == null) return false;
  return (
    statementList(parent) !== null ||
    (parent.type === "IfStatement" && parent.test !== node) ||
    (/^(?:While|DoWhile|For|ForIn|ForOf|Labeled)Statement$/.test(parent.type) &&
      (parent as { body: TSESTree.Node }).body === node)
  );
}

/** Whether the value of an operand comes about by an effect: that cannot be put off, and is not there again to be read anew. */
function isMadeAnew(source: Source, operand: TSESTree.Node): boolean {
  const node = unwrap(operand);
  const isGiven = (part: TSESTree.Node): boolean => isSteady(source, part) || isMadeAnew(source, part);
  switch (node.type) {
    case "CallExpression":
    case "NewExpression":
      return isSteadyCallee(source, node.callee) && node.arguments.every(isGiven);
    case "UpdateExpression":
    case "AwaitExpression":
      return true;
    case "AssignmentExpression":
      return isGiven(node.right);
    case "SpreadElement":
      return isGiven(node.argument);
    default:
      return false;
  }
}

/** What is evaluated first where the outcome that a call takes is awaited: that call, or what the await comes to stand before. */
export function firstOfPlace(source: Source, call: TSESTree.Node): TSESTree.Node {
  return firstOf(outcomePlace(source, call), call);
}

/** The same where the place is known. */
export function firstOf(place: OutcomePlace | null, call: TSESTree.Node): TSESTree.Node {
  return place?.kind === "statement" ? place.statement : place?.kind === "body" ? place.body : call;
}

/** Names for what an operation gives. */
export function resultName({ stem }: { readonly stem: string }): string[] {
  return ["result", `${lowerFirst(stem)}Result`];
}

/** Writes the await of an outcome in the place of the call that took it, or before its statement under a name. */
export function writeOutcome(
  source: Source,
  draft: Draft,
  owner: object,
  {
    call,
    place,
    name,
    operand,
  }: {
    readonly call: TSESTree.Node;
    readonly place: OutcomePlace;
    /** Gives the name of the constant, where one is needed. */
    readonly name: () => string;
    readonly operand: Text;
  },
): void {
  if (place.kind === "call") return draft.replace(owner, call.range, awaitText(source, call, operand));
  const constant = name();
  draft.replace(owner, call.range, constant);
  if (place.kind === "body") return;
  const { statement } = place;
  const declared = text`const ${constant} = await ${operand}`;
  const [start, end] = statement.range;
  if (statementList(statement.parent) === null) {
    draft.insert(owner, start, text`{ ${declared}; `);
    return draft.insert(owner, end, " }");
  }
  const line = lineStart(source.text, start);
  const indent = source.text.slice(line, start);
  if (indent.trim() !== "") return draft.insert(owner, start, text`${declared}; `);
  // A line that begins with one of these would go on with the one before.
  const terminator = semicolon(source) || (/[([`+\-/]/.test(source.text[start]!) ? ";" : "");
  draft.insert(owner, line, text`${indent}${declared}${terminator}${lineBreakOf(source.text)}`);
}
