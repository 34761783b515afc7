import { alwaysLeaves, contains } from "../ast/flow.ts";
import { enclosingOf, isFunction } from "../ast/functions.ts";
import { calleeOf, unwrap } from "../ast/names.ts";
import type { TSESTree } from "../ast/source.ts";
import { findAll } from "../ast/walk.ts";
import { isHarmless } from "../recognize/event-outcomes.ts";
import type { CompletionRead } from "../recognize/event-reads.ts";
import { isTypeScript } from "./call-text.ts";
import type { CallbackShape } from "./callback.ts";
import type { Branch, Branches } from "./completion-branches.ts";
import { isValue, namedValues, propertyText, shorthandText, type NamedValue } from "./completion-values.ts";
import { renderRange } from "./edits.ts";
import { ABORT_ERROR } from "./event-adapter.ts";
import { commentsIn, indentAt, indentUnitOf, leadingComments, lineBreakOf, semicolon } from "./layout.ts";
import { movedRange } from "./moved-body.ts";
import { isSeenInFunction } from "./naming.ts";
import { removeStatement, type Planner } from "./planner.ts";
import { valueType } from "./result-type.ts";

/** Whether the code for a failure must be left by a `return`, as more follows for a success. */
export function returnsAfterFailure({ error, cancelled, success }: Branches): boolean {
  if (success.length === 0) return false;
  const present = [error, cancelled].filter((branch) => branch !== undefined);
  return present.some((branch) => branch === null || !leavesItself(branch));
}

/** Whether a branch ends in a way out that is more than a bare `return`. */
function leavesItself(branch: TSESTree.Statement): boolean {
  return alwaysLeaves(branch) && bareReturn(branch) === null;
}

/** The `return;` that a branch ends with. */
function bareReturn(branch: TSESTree.Statement): TSESTree.ReturnStatement | null {
  const last = branch.type === "BlockStatement" ? branch.body.at(-1) : branch;
  return last?.type === "ReturnStatement" && last.argument === null ? last : null;
}

/** Writes the cases of a handler as a `try` around the await: what follows an error or a cancellation into its `catch`. */
export class BranchWriter {
  readonly #planner: Planner;
  readonly #shape: Omit<CallbackShape, "outcome">;
  readonly #branches: Branches;
  readonly #reads: readonly CompletionRead[];
  readonly #newline: string;
  readonly #end: ";" | "";
  /** The indentation of the `try`, and one level more. */
  readonly #outer: string;
  readonly #inner: string;

  constructor(planner: Planner, shape: Omit<CallbackShape, "outcome">, branches: Branches, reads: readonly CompletionRead[]) {
    const { source } = planner.context;
    this.#planner = planner;
    this.#shape = shape;
    this.#branches = branches;
    this.#reads = reads;
    this.#newline = lineBreakOf(source.text);
    this.#end = semicolon(source);
    this.#outer = indentAt(source.text, branches.chain[0]!.range[0]);
    this.#inner = this.#outer + indentUnitOf(source.text);
  }

  write(operand: string): void {
    const { chain, isNested } = this.#branches;
    const { draft } = this.#planner;
    const isInside = this.#branches.success.length > 0 && this.#branches.success.every((statement) => this.#isQuiet(statement));
    const declared = isInside ? null : this.#declaredValue();
    const values = namedValues(this.#planner, this.#shape, declared);
    const { success } = this.#branches;
    if (declared !== null && values.some(({ name }) => name === declared.name)) this.#removeDeclaration(success[0]!);
    const isMoved = isInside || isNested;
    const start = chain[0]!.range[0];
    const end = Math.max(...chain.map(({ range }) => range[1]), ...(isInside ? success.map(({ range }) => range[1]) : []));
    const failure = this.#failure(!isInside && success.length > 0);
    const moved = isMoved ? this.#moved(success, isInside ? this.#inner : this.#outer) : "";
    const carried = this.#strayComments(start, end, isMoved).map((comment) => comment + this.#newline + this.#outer);
    const { before, taking } = this.#taking(values, operand, isInside);
    const lines = [...before, "try {", this.#inner + taking, ...(isInside && moved !== "" ? [this.#inner + moved] : []), ...failure, "}"];
    const text = lines.map((line, index) => (index === 0 || line.startsWith(this.#inner) ? line : this.#outer + line)).join(this.#newline);
    const rest = !isInside && moved !== "" ? this.#newline + this.#outer + moved : "";
    // What was moved takes the edits made in it along; conditions are gone.
    draft.takeEdits([start, end]);
    draft.replace(this.#shape.fn, [start, end], carried.join("") + text + rest);
  }

  /** `const text = e.Result`, where it is the first thing that follows a success: the name that the value gets. */
  #declaredValue(): NamedValue | null {
    const { success, isNested } = this.#branches;
    const { source } = this.#planner.context;
    const { fn, operations } = this.#shape;
    const [first] = success;
    const [declarator] = first?.type === "VariableDeclaration" && first.declarations.length === 1 ? first.declarations : [];
    const read = this.#reads.find(({ node }) => declarator?.init != null && unwrap(declarator.init) === node);
    if (first === undefined || declarator?.id.type !== "Identifier" || read === undefined || !isValue(read)) return null;
    const { name } = declarator.id;
    const isSeen = isNested && [fn, ...operations.map(({ begin }) => enclosingOf(begin))].some((unit) => isSeenInFunction(source, unit, name, first.parent));
    return isSeen ? null : { member: read.name, name };
  }

  /** The declaration goes, and the comments above it stay with what follows. */
  #removeDeclaration(declaration: TSESTree.Statement): void {
    this.#planner.draft.takeEdits(declaration.range);
    removeStatement(this.#planner, this.#shape.fn, declaration, "keep");
  }

  /** How the outcome is taken: as the declaration of what is used inside the `try` only, else into variables declared before it. */
  #taking(values: readonly NamedValue[], operand: string, isInside: boolean): { before: string[]; taking: string } {
    const end = this.#end;
    const pattern = `{ ${values.map(propertyText).join(", ")} }`;
    if (values.length === 0) return { before: [], taking: `await ${operand}${end}` };
    if (isInside) return { before: [], taking: `const ${values.length === 1 ? values[0]!.name : pattern} = await ${operand}${end}` };
    const declared = `let ${values.map(({ name, member }) => name + this.#annotation(member)).join(", ")}${end}`;
    return { before: [declared], taking: values.length === 1 ? `${values[0]!.name} = await ${operand}${end}` : `(${pattern} = await ${operand})${end}` };
  }

  /** The type of a variable that is given its value in another place than its declaration. */
  #annotation(member: string): string {
    const { context } = this.#planner;
    const { operations } = this.#shape;
    if (!isTypeScript(context.source.filePath)) return "";
    return `: ${valueType(context, operations[0]!.event!, member)}`;
  }

  /** The lines of the `catch`, without the brace that ends it. */
  #failure(mustLeave: boolean): string[] {
    const { error, cancelled } = this.#branches;
    const { names, context } = this.#planner;
    const { fn, operations } = this.#shape;
    const present = [error, cancelled].flatMap((branch) => branch ?? []);
    const name = names.unique(fn.body, ["error", "reason", "failure"], ...operations.map(({ begin }) => begin));
    const uses = this.#reads.filter(({ node, role }) => role === "error" && present.some((branch) => contains(branch, node)));
    this.#answer(name);
    const isJoint = error !== undefined && error === cancelled;
    const isAbort = `${name} instanceof Error && ${name}.name === "${ABORT_ERROR}"`;
    const level = this.#inner + indentUnitOf(context.source.text);
    const lines: string[] = [];
    const add = (text: string): void => void (text !== "" && lines.push(this.#inner + text));
    const asksAbort = cancelled !== undefined && !isJoint;
    if (!asksAbort) add(this.#branchText(error ?? null, this.#inner));
    else if (error === undefined) {
      add(`if (!(${isAbort})) throw ${name}${this.#end}`);
      add(this.#branchText(cancelled, this.#inner));
    } else {
      const [onCancel, onError] = [this.#branchText(cancelled, level), this.#branchText(error, level)];
      if (onCancel !== "") add(`if (${isAbort}) {${this.#newline}${level}${onCancel}${this.#newline}${this.#inner}}${onError === "" ? "" : ` else {${this.#newline}${level}${onError}${this.#newline}${this.#inner}}`}`);
      else if (onError !== "") add(`if (!(${isAbort})) {${this.#newline}${level}${onError}${this.#newline}${this.#inner}}`);
    }
    if (mustLeave && returnsAfterFailure(this.#branches)) add(`return${this.#end}`);
    const isNamed = uses.length > 0 || lines.some((line) => line.includes(isAbort));
    const type = isTypeScript(context.source.filePath) && uses.some(({ node }) => !this.#isOnlyLogged(node)) ? ": any" : "";
    return [isNamed ? `} catch (${name}${type}) {` : "} catch {", ...lines];
  }

  /** Writes what the members that tell of the outcome are in each case. */
  #answer(name: string): void {
    const { draft } = this.#planner;
    const { error, cancelled, success } = this.#branches;
    const isIn = (branch: Branch | undefined, node: TSESTree.Node): boolean => branch != null && contains(branch, node);
    for (const { node, role } of this.#reads) {
      const isAsked = isIn(error, node) || isIn(cancelled, node) || success.some((statement) => contains(statement, node));
      if (!isAsked || (role !== "error" && role !== "cancelled")) continue;
      const text = role === "error" ? (isIn(error, node) ? name : "null") : isIn(error, node) && error === cancelled ? `(${name}.name === "${ABORT_ERROR}")` : String(isIn(cancelled, node));
      draft.replace(this.#shape.fn, node.range, shorthandText(node, text));
    }
  }

  #branchText(branch: Branch, indent: string): string {
    if (branch === null) return "";
    const { planner } = { planner: this.#planner };
    const last = bareReturn(branch);
    if (branch.type !== "BlockStatement") return last === null ? renderRange(planner.context.source.text, branch.range, planner.draft.takeEdits(branch.range)) : "";
    if (last !== null) removeStatement(planner, this.#shape.fn, last, "keep");
    const statements = last === null ? branch.body : branch.body.slice(0, -1);
    const text = movedRange(planner, branch, [branch.range[0] + 1, branch.range[1] - 1], branch.body[0]?.range[0] ?? branch.range[1], indent, this.#newline);
    return statements.length === 0 && text.trim() === "" ? "" : text;
  }

  /** Statements with the comments above the first, for another place. */
  #moved(statements: readonly TSESTree.Statement[], indent: string): string {
    const [first] = statements;
    if (first === undefined) return "";
    const { source } = this.#planner.context;
    const from = leadingComments(source, first)[0]?.range[0] ?? first.range[0];
    const around = first.parent?.type === "BlockStatement" ? first.parent : first;
    return movedRange(this.#planner, around, [from, statements.at(-1)!.range[1]], first.range[0], indent, this.#newline);
  }

  /** The comments between the cases: those inside of them move with them. */
  #strayComments(start: number, end: number, isMoved: boolean): string[] {
    const { source } = this.#planner.context;
    const { error, cancelled, success } = this.#branches;
    const [first] = success;
    const heads = first === undefined || !isMoved ? [] : leadingComments(source, first);
    const kept = [error, cancelled, ...(isMoved ? success : [])].flatMap((node) => node ?? []);
    return commentsIn(source, [start, end])
      .filter((comment) => !heads.includes(comment) && !kept.some((node) => contains(node, comment as unknown as TSESTree.Node)))
      .map((comment) => source.text.slice(...comment.range));
  }

  /** Whether a statement surely throws nothing, so that it may stand in the `try` with the await. */
  #isQuiet(statement: TSESTree.Statement): boolean {
    const { context } = this.#planner;
    const values = this.#reads.filter(isValue).map(({ node }) => node);
    const mayThrow = (node: TSESTree.Node): node is TSESTree.Node => {
      if (isFunction(node) || /^(?:New|TaggedTemplate|Await|Yield|Import|Unary|Update)Expression$|^(?:Throw|For\w*|While|DoWhile|Return)Statement$|^(?:ClassDeclaration|SpreadElement|ObjectPattern|ArrayPattern)$/.test(node.type)) return true;
      if (node.type === "CallExpression") return !isHarmless(context, node);
      if (node.type !== "MemberExpression" || values.includes(node)) return false;
      const object = unwrap(node.object);
      const isCallee = node.parent.type === "CallExpression" && node.parent.callee === node;
      return !(object.type === "ThisExpression" || isCallee || values.some((value) => value === unwrap(node)));
    };
    return findAll(statement, context.source.visitorKeys, mayThrow).length === 0;
  }

  #isOnlyLogged(node: TSESTree.Node): boolean {
    const { parent } = node;
    return parent?.type === "CallExpression" && parent.callee !== node && /^(?:error|log|warn|info|debug|WriteLine|String)$/.test(calleeOf(parent)?.name ?? "");
  }
}
