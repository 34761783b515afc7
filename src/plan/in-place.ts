import { contains, listedStatement, statementList, statementsAfter } from "../ast/flow.ts";
import { classOf, enclosingFunction, enclosingOf, isFunction } from "../ast/functions.ts";
import { unwrap, wrapped } from "../ast/names.ts";
import { readsOf, scopeOf, variableOf } from "../ast/scopes.ts";
import { textOf, type TSESTree } from "../ast/source.ts";
import { walk } from "../ast/walk.ts";
import type { Operation } from "../recognize/operation.ts";
import { bodyStatements, onlyTry, type CallbackShape } from "./callback.ts";
import { awaitEnds, barrierOf, barrierText, rewriteBody } from "./continuation.ts";
import { renderRange } from "./edits.ts";
import { noteStart } from "./ends.ts";
import { indentAt, indentUnitOf, lineBreakOf, lineStart, reindent, semicolon } from "./layout.ts";
import { isSeenInFunction, resolvesAlike } from "./naming.ts";
import { beginName, refuse, removeStatement, type Planner } from "./planner.ts";
import { isConstant, isFresh, isPure } from "./purity.ts";
import { writeRounds } from "./rounds.ts";
import { startName, startOf } from "./start.ts";
import { displayName } from "./usages.ts";

/** How a callback's errors relate to the try around its Begin. */
type Boundary =
  /** There is no try around the Begin. */
  | "none"
  /** The try around the Begin has the same handler as the one that is the callback's whole body: they become one. */
  | "same-handler"
  /** The callback lets nothing out, so it may stand inside the other try. */
  | "contained";

/** The place for a callback's body: what decides whether it may continue where its operation begins. */
export interface InPlace {
  readonly statement: TSESTree.Statement;
  readonly boundary: Boundary;
}

/**
 * Whether the body of a callback may continue in place of its Begin: it serves this site alone, the Begin is the last thing its
 * function does before the wait (or at all), no name changes its meaning, and no handler catches more or less than before.
 */
export function inPlaceSite(planner: Planner, shape: CallbackShape, operation: Operation, wait: TSESTree.Statement | null): InPlace | null {
  const statement = listedStatement(operation.begin);
  const unit = enclosingOf(operation.begin);
  if (shape.operations.length !== 1 || statement === null || statement !== ownStatement(operation)) return null;
  if (operation.callback.kind !== "function" || operation.callback.boundThis !== null || !keepsThis(planner, shape, operation)) return null;
  const isTail = isLastAct(statement, unit, wait);
  if (!isTail && wait === null) return null;
  const continues = wait !== null && !isLastAct(statement, unit, wait);
  if (continues && disposes(planner, shape)) return null;
  // In a loop a return becomes a break.
  if (continues && shape.repeats.length === 0 && hasReturn(planner, shape)) return null;
  const boundary = boundaryOf(planner, shape, statement, unit);
  if (shape.repeats.length > 0 && (boundary === "contained" || shape.ends.length !== 1 || barrierOf(planner, shape) !== "none")) return null;
  if (boundary === null || !keepsNames(planner, shape, operation, boundary)) return null;
  return { statement, boundary };
}

function ownStatement(operation: Operation): TSESTree.Node | null {
  const { destination } = operation;
  if (destination.kind === "discarded") return destination.statement;
  if (destination.kind !== "variable") return null;
  const { write } = destination;
  return write.type === "AssignmentExpression" || (write.parent as TSESTree.VariableDeclaration).declarations.length === 1 ? write.parent : null;
}

/** Whether nothing runs in a function after a statement, the wait aside. */
function isLastAct(statement: TSESTree.Statement, unit: TSESTree.Node, wait: TSESTree.Statement | null): boolean {
  for (let current: TSESTree.Node = statement; current !== unit; current = current.parent!) {
    const { parent } = current;
    if (!parent || /^(?:While|DoWhile|For|ForIn|ForOf|Labeled)Statement$|^SwitchCase$/.test(parent.type)) return false;
    if (parent.type === "TryStatement" && parent.finalizer !== null) return false;
    const list = statementList(parent);
    if (list === null) continue;
    // What is disposed of at the end of a block is disposed of before an operation that nobody waits for completes.
    if (wait === null && list.some((other) => other.type === "VariableDeclaration" && other.kind.endsWith("using"))) return false;
    const rest = statementsAfter(current as TSESTree.Statement).filter((other) => other !== wait && other.type !== "EmptyStatement" && other.type !== "FunctionDeclaration");
    if (rest.length > 0 && !(rest[0]?.type === "ReturnStatement" && rest[0].argument === null)) return false;
  }
  return isFunction(unit);
}

function hasReturn(planner: Planner, shape: CallbackShape): boolean {
  let found = false;
  walk(shape.fn.body, planner.context.source.visitorKeys, (node) => {
    if (node.type === "ReturnStatement") found = true;
    return !isFunction(node);
  });
  return found;
}

/** Whether leaving the callback disposes of something; what follows in place must not come before that. */
function disposes(planner: Planner, shape: CallbackShape): boolean {
  let found = false;
  walk(shape.fn.body, planner.context.source.visitorKeys, (node) => {
    if (node.type === "VariableDeclaration" && node.kind.endsWith("using")) found = true;
    return !isFunction(node);
  });
  return found;
}

/** Whether `this` and its like mean the same at the new place: the callback does not use them, or belongs to the same object. */
function keepsThis(planner: Planner, shape: CallbackShape, operation: Operation): boolean {
  let isUsed = false;
  walk(shape.fn, planner.context.source.visitorKeys, (node) => {
    if (node.type === "ThisExpression" || node.type === "Super" || node.type === "MetaProperty" || (node.type === "Identifier" && node.name === "arguments")) isUsed = true;
    return node === shape.fn || (node.type !== "FunctionExpression" && node.type !== "FunctionDeclaration");
  });
  if (!isUsed || thisOwner(shape.fn.parent) === thisOwner(operation.begin)) return true;
  // An arrow in a field has the `this` of its object, and so has a method that reaches it through `this`.
  const field = shape.fn.parent;
  const reference = unwrap(operation.callbackArgument);
  const isOwnField = field.type === "PropertyDefinition" && !field.static && reference.type === "MemberExpression" && unwrap(reference.object).type === "ThisExpression";
  return isOwnField && classOf(operation.begin) === classOf(field);
}

/** The function or class part that gives code its `this`. */
function thisOwner(node: TSESTree.Node | null | undefined): TSESTree.Node | null {
  for (let current = node; current; current = current.parent) {
    if (/^(?:FunctionDeclaration|FunctionExpression|PropertyDefinition|AccessorProperty|StaticBlock|Program)$/.test(current.type)) return current;
  }
  return null;
}

function boundaryOf(planner: Planner, shape: CallbackShape, statement: TSESTree.Statement, unit: TSESTree.Node): Boundary | null {
  const outer = tryAround(statement, unit);
  if (outer === null) return "none";
  const inner = onlyTry(shape);
  if (inner?.handler == null) return null;
  const { source } = planner.context;
  const isLast = statement.parent === outer.block;
  if (isLast && inner.finalizer === null && outer.handler !== null && normalized(textOf(source, inner.handler)) === normalized(textOf(source, outer.handler))) return "same-handler";
  return mayThrowOn(inner.handler, planner) ? null : "contained";
}

function normalized(text: string): string {
  return text.replace(/\s+/g, " ");
}

/** Whether a callback lets no error out: all of it is one guarded block whose handler does not throw. */
export function isContained(planner: Planner, shape: CallbackShape): boolean {
  const handler = onlyTry(shape)?.handler;
  return handler != null && !mayThrowOn(handler, planner);
}

/** Whether a statement stands in a guarded block of its function. */
export function isInGuardedBlock(statement: TSESTree.Statement): boolean {
  return tryAround(statement, enclosingOf(statement)) !== null;
}

/** The try in whose guarded block a statement stands, within its function. */
function tryAround(statement: TSESTree.Statement, unit: TSESTree.Node): TSESTree.TryStatement | null {
  for (let current: TSESTree.Node = statement; current !== unit && current.parent; current = current.parent) {
    if (current.parent.type === "TryStatement" && current.parent.block === current && current.parent.handler !== null) return current.parent;
  }
  return null;
}

function mayThrowOn(handler: TSESTree.CatchClause, planner: Planner): boolean {
  let found = false;
  walk(handler.body, planner.context.source.visitorKeys, (node) => {
    if (node.type === "ThrowStatement") found = true;
    return !isFunction(node);
  });
  return found;
}

/** Whether every name in the callback, and in the start that moves into it, means the same at the new place. */
function keepsNames(planner: Planner, shape: CallbackShape, operation: Operation, boundary: Boundary): boolean {
  const { source } = planner.context;
  const { fn } = shape;
  const scope = scopeOf(source, fn.body);
  const isInline = contains(operation.callbackArgument, fn);
  if (!isInline && !scope.through.every((reference) => resolvesAlike(source, reference.identifier.name as string, fn, operation.begin))) return false;
  const staying = [...shape.removed].flatMap((statement) => (statement.type === "VariableDeclaration" ? source.scopeManager.getDeclaredVariables(statement) : []));
  let keeps = true;
  walk(operation.begin, source.visitorKeys, (node) => {
    if (node === operation.callbackArgument) return false;
    if (node.type !== "Identifier") return true;
    for (let inner: typeof scope | undefined = scope; inner !== undefined; inner = undefined) {
      if (declaresBelow(inner, node.name, staying)) keeps = false;
    }
    return true;
  });
  if (!keeps) return false;
  const unwrapsBlock = boundary === "same-handler" || onlyTry(shape) === null;
  const host = enclosingFunction(operation.begin);
  // A `var` belongs to the whole function, however deep it stands.
  const hoisted = [...scope.set.values()].filter((variable) => variable.defs.some((definition) => definition.node.type === "VariableDeclarator" && definition.node.parent.kind === "var"));
  if (hoisted.some((variable) => !staying.includes(variable) && isSeenInFunction(source, host ?? source.ast, variable.name, fn))) return false;
  if (!unwrapsBlock) return true;
  const statements = boundary === "same-handler" ? onlyTry(shape)!.block.body : bodyStatements(fn);
  const own = statements.flatMap((statement) => (shape.removed.has(statement) ? [] : source.scopeManager.getDeclaredVariables(statement)));
  return own.every((variable) => !isSeenInFunction(source, host ?? source.ast, variable.name, fn));
}

function declaresBelow(scope: ReturnType<typeof scopeOf>, name: string, except: readonly unknown[]): boolean {
  const variable = scope.set.get(name);
  if (variable !== undefined && variable.defs.length > 0 && !except.includes(variable) && variable.defs.every((definition) => String(definition.type) !== "Parameter")) return true;
  return scope.childScopes.some((child) => declaresBelow(child, name, except));
}

/** Moves the body of a callback to the place of its Begin; the declaration of the callback goes. */
export function planInPlace(planner: Planner, shape: CallbackShape, operation: Operation, site: InPlace, wait: TSESTree.Statement | null): void {
  const { context, draft, names } = planner;
  const { source } = context;
  const { fn } = shape;
  const { statement } = site;
  const newline = lineBreakOf(source.text);
  const indent = indentAt(source.text, statement.range[0]);
  const barrier = barrierOf(planner, shape);
  // Errors of the start belong to the try around the Begin unless the two handlers are one.
  const startsApart = barrier !== "none" || site.boundary === "contained" || shape.ends.length > 1;
  // In the callback's body the start is indented like the End it replaces, and is moved with it.
  const start = startOf(context, operation, planner.target, startsApart ? indent : indentAt(source.text, shape.ends[0]!.call.range[0]));
  if ("refusal" in start) return refuse(planner, operation, start.refusal);
  noteStart(planner, operation, start);

  const before: string[] = [];
  if (!placeState(planner, shape, operation, before)) return refuse(planner, operation, "state-unsupported", operation.state.range);
  let operand = start.text;
  if (startsApart && barrier !== "await") {
    operand = names.unique(operation.begin, startName(operation));
    before.push(`const ${operand} = ${start.text}${semicolon(source)}`);
  } else if (barrier === "none" && onlyTry(shape) !== null && site.boundary === "none") {
    draft.note(operation, "begin-errors-now-caught", operation.begin.range, beginName(operation));
  }
  rewriteBody(planner, shape);
  awaitEnds(planner, shape, operand);
  if (barrier === "await") draft.note(operation, "exceptions-now-surface", operation.begin.range, beginName(operation));
  const top = barrierText(barrier, operand, semicolon(source));
  if (top !== null) before.push(top);

  const isLoop = shape.repeats.length > 0;
  const guarded = onlyTry(shape);
  const block = guarded !== null && (site.boundary === "same-handler" || (isLoop && guarded.handler !== null && guarded.finalizer === null)) ? guarded.block : fn.body;
  if (isLoop && (block.type !== "BlockStatement" || !writeRounds(planner, shape, block))) return refuse(planner, operation, "callback-begins-again", operation.callbackArgument.range, displayName(fn));
  const body = block.type !== "BlockStatement" ? movedExpression(planner, fn) : isLoop ? movedLoop(planner, shape, block, site, indent, newline) : movedBlock(planner, block, indent, newline);
  if (!contains(statement, fn)) removeStatement(planner, operation, declarationOf(fn), "remove", "moved");
  if (wait !== null) removeStatement(planner, operation, wait);
  draft.replace(operation, statement.range, [...before, ...(body === "" ? [] : [body])].join(newline + indent));
}

function declarationOf(fn: CallbackShape["fn"]): TSESTree.Node {
  if (fn.type === "FunctionDeclaration") return fn.parent.type === "ExportNamedDeclaration" ? fn.parent : fn;
  const outer = wrapped(fn);
  if (outer.parent?.type === "VariableDeclarator") return outer.parent.parent.declarations.length === 1 ? outer.parent.parent : outer.parent;
  return outer.parent!;
}

/** The body of `(ar) => expression` as a statement. */
function movedExpression({ context, draft }: Planner, fn: CallbackShape["fn"]): string {
  const { source } = context;
  const range = [fn.body.range[0], fn.body.range[1]] as const;
  return renderRange(source.text, range, draft.takeEdits(range)) + semicolon(source);
}

/** The body of a callback that begins again, as a loop; a guarded block that is all of it comes to stand around the loop. */
function movedLoop(planner: Planner, shape: CallbackShape, block: TSESTree.BlockStatement, site: InPlace, indent: string, newline: string): string {
  const unit = indentUnitOf(planner.context.source.text);
  const handler = block !== shape.fn.body && site.boundary !== "same-handler" ? onlyTry(shape)!.handler : null;
  const head = handler === null ? indent : indent + unit;
  const loop = `while (true) {${newline}${head}${unit}${movedBlock(planner, block, head + unit, newline)}${newline}${head}}`;
  if (handler === null) return loop;
  const caught = handler.param === null ? "catch" : `catch (${textOf(planner.context.source, handler.param)})`;
  const body = movedBlock(planner, handler.body, indent + unit, newline);
  return `try {${newline}${head}${loop}${newline}${indent}} ${caught} {${body === "" ? "" : newline + indent + unit + body}${newline}${indent}}`;
}

/** The inside of a block with its edits applied, indented for its new place; the first line has no indentation. */
function movedBlock({ context, draft }: Planner, block: TSESTree.BlockStatement, indent: string, newline: string): string {
  const { source } = context;
  const inside = [block.range[0] + 1, block.range[1] - 1] as const;
  const edits = draft.takeEdits(inside);
  const from = indentAt(source.text, block.body[0]?.range[0] ?? block.range[0]);
  const isOneLine = !/[\r\n]/.test(source.text.slice(block.range[0], block.body[0]?.range[0] ?? block.range[1]));
  const shifts = isOneLine ? [] : reindent(source, block, inside, edits, from, indent);
  const text = renderRange(source.text, inside, [...edits.map((edit) => ({ ...edit, text: shiftLines(edit.text, from, indent, lineStart(source.text, edit.range[0]) === edit.range[0]) })), ...shifts]);
  const lines = text.replace(/^(?:[ \t]*(?:\r\n|\n|\r))+/, "").trimEnd();
  return isOneLine ? lines.trim().split(/(?:\r\n|\n|\r)/).join(newline) : lines.replace(/^[ \t]+/, "");
}

// Text that the plan itself wrote into the block (a carried comment, an adapter) was indented for the old place.
function shiftLines(text: string, from: string, to: string, isWholeLines: boolean): string {
  if (from === to || text === "") return text;
  return text.replaceAll(new RegExp(`(${isWholeLines ? "^|" : ""}\\r\\n|[\\r\\n])${from}(?=.)`, "g"), `$1${to}`);
}

/** Makes the state reachable at the new place: by the name it has there, or as a declaration before the start. */
function placeState(planner: Planner, shape: CallbackShape, operation: Operation, before: string[]): boolean {
  const { context, draft, names } = planner;
  const { source } = context;
  const { state, fn } = shape;
  const value = unwrap(operation.state);
  if (!isPure(value) && !isFresh(value)) return false;
  if (!state.isNeeded) return true;
  const isName = value.type === "Identifier" && isConstant(source, value);
  const references = state.variable === null ? [] : readsOf(state.variable).map((reference) => reference.identifier as TSESTree.Identifier);
  const inline = state.reads.filter((read) => state.declaration === null || !contains(state.declaration, read));
  if (isName && references.every((reference) => reference.parent.type !== "Property" && (reference.name === value.name || resolvesAlikeAt(planner, value.name, reference, operation)))) {
    for (const reference of references) if (reference.name !== value.name) draft.replace(fn, reference.range, value.name);
    for (const read of inline) draft.replace(fn, read.range, value.name);
    return true;
  }
  // The state was the last argument to be evaluated; it may come before the start when the others do nothing.
  if (!operation.inputs.every(isPure) || (operation.receiver !== null && !isPure(operation.receiver))) return false;
  const name = state.variable !== null && !isSeenInFunction(source, enclosingFunction(operation.begin) ?? source.ast, state.variable.name, fn) ? state.variable.name : names.unique(operation.begin, ["state", "asyncState"]);
  for (const reference of references) if (reference.name !== name && reference.parent.type !== "Property") draft.replace(fn, reference.range, name);
  for (const read of inline) draft.replace(fn, read.range, name);
  before.push(`const ${name} = ${textOf(source, operation.state)}${semicolon(source)}`);
  return true;
}

function resolvesAlikeAt({ context }: Planner, name: string, reference: TSESTree.Identifier, operation: Operation): boolean {
  const variable = variableOf(context.source, unwrap(operation.state));
  for (let scope: ReturnType<typeof scopeOf> | null = scopeOf(context.source, reference); scope !== null; scope = scope.upper) {
    const found = scope.set.get(name);
    if (found !== undefined && found.defs.length > 0) return found === variable || !contains(enclosingFunction(reference) ?? context.source.ast, found.identifiers[0]!);
  }
  return true;
}

