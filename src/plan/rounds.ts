import { alwaysLeaves, contains, isAlwaysBefore, isInBreakable } from "../ast/flow.ts";
import { isFunction } from "../ast/functions.ts";
import { keyName, memberName, unwrap } from "../ast/names.ts";
import { nodesOf } from "../ast/node-index.ts";
import { variableOf } from "../ast/scopes.ts";
import type { TSESTree } from "../ast/source.ts";
import { walk } from "../ast/walk.ts";
import type { Context } from "../recognize/context.ts";
import type { Operation } from "../recognize/operation.ts";
import type { CallbackShape } from "./callback.ts";
import { commentsIn, indentAt, indentUnitOf, lineBreakOf, semicolon, terminator } from "./layout.ts";
import { removeStatement, type Planner } from "./planner.ts";
import { isConstant } from "./purity.ts";
import type { Range } from "./types.ts";

/** The statement that begins an operation and does nothing else. */
function repeatStatement(repeat: Operation): TSESTree.Statement | null {
  return repeat.destination.kind === "discarded" ? repeat.destination.statement : null;
}

/**
 * Whether a callback that begins its operation again starts it with the same receiver and arguments as the first time, so that one
 * start at the head of a loop serves all rounds.
 */
export function repeatsAlike(context: Context, operation: Operation, repeats: readonly Operation[]): boolean {
  return repeats.every((repeat) => {
    if (repeatStatement(repeat) === null || repeat.inputs.length !== operation.inputs.length) return false;
    if ((repeat.receiver === null) !== (operation.receiver === null)) return false;
    const pairs = repeat.inputs.map((input, index) => [input, operation.inputs[index]!] as const);
    if (repeat.receiver !== null) pairs.push([repeat.receiver, operation.receiver!]);
    return pairs.every(([inner, outer]) => denotesSame(context, inner, outer, operation)) && isStateHandedOn(context, repeat);
  });
}

/** Whether the next round gets the state of this one: the callback's own state again, or nothing as before. */
function isStateHandedOn(context: Context, repeat: Operation): boolean {
  const state = unwrap(repeat.state);
  if (isStateRead(state, repeat)) return true;
  const variable = variableOf(context.source, state);
  const declarator = variable?.defs[0]?.node;
  if (declarator?.type === "VariableDeclarator" && declarator.init !== null && isStateRead(unwrap(declarator.init), repeat)) return true;
  return repeat.callbackUses.every((use) => use.kind !== "member" || !/^asyncState$/i.test(use.name));
}

function isStateRead(node: TSESTree.Node, repeat: Operation): boolean {
  return repeat.callbackUses.some((use) => use.kind === "member" && use.member === node);
}

/** Whether an expression in the callback has the value that another one has where the operation first begins. */
function denotesSame(context: Context, inner: TSESTree.Node, outer: TSESTree.Node, operation: Operation): boolean {
  const { source } = context;
  const a = unwrap(inner);
  const b = unwrap(outer);
  if (a.type === "Literal") return b.type === "Literal" && a.raw === b.raw;
  if (a.type === "ThisExpression") return b.type === "ThisExpression";
  if (a.type === "NewExpression") {
    return b.type === "NewExpression" && a.arguments.length === b.arguments.length && [a.callee, ...a.arguments].every((part, index) => denotesSame(context, part, [b.callee, ...b.arguments][index]!, operation));
  }
  if (a.type === "MemberExpression" && a.computed && memberName(a) === null) {
    return b.type === "MemberExpression" && b.computed && denotesSame(context, a.object, b.object, operation) && denotesSame(context, a.property, b.property, operation);
  }
  if (a.type === "MemberExpression") {
    if (b.type === "MemberExpression" && memberName(a) !== null && memberName(a) === memberName(b) && denotesSame(context, a.object, b.object, operation)) return true;
    return isFieldOfState(context, a, b, operation);
  }
  if (a.type !== "Identifier") return false;
  const variable = variableOf(source, a);
  const declarator = variable?.defs[0]?.node;
  const fn = operation.callback.kind === "function" ? operation.callback.fn : null;
  if (variable === null || fn === null || declarator === undefined || !contains(fn, declarator)) return b.type === "Identifier" && b.name === a.name && variableOf(source, b) === variable;
  if (declarator.type !== "VariableDeclarator" || declarator.init === null || !isConstant(source, a)) return false;
  const init = unwrap(declarator.init);
  if (isStateRead(init, operation)) return denotesState(context, b, operation);
  return denotesSame(context, init, b, operation);
}

function denotesState(context: Context, outer: TSESTree.Node, operation: Operation): boolean {
  const state = unwrap(operation.state);
  return state.type === "Identifier" && outer.type === "Identifier" && isConstant(context.source, state) && variableOf(context.source, state) === variableOf(context.source, outer);
}

/** `state.workSocket`, where the only assignment of that member in the file gave it `outer`, before the operation began. */
function isFieldOfState(context: Context, access: TSESTree.MemberExpression, outer: TSESTree.Node, operation: Operation): boolean {
  const { source } = context;
  const name = memberName(access);
  const state = unwrap(operation.state);
  const object = unwrap(access.object);
  const variable = variableOf(source, object);
  const init = variable?.defs[0]?.node.type === "VariableDeclarator" ? variable.defs[0].node.init : null;
  const isState = isStateRead(object, operation) || (init !== null && init !== undefined && isStateRead(unwrap(init), operation));
  if (name === null || !isState || state.type !== "Identifier" || !isConstant(source, outer) || !isConstant(source, state)) return false;
  const assigned = nodesOf(source)
    .of("MemberExpression")
    .filter((member) => memberName(member) === name && isWritten(member));
  const [only] = assigned;
  if (assigned.length === 1 && only?.parent.type === "AssignmentExpression" && only.parent.operator === "=") {
    return variableOf(source, unwrap(only.object)) === variableOf(source, state) && isSameName(context, only.parent.right, outer) && isAlwaysBefore(only, operation.begin);
  }
  const declarator = variableOf(source, state)?.defs[0]?.node;
  const literal = declarator?.type === "VariableDeclarator" && declarator.init !== null ? unwrap(declarator.init) : null;
  if (assigned.length > 0 || literal?.type !== "ObjectExpression") return false;
  return literal.properties.some((property) => property.type === "Property" && keyName(property) === name && isSameName(context, property.value, outer));
}

function isWritten(member: TSESTree.MemberExpression): boolean {
  const { parent } = member;
  return (parent.type === "AssignmentExpression" && parent.left === member) || parent.type === "UpdateExpression" || (parent.type === "UnaryExpression" && parent.operator === "delete");
}

function isSameName({ source }: Context, left: TSESTree.Node, right: TSESTree.Node): boolean {
  const a = unwrap(left);
  const b = unwrap(right);
  return a.type === "Identifier" && b.type === "Identifier" && variableOf(source, a) !== null && variableOf(source, a) === variableOf(source, b);
}

/**
 * Turns the ways out of a callback into those of a loop body: where it begins again the next round follows by itself, everywhere
 * else it breaks. Gives `false`, having edited nothing, when it begins again anywhere but as its last act.
 */
export function writeRounds(planner: Planner, shape: CallbackShape, body: TSESTree.BlockStatement): boolean {
  const rounds = new Rounds(planner, shape);
  if (!rounds.readBlock(body) || !rounds.readReturns(body)) return false;
  rounds.write();
  return true;
}

class Rounds {
  readonly #planner: Planner;
  readonly #shape: CallbackShape;
  readonly #repeats: ReadonlySet<TSESTree.Node | null>;
  readonly #seen = new Set<TSESTree.Node>();
  readonly #edits: (() => void)[] = [];

  constructor(planner: Planner, shape: CallbackShape) {
    this.#planner = planner;
    this.#shape = shape;
    this.#repeats = new Set(shape.repeats.map(repeatStatement));
  }

  write(): void {
    for (const edit of this.#edits) edit();
  }

  #holdsRepeat(node: TSESTree.Node): boolean {
    return this.#shape.repeats.some((repeat) => contains(node, repeat.begin));
  }

  /** Reads a block that is the last thing the callback runs. */
  readBlock(block: TSESTree.BlockStatement): boolean {
    const staying = block.body.filter((statement) => !this.#shape.removed.has(statement) && statement.type !== "EmptyStatement");
    const last = staying.at(-1);
    if (!staying.slice(0, -1).every((statement) => !this.#holdsRepeat(statement) || this.#readEarly(statement))) return false;
    if (last !== undefined && this.#repeats.has(last)) return this.#dropRepeat(last);
    if (last?.type === "IfStatement" && this.#holdsRepeat(last)) return this.#readIf(last);
    if (last !== undefined && this.#holdsRepeat(last)) return false;
    if (last?.type === "ReturnStatement" || last?.type === "ThrowStatement") return true;
    this.#breakAtEnd(block, last);
    return true;
  }

  #readIf(statement: TSESTree.IfStatement): boolean {
    const { alternate, consequent, test } = statement;
    const { source } = this.#planner.context;
    // `if (more) begin();` is the way on, and all else the way out.
    if (!alternate && this.#repeats.has(consequent)) return this.#negate(test, consequent.range, `break${terminator(source, consequent)}`);
    const isBare = alternate?.type === "BlockStatement" && !this.#holdsRepeat(alternate) && consequent.type === "BlockStatement" && consequent.body.length === 1 && this.#repeats.has(consequent.body[0]!);
    if (isBare && commentsIn(source, [consequent.range[0], alternate.range[0]]).length === 0) return this.readBlock(alternate) && this.#negate(test, [consequent.range[0], alternate.range[0]], "");
    const branches = [statement.consequent, ...(statement.alternate ? [statement.alternate] : [])];
    for (const branch of branches) {
      if (branch.type === "BlockStatement") {
        if (!this.readBlock(branch)) return false;
      } else if (branch.type === "IfStatement") {
        if (this.#holdsRepeat(branch) ? !this.#readIf(branch) : !this.#wrapWithBreak(branch)) return false;
      } else if (this.#holdsRepeat(branch) || !this.#wrapWithBreak(branch)) return false;
    }
    if (!statement.alternate) {
      const { text } = this.#planner.context.source;
      const indent = indentAt(text, statement.range[0]);
      const newline = lineBreakOf(text);
      this.#edits.push(() => this.#planner.draft.insert(this.#shape.fn, statement.range[1], ` else {${newline}${indent}${indentUnitOf(text)}break;${newline}${indent}}`));
    }
    return true;
  }

  #negate(test: TSESTree.Expression, replaced: Range, text: string): true {
    const { draft } = this.#planner;
    this.#edits.push(() => {
      draft.insert(this.#shape.fn, test.range[0], "!(");
      draft.insert(this.#shape.fn, test.range[1], ")");
      draft.replace(this.#shape.fn, replaced, text);
    });
    return true;
  }

  /** `if (more) { begin again; return; }`: the return goes on with the next round. */
  #readEarly(statement: TSESTree.Statement): boolean {
    if (statement.type !== "IfStatement" || statement.consequent.type !== "BlockStatement" || (statement.alternate && this.#holdsRepeat(statement.alternate))) return false;
    const staying = statement.consequent.body.filter((inner) => !this.#shape.removed.has(inner));
    const [repeat, exit] = staying.slice(-2);
    if (repeat === undefined || !this.#repeats.has(repeat) || exit?.type !== "ReturnStatement" || exit.argument !== null) return false;
    if (staying.slice(0, -2).some((inner) => this.#holdsRepeat(inner))) return false;
    this.#seen.add(exit);
    this.#edits.push(() => this.#planner.draft.replace(this.#shape.fn, exit.range, `continue${terminator(this.#planner.context.source, exit)}`));
    return this.#dropRepeat(repeat);
  }

  #dropRepeat(statement: TSESTree.Statement): boolean {
    // What the comment above says of the next round is still true.
    this.#edits.push(() => removeStatement(this.#planner, this.#shape.fn, statement, "keep", "moved"));
    return true;
  }

  #wrapWithBreak(statement: TSESTree.Statement): boolean {
    if (alwaysLeaves(statement)) return true;
    this.#edits.push(() => {
      this.#planner.draft.insert(this.#shape.fn, statement.range[0], "{ ");
      this.#planner.draft.insert(this.#shape.fn, statement.range[1], " break; }");
    });
    return true;
  }

  #breakAtEnd(block: TSESTree.BlockStatement, last: TSESTree.Statement | undefined): void {
    if (last !== undefined && alwaysLeaves(last)) return;
    const { text } = this.#planner.context.source;
    const place = last?.range[1] ?? block.range[0] + 1;
    const indent = last === undefined ? indentAt(text, block.range[0]) + indentUnitOf(text) : indentAt(text, last.range[0]);
    const isOneLine = !/[\r\n]/.test(text.slice(block.range[0], block.range[1]));
    const end = semicolon(this.#planner.context.source);
    this.#edits.push(() => this.#planner.draft.insert(this.#shape.fn, place, `${isOneLine ? " " : lineBreakOf(text) + indent}break${end}`));
  }

  /** Every other return leaves the loop; inside a loop or switch of the callback a `break` would leave that instead. */
  readReturns(body: TSESTree.BlockStatement): boolean {
    let isPlain = true;
    walk(body, this.#planner.context.source.visitorKeys, (node) => {
      if (isFunction(node)) return false;
      if (node.type === "ReturnStatement" && !this.#seen.has(node)) {
        if (node.argument !== null || isInBreakable(node, body)) isPlain = false;
        else this.#edits.push(() => this.#planner.draft.replace(this.#shape.fn, node.range, `break${terminator(this.#planner.context.source, node)}`));
      }
      return undefined;
    });
    return isPlain;
  }
}
